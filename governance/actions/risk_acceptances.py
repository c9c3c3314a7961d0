"""Risks that are accepted as they are: by somebody entitled, for a reason, until a day (domain.md §7)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import BandRule, Risk, RiskAcceptance
from governance.permissions import accepting_as, may_accept_risk
from governance.risk_states import AcceptanceEnd, RiskStrategy, ScoreKind
from governance.risks.bands import band_of, rule_on
from governance.risks.scoring import standing_scores
from governance.risks.telling import tell_acceptance_ended
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save


@act
def accept_risk(
    *,
    risk: Risk,
    until: date,
    by: Actor,
    justification_en: str = "",
    justification_fr: str = "",
    mandate: Mandate | None = None,
    expected: int | None = None,
) -> RiskAcceptance:
    """Accept an open risk at its current score until a day, that day included. A later acceptance takes its place.

    By whom the rule of its band names, for a risk that is monitored or exploited and that no board has accepted; with a
    board's `mandate` whatever the strategy. Refused, OutOfTurn, or ValidationError on `until` and `justification_en`.
    """
    score = standing_scores(risk).get(ScoreKind.CURRENT)
    if score is None:
        raise OutOfTurn(_("This risk is not open: %(state)s.") % {"state": risk.get_state_display()}, subject=risk)
    today, department = clock.today(), risk.product.department_id
    band = band_of(department, score.likelihood, score.impact, today)
    rule = rule_on(department, band, today)
    _check_entitled(risk, rule, mandate, by)
    _check(until, justification_en, justification_fr)
    # Locks the risk and compares the version: who accepts has seen the score that stands.
    save(risk, by=by, expected=expected)
    end_in_force(risk, AcceptanceEnd.REPLACED, by)
    acceptance = RiskAcceptance(
        risk=risk,
        likelihood=score.likelihood,
        impact=score.impact,
        band=band,
        justification_en=justification_en,
        justification_fr=justification_fr,
        accepted_as="" if mandate else accepting_as(by, risk, rule) or "",
        starts_on=today,
        until=until,
        mandate=mandate,
    )
    record(events.RISK_ACCEPTED, on=acceptance, by=by, changes=save(acceptance, by=by))
    return acceptance


def _check_entitled(risk: Risk, rule: BandRule, mandate: Mandate | None, by: Actor) -> None:
    """By a person under the rule of the band, or by a board where the rule leaves it to boards."""
    if mandate is not None:
        if not rule.board_accepts:
            raise OutOfTurn(_("A risk of this band is not accepted by a board."))
        return
    require(may_accept_risk(by, risk, rule))
    if risk.strategy not in RiskStrategy.with_acceptance():
        raise OutOfTurn(_("Only a risk that is monitored or exploited is accepted. Change its strategy first."))
    check_no_board_accepted(risk)


def check_no_board_accepted(risk: Risk) -> None:
    """OutOfTurn while an acceptance by a board is in force: nobody puts their own in its place."""
    by_board = RiskAcceptance.objects.on(clock.today()).filter(risk=risk, mandate__isnull=False).first()
    if by_board is not None:
        words = _("A board accepted this risk until %(day)s; only a board puts something else in its place.")
        raise OutOfTurn(words % {"day": by_board.until.isoformat()}, subject=risk)


def _check(until: date, *justifications: str) -> None:
    errors: dict[str, Any] = {}
    if until < clock.today():
        errors["until"] = _("Choose a day that is still to come.")
    if not any(each.strip() for each in justifications):
        errors["justification_en"] = _("Say why the risk is accepted, in English or in French.")
    if errors:
        raise ValidationError(errors)


@act
def withdraw_acceptance(*, acceptance: RiskAcceptance, reason: str, by: Actor, expected: int | None = None) -> None:
    """Take an acceptance back before its day. By whom may accept the risk as it stands; a board's only a board takes back."""
    risk, today = acceptance.risk, clock.today()
    rule = rule_on(risk.product.department_id, acceptance.band, today)
    require(may_accept_risk(by, risk, rule))
    if acceptance.mandate_id is not None:
        raise OutOfTurn(_("A board accepted this risk; only a board takes it back."))
    if acceptance.ended_on is not None:
        raise OutOfTurn(_("This acceptance has ended already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken back.")})
    _end(acceptance, AcceptanceEnd.WITHDRAWN, today, by, reason=reason, expected=expected)


@act
def lapse_acceptance(*, acceptance: RiskAcceptance, by: Actor) -> None:
    """End an acceptance whose last day has passed, as of the day after it; part of the daily work."""
    if acceptance.ended_on is None and acceptance.until < clock.today():
        _end(acceptance, AcceptanceEnd.LAPSED, acceptance.until + timedelta(days=1), by)


def end_in_force(risk: Risk, why: AcceptanceEnd, by: Actor, reason: str = "") -> None:
    """Part of another act: end the acceptance that is not ended yet, if there is one."""
    for acceptance in RiskAcceptance.objects.filter(risk=risk, ended_on__isnull=True):
        _end(acceptance, why, clock.today(), by, reason=reason)


def _end(
    acceptance: RiskAcceptance,
    why: AcceptanceEnd,
    day: date,
    by: Actor,
    *,
    reason: str = "",
    expected: int | None = None,
) -> None:
    acceptance.ended_on, acceptance.ended_why, acceptance.ended_note = day, why, reason
    changes = save(acceptance, by=by, expected=expected)
    record(events.RISK_ACCEPTANCE_ENDED, on=acceptance, by=by, changes=changes, reason=reason)
    if why != AcceptanceEnd.REPLACED:
        tell_acceptance_ended(acceptance, by)
