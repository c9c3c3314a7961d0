"""Signing a frozen memorandum: sign, decline, hand in a copy signed elsewhere; and void what is under way (domain.md §6).

All of these lock the memorandum's row first. So two signatures and a void in the same moment come one after the other: the
last signature puts it into force or finds it voided, and no signature that was confirmed to somebody is lost.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.mou_review import check_seen, hold_mou, hold_without_reviews
from governance.models import Mou, MouOfficial, MouSignature, MouText
from governance.mou.accepting import accepted_words
from governance.mou.force import come_into_force, is_too_late
from governance.mou.frozen import the_text
from governance.mou.orphans import orphans, reason_in_both, reason_of
from governance.mou.powers import may_attach_copy, may_sign, may_write_mou, signs_for
from governance.mou.turns import Turn, signing_of
from governance.mou.waited_for import tell_all, tell_copy_refused, tell_signers, tell_too_late
from governance.mou_states import MOU_MOVES, MouState, SigningAct, SigningMethod
from people.bilingual import LANGUAGES
from people.models import Person
from people.permissions import require
from records import clock, jobs
from records.actions.evidence import keep_evidence
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save, write

SEAL = "seal_mou"  # the job that renders and seals the signed document


@act
def sign_mou(
    *, official: MouOfficial, language: str, seen: str, accepted: bool, by: Person, assurance: str = ""
) -> MouSignature:
    """Sign, as the signatory or in the signatory's place, the text whose hash is `seen`, read in `language`.

    Refused to others, to who left and to who signs for another party; OutOfTurn before one's turn, when it is signed
    already and when it is no longer out for signature; Conflict when another text stands; ValidationError without `accepted`.
    `assurance` says how the person was known (people.stepup.assurance_of). The last signature puts it into force.
    """
    mou, official, text = _hold(official, by, seen)
    if not accepted:
        raise ValidationError({"accepted": _("Tick that you have read and accept it, or decline to sign.")})
    if language not in LANGUAGES:
        raise ValidationError({"language": _("Choose one of the answers.")})
    signature = _signature(text, official, by, signer=by, act=SigningAct.SIGNED, language=language,
                           accepted=accepted_words(language), assurance=assurance, signed_on=clock.today())  # fmt: skip
    write(signature)
    _note(mou, official, signature, events.MOU_SIGNED, by)
    _go_on(mou, by)
    return signature


@act
def decline_to_sign(*, official: MouOfficial, reason: str, seen: str, by: Person, assurance: str = "") -> MouSignature:
    """Decline, with the reason. Nobody signs this text any more; everybody concerned is told. Raises as `sign_mou` does."""
    mou, official, text = _hold(official, by, seen)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you decline.")})
    signature = _signature(text, official, by, signer=by, act=SigningAct.DECLINED, language=LANGUAGES[0],
                           reason=reason.strip(), assurance=assurance, signed_on=clock.today())  # fmt: skip
    write(signature)
    check_move(MOU_MOVES, mou.state, MouState.DECLINED)
    mou.state, mou.ending_reason = MouState.DECLINED, reason.strip()
    save(mou, by=by)
    _note(mou, official, signature, events.MOU_DECLINED, by, reason=reason)
    tell_all(mou, by, gettext_noop("%(who)s declined to sign the memorandum of %(product)s: %(reason)s"), reason=reason)
    return signature


@act
def attach_signed_copy(
    *, official: MouOfficial, file: Any, method: str, language: str, signed_on: date, seen: str, by: Person
) -> MouSignature:
    """Hand in a copy that the signatory signed on paper or by signed e-mail; it counts as the signature once the scanner has
    let it pass, and says which it is.

    By the signatory or by who writes the memorandum. ValidationError for a file that is not kept here, a method that is
    none, a day to come or before it was sent out. Else as `sign_mou`.
    """
    require(may_attach_copy(by, official))
    mou, official, text = _hold(official, by, seen, check=may_attach_copy)
    _check_copy(mou, method, language, signed_on)
    evidence = keep_evidence(file=file, chain=mou.chain(), by=by)
    signature = _signature(text, official, by, signer=official.person, act=SigningAct.SIGNED, language=language, method=method,
                           evidence=evidence, evidence_sha256=evidence.sha256, signed_on=signed_on)  # fmt: skip
    write(signature)
    _note(mou, official, signature, events.MOU_COPY_ATTACHED, by)
    _go_on(mou, by)
    return signature


def _check_copy(mou: Mou, method: str, language: str, signed_on: date) -> None:
    errors = {}
    if method not in (SigningMethod.PAPER, SigningMethod.MAIL):
        errors["method"] = _("Choose one of the answers.")
    if language not in LANGUAGES:
        errors["language"] = _("Choose one of the answers.")
    if signed_on > clock.today():
        errors["signed_on"] = _("This day is still to come.")
    elif mou.sent_at and signed_on < timezone.localtime(mou.sent_at).date():
        errors["signed_on"] = _("It was sent out for signature after this day.")
    if errors:
        raise ValidationError(errors)


def _hold(official: MouOfficial, by: Person, seen: str, check: Any = may_sign) -> tuple[Mou, MouOfficial, MouText]:
    """Lock the memorandum, then judge with what stands now: state, right, text, turn, in this order."""
    mou = hold_mou(official.mou)
    official = MouOfficial.objects.select_related("person", "party__branch__department", "mou__product").get(
        pk=official.pk
    )
    if mou.state != MouState.OUT_FOR_SIGNATURE:
        raise OutOfTurn(
            _("This memorandum is not out for signature: it is %(state)s.") % {"state": mou.get_state_display()}
        )
    require(check(Person.objects.get(pk=by.pk), official))
    text = the_text(mou)
    check_seen(text, seen)
    step = signing_of(mou).step_of(official)
    if step is None or step.turn in (Turn.SIGNED, Turn.DECLINED, Turn.SCANNED):
        raise Conflict(_("This signature is there already."))
    if not step.is_now:
        raise OutOfTurn(_("It is not your turn yet: the signatories before you have not all signed."))
    return mou, official, text


def _signature(text: MouText, official: MouOfficial, by: Person, *, signer: Person, **values: Any) -> MouSignature:
    """The row, with name, title and organisation as they are written today."""
    delegation = signs_for(signer, official) if signer.pk != official.person_id else None
    branch = official.party.branch
    signature = MouSignature(
        text=text,
        official=official,
        attempt=MouSignature.objects.filter(text=text, official=official).count() + 1,
        text_sha256=text.sha256,
        signer_id=str(signer.pk),
        signer_name=signer.get_full_name(),
        acting_for_name=official.person.get_full_name() if delegation else "",
        delegation=delegation,
        title_en=official.title_en,
        title_fr=official.title_fr,
        organisation_en=branch.name_en,
        organisation_fr=branch.name_fr,
        signed_at=clock.now(),
        signed_by_id=str(by.pk),
        signed_by_name=by.get_full_name(),
        **values,
    )
    signature.full_clean(exclude=[name for name in ("delegation", "evidence") if getattr(signature, name) is None])
    return signature


def _note(
    mou: Mou, official: MouOfficial, signature: MouSignature, event: str, by: Person, *, reason: str = ""
) -> None:
    told = {"text": [None, signature.text_sha256], "signatory": [None, official.person.get_full_name()]}
    if signature.acting_for_name:
        told["signed by"] = [None, signature.signer_name]
    record(event, on=mou, by=by, changes=told, reason=reason)


def _go_on(mou: Mou, by: Actor) -> None:
    """After the last signature it is in force and its document is made; else the next ones are told."""
    if not signing_of(mou).is_complete:
        tell_signers(mou, by)
        return
    come_into_force(mou=mou, by=by)
    jobs.enqueue(SEAL, str(mou.pk), {"mou": str(mou.pk)}, by=by)


@act
def note_scanned_copy(*, signature: MouSignature, by: Actor) -> None:
    """Go on after the scanner has seen a copy that was handed in. Let pass, it counts from now on, and may be the last
    signature; refused, it does not count, which the trail keeps and those who can do something about it are told. The last
    signature after the last day puts nothing into force: who writes the memorandum is told."""
    mou = hold_mou(signature.text.mou)
    kept = MouSignature.objects.select_related("evidence", "official__person", "text").get(pk=signature.pk)
    if kept.evidence is None or kept.evidence.is_waiting:
        return
    if kept.evidence.is_refused:
        told = {"signatory": [kept.official.person.get_full_name(), None], "text": [kept.text_sha256, None]}
        record(events.MOU_COPY_REFUSED, on=mou, by=by, changes=told, reason=kept.evidence.reason)
        tell_copy_refused(mou, kept, by)
    if mou.state != MouState.OUT_FOR_SIGNATURE or the_text(mou).pk != kept.text_id:
        return
    if is_too_late(mou) and signing_of(mou).is_complete:
        tell_too_late(mou, by)
        return
    _go_on(mou, by)


@act
def void_mou(*, mou: Mou, reason: str, by: Actor, expected: int | None = None) -> Mou:
    """Give up a memorandum before it is in force. What was signed stays as it was signed, and counts no more; all are told."""
    require(may_write_mou(by, mou))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    held = _voided(hold_without_reviews(mou, reason, by), reason.strip(), by, expected)
    tell_all(held, by, gettext_noop("%(who)s voided the memorandum of %(product)s: %(reason)s"), reason=reason)
    return held


@act
def void_orphan(*, mou: Mou, by: Actor) -> Mou:
    """Give up an amendment because the version it amends has ended; all are told. Conflict while that one is in force."""
    mou = Mou.objects.select_related("amends", "product").get(pk=mou.pk)
    if not orphans().filter(pk=mou.pk).exists():
        raise Conflict(_("The version that it amends is in force."))
    reason = reason_in_both(mou)
    held = _voided(hold_without_reviews(mou, reason, by, lapsed=True), reason, by)
    words = gettext_noop("%(product)s: version %(edition)s of memorandum %(number)s is voided. %(reason)s")
    tell_all(held, by, words, reason=lambda: reason_of(mou))
    return held


def _voided(held: Mou, reason: str, by: Actor, expected: int | None = None) -> Mou:
    check_move(MOU_MOVES, held.state, MouState.VOIDED)
    held.state, held.ending_reason, held.ended_on = MouState.VOIDED, reason, clock.today()
    record(events.MOU_VOIDED, on=held, by=by, changes=save(held, by=by, expected=expected), reason=reason)
    return held
