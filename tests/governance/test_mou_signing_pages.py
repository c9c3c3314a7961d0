"""The pages of judging and signing: what is read is what is signed, in the language of choice, by who is surely there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions.mou_signing import void_mou
from governance.models import MouOpinion, MouSignature
from governance.mou.frozen import the_text
from records import clock
from tests.governance.memoranda import begun_mou
from tests.governance.mou_world import decided, fresh, in_review, official, out, signs
from tests.plugins.cast import client_for

pytestmark = pytest.mark.django_db


def page(name, mou, *more):
    return reverse(name, args=["JSA", mou.pk, *more])


def sign_page(mou, cast, name):
    return page("mou-sign", mou, official(mou, cast, name).pk)


def sent(mou, language="en", **values):
    return {"seen": the_text(mou).sha256, "language": language, "accepted": "on"} | values


def test_signing_page_shows_exactly_the_frozen_text(cast, client_of):
    mou = out(cast)
    cast.product.name_en = "Renamed since"
    cast.product.save()
    for language in ("en", "fr"):
        told = client_of("cio").get(f"{sign_page(mou, cast, 'cio')}?text={language}").content.decode()
        content = the_text(mou).content
        assert f'<article class="agreement" lang="{language}"' in told
        assert content["product"][f"name_{language}"] in told.replace("&#x27;", "’")
        for section in content["sections"]:
            assert section[f"title_{language}"] in told
    assert "1 180 000" in told.replace("\u00a0", " ")


def test_signing_records_language_and_how_the_person_was_known(cast, client_of):
    mou = out(cast)
    answer = client_of("cio").post(sign_page(mou, cast, "cio"), sent(mou, "fr"))
    assert answer.status_code == 303
    signature = MouSignature.objects.get()
    assert (signature.language, signature.assurance) == ("fr", "password mfa")
    assert signature.accepted.startswith(("J’ai lu", "I have read"))


def test_who_was_known_too_long_ago_confirms_first_and_finds_the_tick_again(cast, client_of):
    mou = out(cast)
    client, address = client_of("cio", minutes_ago=60), f"{sign_page(mou, cast, 'cio')}?text=fr"
    answer = client.post(address, sent(mou, "fr"), headers={"referer": f"http://testserver{address}"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not MouSignature.objects.exists()
    kept = client.session["kept_entry"]
    assert (kept["path"], "accepted=on" in kept["text"]) == (address.split("?")[0], True)


def test_without_the_tick_the_page_comes_back_and_nobody_has_signed(cast, client_of):
    mou = out(cast)
    values = sent(mou)
    del values["accepted"]
    answer = client_of("cio").post(sign_page(mou, cast, "cio"), values)
    assert (answer.status_code, MouSignature.objects.count()) == (422, 0)


def test_a_stale_page_is_refused_with_the_time_of_the_change(cast, client_of):
    mou = out(cast)
    answer = client_of("cio").post(sign_page(mou, cast, "cio"), sent(mou, seen="0" * 64))
    assert answer.status_code == 409
    assert "The text changed at" in answer.content.decode()
    assert not MouSignature.objects.exists()


def test_the_same_form_sent_twice_signs_once(cast, client_of):
    mou, client = out(cast), client_of("cio")
    values = sent(mou, form_token="a" * 32)
    answers = [client.post(sign_page(mou, cast, "cio"), values) for _time in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert MouSignature.objects.count() == 1


def test_others_cannot_sign_and_strangers_do_not_know_of_it(cast, client_of):
    mou = out(cast)
    assert client_of("cfo").post(sign_page(mou, cast, "cio"), sent(mou)).status_code == 403
    assert client_of("stranger").post(sign_page(mou, cast, "cio"), sent(mou)).status_code == 404
    assert client_of("colleague").get(page("mou-signing", mou)).status_code == 404


def test_a_signatory_without_a_second_factor_is_led_to_set_one_up(cast):
    mou = out(cast)
    client = client_for(cast.sponsor)
    session = client.session
    session["account_authentication_methods"] = [
        each for each in session["account_authentication_methods"] if each["method"] != "mfa"
    ]
    session.save()
    answer = client.get(sign_page(mou, cast, "sponsor"))
    assert answer.status_code == 302
    assert "factor" in answer["Location"]


def test_everybody_sees_who_signed_and_whose_turn_it_is(cast, client_of):
    mou = out(cast, signing_order="sequential")
    signs(cast, mou, "cio")
    told = client_of("support_manager").get(page("mou-signing", mou)).content.decode()
    assert "1 of 2 have signed" in told
    assert "Step 4 of 5" in told
    assert "It is the turn of <b>Sponsor</b>" in told
    assert "Read and sign" not in told


def test_signing_page_says_that_the_last_day_has_passed(cast, client_of):
    mou = out(cast)
    client, where = client_of("sponsor"), page("mou-signing", mou)
    assert "has passed" not in client.get(where).content.decode()
    with clock.at(clock.now() + (mou.ends_on - clock.today()) + timedelta(days=1)):
        told = client.get(where).content.decode()
    assert "signatures can no longer bring it into force" in told


def test_guidance_stands_before_the_page_where_one_signs(cast, client_of):
    mou = out(cast)
    told = client_of("sponsor").get(page("mou-signing", mou)).content.decode()
    assert "It is your turn to sign" in told
    assert "you cannot take it back" in told


def test_declining_and_voiding_ask_why(cast, client_of):
    mou = out(cast)
    decline = page("mou-decline", mou, official(mou, cast, "cio").pk)
    seen = {"seen": the_text(mou).sha256}
    assert client_of("cio").post(decline, seen).status_code == 422
    assert client_of("product_manager").post(page("mou-void", mou), {"version": mou.version}).status_code == 422
    assert client_of("cio").post(decline, seen | {"reason": "Not this sum"}).status_code == 303
    told = client_of("sponsor").get(page("mou-signing", mou)).content.decode()
    assert "Not this sum" in told


def test_a_copy_is_handed_in_and_read_by_the_parties(cast, client_of):
    mou = out(cast)
    copy = page("mou-copy", mou, official(mou, cast, "sponsor").pk)
    file = SimpleUploadedFile("signed.txt", b"Signed by hand")
    values = {"seen": the_text(mou).sha256, "method": "paper", "language": "fr", "signed_on": f"{mou.sent_at:%Y-%m-%d}"}
    wrong = client_of("product_manager").post(copy, values)
    assert wrong.status_code == 422
    assert client_of("product_manager").post(copy, values | {"file": file}).status_code == 303
    signature = MouSignature.objects.get()
    told = client_of("sponsor").get(page("mou-signing", mou)).content.decode()
    assert "signed on paper" in told
    assert page("mou-copy-file", mou, signature.pk) in told


def test_an_opinion_is_given_on_the_text_that_was_read(cast, client_of):
    mou = in_review(cast)
    address = page("mou-validate", mou, mou.parties.get(side="sponsor").pk)
    client = client_of("director_general")
    assert "agreement" in client.get(f"{address}?text=fr").content.decode()
    assert client.post(address, {"opinion": "agrees", "seen": "0" * 64}).status_code == 409
    assert client.post(address, {"opinion": "returns", "seen": the_text(mou).sha256}).status_code == 422
    assert client.post(address, {"opinion": "agrees", "seen": the_text(mou).sha256}).status_code == 303
    assert MouOpinion.objects.get().given_by_name == "Director General"


def test_open_points_are_listed_when_it_cannot_be_sent_for_review(cast, client_of):
    mou = begun_mou(cast)
    answer = client_of("product_manager").post(page("mou-send", mou), {"version": mou.version})
    assert answer.status_code == 422
    assert "This cannot be done yet" in answer.content.decode()


def test_the_committee_reads_the_text_it_decides_on(town, client_of):
    mou = decided(town)
    told = client_of("member_one").get(page("mou-text", mou, 1))
    assert told.status_code == 200
    assert the_text(fresh(mou)).sha256 in told.content.decode()


def test_what_waits_for_somebody_stands_on_their_front_page(cast, client_of):
    mou = in_review(cast)
    assert "waits for your validation" in client_of("director_general").get(reverse("home")).content.decode()
    assert "waits for your" not in client_of("cio").get(reverse("home")).content.decode()
    void_mou(mou=mou, reason="Anew", by=cast.product_manager)
    mou = out(cast)
    assert page("mou-signing", mou) in client_of("cio").get(reverse("home")).content.decode()
    assert "waits for your" not in client_of("director_general").get(reverse("home")).content.decode()
