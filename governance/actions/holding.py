"""Rows that are locked before an act on them (trust.md R-18, R-19).

The point comes first in every act that votes, closes or decides, so these wait for each other; a meeting comes before its
points, and a review after its point.
"""

from governance.models import AgendaPoint, Meeting, Package, Review
from governance.states import AgendaState


def hold_point(point: AgendaPoint) -> AgendaPoint:
    """The point as it stands now, locked until the act ends, with its meeting and review read after the lock."""
    AgendaPoint.objects.select_for_update().get(pk=point.pk)
    return AgendaPoint.objects.select_related(
        "meeting__board", "review__product__department", "review__gate", "review__change"
    ).get(pk=point.pk)


def hold_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, locked until the act ends."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return Meeting.objects.select_related("board").get(pk=meeting.pk)


def hold_points(meeting: Meeting) -> list[AgendaPoint]:
    """Every point of the meeting that stands on its agenda, locked in order."""
    keys = [
        point.pk
        for point in AgendaPoint.objects.select_for_update().filter(meeting=meeting).order_by("pk")
        if point.state != AgendaState.REMOVED
    ]
    points = AgendaPoint.objects.filter(pk__in=keys).order_by("position")
    return list(points.select_related("meeting__board", "review__product", "review__gate", "review__change"))


def hold_review(review: Review | None) -> Review:
    """The review as it stands now, locked until the act ends. Lock its point first. LookupError for a point without one."""
    if review is None:
        raise LookupError("A matter for discussion has no review.")
    Review.objects.select_for_update().get(pk=review.pk)
    return Review.objects.select_related("product", "board", "gate").get(pk=review.pk)


def package_of(point: AgendaPoint) -> Package:
    """What is voted on: the frozen package of the point's review."""
    return Package.objects.get(review=point.review_id)
