"""Tell people what concerns them; let them read it and choose how it reaches them (domain.md §11; trust.md R-27).

A notice is part of the act it tells of: written in the same transaction, with the promise of its mail beside it. So nobody
is told of what did not happen, and a mail server that is down costs nothing but time.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import events
from people.models import DigestChoice, Notice, NoticeChoice, Person
from people.notices import (
    KINDS,
    Kind,
    Telling,
    deliveries_of,
    one_line,
    present_telling,
    rhythm_of,
    without_language,
)
from people.states import Delivery, Rhythm
from records import clock, jobs
from records.actors import Actor
from records.acts import act, running
from records.trail import record

MAIL = "people.mail_notice"


def tell(*, person: Person, kind: str, text_en: str, text_fr: str, path: str, by: Actor, key: str = "") -> None:
    """Tell one person, inside the running act. See `tell_people`."""
    tell_people(people=[person], kind=kind, text_en=text_en, text_fr=text_fr, path=path, by=by, key=key)


def tell_people(
    *, people: Iterable[Person], kind: str, text_en: str, text_fr: str, path: str, by: Actor, key: str = ""
) -> None:
    """Write a notice to each of `people` and promise the mail where they chose to have it at once.

    Who acts is not told of their own act, nor is anybody who left. `path` is the address of the thing (`reverse(…)`, in
    any language). With a `key` a person is told once of that kind and key, however often this is called. Two questions
    to the database for any number of people, and one more for each mail. Raises LookupError for an unknown kind,
    ValueError for an address that is not ours, RuntimeError outside an act.
    """
    if running() is None:
        raise RuntimeError(f"'{kind}' must be told inside an act.")
    known, path = KINDS[kind], without_language(path)
    told = {each.pk: each for each in people if each.is_active and str(each.pk) != str(by.pk)}
    if not told or present_telling() is Telling.NOBODY:
        return
    if key:
        for known_already in Notice.objects.filter(person__in=told, kind=kind, key=key).values_list(
            "person", flat=True
        ):
            told.pop(known_already)
    ways = _deliveries(known, told.values())
    texts = {"text_en": one_line(text_en), "text_fr": one_line(text_fr)}
    notices = [
        Notice(person=each, kind=kind, path=path, key=key, at=clock.now(), delivery=ways[each.pk], **texts)
        for each in told.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(key))
    for notice in notices:
        if notice.delivery == Delivery.AT_ONCE:
            jobs.enqueue(MAIL, str(notice.pk), {"notice": str(notice.pk)}, by=by)


def _deliveries(kind: Kind, people: Iterable[Person]) -> dict[UUID, str]:
    """How each of `people` gets a notice of this kind now."""
    usual = Delivery.HERE if present_telling() is Telling.WITHOUT_MAIL else kind.default
    ways: dict[UUID, str] = {each.pk: usual for each in people}
    if present_telling() is Telling.AS_CHOSEN and not kind.must:
        chosen = NoticeChoice.objects.filter(kind=kind.code, person__in=ways)
        ways.update(chosen.values_list("person", "delivery"))
    return ways


def read_notice(*, notice: Notice, by: Person) -> None:
    """Note that its person has read a notice; nothing when it is read already or somebody else's.

    No act and no event, as for autosave: the row is private, nobody else ever reads it, the mark is its own record of
    when it was read, and no right or duty follows from it.
    """
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=clock.now())


def read_all_notices(*, by: Person) -> int:
    """Note that `by` has read every notice there is now; returns how many were unread. No act, as `read_notice`."""
    return Notice.objects.visible_to(by).unread().filter(at__lte=clock.now()).update(read_at=clock.now())


@act
def choose_mail(*, by: Person, rhythm: str, deliveries: Mapping[str, str]) -> bool:
    """Keep how often `by` wants the digest and how each kind of notice in `deliveries` reaches them; False when as before.

    Raises ValidationError for a kind or a way there is not, and for a kind that cannot be switched off.
    """
    _check_choice(rhythm, deliveries)
    before, before_rhythm = deliveries_of(by), rhythm_of(by)
    DigestChoice.objects.update_or_create(person=by, defaults={"rhythm": rhythm})
    for code, delivery in deliveries.items():
        if delivery == KINDS[code].default:
            NoticeChoice.objects.filter(person=by, kind=code).delete()
        else:
            NoticeChoice.objects.update_or_create(person=by, kind=code, defaults={"delivery": delivery})
    changes = {code: [before[code], way] for code, way in deliveries.items() if before[code] != way}
    if rhythm != before_rhythm:
        changes["digest"] = [before_rhythm, rhythm]
    if changes:
        record(events.MAIL_CHOSEN, on=by, by=by, changes=changes)
    return bool(changes)


def _check_choice(rhythm: str, deliveries: Mapping[str, str]) -> None:
    if rhythm not in Rhythm.values:
        raise ValidationError({"rhythm": _("Choose one of the answers.")})
    for code, delivery in deliveries.items():
        if code not in KINDS or delivery not in Delivery.values:
            raise ValidationError(_("Choose one of the answers."))
        if KINDS[code].must and delivery != KINDS[code].default:
            raise ValidationError(str(KINDS[code].must))
