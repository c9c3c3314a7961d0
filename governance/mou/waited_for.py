"""Whose turn it is in a memorandum's life, and what they are told: to validate, to concur, to submit, to sign (ux.md A7)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.models import Mou, MouSignature, MouText
from governance.mou.frozen import Voice, voices_of
from governance.mou.telling import tell_parties
from governance.mou.turns import Step, signing_of
from governance.mou_states import MouState, OpinionKind
from people.actions.notices import tell_people
from people.bilingual import said
from people.models import Capacity, Person
from people.notices import Group, Kind, both, register
from people.permissions import TABLE
from people.states import CapacityKind as K
from people.states import DelegatedAct, Delivery, ScopeKind
from records import clock
from records.actors import Actor

TURN, MOVED = "mou.turn", "mou.moved"
WAITED = _("An agreement waits for exactly you.")

register(
    Kind(TURN, _("A memorandum waits for you: to validate, concur or sign"), Delivery.AT_ONCE, Group.AGREEMENT, must=WAITED),
    Kind(MOVED, _("A memorandum of yours is declined, voided, sent back or approved"), Delivery.AT_ONCE, Group.AGREEMENT),
)  # fmt: skip


def people_for(mou: Mou, voice: Voice) -> QuerySet[Person]:
    """Who may say it: the directors-general of the party's branch, or the CFO."""
    held = Capacity.objects.on(clock.today())
    if voice.party is not None:
        held = held.filter(kind=K.DIRECTOR_GENERAL, scope=ScopeKind.BRANCH, scope_id=voice.party.branch_id)
    else:
        over = Q(scope=ScopeKind.DEPARTMENT, scope_id=mou.product.department_id) | Q(scope=ScopeKind.ALL)
        held = held.filter(over, kind=K.CFO)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("name", "pk")


def writers_of(mou: Mou) -> QuerySet[Person]:
    """Who writes the memorandum: the leads of the product and its portfolio managers."""
    product = mou.product
    over = Q(scope=ScopeKind.PRODUCT, scope_id=product.head_id) | Q(
        scope=ScopeKind.DEPARTMENT, scope_id=product.department_id
    )
    if product.portfolio_id:
        over |= Q(scope=ScopeKind.PORTFOLIO, scope_id=product.portfolio_id)
    held = Capacity.objects.on(clock.today()).filter(over, kind__in=TABLE["write_mou"])
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("name", "pk")


def signers_for(step: Step) -> list[Person]:
    """The signatory, and who acts for the signatory in signing today."""
    key, kind = step.official.person_id, DelegatedAct.SIGNING.capacity
    acting = Capacity.objects.on(clock.today()).filter(kind=kind, scope=ScopeKind.PERSON, scope_id=key)
    return list(
        Person.objects.filter(Q(pk=key) | Q(pk__in=acting.values("person_id")), is_active=True).order_by("name")
    )


def tell_opinion_due(mou: Mou, text: MouText, by: Actor, *, again: str = "") -> None:
    """The directors-general and the CFO who have not spoken yet learn that the text waits for them."""
    words = {
        OpinionKind.VALIDATION: gettext_noop("The memorandum of %(product)s waits for your validation."),
        OpinionKind.CONCURRENCE: gettext_noop("The memorandum of %(product)s waits for your concurrence."),
    }
    for voice in voices_of(mou, text):
        if voice.opinion is None:
            key = f"{text.pk}:{voice.kind}:{_key(voice)}{again}"
            _tell(mou, TURN, words[OpinionKind(voice.kind)], by, "mou-review", people_for(mou, voice), key)


def _key(voice: Voice) -> UUID | str:
    return voice.party.pk if voice.party else ""


def tell_committee_due(mou: Mou, text: MouText, by: Actor) -> None:
    """Who writes it learns that everybody agrees, and that the committee can be asked."""
    words = gettext_noop("Everybody agrees to the memorandum of %(product)s. Put it before the committee.")
    _tell(mou, TURN, words, by, "mou-review", writers_of(mou), f"{text.pk}:committee")


def tell_writers(mou: Mou, by: Actor, words: str, **values: Any) -> None:
    """Who writes the memorandum learns what became of it."""
    _tell(mou, MOVED, words, by, "mou-review", writers_of(mou), "", who=by.get_full_name(), **values)


def tell_all(mou: Mou, by: Actor, words: str, **values: Any) -> None:
    """Everybody concerned learns that it ended or was taken back."""
    tell_parties(mou, MOVED, words, by, who=by.get_full_name(), **values)


def tell_signers(mou: Mou, by: Actor, *, again: str = "", steps: Iterable[Step] | None = None) -> None:
    """Those whose turn it is to sign, and who acts for them; each once for each turn and reminder."""
    words = gettext_noop("The memorandum of %(product)s waits for your signature.")
    for step in signing_of(mou).now if steps is None else steps:
        key = f"{mou.pk}:{mou.sent_at:%Y%m%d%H%M%S}:{step.official.pk}{again}"
        _tell(mou, TURN, words, by, "mou-signing", signers_for(step), key)


def tell_copy_refused(mou: Mou, signature: MouSignature, by: Actor) -> None:
    """The signatory, who acts for the signatory, who handed the copy in and the writers; all parties where it is in force."""
    name = signature.official.person.get_full_name()
    if mou.state in MouState.was_in_force():
        words = gettext_noop(
            "%(product)s: the scanner refused the copy that %(name)s had signed. Memorandum %(number)s stays in force: what "
            "was signed is signed. Keep the original; the record here lacks it."
        )
        tell_parties(mou, MOVED, words, by, key=str(signature.pk), name=name)
        return
    words = gettext_noop(
        "The scanner refused the copy that %(name)s had signed for the memorandum of %(product)s. It does not count. Sign "
        "here, or hand in another copy."
    )
    handed_in = Person.objects.filter(pk=signature.signed_by_id)
    people = {each.pk: each for each in [*signers_for(Step(signature.official, "")), *writers_of(mou), *handed_in]}
    _tell(mou, TURN, words, by, "mou-signing", people.values(), str(signature.pk), name=name)


def tell_too_late(mou: Mou, by: Actor) -> None:
    """Who writes it learns, once, that the last signature came after the last day."""
    words = gettext_noop(
        "Everybody has signed memorandum %(number)s of %(product)s, but its last day, %(day)s, has passed: it cannot come into "
        "force any more. Void it and write it anew."
    )
    told: dict[str, Any] = {"number": mou.number, "day": mou.ends_on}
    _tell(mou, MOVED, words, by, "mou-review", writers_of(mou), f"{mou.pk}:too late:{mou.sent_at:%Y%m%d%H%M%S}", **told)


def _tell(
    mou: Mou, kind: str, words: str, by: Actor, page: str, people: Iterable[Person], key: str, **values: Any
) -> None:
    texts = both(words, product=lambda: said(mou.product, "name"), **values)
    path = reverse(page, args=[mou.product.code, mou.pk])
    tell_people(people=people, kind=kind, path=path, by=by, key=key, **texts)
