"""Who hears of a remark on a memorandum or of a question before signing: who wrote it, who is asked, who is named (ux.md A7)."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from governance.models import Mou, MouComment
from governance.models.mou import own
from governance.mou.telling import people_of
from governance.mou.turns import Turn, signing_of
from governance.mou.waited_for import writers_of
from governance.mou_states import MouState, OfficialRole
from people.actions.notices import tell_people
from people.bilingual import said
from people.models import Capacity, Person
from people.notices import Group, Kind, both, register
from people.permissions import Verdict
from people.states import CapacityKind as K
from people.states import Delivery, ScopeKind
from records import clock
from records.actors import Actor

REMARK, QUESTION = "mou.remark", "mou.question"

register(
    Kind(REMARK, _("A remark on a memorandum of yours, or an answer to one of yours"), Delivery.AT_ONCE, Group.AGREEMENT),
    Kind(QUESTION, _("A signatory asks before signing, or you are asked"), Delivery.AT_ONCE, Group.AGREEMENT,
         must=_("Somebody cannot go on before you have answered.")),
)  # fmt: skip

ASKED = gettext_noop("%(product)s: %(who)s asks you about section %(number)s of the memorandum: %(text)s")
BEFORE_SIGNING = gettext_noop(
    "%(product)s: before signing, %(who)s asks about section %(number)s of the memorandum: %(text)s"
)
WRITTEN = gettext_noop("%(product)s: %(who)s wrote about section %(number)s of the memorandum: %(text)s")
ANSWERED = gettext_noop("%(product)s: %(who)s answered about section %(number)s of the memorandum: %(text)s")


def around(mou: Mou) -> QuerySet[Person]:
    """Everybody who can be asked: whom the agreement concerns, who writes it, and the directors-general of its parties."""
    judges = Capacity.objects.on(clock.today()).filter(
        kind=K.DIRECTOR_GENERAL, scope=ScopeKind.BRANCH, scope_id__in=mou.parties.values("branch_id")
    )
    keys = [people_of(mou).values("pk"), writers_of(mou).values("pk"), judges.values("person_id")]
    concerned = Q(pk__in=keys[0]) | Q(pk__in=keys[1]) | Q(pk__in=keys[2])
    return Person.objects.filter(concerned, is_active=True).order_by("name", "pk")


def may_ask(person: Person, mou: Mou) -> Verdict:
    """A signatory who has not signed yet, or who signs for one, asks while it is out for signature."""
    if mou.state == MouState.OUT_FOR_SIGNATURE:
        mine = set(own(mou, person).filter(role=OfficialRole.SIGNATORY).values_list("pk", flat=True))
        if any(each.official.pk in mine and each.turn in (Turn.NOW, Turn.LATER) for each in signing_of(mou).steps):
            return Verdict(True)
    return Verdict(False, gettext("Only the signatories ask here, while it is out for signature."), mou, person)


def questions_of(mou: Mou) -> list[MouComment]:
    """What signatories asked, the oldest first, with the answers. Two questions."""
    return list(
        mou.comments.filter(is_question=True)
        .select_related("asked")
        .prefetch_related("replies__asked")
        .order_by("written_at")
    )


def tell_of(comment: MouComment, by: Actor) -> None:
    """The writers of the text and the others of the thread; before all of them who is asked or named in it."""
    mou = comment.mou
    asked = _asked(comment)
    _tell(comment, QUESTION, ASKED, asked, by)
    rest = {each.pk: each for each in [*writers_of(mou), *_thread(comment)]}
    if comment.is_question:
        rest |= {each.pk: each for each in people_of(mou)}
    for each in asked:
        rest.pop(each.pk, None)
    words = BEFORE_SIGNING if comment.is_question else ANSWERED if comment.answers_id else WRITTEN
    _tell(comment, QUESTION if comment.is_question else REMARK, words, list(rest.values()), by)


def _asked(comment: MouComment) -> list[Person]:
    """The person asked, and whoever is named as @Name in the text."""
    text = comment.text.casefold()
    named = [each for each in around(comment.mou) if f"@{each.name.casefold()}" in text] if "@" in text else []
    found = {each.pk: each for each in [*([comment.asked] if comment.asked else []), *named]}
    return list(found.values())


def _thread(comment: MouComment) -> QuerySet[Person]:
    """Who wrote before in the same thread."""
    if comment.answers_id is None:
        return Person.objects.none()
    rows = MouComment.objects.filter(Q(pk=comment.answers_id) | Q(answers=comment.answers_id))
    return Person.objects.filter(pk__in=[UUID(each) for each in rows.values_list("written_by_id", flat=True)])


def _tell(comment: MouComment, kind: str, words: str, people: list[Person], by: Actor) -> None:
    mou = comment.mou
    texts = both(
        words, product=lambda: said(mou.product, "name"), who=comment.written_by_name, number=comment.section,
        text=comment.text,
    )  # fmt: skip
    path = reverse("mou-section", args=[mou.product.code, mou.pk, comment.section])
    path += f"#remark-{comment.answers_id or comment.pk}"
    tell_people(people=people, kind=kind, path=path, by=by, key=str(comment.pk), **texts)
