"""The version log is kept by its readers' eyes: what changed, said better afterwards; and an amendment begun by one button."""

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from governance import events
from governance.actions.mou_amendments import begin_amendment
from governance.models import Mou
from governance.mou.changed import differences, sections_of
from governance.mou.limits import check_texts
from governance.mou_states import MouState
from governance.permissions import may_write_mou
from people.bilingual import LANGUAGES
from people.models import Person
from people.permissions import require
from records.acts import act
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save

ON_ITS_WAY = (MouState.IN_REVIEW, MouState.APPROVED, MouState.OUT_FOR_SIGNATURE)
LONGEST = 300


@act
def describe_version(*, mou: Mou, change_en: str, change_fr: str, by: Person, expected: int | None = None) -> Mou:
    """Say what changed with a version that is or was in force. OutOfTurn while a version of the agreement is reviewed or
    signed: the log is part of the text that is said yes to."""
    require(may_write_mou(by, mou))
    if mou.state not in MouState.was_in_force():
        raise OutOfTurn(_("The log tells of versions that were in force; a draft says what changes among its terms."))
    if Mou.objects.filter(number=mou.number, state__in=ON_ITS_WAY).exists():
        raise OutOfTurn(_("A version of this agreement is reviewed or signed now, and its log with it."))
    check_texts({"change_en": change_en, "change_fr": change_fr})
    mou.change_en, mou.change_fr = change_en.strip(), change_fr.strip()
    _check_both(mou)
    changes = save(mou, by=by, expected=expected)
    if changes:
        record(events.MOU_LOG_CHANGED, on=mou, by=by, changes=changes)
    return mou


def _check_both(mou: Mou) -> None:
    empty = [name for name in ("change_en", "change_fr") if not getattr(mou, name)]
    if empty:
        raise ValidationError({name: _("Say it in both languages.") for name in empty})


@act
def sign_again(*, mou: Mou, by: Person) -> Mou:
    """Begin the amendment of the sections whose money or officials changed in the records since they were signed.

    Conflict when nothing differs any more, or a version is under way.
    """
    require(may_write_mou(by, mou))
    sections = sections_of(differences(mou))
    if not sections:
        raise Conflict(_("What was signed agrees with the records: nothing is to be signed again."))
    return begin_amendment(mou=mou, opened_sections=sections, by=by, **_said(mou))


def _said(mou: Mou) -> dict[str, str]:
    """What changed, for the log, in both languages; as much of it as the log holds."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            told = "; ".join(f"{each.what}: {each.now}" for each in differences(mou))
        found[f"change_{language}"] = told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
    return found
