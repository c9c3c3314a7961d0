"""Hand authority over for a while, and take it back (domain.md §11, decisions.md §4: acts like signing, never votes)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import events
from people.actions.capacities import grant_capacity, withdraw_capacity
from people.models import Delegation, Person
from people.own_notices import delegation_ended, delegation_given
from people.permissions import Verdict, may_administer, require, standing
from people.states import CapacityKind, DelegatedAct, ScopeKind
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record
from records.writing import save

# What can be acted upon in another's name: offices and roles. Seats stay with who holds them, and so does what was delegated.
OWN_AUTHORITY = frozenset({*CapacityKind.offices(), *CapacityKind.roles()})


@act
def delegate_authority(
    *, giver: Person, delegate: Person, acts: Iterable[str], starts_on: date, ends_on: date, reason: str, by: Person
) -> Delegation:
    """Let `delegate` do the named acts for `giver` from a day to a day. Given by oneself, out of an office or role of one's own.

    Raises ValidationError for days gone by, another department, somebody inactive; Conflict where the two have a
    delegation of the same act on some of these days.
    """
    require(may_delegate(by, giver))
    delegation = Delegation(
        giver=giver, delegate=delegate, acts=sorted(set(acts)), starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    _check(delegation)
    changes = save(delegation, by=by)
    record(events.AUTHORITY_DELEGATED, on=delegation, by=by, changes=changes, reason=reason)
    _grant(delegation)
    delegation_given(delegation, by=by)
    return delegation


@act
def end_delegation(*, delegation: Delegation, by: Actor, reason: str, expected: int | None = None) -> Delegation:
    """End it at once: it counted yesterday for the last time. The giver, the delegate and administrators may."""
    require(may_end_delegation(by, delegation))
    today = clock.today()
    if delegation.ended_on or delegation.ends_on < today:
        raise Conflict(_("This delegation is over already."))
    delegation.ended_on = today
    changes = save(delegation, by=by, expected=expected)
    record(events.DELEGATION_ENDED, on=delegation, by=by, changes=changes, reason=reason)
    _grant(delegation)
    delegation_ended(delegation, by=by)
    return delegation


def may_delegate(by: Actor, giver: Person) -> Verdict:
    """One's own authority alone, and only who has some: votes and what was received by delegation are not handed on."""
    if by.pk != giver.pk or not giver.is_active:
        return Verdict(False, _("Only the person concerned can do this."), giver, by)
    if any(kind in OWN_AUTHORITY for kind, _scope, _key in standing(giver).holds):
        return Verdict(True)
    reason = _(
        "You hold no office and no role out of which you could delegate. A seat on a board cannot be handed over."
    )
    return Verdict(False, reason, giver, by)


def may_end_delegation(by: Actor, delegation: Delegation) -> Verdict:
    """Both sides, and administrators."""
    if by.pk in (delegation.giver_id, delegation.delegate_id) or may_administer(by):
        return Verdict(True)
    return Verdict(False, _("Only the two people concerned and administrators can end it."), delegation, by)


def _check(delegation: Delegation) -> None:
    giver, delegate = delegation.giver, delegation.delegate
    Person.objects.select_for_update(of=("self",)).get(pk=giver.pk)  # two forms at once see one another
    if delegation.starts_on < clock.today():
        raise ValidationError({"starts_on": _("Authority is handed over from today on, not for days gone by.")})
    if delegate.pk == giver.pk:
        raise ValidationError({"delegate": _("Nobody acts for themselves by delegation.")})
    if not delegate.is_active:
        raise ValidationError({"delegate": _("%(name)s does not sign in any more.") % {"name": delegate.name}})
    if delegate.department_id != giver.department_id:
        raise ValidationError({"delegate": _("Choose somebody of your own department.")})
    rivals = Delegation.objects.filter(giver=giver, acts__overlap=delegation.acts, ended_on=None)
    rival = rivals.filter(starts_on__lte=delegation.ends_on, ends_on__gte=delegation.starts_on).first()
    if rival:
        told = {"name": rival.delegate.name, "first": rival.starts_on, "last": rival.ends_on}
        raise Conflict(_("%(name)s acts for you in this from %(first)s to %(last)s. End that first.") % told)


def _grant(delegation: Delegation) -> None:
    days = delegation.in_force()
    if days is None:
        withdraw_capacity(source=delegation)
        return
    for each in delegation.acts:
        grant_capacity(
            person=delegation.delegate,
            kind=DelegatedAct(each).capacity,
            scope=ScopeKind.PERSON,
            scope_id=delegation.giver_id,
            starts_on=days[0],
            ends_on=days[1],
            source=delegation,
        )
