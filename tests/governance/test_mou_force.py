"""The last signature: one memorandum in force, the one before superseded, product status granted, the parties told."""

from datetime import timedelta

import pytest

from governance.jobs import follow_status
from governance.models import Mou, MouTermination
from governance.mou.force import come_into_force
from governance.mou.place import governing
from people.models import Notice
from products.actions.status import has_mou
from products.brief.mou import place_of_mou
from products.models import ProductStatus
from products.states import StatusState
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.acts import performing
from records.models import AuditEvent, MandateKind
from records.refusals import Conflict
from records.writing import save
from tests.governance.mou_rows import amendment, memorandum


def waiting_status(cast):
    with performing():
        mandate = give_mandate(
            kind=MandateKind.OPENING, what="product status", subject=cast.product, reference="INV 1", by=SYSTEM
        )
        status = ProductStatus(product=cast.product, state=StatusState.APPROVED, mandate=mandate)
        status.approved_on, status.asked_until = clock.today(), clock.today() + timedelta(days=900)
        save(status, by=SYSTEM)
    return status


def fresh(mou):
    return Mou.objects.select_related("product").get(pk=mou.pk)


def test_last_signature_grants_the_status_that_waited_and_fills_the_place_in_the_brief(cast):
    mou, status = memorandum(cast), waiting_status(cast)
    assert (place_of_mou(cast.product), has_mou(cast.product)) == ("", False)

    come_into_force(mou=mou, by=cast.sponsor)

    status.refresh_from_db()
    assert (fresh(mou).state, fresh(mou).in_force_from, fresh(mou).signed_on) == ("in_force", *[clock.today()] * 2)
    assert (status.state, status.granted_on) == ("granted", clock.today())
    assert place_of_mou(cast.product) == f"{mou.number} v1"


def test_status_and_place_wait_for_the_day_on_which_it_commences(cast):
    start = clock.today() + timedelta(days=20)
    mou, status = memorandum(cast, commences_on=start), waiting_status(cast)
    come_into_force(mou=mou, by=cast.sponsor)
    assert (fresh(mou).in_force_from, governing(cast.product)) == (start, None)
    with clock.at(clock.now() + timedelta(days=20)):
        follow_status({})
        status.refresh_from_db()
        assert (status.state, status.granted_on) == ("granted", start)


def test_amendment_supersedes_at_once_and_a_proposal_to_end_lapses(cast):
    old = memorandum(cast, "in_force", commences_on=clock.today() - timedelta(days=300))
    words = dict.fromkeys(
        ("reason_en", "reason_fr", "funding_en", "funding_fr", "staffing_en", "staffing_fr"), "Because"
    )
    proposal = MouTermination(mou=old, effective_on=clock.today() + timedelta(days=9), **words)
    proposal.proposed_at, proposal.proposed_by_id, proposal.proposed_by_name = clock.now(), "1", "One"
    save(proposal, by=SYSTEM)

    new = amendment(cast, old)
    come_into_force(mou=new, by=cast.cio)

    assert (fresh(old).state, fresh(old).ended_on, fresh(new).state) == ("superseded", clock.today(), "in_force")
    assert place_of_mou(cast.product) == f"{old.number} v2"
    assert MouTermination.objects.get().withdrawn_at is not None
    assert AuditEvent.objects.filter(event="proposal to end a memorandum lapsed").exists()


def test_renewal_that_begins_later_leaves_the_present_one_its_last_days(cast):
    today, start = clock.today(), clock.today() + timedelta(days=30)
    old = memorandum(cast, "in_force", ends_on=start - timedelta(days=1))
    new = memorandum(cast, commences_on=start)
    come_into_force(mou=new, by=cast.cio)
    assert fresh(old).ended_on == start - timedelta(days=1)
    assert [governing(cast.product, day) for day in (today, start - timedelta(days=1), start)] == [old, old, new]


@pytest.mark.parametrize("base", ["superseded", "expired", "terminated"])
def test_amendment_of_what_ended_cannot_come_into_force(cast, base):
    mou = amendment(cast, memorandum(cast, base))
    with pytest.raises(Conflict, match="no longer in force"):
        come_into_force(mou=mou, by=cast.sponsor)
    assert fresh(mou).state == "signing"


def test_it_cannot_come_into_force_after_its_last_day(cast):
    mou = memorandum(cast, ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(Conflict, match="last day"):
        come_into_force(mou=mou, by=cast.sponsor)


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "voided", "declined"])
def test_only_what_is_out_for_signature_comes_into_force(cast, state):
    with pytest.raises(Conflict):
        come_into_force(mou=memorandum(cast, state), by=cast.sponsor)


def test_parties_are_told_once_in_both_languages_but_not_who_signed(cast):
    mou = memorandum(cast)
    come_into_force(mou=mou, by=cast.sponsor)
    told = Notice.objects.filter(kind="mou.in_force")
    names = {notice.person.email.split("@")[0] for notice in told.select_related("person")}
    assert names == {"cio", "cfo", "head.of.product", "product.manager"}
    assert mou.number in told[0].text_en
    assert mou.number in told[0].text_fr
