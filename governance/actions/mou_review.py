"""A memorandum on its way to signature: frozen for review, judged, before its committee, sent out, taken back (domain.md §6).

Every act locks the memorandum's row, so that what two people do at once happens one after the other; a review that is
before a board is withdrawn before that row is locked, because decisions lock in that order.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.reviews import begin_review, change_review, lapse_review, withdraw_review
from governance.models import Mou, MouOpinion, MouParty, MouText, Review
from governance.mou import asking
from governance.mou.canonical import content_of, digest
from governance.mou.frozen import frozen_text, is_agreed, is_intact, the_text
from governance.mou.powers import may_give_opinion
from governance.mou.ready import problems_to_freeze, problems_to_send
from governance.mou.waited_for import tell_all, tell_committee_due, tell_opinion_due, tell_signers, tell_writers
from governance.mou_states import MOU_MOVES, MouState, Opinion, OpinionKind
from governance.permissions import may_write_mou
from governance.states import DecisionKind
from people.permissions import require
from products.actions.phase import check_mandate
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate
from records.moves import check_move
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save, write

MANDATE = "memorandum of understanding"  # what a mandate is for that approves one


def hold_mou(mou: Mou) -> Mou:
    """The memorandum as it stands now, locked until the act ends."""
    Mou.objects.select_for_update().get(pk=mou.pk)
    return Mou.objects.select_related("product__department").get(pk=mou.pk)


def check_seen(text: MouText, seen: str) -> None:
    """Conflict unless `seen` is the hash of the text that stands, and the text agrees with it (trust.md S-21)."""
    if seen != text.sha256:
        at = date_format(timezone.localtime(text.frozen_at), "H:i")
        raise Conflict(_("The text changed at %(time)s. Review it again.") % {"time": at})
    if not is_intact(text):
        raise OutOfTurn(_("The stored text does not agree with its hash. Nobody can sign it. Tell the administrators."))


@act
def send_for_review(*, mou: Mou, by: Actor, expected: int | None = None) -> MouText:
    """Freeze the text and send it to the directors-general and the CFO. ValidationError names whatever is still open."""
    held = hold_mou(mou)
    require(may_write_mou(by, held))
    check_move(MOU_MOVES, held.state, MouState.IN_REVIEW)
    found = problems_to_freeze(held)
    if found:
        raise ValidationError(found)
    held.state = MouState.IN_REVIEW
    changes = save(held, by=by, expected=expected)
    text = _freeze(held, by)
    record(events.MOU_SENT_FOR_REVIEW, on=held, by=by, changes=changes | {"text": [None, text.sha256]})
    tell_opinion_due(held, text, by)
    return text


def _freeze(mou: Mou, by: Actor) -> MouText:
    last = MouText.objects.filter(mou=mou).aggregate(last=Max("number"))["last"] or 0
    content = content_of(mou)
    text = MouText(
        mou=mou,
        number=last + 1,
        content=content,
        sha256=digest(content),
        frozen_at=clock.now(),
        frozen_by_id=str(by.pk),
        frozen_by_name=by.get_full_name(),
    )
    write(text)
    return text


@act
def give_opinion(
    *, mou: Mou, kind: str, opinion: str, seen: str, by: Actor, party: MouParty | None = None, reason: str = ""
) -> MouOpinion:
    """Validate for a party, or concur as CFO; or send the text back with a reason, whereupon it is a draft again.

    `seen` is the hash of the text that was read: Conflict when another one stands. Everybody speaks once of one text.
    """
    held = hold_mou(mou)
    require(may_give_opinion(by, held, kind, party))
    if held.state != MouState.IN_REVIEW:
        raise OutOfTurn(_("This memorandum is not in review: it is %(state)s.") % {"state": held.get_state_display()})
    text = the_text(held)
    check_seen(text, seen)
    if text.opinions.filter(kind=kind, party=party).exists():
        raise OutOfTurn(_("This was said already."))
    said = MouOpinion(
        text=text,
        kind=kind,
        party=party,
        opinion=opinion,
        reason=reason.strip(),
        given_at=clock.now(),
        given_by_id=str(by.pk),
        given_by_name=by.get_full_name(),
    )
    said.full_clean(exclude=[] if party else ["party"])
    write(said)
    record(_opinion_event(said), on=held, by=by, changes={"text": [None, text.sha256]}, reason=said.reason)
    if opinion == Opinion.RETURNS:
        _back_to_draft(held, by)
        tell_writers(
            held, by, gettext_noop("%(who)s sent back the memorandum of %(product)s: %(reason)s"), reason=reason
        )
    elif is_agreed(held):
        tell_committee_due(held, text, by)
    return said


def _opinion_event(said: MouOpinion) -> str:
    if said.opinion == Opinion.RETURNS:
        return events.MOU_SENT_BACK
    return events.MOU_VALIDATED if said.kind == OpinionKind.VALIDATION else events.MOU_CONCURRED


def _back_to_draft(mou: Mou, by: Actor, expected: int | None = None) -> dict[str, Any]:
    """What was said of the text, and its approval, lapse with it; the rows stay."""
    check_move(MOU_MOVES, mou.state, MouState.DRAFT)
    mou.state, mou.mandate, mou.ending_reason = MouState.DRAFT, None, ""
    return save(mou, by=by, expected=expected)


@act
def reopen_mou(*, mou: Mou, reason: str, by: Actor, expected: int | None = None) -> Mou:
    """Take a text back to draft to change it. A new text is frozen later, and judged and approved anew."""
    require(may_write_mou(by, mou))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    held = hold_without_reviews(mou, reason, by)
    changes = _back_to_draft(held, by, expected)
    record(events.MOU_REOPENED, on=held, by=by, changes=changes, reason=reason)
    words = gettext_noop("%(who)s took back the memorandum of %(product)s to change it: %(reason)s")
    tell_all(held, by, words, reason=reason)
    return held


def hold_without_reviews(mou: Mou, reason: str, by: Actor, *, lapsed: bool = False) -> Mou:
    """Take what is before a board off it, then lock the memorandum; `lapsed` where nobody withdraws it, its matter is gone.

    OutOfTurn once voting on it is open; Conflict when somebody began a review in this moment.
    """
    for review in Review.objects.live().filter(mou=mou):
        (lapse_review if lapsed else withdraw_review)(review=review, reason=reason, by=by)
    held = hold_mou(mou)
    if Review.objects.live().filter(mou=held).exists():
        raise Conflict(_("Somebody prepared it for the committee just now. Look at it again."))
    return held


@act
def ask_committee(*, mou: Mou, by: Actor) -> Review:
    """Begin the review by which a board approves the text, with an ask that says so. Conflict until all have agreed to it."""
    held = hold_mou(mou)
    if held.state != MouState.IN_REVIEW or not is_agreed(held):
        raise OutOfTurn(_("The committee decides once every party has validated the text and the CFO concurs."))
    review = begin_review(product=held.product, kind=DecisionKind.MOU, mou=held, by=by)
    if not review.ask_en:
        review = change_review(review=review, by=by, **asking.texts(held))
    return review


@act
def approve_mou(*, mou: Mou, sha256: str, mandate: Mandate, by: Actor) -> Mou:
    """Note the committee's approval of the text with that hash, by its `mandate`; part of the act that took the decision.

    Conflict when another text stands by now.
    """
    held = hold_mou(mou)
    check_mandate(mandate, what=MANDATE, subject_id=str(held.pk), by=by, on=held)
    text = frozen_text(held)
    if text is None or text.sha256 != sha256:
        raise Conflict(_("The text that was decided on is no longer the text of this memorandum."))
    if held.state == MouState.APPROVED:
        return held  # a decision that corrects an approval and approves again, on conditions or without
    check_move(MOU_MOVES, held.state, MouState.APPROVED)
    held.state, held.mandate = MouState.APPROVED, mandate
    record(events.MOU_APPROVED, on=held, by=by, changes=save(held, by=by), reason=mandate.reference)
    tell_writers(held, by, gettext_noop("The memorandum of %(product)s is approved. Send it out for signature."))
    return held


@act
def return_mou(*, mou: Mou, reason: str, by: Actor) -> Mou:
    """Note that the committee returned or rejected the text: a draft again; part of the act that took the decision."""
    held = hold_mou(mou)
    record(events.MOU_RETURNED, on=held, by=by, changes=_back_to_draft(held, by), reason=reason)
    tell_writers(
        held, by, gettext_noop("The committee did not approve the memorandum of %(product)s: %(reason)s"), reason=reason
    )
    return held


@act
def send_out(*, mou: Mou, by: Actor, expected: int | None = None) -> Mou:
    """Send the approved text to its signatories; whose turn it is, is told. ValidationError names who cannot sign any more."""
    held = hold_mou(mou)
    require(may_write_mou(by, held))
    check_move(MOU_MOVES, held.state, MouState.OUT_FOR_SIGNATURE)
    check_seen(the_text(held), the_text(held).sha256)
    found = problems_to_send(held)
    if found:
        raise ValidationError(found)
    held.state, held.sent_at, held.sent_by_id = MouState.OUT_FOR_SIGNATURE, clock.now(), str(by.pk)
    record(events.MOU_SENT_OUT, on=held, by=by, changes=save(held, by=by, expected=expected))
    tell_signers(held, by)
    return held
