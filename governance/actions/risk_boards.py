"""A risk before a board: escalated by those who lead the product; what the board does not accept is treated (domain.md §7)."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from governance import events
from governance.actions.reviews import begin_review, change_review
from governance.actions.risk_acceptances import end_in_force
from governance.actions.risk_scores import require_open
from governance.models import Review, Risk
from governance.risk_states import AcceptanceEnd, RiskStrategy
from governance.risks.accepting import why_no_board
from governance.states import DecisionKind
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

MANDATE = "acceptance of a risk"  # what a mandate is for that accepts one
ASK = gettext_noop("Accept the risk %(label)s of %(product)s until %(day)s")


@act
def escalate_risk(*, risk: Risk, until: date, by: Actor) -> Review:
    """Begin bringing an open risk before a board, which is asked to accept it `until` a day; the ask is written for both.

    Refused to anybody but the leads; Conflict when the risk is not open, when no board accepts risks of its band, or when
    it is before a board already.
    """
    review = begin_review(product=risk.product.head, kind=DecisionKind.RISK_ESCALATION, risk=risk, by=by)
    check_board_accepts(risk)
    # An ask that nobody rewrote since the attempt before names the day asked for now.
    before = _asks(risk, review.asked_until) if review.asked_until else {}
    asks = _asks(risk, until)
    texts: dict[str, Any] = {name: asks[name] for name in asks if getattr(review, name) in ("", before.get(name))}
    return change_review(review=review, asked_until=until, by=by, **texts)


def check_board_accepts(risk: Risk) -> None:
    """OutOfTurn for a risk that somebody on the product's side accepts."""
    if words := why_no_board(risk):
        raise OutOfTurn(words)


def _asks(risk: Risk, until: date) -> dict[str, str]:
    found = {}
    for language in ("en", "fr"):
        with translation.override(language):
            told = {"label": risk.label, "product": risk.product.name, "day": until.isoformat()}
            found[f"ask_{language}"] = (gettext(ASK) % told)[:120]
    return found


@act
def refuse_by_board(*, risk: Risk, reason: str, by: Actor) -> Risk:
    """Part of a decision: a board does not accept `risk`. Who left it as it is decides anew how to treat it, from today."""
    risk = Risk.objects.select_related("product").get(pk=risk.pk)
    require_open(risk)
    if risk.strategy in RiskStrategy.with_acceptance():
        risk.strategy, risk.strategy_note = "", reason
    risk.review_on = min(risk.review_on or date.max, clock.today())
    changes = save(risk, by=by)
    end_in_force(risk, AcceptanceEnd.WITHDRAWN, by, reason)
    record(events.RISK_NOT_ACCEPTED, on=risk, by=by, changes=changes, reason=reason)
    return risk
