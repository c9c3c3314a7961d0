"""Risks: raised, changed, become an issue, closed, reopened (domain.md §7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from governance import events
from governance.actions.reviews import lapse_review
from governance.actions.risk_acceptances import end_in_force
from governance.actions.risk_mitigations import NewMitigation, add_mitigation, check_activity
from governance.actions.risk_scores import (
    NAMES,
    begin_again,
    begin_score,
    checked_review,
    due_after,
    end_scores,
    require_open,
)
from governance.models import Review, Risk
from governance.models.review import LIVE
from governance.models.risk import UNDER_WAY
from governance.permissions import may_keep_risks
from governance.risk_states import RISK_MOVES, AcceptanceEnd, RiskState, RiskStrategy, ScoreKind
from governance.risks.scoring import Scores, as_score, checked, last_scores, standing_scores
from governance.risks.telling import tell_issue, tell_owner
from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

FIELDS = (
    "given_en", "given_fr", "event_en", "event_fr", "consequence_en", "consequence_fr",
    "category", "impact_areas", "owner", "strategy", "strategy_note", "transfer_to",
)  # fmt: skip


@act
def register_risk(
    *,
    product: Product,
    scores: Scores,
    by: Actor,
    note: str = "",
    raised_on: date | None = None,
    review_on: date | None = None,
    first: NewMitigation | None = None,
    **values: Any,
) -> Risk:
    """Raise a risk of a product with its scores; the current one is asked for. It gets the family's next number.

    `first` is the activity that a strategy to mitigate or prepare needs. ValidationError on the fields, on
    `<kind>_likelihood` and `<kind>_impact`; OutOfTurn for a closed product.
    """
    require(may_keep_risks(by, product))
    given = checked(scores)
    if ScoreKind.CURRENT not in given:
        raise ValidationError({"current_likelihood": _("Say how likely it is and how hard it would hit.")})
    head = Product.objects.select_for_update(of=("self",)).get(pk=product.head_id)
    if head.is_closed or product.is_closed:
        raise OutOfTurn(_("The product is closed."))
    today = clock.today()
    risk = Risk(product=product, raised_on=raised_on or today, state_since=today, scorings=1, **_own(values))
    if risk.raised_on > today:
        raise ValidationError({"raised_on": _("This day is still to come.")})
    _check_strategy(risk, first)
    risk.number = (Risk.objects.of_family(head).aggregate(highest=Max("number"))["highest"] or 0) + 1
    risk.review_on = checked_review(review_on, due_after(risk, given[ScoreKind.CURRENT]))
    changes = save(risk, by=by)
    for kind, score in given.items():
        begin_score(risk, kind, score, note, by)
        changes[NAMES[kind]] = [None, str(score)]
    if first is not None:
        add_mitigation(risk=risk, by=by, **vars(first))
    record(events.RISK_RAISED, on=risk, by=by, changes=changes, reason=note)
    tell_owner(risk, by)
    return risk


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a person fills in; only a transfer says to whom."""
    found = {name: value for name, value in values.items() if name in FIELDS}
    if found.get("strategy", "") != RiskStrategy.TRANSFER:
        found["transfer_to"] = ""
    return found


def _check_strategy(risk: Risk, first: NewMitigation | None) -> None:
    """A transfer says to whom; to mitigate and to prepare needs an activity."""
    if risk.strategy == RiskStrategy.TRANSFER and not risk.transfer_to.strip():
        raise ValidationError({"transfer_to": _("Say to whom the risk is transferred.")})
    check_activity(risk, first)


@act
def change_risk(
    *,
    risk: Risk,
    by: Actor,
    expected: int | None = None,
    review_on: date | None = None,
    first: NewMitigation | None = None,
    **values: Any,
) -> Risk:
    """Change what is said of an open risk. Another strategy says why (`strategy_note`); the next review comes only sooner.

    Who turns from monitoring or exploiting to another strategy ends the acceptance.
    """
    require(may_keep_risks(by, risk.product))
    require_open(risk)
    before, said = risk.strategy, risk.strategy_note
    for name, value in _own({"strategy": before, "transfer_to": risk.transfer_to, **values}).items():
        setattr(risk, name, value)
    # A form brings the note of the last decision along: left as it was, it says nothing about this one.
    if risk.strategy != before and values.get("strategy_note", "").strip() in ("", said.strip()):
        raise ValidationError({"strategy_note": _("Say why the strategy changes.")})
    _check_strategy(risk, first)
    if review_on is not None and review_on != risk.review_on:
        risk.review_on = _sooner(risk, review_on)
    changes = save(risk, by=by, expected=expected)
    if first is not None:
        add_mitigation(risk=risk, by=by, **vars(first))
    if risk.strategy != before and risk.strategy not in RiskStrategy.with_acceptance():
        end_in_force(risk, AcceptanceEnd.STRATEGY, by)
    if changes:
        reason = risk.strategy_note if risk.strategy != before else ""
        record(events.RISK_CHANGED, on=risk, by=by, changes=changes, reason=reason)
        if "owner" in changes:
            tell_owner(risk, by)
    return risk


