"""A memorandum from its author over two directors-general, the CFO and the committee to its last signature, its seal and the
amendment of section 7 (ux.md A7)."""

import pytest

from governance.actions.boards import give_competence
from governance.models import Mou, MouSignature, Review
from governance.states import DecisionKind
from records import jobs
from records.actors import SYSTEM
from records.acts import performing
from records.writing import save
from tests.attack.at_once import at_once
from tests.governance.mou_world import decide, drafted, meet_checks
from tests.walks.walk import ONCE, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_from_the_draft_over_the_seal_to_an_amendment(walk, cast, town, sealing, language, width):
    give_competence(board=town.board, kind=DecisionKind.MOU, by=SYSTEM)
    mou = drafted(cast, signing_order="sequential")
    meet_checks(cast, mou)
    author = walk("product_manager", language, width)
    send(author, mou)
    for name in ("director_general", "it_director", "cfo"):
        agree(walk(name, language, width), mou, name)
    submit(author, mou)
    decide(town, Review.objects.get(), "approved")
    author.go("mou-review", "JSA", mou.pk)
    shown(author, "mou-approved")
    author.press("Send it out for signature")
    for name in ("cio", "sponsor"):
        sign(walk(name, language, width), mou, name)
    assert Mou.objects.get(pk=mou.pk).state == "in_force"
    assert set(MouSignature.objects.values_list("language", flat=True)) == {language, "fr"}
    at_once(jobs.run_due)  # in a thread of its own, as a worker would: the browser keeps a loop in this one
    assert Mou.objects.get(pk=mou.pk).document is not None
    amend(author, mou)


def send(way, mou):
    way.go("mou-detail", "JSA", mou.pk)
    way.follow("To the review")
    shown(way, "mou-draft")
    way.press("Freeze the text and send it for review")
    shown(way, "mou-in-review")


def agree(way, mou, name):
    way.go("mou-review", "JSA", mou.pk)
    shown(way, f"mou-review-{name}")
    way.follow("Read and concur" if name == "cfo" else "Read and validate")
    way.press("Enter my answer")
    assert way.page.locator(".problems").count() == 1
    shown(way, f"mou-opinion-{name}")
    way.page.check("main [name=opinion][value=agrees]")
    way.press("Enter my answer")


def submit(way, mou):
    way.go("mou-review", "JSA", mou.pk)
    shown(way, "mou-agreed")
    way.press("Prepare it for the committee")
    shown(way, "mou-prepare")
    way.press("Check and submit")
    shown(way, "mou-check")
    way.press("Submit to the board")
    shown(way, "mou-submitted")


def sign(way, mou, name):
    way.go("mou-signing", "JSA", mou.pk)
    shown(way, f"mou-signing-{name}")
    way.follow("Read and sign")
    if name == "sponsor" and way.language == "en":
        way.click(way.page.locator(".read-bar a"))
    way.press("Sign the memorandum")
    assert way.page.locator(".problems").count() == 1
    shown(way, f"mou-sign-{name}")
    way.page.check("main [name=accepted]")
    way.press("Sign the memorandum")
    shown(way, f"mou-signed-{name}")


def amend(way, mou):
    way.go("mou-detail", "JSA", mou.pk)
    shown(way, "mou-in-force")
    way.follow("Amend it")
    way.page.check("main [name=opened_sections][value='7']")
    way.fill(change_en="A larger sum", change_fr="Une somme plus élevée")
    way.press("Begin the amendment")
    shown(way, "mou-amendment")
    amendment = Mou.objects.get(amends=mou)
    assert (amendment.edition, amendment.opened_sections) == (2, [7])
    amount = amendment.amounts.first()
    amount.amount += 1000
    with performing():
        save(amount, by=SYSTEM)
    way.go("mou-changes", "JSA", amendment.pk)
    shown(way, "mou-redline")
    assert way.page.locator("main ins").count() > 0
