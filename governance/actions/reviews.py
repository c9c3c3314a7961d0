"""Reviews: begun, prepared, submitted as a frozen package, withdrawn; attempt by attempt (domain.md §5)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.artefacts import attach_record, preparing
from governance.gates import package
from governance.gates.attempts import copies, next_attempt
from governance.gates.opening import standing_of
from governance.gates.submitting import competent_boards, problems
from governance.models import AgendaPoint, Board, Condition, Gate, Mou, Package, ProductChange, Review, Risk
from governance.models.review import SUBJECT_COLUMNS
from governance.mou_states import MouState
from governance.permissions import may_prepare_review, may_submit_review
from governance.states import (
    AGENDA_MOVES,
    CONDITION_MOVES,
    REVIEW_MOVES,
    AgendaState,
    ConditionState,
    DecisionKind,
    ReviewState,
    SeatRole,
)
from people.actions.notices import tell_people
from people.models import Person
from people.notices import both
from people.permissions import require
from products.models import Product
from products.permissions import asks_for
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save
from roadmaps.models import Outcome, RoadmapYear
from roadmaps.states import OutcomeState


@act
def begin_review(
    *,
    product: Product,
    by: Actor,
    kind: str = DecisionKind.GATE,
    gate: Gate | None = None,
    change: ProductChange | None = None,
    year: RoadmapYear | None = None,
    outcome: Outcome | None = None,
    mou: Mou | None = None,
    risk: Risk | None = None,
) -> Review:
    """Begin the next attempt. What was withdrawn or returned hands its texts and artefacts on.

    Conflict, with the reason, when the gate is not open or an attempt is under way.
    """
    require(may_prepare_review(by, product, kind))
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    review = Review(product=product, kind=kind, gate=gate, change=change, year=year, outcome=outcome, mou=mou)
    review.risk = risk
    _check_subject(review)
    _check_open(review)
    before = next_attempt(review)
    changes = save(review, by=by)
    record(events.REVIEW_BEGUN, on=review, by=by, changes=changes)
    for row in copies(before, review) if before else []:
        save(row, by=by)
    return review


@act
def begin_with_record(*, product: Product, record_kind: str, key: str, by: Actor, **subject: Any) -> Review:
    """Begin a review from a record that speaks for it, and attach that record."""
    review = begin_review(product=product, by=by, **subject)
    attach_record(review=review, kind=record_kind, key=key, by=by)
    return review


def _check_subject(review: Review) -> None:
    """The review names exactly what its kind is about, and all of it belongs to the product."""
    product, wanted = review.product, SUBJECT_COLUMNS.get(DecisionKind(review.kind))
    if not product.is_head:
        raise ValidationError(_("Toll-gates belong to the head of the family."))
    for column in ("gate", "year", "outcome", "mou", "risk"):
        if (getattr(review, column) is not None) != (column == wanted):
            raise ValidationError(_("Say exactly what this decision is about."))
    owners = [each and each.product_id for each in (review.change, review.mou)]
    owners += [each.roadmap.product_id for each in (review.year, review.outcome) if each is not None]
    owners += [review.risk.product.head_id] if review.risk is not None else []
    if any(owner not in (None, product.pk) for owner in owners):
        raise ValidationError(_("This belongs to another product."))


def _check_open(review: Review) -> None:
    if review.gate is not None:
        standing = standing_of(review.change or review.product, review.gate)
        if not standing.is_open:
            raise OutOfTurn(standing.reason)
    elif review.product.is_closed:
        raise OutOfTurn(_("The product is closed."))
    elif review.mou is not None and review.mou.state != MouState.IN_REVIEW:
        told = {"state": review.mou.get_state_display()}
        raise OutOfTurn(_("This memorandum is not in review: it is %(state)s.") % told)
    elif review.risk is not None:
        # Read anew, and the outcome below: who closes either waited for the product we hold, or we for them.
        risk = Risk.objects.get(pk=review.risk.pk)
        if not risk.is_open:
            raise OutOfTurn(_("This risk is %(state)s.") % {"state": risk.get_state_display()})
    elif review.outcome is not None:
        outcome = Outcome.objects.get(pk=review.outcome.pk)
        if outcome.state != OutcomeState.IN_DELIVERY:
            words = _("This outcome is %(state)s; a gate is held while it is in delivery.")
            raise OutOfTurn(words % {"state": outcome.get_state_display()})


@act
def change_review(*, review: Review, by: Actor, expected: int | None = None, **texts: Any) -> Review:
    """Write the texts: ask, recommendation and what changed, each in both languages; of a risk also `asked_until`."""
    preparing(review, by)
    for name in set(texts) & {*package.TEXTS, "asked_until"}:
        setattr(review, name, texts[name])
    changes = save(review, by=by, expected=expected)
    if changes:
        record(events.REVIEW_CHANGED, on=review, by=by, changes=changes)
    return review


@act
def propose_condition(
    *,
    review: Review,
    what_en: str,
    what_fr: str,
    owner: Person,
    due_on: date,
    verifier: Person,
    by: Actor,
    **wanted: str,
) -> Condition:
    """Propose a condition with the review; it binds once a board takes it up. `wanted`: wanted_en, wanted_fr."""
    review = preparing(review, by)
    if due_on <= clock.today(review.product.department.time_zone):
        raise ValidationError({"due_on": _("A condition is due in the future.")})
    number = Condition.objects.filter(review=review).count() + 1
    condition = Condition(
        review=review, number=number, what_en=what_en, what_fr=what_fr, owner=owner, due_on=due_on, verifier=verifier, **wanted
    )  # fmt: skip
    record(events.CONDITION_PROPOSED, on=condition, by=by, changes=save(condition, by=by))
    return condition


@act
def drop_condition(*, condition: Condition, by: Actor, expected: int | None = None) -> Condition:
    """Take back a condition proposed with a review that is still prepared."""
    preparing(condition.review, by)
    check_move(CONDITION_MOVES, condition.state, ConditionState.DROPPED)
    condition.state = ConditionState.DROPPED
    record(events.CONDITION_DROPPED, on=condition, by=by, changes=save(condition, by=by, expected=expected))
    return condition


@act
def submit_review(
    *, review: Review, by: Actor, board: Board | None = None, expected: int | None = None, seen: str = ""
) -> Review:
    """Submit to a board and freeze the package; a required input that is missing is a ValidationError under its name.

    `seen` is the hash of the content the person read on the check page: Conflict when something was attached, removed or
    written since. Without `board` the one competent board is taken.
    """
    require(may_submit_review(by, review))
    held = preparing(review, by)
    check_move(REVIEW_MOVES, held.state, ReviewState.SUBMITTED)
    held.product = Product.objects.select_for_update(of=("self",)).select_related("department").get(pk=held.product_id)
    _check_open(held)
    if seen and seen != package.sha256(package.draft_of(held)):
        raise Conflict(
            _("What is to be submitted was changed while you were reading. Read it again before you submit it.")
        )
    found = problems(held, board)
    if found:
        raise ValidationError({name: list(words) for name, words in found.items()})
    held.board = board or competent_boards(held)[0]
    held.state, held.submitted_at = ReviewState.SUBMITTED, clock.now()
    held.submitted_by_id, held.submitted_by_name = str(by.pk), by.get_full_name()
    giver = asks_for(by, held.product) if held.kind == DecisionKind.STATUS else None
    held.submitted_for_id, held.submitted_for_name = (str(giver.pk), giver.get_full_name()) if giver else ("", "")
    changes = save(held, by=by, expected=expected)
    frozen = _freeze(held)
    record(events.REVIEW_SUBMITTED, on=held, by=by, changes=changes | {"package": [None, frozen.sha256]})
    _tell_board(held, gettext_noop("%(who)s submitted to %(board)s: %(what)s"), by)
    return held


def _freeze(review: Review) -> Package:
    content = package.package_of(review, _board(review))
    return Package.objects.create(
        review=review,
        content=content,
        sha256=package.sha256(content),
        frozen_at=clock.now(),
        frozen_by_id=review.submitted_by_id,
        frozen_by_name=review.submitted_by_name,
    )


def _board(review: Review) -> Board:
    if review.board is None:
        raise LookupError("A review before no board has no package.")
    return review.board


@act
def withdraw_review(*, review: Review, reason: str, by: Actor, expected: int | None = None) -> Review:
    """Take an attempt back, with the reason. Conflict once voting on it is open; off the agenda it goes by itself."""
    require(may_submit_review(by, review) or may_prepare_review(by, review.product, review.kind))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you withdraw it.")})
    return lapse_review(review=review, reason=reason, by=by, expected=expected)


@act
def lapse_review(*, review: Review, reason: str, by: Actor, expected: int | None = None) -> Review:
    """Take back an attempt whose matter is gone: part of the act that ended it, which asked whether `by` may."""
    points = AgendaPoint.objects.select_for_update(of=("self",)).filter(review=review)
    for point in points.exclude(state=AgendaState.REMOVED).exclude(state=AgendaState.DECIDED):
        _take_off(point, by)
    # The board is read after the lock: joined, it would be the one of before we waited, which is none.
    review = Review.objects.select_for_update(of=("self",)).select_related("product", "gate").get(pk=review.pk)
    check_move(REVIEW_MOVES, review.state, ReviewState.WITHDRAWN)
    review.state, review.withdrawn_at, review.withdrawn_by_id = ReviewState.WITHDRAWN, clock.now(), str(by.pk)
    record(events.REVIEW_WITHDRAWN, on=review, by=by, changes=save(review, by=by, expected=expected), reason=reason)
    if review.board_id:
        _tell_board(review, gettext_noop("%(who)s withdrew from %(board)s: %(what)s"), by)
    return review


def _take_off(point: AgendaPoint, by: Actor) -> None:
    if point.state != AgendaState.WAITING:
        raise OutOfTurn(_("Voting on this has begun, so it can no longer be withdrawn."))
    check_move(AGENDA_MOVES, point.state, AgendaState.REMOVED)
    point.state = AgendaState.REMOVED
    save(point, by=by)


def _tell_board(review: Review, words: str, by: Actor) -> None:
    """Tell who runs the board's meetings."""
    board = _board(review)
    seats = board.seats.on(clock.today()).filter(role__in=[SeatRole.CHAIR, SeatRole.SECRETARY])  # type: ignore[attr-defined]
    tell_people(
        people=[seat.person for seat in seats.select_related("person")],
        kind="review.submitted",
        path=reverse("review-detail", args=[review.pk]),
        by=by,
        **both(words, who=by.get_full_name(), board=lambda: str(board), what=lambda: str(review)),
    )
