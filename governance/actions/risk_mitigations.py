"""Activities against a risk: who does what by when, and how far it is (domain.md §7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mitigation, Risk
from governance.permissions import may_keep_risks, may_move_mitigation
from governance.risk_states import MITIGATION_MOVES, MitigationState, RiskState, RiskStrategy
from governance.risks.telling import tell_doer
from people.models import Person
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

FIELDS = ("what_en", "what_fr", "owner", "due_on")


@dataclass(frozen=True)
class NewMitigation:
    """The first activity, given with the strategy that needs one."""

    owner: Person
    due_on: date
    what_en: str = ""
    what_fr: str = ""
    taken_over: bool = False


@act
def add_mitigation(
    *,
    risk: Risk,
    owner: Person,
    due_on: date,
    by: Actor,
    what_en: str = "",
    what_fr: str = "",
    taken_over: bool = False,
) -> Mitigation:
    """Plan an activity against a risk that is not closed, until today or later. One `taken_over` from a register that was
    kept elsewhere may be late already."""
    require(may_keep_risks(by, risk.product))
    _require_unclosed(risk)
    if not taken_over:
        _require_still_to_come(due_on)
    mitigation = Mitigation(risk=risk, owner=owner, due_on=due_on, what_en=what_en, what_fr=what_fr)
    record(events.MITIGATION_ADDED, on=mitigation, by=by, changes=save(mitigation, by=by))
    tell_doer(mitigation, by)
    return mitigation


@act
def change_mitigation(*, mitigation: Mitigation, by: Actor, expected: int | None = None, **values: Any) -> Mitigation:
    """Say anew what is done, by whom and until when; a day that has passed stays or becomes one to come."""
    require(may_keep_risks(by, mitigation.risk.product))
    _require_unclosed(mitigation.risk)
    if values.get("due_on", mitigation.due_on) != _due_before(mitigation):
        _require_still_to_come(values["due_on"])
    for name in set(values) & set(FIELDS):
        setattr(mitigation, name, values[name])
    changes = save(mitigation, by=by, expected=expected)
    if changes:
        record(events.MITIGATION_CHANGED, on=mitigation, by=by, changes=changes)
        if "owner" in changes:
            tell_doer(mitigation, by)
    return mitigation


@act
def move_mitigation(*, mitigation: Mitigation, state: str, by: Actor, expected: int | None = None) -> Mitigation:
    """Begin, finish, drop or take up an activity. OutOfTurn for dropping the last one of a strategy that needs one."""
    risk = mitigation.risk
    require(may_move_mitigation(by, mitigation))
    _require_unclosed(risk)
    check_move(MITIGATION_MOVES, mitigation.state, state)
    if state == MitigationState.DROPPED and needs_activity(risk) and not _others(mitigation):
        told = {"strategy": risk.get_strategy_display()}
        raise OutOfTurn(
            _("It is the only activity, and the strategy is to %(strategy)s. Add another one, or change the strategy.")
            % told
        )
    mitigation.state = state
    mitigation.done_on = clock.today() if state == MitigationState.DONE else None
    record(events.MITIGATION_MOVED, on=mitigation, by=by, changes=save(mitigation, by=by, expected=expected))
    return mitigation


def needs_activity(risk: Risk) -> bool:
    """Whether its strategy is empty words without an activity."""
    return risk.is_open and risk.strategy in RiskStrategy.with_activity()


def _others(mitigation: Mitigation) -> bool:
    return Mitigation.objects.filter(risk=mitigation.risk_id).exclude(pk=mitigation.pk).counting().exists()


def _due_before(mitigation: Mitigation) -> date:
    return Mitigation.objects.values_list("due_on", flat=True).get(pk=mitigation.pk)


def _require_still_to_come(due_on: date) -> None:
    if due_on < clock.today():
        words = _("%(day)s has passed. An activity that is planned is due today or later.")
        raise ValidationError({"due_on": words % {"day": due_on.isoformat()}})


def _require_unclosed(risk: Risk) -> None:
    if risk.state == RiskState.CLOSED:
        raise OutOfTurn(_("This risk is closed. Reopen it to work on it."))


def check_activity(risk: Risk, first: NewMitigation | None) -> None:
    """Part of choosing a strategy: one that needs an activity has one, or is given its first."""
    if not needs_activity(risk) or first is not None:
        return
    if risk._state.adding or not Mitigation.objects.filter(risk=risk).counting().exists():
        told = {"strategy": risk.get_strategy_display()}
        raise ValidationError(
            {"strategy": _("To %(strategy)s needs an activity: say what is done, by whom and until when.") % told}
        )
