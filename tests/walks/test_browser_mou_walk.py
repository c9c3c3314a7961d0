"""A memorandum from its author over two directors-general, the CFO and the committee to its last signature (ux.md A7)."""

import pytest

from governance.actions.boards import give_competence
from governance.models import Mou, MouSignature, Review
from governance.states import DecisionKind
from records.actors import SYSTEM
from tests.governance.mou_world import decide, drafted, meet_checks
from tests.walks.walk import BOTH, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), BOTH)
def test_walk_from_the_draft_to_the_last_signature(walk, cast, town, language, width):
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


def send(way, mou):
    way.go("mou-review", "JSA", mou.pk)
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
