"""What the minutes of a meeting say, drawn from its rows: who was there, conflicts, votes, decisions (domain.md §5)."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaPoint, Attendance, Meeting, Recusal
from governance.reading.brief import called
from governance.reading.lists import at_close, board_of
from governance.reading.record import record_of
from governance.states import AgendaState, Presence, SeatRole
from governance.voting.tally import Tally
from people.bilingual import said
from people.templatetags.gatehouse import colon


def minutes_text(meeting: Meeting, language: str) -> str:
    """The whole text in one language; lines, with an empty line before each point."""
    with translation.override(language):
        return "\n".join([*_head(meeting), *_attendance(meeting), *_points(meeting)]).strip()


def _at(instant: object) -> str:
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def _head(meeting: Meeting) -> Iterator[str]:
    if meeting.is_written:
        yield _("Written procedure of the %(board)s, from %(from)s to %(to)s.") % {
            "board": board_of(meeting).name, "from": _at(meeting.opened_at), "to": _at(meeting.closed_at)}  # fmt: skip
        return
    yield _("Meeting of the %(board)s, opened %(from)s, closed %(to)s.") % {
        "board": board_of(meeting).name, "from": _at(meeting.opened_at), "to": _at(meeting.closed_at)}  # fmt: skip
    if meeting.place:
        yield _("Place: %(place)s") % {"place": meeting.place}


def _attendance(meeting: Meeting) -> Iterator[str]:
    order = [role.value for role in SeatRole]
    marks = list(Attendance.objects.filter(meeting=meeting).select_related("seat__person"))
    people = at_close(meeting, [each.seat.person for each in marks])
    rows = sorted(marks, key=lambda each: (order.index(each.seat.role), people[each.seat.person_id].name))
    for presence, words in ((Presence.PRESENT, _("Present: %(names)s")), (Presence.ABSENT, _("Absent: %(names)s"))):
        told = [
            f"{people[each.seat.person_id].name} ({each.seat.get_role_display()})"
            for each in rows
            if each.presence == presence
        ]
        if told:
            yield words % {"names": ", ".join(told)}


def _points(meeting: Meeting) -> Iterator[str]:
    points = AgendaPoint.objects.filter(meeting=meeting).order_by("position").select_related(
        "review__product", "review__gate", "review__change", "review__package", "decision__point__meeting__board__department"
    )  # fmt: skip
    number = 0
    for point in points:
        if point.state == AgendaState.REMOVED:
            continue
        number += 1
        yield ""
        yield f"{number}. {_title(point)}"
        yield from _point(point)
    carried = [_title(point) for point in points if point.state == AgendaState.REMOVED]
    if carried:
        yield ""
        yield _("Not dealt with: %(points)s") % {"points": "; ".join(carried)}


def _title(point: AgendaPoint) -> str:
    """A review by the names it was submitted under; a matter by its title."""
    if point.review is None:
        return point.title
    package = getattr(point.review, "package", None)
    return colon().join(called(point.review, package and package.content))


def _point(point: AgendaPoint) -> Iterator[str]:
    if point.review:
        yield point.review.ask
    if point.discussion:
        yield point.discussion
    decision = getattr(point, "decision", None)
    told = decision.content if decision is not None else None
    for each in told["conflicts"] if told else _conflicts(point):
        yield _("Conflict declared by %(name)s: %(conflict)s") % {"name": each["person"], "conflict": each["conflict"]}
    if point.tally:
        yield tally_words(Tally.from_json(point.tally))
    if decision is not None:
        yield _("Decision %(number)s: %(outcome)s.") % {
            "number": decision.number, "outcome": decision.get_outcome_display()}  # fmt: skip
        if decision.rationale:
            yield decision.rationale
        for condition in record_of(decision).conditions:
            yield _("Condition: %(what)s (%(owner)s, due %(due)s)") % {
                "what": said(condition, "what"), "owner": condition.owner, "due": condition.due_on}  # fmt: skip


def _conflicts(point: AgendaPoint) -> list[dict[str, str]]:
    """What was declared on a point that is not decided."""
    rows = Recusal.objects.filter(point=point).select_related("seat__person")
    return [{"person": row.seat.person.name, "conflict": row.conflict} for row in rows]


def tally_words(tally: Tally) -> str:
    """The count in one line."""
    present = ngettext("%(count)s seat present", "%(count)s seats present", tally.present) % {"count": tally.present}
    words = _("For %(for)s, against %(against)s, abstained %(abstained)s; %(present)s, quorum %(quorum)s.")
    return words % {"for": tally.for_, "against": tally.against, "abstained": tally.abstained,
                    "present": present, "quorum": tally.quorum}  # fmt: skip
