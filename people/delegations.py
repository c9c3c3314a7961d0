"""Who acts for whom today. Acts that may be done in another's name ask here, and record "A for B"."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from people.models import Person
from people.permissions import standing
from people.states import CapacityKind, DelegatedAct, ScopeKind


def acting_for(person: Person, kind: str, *, act: str = DelegatedAct.SIGNING, **scopes: UUID | None) -> Person | None:
    """For whom `person` may do `act` today: somebody who holds `kind` over one of the scopes and delegated it. Else None.

    Scopes are named as for `people.permissions.may`. What the other one has by delegation in turn does not count, nor do
    seats: nobody votes for another.
    """
    if kind in CapacityKind.seats():
        return None
    for giver in givers_to(person, act):
        if standing(giver).has([kind], **scopes):
            return giver
    return None


def givers_to(person: Person, act: str | None = None) -> list[Person]:
    """The people for whom `person` acts today, in `act` or in anything; no question to the database where there are none."""
    kinds = [each.capacity for each in DelegatedAct if act is None or each == act]
    keys = standing(person).keys(ScopeKind.PERSON, kinds)
    return list(Person.objects.filter(pk__in=keys, is_active=True).order_by("name", "pk")) if keys else []


def keys_lent(person: Person, act: str, scope: str, kinds: Iterable[str]) -> set[UUID]:
    """The scopes of one sort over which those for whom `person` may do `act` today hold one of `kinds`."""
    return {key for giver in givers_to(person, act) for key in standing(giver).keys(scope, kinds)}


def in_words(name: str, for_name: str) -> str:
    """Who did it, and in whose name where it was another's."""
    return _("%(name)s for %(giver)s") % {"name": name, "giver": for_name} if for_name else name
