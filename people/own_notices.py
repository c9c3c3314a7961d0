"""What people are told of their own account: changes of the second factor, authority handed over to them or taken back."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from people.actions.notices import tell
from people.models import Delegation, Person
from people.notices import Group, Kind, both, register
from people.states import Delivery
from records.actors import SYSTEM, Actor

FACTOR_CHANGED, DELEGATION_GIVEN, DELEGATION_ENDED = "factor.changed", "delegation.given", "delegation.ended"

register(
    Kind(
        FACTOR_CHANGED,
        _("Your second factor changes"),
        Delivery.AT_ONCE,
        Group.ACCOUNT,
        must=_("So that you learn of it when it was not you."),
    ),
    Kind(
        DELEGATION_GIVEN,
        _("Somebody lets you act for them"),
        Delivery.AT_ONCE,
        Group.ACCOUNT,
        must=_("You may bind them from that day."),
    ),
    Kind(DELEGATION_ENDED, _("A delegation ends before its day"), Delivery.AT_ONCE, Group.ACCOUNT),
)


def factor_changed(person: Person) -> None:
    """Tell the person, also of what was done under their own name: it may have been somebody else."""
    words = both(gettext_noop("The second factor of your sign-in was changed. Was it not you? Tell an administrator."))
    tell(person=person, kind=FACTOR_CHANGED, path=reverse("account"), by=SYSTEM, **words)


def delegation_given(delegation: Delegation, *, by: Actor) -> None:
    """Tell the delegate."""
    words = both(
        gettext_noop("You act for %(giver)s from %(first)s to %(last)s."),
        giver=delegation.giver.name,
        first=delegation.starts_on,
        last=delegation.ends_on,
    )
    tell(person=delegation.delegate, kind=DELEGATION_GIVEN, path=reverse("delegation-list"), by=by, **words)


def delegation_ended(delegation: Delegation, *, by: Actor) -> None:
    """Tell the two people, but not the one who ended it."""
    words = both(
        gettext_noop("%(delegate)s no longer acts for %(giver)s; %(who)s ended it."),
        delegate=delegation.delegate.name,
        giver=delegation.giver.name,
        who=by.get_full_name(),
    )
    for person in (delegation.giver, delegation.delegate):
        tell(person=person, kind=DELEGATION_ENDED, path=reverse("delegation-list"), by=by, **words)
