"""Decisions as rows, made without a meeting: for the tests of what a decision does."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from governance.models import AgendaPoint, Board, BoardType, Condition, Decision, Gate, Meeting, Review
from governance.states import AgendaState, ConditionState, DecisionKind, MeetingState, Outcome, ReviewState
from products.models import Product
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.writing import save

TALLY = {"eligible": 5, "present": 4, "quorum": 4, "votes_for": 3, "votes_against": 1, "abstained": 0, "recused": 1}


def board_for(cast):
    """One board of the cast's department, without its people."""
    found = Board.objects.filter(department=cast.department).first()
    if found:
        return found
    shape = {"name_en": "Investment board", "name_fr": "Comité d’investissement", "quorum": 4, "tier": 2}
    kind = BoardType.objects.first() or BoardType(code="investment", **shape)
    if not kind.version:
        save(kind, by=SYSTEM)
    board = Board(department=cast.department, type=kind, acronym="DIB", **shape)
    save(board, by=SYSTEM)
    return board


def gate_of(number):
    return Gate.objects.get(framework__code="itspm", number=number)


def stand(product, phase):
    """Put the product where a gate is passed from, with a mandate of its own."""
    mandate = give_mandate(kind=MandateKind.OPENING, what="phase", subject=product, reference="Paper", by=SYSTEM)
    row = Product.objects.get(pk=product.pk)
    row.phase, row.phase_since, row.phase_mandate = phase, date(2025, 4, 1), mandate
    save(row, by=SYSTEM)
    return row


def review_for(cast, kind=DecisionKind.GATE, **subject):
    """A review that is before the board, the next attempt of its subject."""
    rows = Review.objects.filter(product=cast.product, kind=kind, **subject)
    review = Review(
        product=cast.product,
        kind=kind,
        board=board_for(cast),
        attempt=(rows.aggregate(last=Max("attempt"))["last"] or 0) + 1,
        state=ReviewState.ON_AGENDA,
        submitted_at=clock.now(),
        submitted_by_id=str(cast.product_manager.pk),
        submitted_by_name=cast.product_manager.name,
        **subject,
    )
    save(review, by=SYSTEM)
    return review


def proposed(review, cast, number=1, **values):
    """A condition proposed with the review: the Product Manager's to prove, the sponsor's to verify."""
    words = {"what_en": "Test with users", "what_fr": "Mettre à l’essai", "due_on": clock.today() + timedelta(days=30)}
    people = {"owner": cast.product_manager, "verifier": cast.sponsor}
    condition = Condition(review=review, number=number, **(words | people | values))
    save(condition, by=SYSTEM)
    return condition


def bound(cast, **values):
    """A condition that binds since a decision at gate 3; the product stays where it is."""
    condition = proposed(review_for(cast, gate=gate_of(3)), cast, **values)
    decided(condition.review, Outcome.WITH_CONDITIONS)
    return Condition.objects.get(pk=condition.pk)


@transaction.atomic
def decided(review, outcome=Outcome.APPROVED, **values):
    """The decision row alone, as the act of deciding writes it before it carries it out."""
    if outcome != Outcome.DEFERRED:
        review.state = ReviewState.DECIDED
        save(review, by=SYSTEM)
    count = Decision.objects.count() + 1
    decision = Decision.objects.create(
        number=f"2026-{count:03d}",
        review=review,
        point=_point(review),
        outcome=outcome,
        package_sha256="0" * 64,
        decided_at=clock.now(),
        decided_by_id="chair",
        decided_by_name="Chair",
        **({"rationale_en": "Because", "rationale_fr": "Parce que"} | TALLY | values),
    )
    for condition in review.conditions.all() if outcome == Outcome.WITH_CONDITIONS else ():
        condition.state, condition.decision = ConditionState.OPEN, decision
        save(condition, by=SYSTEM)
    return decision


def _point(review):
    meeting = Meeting(board=review.board, starts_at=clock.now(), state=MeetingState.OPEN, opened_at=clock.now())
    meeting.opened_by_id = "chair"
    save(meeting, by=SYSTEM)
    point = AgendaPoint(meeting=meeting, position=1, review=review, state=AgendaState.DECIDED, tally=TALLY)
    point.voting_closed_at, point.voting_closed_by_id = clock.now(), "chair"
    save(point, by=SYSTEM)
    return point
