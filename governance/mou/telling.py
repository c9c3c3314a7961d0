"""Whom a memorandum concerns, and what the parties are told of its life (domain.md §6)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.models import Mou, MouTermination
from governance.mou_states import MouState
from people.actions.notices import tell_people
from people.bilingual import said
from people.models import Capacity, Person
from people.notices import Group, Kind, both, register
from people.permissions import LEADS
from people.states import CapacityKind as K
from people.states import Delivery, ScopeKind
from records import clock
from records.actors import Actor

IN_FORCE, ENDED, TERMINATION = "mou.in_force", "mou.ended", "mou.termination"
DUE, CHANGED = "mou.due", "mou.changed"
BINDS = _("A party to an agreement must know that it binds.")

register(
    Kind(IN_FORCE, _("A memorandum of yours is in force"), Delivery.AT_ONCE, Group.AGREEMENT, must=BINDS),
    Kind(ENDED, _("A memorandum of yours has ended"), Delivery.AT_ONCE, Group.AGREEMENT, must=BINDS),
    Kind(TERMINATION, _("The end of a memorandum is proposed, agreed or no longer proposed"), Delivery.AT_ONCE,
         Group.AGREEMENT, must=BINDS),
    Kind(DUE, _("A memorandum of yours is to be reviewed or renewed"), Delivery.AT_ONCE, Group.AGREEMENT),
    Kind(CHANGED, _("Money or officials of a memorandum changed: sign again"), Delivery.AT_ONCE, Group.AGREEMENT),
)  # fmt: skip

PROPOSED = gettext_noop(
    "%(product)s: %(who)s proposes that memorandum %(number)s end on %(day)s. Every party must consent."
)
AGREED = gettext_noop("%(product)s: every party consented: memorandum %(number)s ends on %(day)s.")
WITHDRAWN = gettext_noop("%(product)s: %(who)s withdrew the proposal to end memorandum %(number)s.")
ENDINGS: dict[str, str] = {
    MouState.EXPIRED: gettext_noop("%(product)s: memorandum %(number)s has expired; its last day was %(day)s."),
    MouState.TERMINATED: gettext_noop("%(product)s: memorandum %(number)s ended on %(day)s, as the parties agreed."),
}


def people_of(mou: Mou) -> QuerySet[Person]:
    """Everybody an agreement concerns today: its officials, the heads of its branches, CIO and CFO, the leads of the product."""
    branches = mou.parties.values("branch_id")
    held = Capacity.objects.on(clock.today()).filter(
        Q(kind=K.SPONSOR, scope=ScopeKind.BRANCH, scope_id__in=branches)
        | Q(kind__in=(K.CIO, K.CFO), scope=ScopeKind.DEPARTMENT, scope_id=mou.product.department_id)
        | Q(kind__in=LEADS, scope=ScopeKind.PRODUCT, scope_id=mou.product.head_id)
    )
    named = Q(pk__in=held.values("person_id")) | Q(pk__in=mou.officials.values("person_id"))
    return Person.objects.filter(named, is_active=True)


def tell_parties(
    mou: Mou, kind: str, words: str, by: Actor, *, key: str = "", people: Iterable[Person] | None = None, **values: Any
) -> None:
    """Tell everybody concerned, or `people`, what happened to `mou`; `words` marked with gettext_noop."""
    texts = both(words, product=lambda: said(mou.product, "name"), number=mou.number, edition=mou.edition, **values)
    told = people_of(mou) if people is None else people
    tell_people(people=told, kind=kind, path=page_of(mou), by=by, key=key, **texts)


def page_of(mou: Mou) -> str:
    """The page of this version; of product status while it has none."""
    try:
        return reverse("mou-detail", args=[mou.product.code, mou.pk])
    except NoReverseMatch:
        return reverse("status-detail", args=[mou.product.code])


def tell_in_force(mou: Mou, by: Actor) -> None:
    """The parties learn that the last signature was given, and from when on it binds."""
    words = gettext_noop("%(product)s: memorandum %(number)s, version %(edition)s, is in force from %(day)s.")
    tell_parties(mou, IN_FORCE, words, by, key=str(mou.pk), day=mou.in_force_from)


def tell_termination(proposal: MouTermination, words: str, by: Actor) -> None:
    """A proposal to end it was made, withdrawn, or is agreed."""
    tell_parties(proposal.mou, TERMINATION, words, by, who=by.get_full_name(), day=proposal.effective_on)


def tell_ended(mou: Mou, by: Actor) -> None:
    """It is over; where product status rested on it, that is over too."""
    tell_parties(mou, ENDED, ENDINGS[mou.state], by, key=str(mou.pk), day=mou.ended_on)


def tell_changed(mou: Mou, by: Actor, key: str) -> None:
    """What was signed no longer agrees with the records; told once for each such state of things, which `key` names."""
    words = gettext_noop("%(product)s: money or officials of memorandum %(number)s changed. It is to be signed again.")
    tell_parties(mou, CHANGED, words, by, key=f"{mou.pk}:{key}")
