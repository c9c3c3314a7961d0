"""How a memorandum ends: on its last day, or on a day that every party consented to in writing (domain.md §6)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.actions.mou_force import note_end
from governance.models import Mou, MouConsent, MouParty, MouTermination
from governance.mou import telling
from governance.mou.ending import consented_all, may_end_mou, may_speak_for
from governance.mou_states import MOU_MOVES, MouState
from people.bilingual import said
from people.models import Person
from people.permissions import require
from products.actions.status import end_without_mou, has_mou
from products.models import ProductStatus
from products.states import StatusState
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict, OutOfTurn
from records.states import StandingState
from records.trail import record
from records.writing import save, write

TEXTS = ("reason_en", "reason_fr", "funding_en", "funding_fr", "staffing_en", "staffing_fr")


@act
def propose_termination(*, mou: Mou, party: MouParty, effective_on: date, by: Person, **texts: Any) -> MouTermination:
    """Propose for `party` that the memorandum end on a day, and consent to it. `texts`: reason, funding, staffing in both
    languages. ValidationError for a day that has passed or comes after the last one."""
    require(may_speak_for(by, party))
    mou = _locked(mou)
    if party.mou_id != mou.pk:
        raise Conflict(_("This is no party to the version in force."))
    _check_day(mou, effective_on)
    proposal = MouTermination(mou=mou, effective_on=effective_on)
    for name in TEXTS:
        setattr(proposal, name, texts.get(name, "").strip())
    proposal.proposed_at, proposal.proposed_by_id = clock.now(), str(by.pk)
    proposal.proposed_by_name = by.get_full_name()
    record(events.MOU_TERMINATION_PROPOSED, on=proposal, by=by, changes=save(proposal, by=by))
    telling.tell_termination(proposal, telling.PROPOSED, by)
    _consent(proposal, party, by)
    return proposal


def _check_day(mou: Mou, day: date) -> None:
    if day < clock.today():
        raise ValidationError({"effective_on": _("This day has passed.")})
    if mou.ends_on is not None and day > mou.ends_on:
        raise ValidationError({"effective_on": _("It ends on %(day)s already.") % {"day": mou.ends_on.isoformat()}})


@act
def consent_to_termination(*, termination: MouTermination, party: MouParty, by: Person) -> MouTermination:
    """Consent for `party`. The last consent makes it agreed: the memorandum ends on the day, at once when that is today."""
    require(may_speak_for(by, party))
    _locked(termination.mou)
    proposal = _standing(termination)
    if party.mou_id != proposal.mou_id:
        raise Conflict(_("This is no party to the version in force."))
    if proposal.effective_on < clock.today():
        raise OutOfTurn(_("The day of this proposal has passed. Withdraw it and propose another day."))
    if proposal.consents.filter(given_by_id=str(by.pk)).exclude(party=party).exists():
        raise OutOfTurn(_("You consented for another party: somebody else consents for this one."))
    _consent(proposal, party, by)
    return proposal


def _consent(proposal: MouTermination, party: MouParty, by: Person) -> None:
    if proposal.consents.filter(party=party).exists():
        raise Conflict(_("This party has consented already."))
    consent = MouConsent(termination=proposal, party=party, given_at=clock.now())
    consent.given_by_id, consent.given_by_name = str(by.pk), by.get_full_name()
    write(consent)
    record(events.MOU_TERMINATION_CONSENTED, on=proposal, by=by, changes={"party": [None, str(party)]})
    if not consented_all(proposal):
        return
    telling.tell_termination(proposal, telling.AGREED, by)
    if proposal.effective_on <= clock.today():
        terminate_mou(termination=proposal, by=by)


@act
def withdraw_termination(*, termination: MouTermination, reason: str, by: Person) -> MouTermination:
    """Take a proposal off the table, for any of the parties. OutOfTurn once all consented: then it is agreed."""
    require(may_end_mou(by, termination.mou))
    _locked(termination.mou)
    proposal = _standing(termination)
    if consented_all(proposal):
        raise OutOfTurn(_("Every party consented: it is agreed. Only a newer version that all sign undoes it."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    proposal.withdrawn_at, proposal.withdrawn_by_id = clock.now(), str(by.pk)
    record(events.MOU_TERMINATION_WITHDRAWN, on=proposal, by=by, changes=save(proposal, by=by), reason=reason)
    telling.tell_termination(proposal, telling.WITHDRAWN, by)
    return proposal


@act
def terminate_mou(*, termination: MouTermination, by: Actor) -> Mou:
    """End the memorandum on the day that all consented to. Conflict before that day, or while a consent is missing."""
    mou, proposal = _locked(termination.mou), _standing(termination)
    if proposal.effective_on > clock.today() or not consented_all(proposal):
        raise Conflict(_("It ends on its day once every party consented."))
    _end(mou, MouState.TERMINATED, proposal.effective_on, said(proposal, "reason"))
    record(events.MOU_TERMINATED, on=mou, by=by, changes=save(mou, by=by), reason=mou.ending_reason)
    _after_the_end(mou, by)
    return mou


@act
def expire_mou(*, mou: Mou, by: Actor) -> Mou:
    """End the memorandum the day after its last one. Conflict while it lasts."""
    mou = _locked(mou)
    if mou.ends_on is None or mou.ends_on >= clock.today():
        raise Conflict(_("This memorandum still lasts."))
    _end(mou, MouState.EXPIRED, mou.ends_on, "")
    record(events.MOU_EXPIRED, on=mou, by=by, changes=save(mou, by=by))
    _after_the_end(mou, by)
    return mou


def _locked(mou: Mou) -> Mou:
    """The row as it stands now, held: its end, its successor and what is said of its end come one after the other."""
    held = Mou.objects.select_for_update(of=("self",)).select_related("product").get(pk=mou.pk)
    if held.state != MouState.IN_FORCE:
        raise OutOfTurn(_("This version is not in force."), subject=held)
    return held


def _standing(termination: MouTermination) -> MouTermination:
    rows = MouTermination.objects.select_for_update(of=("self",)).select_related("mou__product")
    held = rows.get(pk=termination.pk)
    if held.withdrawn_at is not None:
        raise OutOfTurn(_("This proposal is withdrawn."), subject=held)
    return held


def _end(mou: Mou, state: MouState, day: date, reason: str) -> None:
    check_move(MOU_MOVES, mou.state, state)
    mou.state, mou.ended_on, mou.ending_reason = state, day, reason


def _after_the_end(mou: Mou, by: Actor) -> None:
    """Without a memorandum there is no product status (domain.md §2); everybody concerned learns of the end."""
    rows = ProductStatus.objects.select_for_update(of=("self",)).select_related("product")
    for status in rows.filter(product=mou.product_id, state=StatusState.GRANTED):
        if not has_mou(status.product):
            end_without_mou(status=status, reason=str(mou), by=by)
    last = mou.ended_on or clock.today()
    note_end(mou, StandingState.ENDED, last + timedelta(days=mou.state == MouState.EXPIRED), by)
    telling.tell_ended(mou, by)
