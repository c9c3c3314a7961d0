"""Which memoranda wait for a person: to validate, to concur, to sign. One question for whoever judges none and signs none."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Mou, MouOfficial
from governance.mou.frozen import voices_of
from governance.mou.powers import may_give_opinion, may_sign
from governance.mou.turns import signing_of
from governance.mou_states import MouState, OfficialRole, OpinionKind
from people.models import Person
from people.permissions import standing
from people.states import CapacityKind as K
from people.states import DelegatedAct, ScopeKind

MOST = 20  # a front page is no list; the notices name each one


@dataclass(frozen=True)
class Waiting:
    """What is to be done with `mou`, in words, and where."""

    mou: Mou
    words: str
    page: str


def memoranda_waiting(person: Person) -> list[Waiting]:
    """The oldest first: what is to be judged, then what is to be signed."""
    return [*_to_judge(person), *_to_sign(person)]


def _to_judge(person: Person) -> list[Waiting]:
    mine = standing(person)
    branches = mine.keys(ScopeKind.BRANCH, {K.DIRECTOR_GENERAL})
    departments = mine.keys(ScopeKind.DEPARTMENT, {K.CFO})
    if not (branches or departments):
        return []
    concerned = Q(parties__branch__in=branches) | Q(product__department__in=departments)
    keys = Mou.objects.filter(concerned, state=MouState.IN_REVIEW).values("pk")
    rows = Mou.objects.filter(pk__in=keys).select_related("product__department").order_by("changed_at")[:MOST]
    words = {
        OpinionKind.VALIDATION: _("waits for your validation"),
        OpinionKind.CONCURRENCE: _("waits for your concurrence"),
    }
    return [_waiting(mou, words[OpinionKind(kind)], "mou-review") for mou in rows for kind in _asked(person, mou)]


def _asked(person: Person, mou: Mou) -> list[str]:
    silent = [each for each in voices_of(mou) if each.opinion is None]
    return [each.kind for each in silent if may_give_opinion(person, mou, each.kind, each.party)]


def _to_sign(person: Person) -> list[Waiting]:
    mine = {person.pk} | standing(person).keys(ScopeKind.PERSON, {DelegatedAct.SIGNING.capacity})
    named = MouOfficial.objects.filter(
        mou__state=MouState.OUT_FOR_SIGNATURE, role=OfficialRole.SIGNATORY, person__in=mine
    )
    rows = named.select_related("person", "mou__product__department").order_by("mou__sent_at")[:MOST]
    return [_waiting(each.mou, _("waits for your signature"), "mou-signing") for each in rows if _is_now(person, each)]


def _is_now(person: Person, official: MouOfficial) -> bool:
    step = signing_of(official.mou).step_of(official)
    return step is not None and step.is_now and bool(may_sign(person, official))


def _waiting(mou: Mou, words: str, page: str) -> Waiting:
    args: list[Any] = [mou.product.code, mou.pk]
    return Waiting(mou, words, reverse(page, args=args))
