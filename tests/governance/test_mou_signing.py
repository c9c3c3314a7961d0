"""Signing: the frozen text and no other, each signatory once and in turn, in one's own name or for somebody (S-21)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from governance.actions.mou_review import reopen_mou, send_for_review, send_out
from governance.actions.mou_signing import attach_signed_copy, decline_to_sign, void_mou
from governance.models import MouSignature
from governance.mou.canonical import digest
from governance.mou.frozen import the_text
from governance.mou.turns import Turn, signing_of
from governance.mou_reminders import remind_of_memoranda
from people.actions.delegations import delegate_authority
from people.actions.people import deactivate_person
from people.models import Notice
from people.second_factor import must_have
from records import clock
from records.actors import SYSTEM
from records.acts import performing
from records.models import AuditEvent
from records.refusals import Conflict, OutOfTurn, Refused
from records.writing import save
from tests.governance.mou_world import approve, fresh, official, out, signs

pytestmark = pytest.mark.django_db


def events(mou):
    return list(AuditEvent.objects.filter(subject_id=str(mou.pk)).order_by("pk").values_list("event", flat=True))


def declined(cast, mou, name, reason="Not this sum"):
    return decline_to_sign(
        official=official(mou, cast, name), reason=reason, seen=the_text(mou).sha256, by=cast.people[name]
    )


def copied(cast, mou, name="sponsor", by="product_manager", **values):
    given = {"method": "paper", "language": "fr", "signed_on": clock.today(), "seen": the_text(mou).sha256} | values
    file = ContentFile(b"Signed by hand", "signed.txt")
    return attach_signed_copy(official=official(mou, cast, name), file=file, by=cast.people[by], **given)


def test_the_last_signature_puts_it_into_force(cast):
    mou = out(cast)
    first = signs(cast, mou, "sponsor", language="fr", assurance="password totp")
    assert (fresh(mou).state, first.language, first.assurance) == ("signing", "fr", "password totp")
    signs(cast, mou, "cio")
    mou = fresh(mou)
    assert (mou.state, MouSignature.objects.filter(text_sha256=the_text(mou).sha256).count()) == ("in_force", 2)
    assert events(mou)[-2:] == ["memorandum signed", "memorandum came into force"]


def test_name_title_and_organisation_are_kept_as_they_were_that_day(cast):
    mou = out(cast)
    signature = signs(cast, mou, "cio")
    cast.people["cio"].name = "Another Name"
    save(cast.people["cio"], by=SYSTEM)
    signature.refresh_from_db()
    assert (signature.signer_name, signature.title_en, signature.organisation_en) == (
        "Cio",
        "Chief Information Officer",
        "It branch",
    )


def test_one_after_the_other_nobody_signs_before_their_turn(cast):
    mou = out(cast, signing_order="sequential")
    with pytest.raises(OutOfTurn, match="not your turn"):
        signs(cast, mou, "sponsor")
    assert [each.turn for each in signing_of(mou).steps] == [Turn.NOW, Turn.LATER]
    signs(cast, mou, "cio")
    assert [each.turn for each in signing_of(mou).steps] == [Turn.SIGNED, Turn.NOW]
    assert Notice.objects.filter(person=cast.sponsor, kind="mou.turn").count() == 1
    signs(cast, mou, "sponsor")
    assert fresh(mou).state == "in_force"


def test_nothing_is_signed_without_accepting_it(cast):
    mou = out(cast)
    with pytest.raises(ValidationError):
        signs(cast, mou, "cio", accepted=False)
    assert not MouSignature.objects.exists()


@pytest.mark.parametrize("name", ["product_manager", "cfo", "director_general", "admin", "stranger"])
def test_only_signatories_sign(cast, name):
    mou = out(cast)
    with pytest.raises(Refused):
        signs(cast, mou, "cio", by=cast.people[name])


def test_a_signature_is_given_once(cast):
    mou = out(cast)
    signs(cast, mou, "cio")
    with pytest.raises(Conflict, match="there already"):
        signs(cast, mou, "cio")
    assert MouSignature.objects.count() == 1


def test_who_left_cannot_sign_with_what_was_opened_before(cast):
    mou, cio = out(cast), cast.people["cio"]
    deactivate_person(person=cio, reason="Left", by=cast.admin)
    cio.is_active = True  # what the page of before still believes
    with pytest.raises(Refused):
        signs(cast, mou, "cio", by=cio)


def test_another_text_than_the_one_read_is_not_signed(cast):
    mou = out(cast)
    with pytest.raises(Conflict, match=r"The text changed at .* Review it again"):
        signs(cast, mou, "cio", seen="0" * 64)
    assert not MouSignature.objects.exists()


def test_what_was_read_before_it_was_declined_and_changed_is_not_signed(cast):
    mou = out(cast)
    before = the_text(mou).sha256
    declined(cast, mou, "sponsor")
    reopen_mou(mou=fresh(mou), reason="Another sum", by=cast.product_manager)
    cast.sponsor.name = "Another Name"
    save(cast.sponsor, by=SYSTEM)
    send_for_review(mou=fresh(mou), by=cast.product_manager)
    approve(fresh(mou), cast)
    send_out(mou=fresh(mou), by=cast.product_manager)
    with pytest.raises(Conflict, match="Review it again"):
        signs(cast, fresh(mou), "cio", seen=before)
    signs(cast, fresh(mou), "cio")


def test_a_text_altered_in_the_database_is_not_signed(cast, monkeypatch):
    mou = out(cast)
    monkeypatch.setattr("governance.mou.frozen.digest", lambda content: "1" * 64)
    with pytest.raises(OutOfTurn, match="does not agree with its hash"):
        signs(cast, mou, "cio")


def test_declining_ends_the_signing_and_tells_all(cast):
    mou = out(cast)
    signs(cast, mou, "cio")
    with pytest.raises(ValidationError):
        declined(cast, mou, "sponsor", reason=" ")
    declined(cast, mou, "sponsor")
    mou = fresh(mou)
    assert (mou.state, mou.ending_reason) == ("declined", "Not this sum")
    for name in ("cio", "cfo", "product_manager"):
        assert Notice.objects.filter(person=cast.people[name], kind="mou.moved").exists()
    with pytest.raises(OutOfTurn):
        signs(cast, mou, "cio")


def test_a_delegate_signs_in_the_place_of_the_signatory(cast):
    mou, today = out(cast), clock.today()
    delegate_authority(
        giver=cast.sponsor,
        delegate=cast.colleague,
        acts=["signing"],
        starts_on=today,
        ends_on=today,
        reason="Leave",
        by=cast.sponsor,
    )
    assert must_have(cast.colleague)
    signature = signs(cast, mou, "sponsor", by=cast.colleague)
    assert (signature.signer_name, signature.acting_for_name) == ("Colleague", "Sponsor")
    assert signature.delegation.giver_id == cast.sponsor.pk


def test_nobody_signs_for_both_parties(cast):
    mou, today = out(cast), clock.today()
    cio = cast.people["cio"]
    delegate_authority(
        giver=cast.sponsor,
        delegate=cio,
        acts=["signing"],
        starts_on=today,
        ends_on=today,
        reason="Leave",
        by=cast.sponsor,
    )
    with pytest.raises(Refused, match="both"):
        signs(cast, mou, "sponsor", by=cio)


def test_an_authority_to_ask_is_none_to_sign(cast):
    mou, today = out(cast), clock.today()
    delegate_authority(
        giver=cast.sponsor,
        delegate=cast.colleague,
        acts=["requesting"],
        starts_on=today,
        ends_on=today,
        reason="Leave",
        by=cast.sponsor,
    )
    with pytest.raises(Refused):
        signs(cast, mou, "sponsor", by=cast.colleague)


def test_a_copy_signed_on_paper_counts_and_says_so(cast):
    mou = out(cast)
    signs(cast, mou, "cio")
    copy = copied(cast, mou)
    assert (copy.method, copy.signer_name, copy.signed_by_name) == ("paper", "Sponsor", "Product Manager")
    assert copy.evidence_sha256 == copy.evidence.sha256
    assert fresh(mou).state == "in_force"


@pytest.mark.parametrize("wrong", [{"method": "here"}, {"signed_on": "tomorrow"}, {"signed_on": "before"}])
def test_a_copy_that_cannot_be_is_refused_and_not_kept(cast, wrong):
    mou = out(cast)
    days = {"tomorrow": timedelta(days=1), "before": timedelta(days=-1)}
    if "signed_on" in wrong:
        wrong = {"signed_on": clock.today() + days[wrong["signed_on"]]}
    with pytest.raises(ValidationError):
        copied(cast, mou, **wrong)
    assert not MouSignature.objects.exists()


def test_a_copy_is_handed_in_by_the_signatory_or_the_writers(cast):
    with pytest.raises(Refused):
        copied(cast, out(cast), by="colleague")


def test_void_needs_a_reason_cancels_and_tells_all(cast):
    mou = out(cast)
    signs(cast, mou, "cio")
    with pytest.raises(ValidationError):
        void_mou(mou=mou, reason="", by=cast.product_manager)
    with pytest.raises(Refused):
        void_mou(mou=mou, reason="Mine", by=cast.sponsor)
    void_mou(mou=mou, reason="Wrong year", by=cast.product_manager)
    assert (fresh(mou).state, MouSignature.objects.count()) == ("voided", 1)
    assert Notice.objects.filter(person=cast.sponsor, kind="mou.moved").exists()
    with pytest.raises(OutOfTurn):
        signs(cast, mou, "sponsor")


def test_named_signatories_must_have_a_second_factor_while_it_is_out(cast):
    assert not must_have(cast.sponsor)
    mou = out(cast)
    assert must_have(cast.sponsor)
    void_mou(mou=mou, reason="Wrong year", by=cast.product_manager)
    assert not must_have(cast.sponsor)


def test_text_hashes_the_same_after_renaming_and_another_template(cast):
    mou = out(cast)
    signs(cast, mou, "cio")
    cast.people["cio"].name = "Another Name"
    save(cast.people["cio"], by=SYSTEM)
    mou.template.name_en = "Another template"
    save(mou.template, by=SYSTEM)
    for clause in mou.template.clauses.all():
        clause.text_en = f"Changed {clause.text_en}"
        save(clause, by=SYSTEM)
    text = the_text(mou)
    assert digest(text.content) == text.sha256
    signs(cast, mou, "sponsor")
    assert fresh(mou).state == "in_force"


def test_reminders_go_to_those_whose_turn_it_is_once_for_each_step(cast):
    mou = out(cast, signing_order="sequential")
    for days in (1, 3, 4, 8):
        with clock.at(clock.now() + timedelta(days=days)), performing():
            remind_of_memoranda({})
    kinds = Notice.objects.filter(kind="mou.turn")
    assert kinds.filter(person=cast.people["cio"], path__contains=str(mou.pk)).count() == 3  # sent out, 3 days, 7 days
    assert not kinds.filter(person=cast.sponsor).exists()
