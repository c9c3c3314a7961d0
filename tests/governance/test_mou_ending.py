"""A memorandum ends on its last day, or on a day that every party consented to; product status ends with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from governance.actions.mou_ending import (
    TEXTS,
    consent_to_termination,
    expire_mou,
    propose_termination,
    withdraw_termination,
)
from governance.jobs import end_memoranda
from governance.models import Mou, MouConsent, MouTermination
from governance.mou_states import Side
from people.models import Notice
from products.models import Product, ProductStatus
from products.states import StatusState
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.acts import performing
from records.models import AuditEvent, MandateKind
from records.refusals import Conflict, OutOfTurn, Refused
from records.writing import save
from tests.governance.mou_rows import amendment, memorandum

WORDS = dict.fromkeys(TEXTS, "Because the service ends")


def party(mou, side):
    return mou.parties.get(side=side)


def proposed(cast, mou, days=10):
    return propose_termination(
        mou=mou, party=party(mou, Side.SPONSOR), effective_on=later(days), by=cast.sponsor, **WORDS
    )


def agreed(cast, mou, days=10):
    return consent_to_termination(
        termination=proposed(cast, mou, days), party=party(mou, Side.IT), by=cast.people["cio"]
    )


def later(days):
    return clock.today() + timedelta(days=days)


def on_day(days):
    return clock.at(clock.now() + timedelta(days=days))


def state(mou):
    return Mou.objects.get(pk=mou.pk).state


def granted(cast):
    with performing():
        mandate = give_mandate(
            kind=MandateKind.OPENING, what="product status", subject=cast.product, reference="INV 1", by=SYSTEM
        )
        status = ProductStatus(product=cast.product, state=StatusState.GRANTED, mandate=mandate)
        status.granted_on, status.expires_on = clock.today(), later(900)
        save(status, by=SYSTEM)
    return status


def test_it_ends_on_the_day_when_the_second_party_has_consented(cast):
    mou = memorandum(cast, "in_force")
    agreed(cast, mou)
    assert state(mou) == "in_force"
    with on_day(9):
        end_memoranda({})
        assert state(mou) == "in_force"
    with on_day(12):
        for _again in range(2):
            end_memoranda({})
    ended = Mou.objects.get(pk=mou.pk)
    assert (ended.state, ended.ended_on, ended.ending_reason) == ("terminated", later(10), "Because the service ends")
    assert AuditEvent.objects.filter(event="memorandum terminated").count() == 1


def test_consent_given_on_the_day_itself_ends_it_at_once(cast):
    mou = memorandum(cast, "in_force")
    agreed(cast, mou, days=0)
    assert state(mou) == "terminated"


def test_one_consent_is_not_enough(cast):
    mou = memorandum(cast, "in_force")
    proposal = proposed(cast, mou)
    with on_day(11):
        end_memoranda({})
        with pytest.raises(OutOfTurn, match="has passed"):
            consent_to_termination(termination=proposal, party=party(mou, Side.IT), by=cast.cio)
    assert state(mou) == "in_force"


@pytest.mark.parametrize(("name", "side"), [
    ("cio", Side.SPONSOR), ("sponsor", Side.IT), ("product_manager", Side.SPONSOR), ("cfo", Side.IT),
    ("stranger", Side.IT), ("admin", Side.SPONSOR)])  # fmt: skip
def test_nobody_consents_for_a_party_that_is_not_theirs(cast, name, side):
    mou = memorandum(cast, "in_force")
    proposal = proposed(cast, mou)
    with pytest.raises(Refused):
        consent_to_termination(termination=proposal, party=party(mou, side), by=cast.people[name])
    with pytest.raises(Refused):
        propose_termination(mou=mou, party=party(mou, side), effective_on=later(3), by=cast.people[name], **WORDS)
    assert MouConsent.objects.count() == 1


def test_one_person_does_not_consent_for_both_parties(cast):
    """The head of the sponsoring branch was meanwhile named signatory of the other."""
    mou = memorandum(cast, "in_force")
    for side, person in ((Side.SPONSOR, cast.colleague), (Side.IT, cast.sponsor)):
        official = mou.officials.get(party__side=side, role="signatory")
        official.person = person
        save(official, by=SYSTEM)
    proposal = proposed(cast, mou)
    with pytest.raises(OutOfTurn, match="somebody else"):
        consent_to_termination(termination=proposal, party=party(mou, Side.IT), by=cast.sponsor)


@pytest.mark.parametrize(("days", "words", "field"), [
    (-1, {}, "effective_on"), (31, {}, "effective_on"), (5, {"reason_fr": ""}, "reason_fr"),
    (5, {"funding_en": " "}, None)])  # fmt: skip
def test_proposal_without_a_day_or_words_leaves_nothing(cast, days, words, field):
    mou = memorandum(cast, "in_force", ends_on=later(30))
    texts = {**WORDS, **words}
    with pytest.raises(ValidationError) as wrong:
        propose_termination(mou=mou, party=party(mou, Side.SPONSOR), effective_on=later(days), by=cast.sponsor, **texts)
    assert field is None or field in wrong.value.message_dict
    assert MouTermination.objects.count() == MouConsent.objects.count() == 0


def test_proposal_is_withdrawn_with_a_reason_until_it_is_agreed(cast):
    mou = memorandum(cast, "in_force")
    proposal = proposed(cast, mou)
    with pytest.raises(ValidationError):
        withdraw_termination(termination=proposal, reason=" ", by=cast.sponsor)
    with pytest.raises(Refused):
        withdraw_termination(termination=proposal, reason="No", by=cast.product_manager)
    withdraw_termination(termination=proposal, reason="We go on", by=cast.people["cio"])
    with pytest.raises(OutOfTurn, match="withdrawn"):
        consent_to_termination(termination=proposal, party=party(mou, Side.IT), by=cast.cio)
    with pytest.raises(OutOfTurn, match="agreed"):
        withdraw_termination(termination=agreed(cast, mou), reason="No", by=cast.sponsor)


def test_second_proposal_and_second_consent_of_a_party_are_conflicts(cast):
    mou = memorandum(cast, "in_force")
    proposal = proposed(cast, mou)
    with pytest.raises((Conflict, ValidationError)):
        proposed(cast, mou, days=20)
    with pytest.raises(Conflict, match="already"):
        consent_to_termination(termination=proposal, party=party(mou, Side.SPONSOR), by=cast.sponsor)


@pytest.mark.parametrize("was", ["draft", "signing", "superseded", "expired", "terminated"])
def test_only_what_is_in_force_ends(cast, was):
    mou = memorandum(cast, was, ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(Conflict):
        proposed(cast, mou)
    with pytest.raises(Conflict):
        expire_mou(mou=mou, by=SYSTEM)
    assert state(mou) == was


def test_it_expires_the_day_after_its_last_and_status_ends_with_it(cast):
    mou, status = memorandum(cast, "in_force", ends_on=later(5)), granted(cast)
    with on_day(5):
        end_memoranda({})
        assert state(mou) == "in_force"
    with on_day(8):
        for _again in range(2):
            end_memoranda({})
        status.refresh_from_db()
        assert (state(mou), status.state, status.ended_on) == ("expired", "expired", later(0))
    assert Mou.objects.get().ended_on == later(5)
    assert Notice.objects.filter(kind="mou.ended", person=cast.sponsor).count() == 1


def test_status_stays_where_another_mou_is_on_paper(cast):
    status, product = granted(cast), Product.objects.get(pk=cast.product.pk)
    product.paper_mou_location = "Cabinet 4"
    save(product, by=SYSTEM)
    mou = memorandum(cast, "in_force", ends_on=later(1))
    with on_day(2):
        end_memoranda({})
    status.refresh_from_db()
    assert (state(mou), status.state) == ("expired", "granted")


def test_agreed_end_comes_before_the_last_day_when_both_are_past(cast):
    mou = memorandum(cast, "in_force", ends_on=later(10))
    agreed(cast, mou, days=10)
    with on_day(15):
        end_memoranda({})
    assert state(mou) == "terminated"


def test_amendment_out_for_signature_does_not_keep_it_from_ending(cast):
    mou = memorandum(cast, "in_force", ends_on=later(1))
    amendment(cast, mou)
    with on_day(2):
        end_memoranda({})
    assert state(mou) == "expired"