def _sooner(risk: Risk, wanted: date) -> date:
    """The next review brought forward; put off it is by looking at the risk, so that none is ever late unseen."""
    if risk.review_on is None:
        return checked_review(wanted, due_after(risk, as_score(standing_scores(risk)[ScoreKind.CURRENT])))
    if wanted > risk.review_on:
        raise ValidationError({"review_on": _("For a later day, note a review and say what you found.")})
    return checked_review(wanted, risk.review_on)


@act
def materialise_risk(
    *,
    risk: Risk,
    became_issue_on: date,
    by: Actor,
    issue_en: str = "",
    issue_fr: str = "",
    expected: int | None = None,
) -> Risk:
    """Note that what was feared happened, on which day and how. Its scores end today."""
    require(may_keep_risks(by, risk.product))
    check_move(RISK_MOVES, risk.state, RiskState.MATERIALISED)
    errors: dict[str, Any] = {}
    if not (issue_en.strip() or issue_fr.strip()):
        errors["issue_en"] = _("Say what happened, in English or in French.")
    if became_issue_on > clock.today():
        errors["became_issue_on"] = _("This day is still to come.")
    elif became_issue_on < risk.raised_on:
        errors["became_issue_on"] = _("The risk was raised on %(day)s: it cannot have happened before.") % {
            "day": risk.raised_on
        }
    if errors:
        raise ValidationError(errors)
    risk.became_issue_on, risk.issue_en, risk.issue_fr = became_issue_on, issue_en, issue_fr
    changes = _leave(risk, RiskState.MATERIALISED, issue_en or issue_fr, by, expected)
    record(events.RISK_MATERIALISED, on=risk, by=by, changes=changes)
    tell_issue(risk, by)
    return risk


@act
def close_risk(*, risk: Risk, reason: str, by: Actor, expected: int | None = None) -> Risk:
    """Close a risk, or an issue that it became, and say why. Its scores end today."""
    require(may_keep_risks(by, risk.product))
    check_move(RISK_MOVES, risk.state, RiskState.CLOSED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the risk is closed.")})
    risk.closed_on, risk.closed_reason = clock.today(), reason
    changes = _leave(risk, RiskState.CLOSED, reason, by, expected)
    record(events.RISK_CLOSED, on=risk, by=by, changes=changes, reason=reason)
    return risk


def _leave(risk: Risk, state: RiskState, reason: str, by: Actor, expected: int | None) -> dict[str, Any]:
    """Out of the open risks: no score and no acceptance is in force any more, and what was prepared for a board is taken
    back. OutOfTurn while it is before a board.
    """
    # Locked in the order in which a submission locks them, so that of two in the same instant the later one sees the first.
    attempts = list(Review.objects.select_for_update(of=("self",)).filter(risk=risk, state__in=LIVE))
    Product.objects.select_for_update(of=("self",)).get(pk=risk.product.head_id)
    if any(each.state in UNDER_WAY for each in attempts):
        raise OutOfTurn(_("This risk is before a board. Withdraw it from the board first."), subject=risk)
    for each in attempts:
        lapse_review(review=each, reason=reason, by=by)
    risk.state, risk.state_since, risk.review_on = state, clock.today(), None
    changes = save(risk, by=by, expected=expected)
    end_scores(risk, by)
    end_in_force(risk, AcceptanceEnd.OVER, by)
    return changes


@act
def reopen_risk(*, risk: Risk, reason: str, by: Actor, expected: int | None = None) -> Risk:
    """Open a closed risk again, with the scores it had last. OutOfTurn for a closed product."""
    require(may_keep_risks(by, risk.product))
    check_move(RISK_MOVES, risk.state, RiskState.OPEN)
    if risk.product.is_closed or risk.product.head.is_closed:
        raise OutOfTurn(_("The product is closed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the risk is open again.")})
    risk.state, risk.state_since, risk.closed_on, risk.closed_reason = RiskState.OPEN, clock.today(), None, ""
    risk.scorings += 1
    current = as_score(last_scores(risk)[ScoreKind.CURRENT])
    risk.reviewed_on, risk.review_on = clock.today(), due_after(risk, current)
    changes = save(risk, by=by, expected=expected)
    begin_again(risk, reason, by)
    record(events.RISK_REOPENED, on=risk, by=by, changes=changes, reason=reason)
    return risk
