"""Reviews that wait for a board, meetings that decide on them: what tests of votes and decisions begin with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from governance.actions.agenda import add_point
from governance.actions.meetings import call_meeting, mark_attendance, open_meeting
from governance.actions.votes import cast_vote, close_voting, open_voting
from governance.models import AgendaPoint, Condition, Gate, Meeting, Package, Review
from governance.states import DecisionKind, ReviewState
from products.actions.products import register_product
from products.models import Product
from records import clock
from records.writing import save
from tests.governance.town import MEMBERS, Town

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
VOTERS = ("chair", *MEMBERS)
TEXTS = {
    "ask_en": "Fund the next three years",
    "ask_fr": "Financer les trois prochaines années",
    "recommendation_en": "Approve with one condition.",
    "recommendation_fr": "Approuver avec une condition.",
    "changed_en": "Costs rose by a tenth.",
    "changed_fr": "Les coûts ont augmenté d’un dixième.",
}


def submitted(town: Town, *, gate: int = 3, product: Product | None = None, by: str = "product_manager") -> Review:
    """A review submitted to the board with its frozen package."""
    person = town.cast.people[by]
    review = Review(
        product=product or town.cast.product,
        kind=DecisionKind.GATE,
        gate=Gate.objects.get(number=gate, framework__is_active=True),
        board=town.board,
        state=ReviewState.SUBMITTED,
        submitted_at=clock.now(),
        submitted_by_id=str(person.pk),
        submitted_by_name=person.get_full_name(),
        **TEXTS,
    )
    save(review, by=person)
    artefact = {"title": "Detailed business case", "version": "4", "sha256": "ab" * 32, "link": ""}
    Package.objects.create(
        review=review,
        content={"texts": TEXTS, "artefacts": [artefact]},
        sha256="e0" * 32,
        frozen_at=clock.now(),
        frozen_by_id=str(person.pk),
        frozen_by_name=person.get_full_name(),
    )
    return review


def another_product(town: Town, code: str = "GUIDED") -> Product:
    """A second product, nobody of whose team sits anywhere."""
    values = {"name_en": "Guided Matching", "name_fr": "Jumelage guidé", "level": "cio", "orientation": "external"}
    department, branch = town.cast.department, town.cast.branch
    by = town.cast.portfolio_manager
    return register_product(department=department, by=by, code=code, sponsoring_branch=branch, **values)


def proposed(review: Review, town: Town, number: int = 1, what: str = "Search in French") -> Condition:
    condition = Condition(
        review=review,
        number=number,
        what_en=what,
        what_fr=f"{what} (fr)",
        owner=town.cast.product_manager,
        verifier=town.cast.portfolio_manager,
        due_on=date(2027, 3, 31),
    )
    save(condition, by=town.cast.product_manager)
    return condition


def called(town: Town, **values: Any) -> Meeting:
    """A meeting of the board within the hour, or with `form` and `ends_at` a written procedure."""
    values.setdefault("starts_at", clock.now() + timedelta(minutes=30))
    return call_meeting(board=town.board, by=town.secretary, **values)


def present(town: Town, meeting: Meeting, *absent: str) -> None:
    """Mark the voters present, but for those named."""
    seats = {town.seats[name]: "absent" if name in absent else "present" for name in VOTERS}
    mark_attendance(meeting=meeting, presences=seats, by=town.secretary)


def voting(town: Town, review: Review | None = None, *absent: str, meeting: Meeting | None = None) -> AgendaPoint:
    """A point of an open meeting, everybody there but `absent`, with its vote open."""
    meeting = meeting or called(town)
    point = add_point(meeting=meeting, review=review or submitted(town), by=town.secretary)
    if meeting.state == "planned":
        meeting = open_meeting(meeting=meeting, by=town.secretary)
    present(town, meeting, *absent)
    return open_voting(point=point, by=town.secretary)


def vote(town: Town, point: AgendaPoint, **choices: str) -> None:
    """Cast the votes: `vote(town, point, chair="for", member_one="against")`."""
    for name, choice in choices.items():
        cast_vote(
            point=point, choice=choice, reason="Because." if choice == "against" else "", by=town.cast.people[name]
        )


def voted(town: Town, *fors: str, review: Review | None = None) -> AgendaPoint:
    """A closed vote on which those named voted for, and the other voters against; all for when nobody is named."""
    point = voting(town, review)
    vote(town, point, **{name: "for" if name in (fors or VOTERS) else "against" for name in VOTERS})
    return close_voting(point=point, by=town.chair)
