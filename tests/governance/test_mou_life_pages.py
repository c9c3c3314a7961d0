"""The pages of a memorandum in force: money that came, its end proposed and consented to, in both languages."""

from datetime import timedelta

import pytest

from governance.actions.mou_ending import TEXTS
from governance.models import Mou, MouTermination, MouTransfer
from governance.mou.reading import amended_by, in_force_on
from governance.mou_states import Side
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.governance.mou_rows import amendment, memorandum
from tests.governance.mou_world import out, signs
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


def test_form_that_proposes_the_end_names_the_memorandum(cast, client_of):
    mou = memorandum(cast, "in_force")
    assert f">{mou.number}</a>" in client_of("sponsor").get(page(mou, "end/propose")).content.decode()


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


def test_text_as_amended_to_a_day(cast, client_of):
    mou = out(cast)
    for name in ("cio", "sponsor"):
        signs(cast, mou, name)
    client, address = client_of("colleague"), "/en/products/JSA/mou/as-amended/"
    shown = client.get(address).content.decode()
    assert "It stands as it was first signed" in shown
    assert "Recitals" in shown
    assert "Le présent protocole porte sur" in client.get(f"{address}?text=fr").content.decode()
    assert "No memorandum was in force on" in client.get(f"{address}?on=2020-01-01").content.decode()
    assert client.get(f"{address}?on=tomorrow").status_code == 422
    assert client_of("stranger").get(address).status_code == 404


def test_each_section_names_the_version_that_wrote_it_last(cast):
    first = memorandum(cast, "superseded", in_force_from=clock.today() - timedelta(days=90))
    second = amendment(cast, first, "in_force")
    assert {number: each.edition for number, each in amended_by(second).items()} == {
        **dict.fromkeys(range(1, 15), 1),
        7: 2,
    }
    assert in_force_on(cast.product, clock.today() - timedelta(days=1)) == first
    assert in_force_on(cast.product, clock.today()) == second
    assert in_force_on(cast.product, clock.today() - timedelta(days=91)) is None


def test_home_of_the_team_names_the_last_day_that_comes(cast, client_of):
    memorandum(cast, "in_force", ends_on=clock.today() + timedelta(days=50), review_cycle="on_date")
    shown = client_of("product_manager").get("/en/").content.decode()
    assert f"Last day {clock.today() + timedelta(days=50)}" in shown


def test_page_of_the_memorandum_says_what_changed_and_begins_its_amendment(cast, client_of):
    mou, client = funded(cast), client_of("product_manager")
    source = mou.amounts.first().source
    source.is_active = False
    save(source, by=SYSTEM)
    assert "One thing changed since it was signed" in client.get(f"/en/products/JSA/mou/{mou.pk}/").content.decode()
    answer = client.post(page(mou, "sign-again"))
    draft = Mou.objects.get(state="draft")
    assert (answer.status_code, answer["Location"]) == (303, f"/en/products/JSA/mou/{draft.pk}/")
    assert client.post(page(mou, "sign-again")).status_code == 409
