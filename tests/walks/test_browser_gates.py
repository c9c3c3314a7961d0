"""A product manager prepares gate 3 without gate 2 and submits it: what is missing is demanded by name (ux.md A8)."""

import pytest

from governance.actions.artefacts import attach_link
from governance.gates.inputs import checklist
from governance.models import Package, Review
from tests.governance.gate_world import ASK, in_phase
from tests.walks.walk import ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPER = "https://docs.example/paper"


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_from_the_gates_to_the_submission(walk, cast, town, language, width):
    in_phase(cast.product, "design")
    lead = walk("product_manager", language, width)
    lead.go("gate-list", cast.product.code)
    lead.go("gate-detail", cast.product.code, 3)
    lead.press("Prepare gate %(number)s", number=3)
    review = Review.objects.get()
    lead.press("Check and submit")
    assert lead.page.locator(".problems li").count() == 9
    lead.page.locator(".problems a").first.click()
    lead.follow("Write the ask")
    lead.fill(**ASK)
    lead.press("Save the texts")
    for number, row in enumerate(checklist(review)):
        if number:
            attach_link(review=review, gate_input=row.input, title="A paper", link=PAPER, by=cast.product_manager)
        else:
            attach(lead, review, row.input)
    propose(lead, town)
    submit(lead, review)


def attach(lead, review, wanted):
    """The pages look the same for each input, so the first is attached on them and the others by acts."""
    lead.go("input-link", review.pk, wanted.pk)
    lead.fill(link=PAPER)
    lead.press("Attach the link")


def propose(lead, town):
    lead.follow("Propose a condition")
    lead.fill(what_en="Sign the schedule", what_fr="Signer le calendrier", owner="Product Owner")
    lead.fill(due_on="2030-01-31", verifier="Chair")
    lead.press("Propose it")


def submit(lead, review):
    lead.press("Check and submit")
    lead.press("Submit to the board")
    package = Package.objects.get(review=review)
    assert lead.page.get_by_text(package.reference).is_visible()
    lead.follow("To the review")
    lead.follow("Withdraw the review")
    lead.fill(reason="The figures moved.")
    lead.press("Withdraw it")
    assert Review.objects.get().state == "withdrawn"
