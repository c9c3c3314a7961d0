"""The pages of a memorandum in force: money that came, its end proposed and consented to, in both languages."""

from datetime import timedelta

import pytest

from governance.actions.mou_ending import TEXTS
from governance.models import Mou, MouTermination, MouTransfer
from governance.mou_states import Side
from records import clock
from tests.governance.mou_rows import memorandum
from tests.governance.test_mou_transfers import book, funded, now

WORDS = dict.fromkeys(TEXTS, "Because <b>it</b> ends")


def page(mou, where, language="en"):
    return f"/{language}/products/JSA/mou/{mou.pk}/{where}/"


def entered(cast, **more):
    return {"branch": cast.branch.pk, "fiscal_year": now(), "kind": "salary", "amount": "1 250 000,50 $",
            "transferred_on": clock.today().isoformat(), "reference": "=JV 12"} | more  # fmt: skip


def test_transfer_is_booked_from_the_page_and_comes_out_as_csv(cast, client_of):
    mou, client = funded(cast), client_of("product_manager")
    assert "No transfer is booked yet" in client.get(page(mou, "transfers")).content.decode()
    assert client.post(page(mou, "transfers/book"), entered(cast)).status_code == 303
    shown = client.get(page(mou, "transfers")).content.decode()
    assert "$1,250,000 of $350 came" in shown
    assert "more than agreed" in shown
    rows = b"".join(client.get(page(mou, "transfers") + "?format=bookings").streaming_content).decode()
    assert "1250000.50,'=JV 12" in rows
    plan = b"".join(client.get(page(mou, "transfers", "fr") + "?format=csv").streaming_content).decode()
    assert f"{now()}-{now() + 1},Direction program" in plan


@pytest.mark.parametrize(("name", "value"), [
    ("amount", "0"), ("amount", "a lot"), ("fiscal_year", "1999"), ("transferred_on", "2999-01-01"),
    ("branch", "1"), ("kind", "")])  # fmt: skip
def test_wrong_booking_comes_back_with_what_was_typed(cast, client_of, name, value):
    answer = client_of("cfo").post(page(funded(cast), "transfers/book"), entered(cast, **{name: value}))
    assert answer.status_code == 422
    assert "=JV 12" in answer.content.decode()
    assert MouTransfer.objects.count() == 0


def test_booking_is_corrected_once_and_removed_with_a_reason(cast, client_of):
    mou, client = funded(cast), client_of("cfo")
    row = book(cast, mou)
    wrong = entered(cast, amount="9", version=row.version, reason="Typed twice")
    assert client.post(page(mou, f"transfers/{row.pk}/correct"), wrong).status_code == 303
    assert client.post(page(mou, f"transfers/{row.pk}/correct"), wrong | {"amount": "10"}).status_code == 409
    assert client.post(page(mou, f"transfers/{row.pk}/remove"), {"reason": ""}).status_code == 422
    assert client.post(page(mou, f"transfers/{row.pk}/remove"), {"reason": "Never came"}).status_code == 303
    assert client.get(page(mou, f"transfers/{row.pk}/correct")).status_code == 404


def test_draft_has_no_transfers_and_strangers_see_nothing(cast, client_of):
    assert client_of("product_manager").get(page(memorandum(cast, "draft"), "transfers")).status_code == 404
    mou = memorandum(cast, "in_force")
    for where in ("transfers", "end", "end/propose"):
        assert client_of("stranger").get(page(mou, where)).status_code == 404


def propose(client, mou, days=10, **more):
    day = clock.today() + timedelta(days=days)
    return client.post(page(mou, "end/propose"), {"effective_on": day.isoformat(), **WORDS, **more})


def test_end_is_proposed_by_one_party_and_agreed_by_the_other(cast, client_of):
    mou, sponsor, cio = memorandum(cast, "in_force"), client_of("sponsor"), client_of("cio")
    assert propose(sponsor, mou).status_code == 303
    shown = cio.get(page(mou, "end")).content.decode()
    assert "one of 2 parties consented" in shown
    assert "<b>it</b>" not in shown
    consent = page(mou, f"end/parties/{mou.parties.get(side=Side.IT).pk}/consent")
    assert cio.post(consent, {}).status_code == 422
    assert cio.post(consent, {"agreed": "on"}).status_code == 303
    assert "every party consented" in cio.get(page(mou, "end")).content.decode()
    assert '<html lang="fr">' in cio.get(page(mou, "end", "fr")).content.decode()
    assert sponsor.post(page(mou, "end/withdraw"), {"reason": "No"}).status_code == 409
    assert propose(sponsor, mou).status_code in (409, 422)
    assert MouTermination.objects.count() == 1


def test_wrong_proposal_comes_back_with_every_word(cast, client_of):
    mou = memorandum(cast, "in_force")
    answer = propose(client_of("sponsor"), mou, days=-1)
    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()
    assert propose(client_of("cio"), mou, funding_fr="", reason_en="Typed <i>").status_code == 422
    assert propose(client_of("cfo"), mou).status_code == 403
    assert MouTermination.objects.count() == 0


def test_proposal_waits_until_the_person_has_confirmed_who_they_are(cast, client_of):
    mou = memorandum(cast, "in_force")
    answer = propose(client_of("sponsor", minutes_ago=600), mou)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert MouTermination.objects.count() == 0


def test_proposal_is_withdrawn_with_a_reason(cast, client_of):
    mou, client = memorandum(cast, "in_force"), client_of("sponsor")
    propose(client, mou)
    assert client.post(page(mou, "end/withdraw"), {"reason": ""}).status_code == 422
    assert client.post(page(mou, "end/withdraw"), {"reason": "We go on"}).status_code == 303
    assert "Proposals that came to nothing" in client.get(page(mou, "end")).content.decode()
    assert Mou.objects.get().state == "in_force"
