"""Status asked for in the sponsor's name by whom the sponsor let do so: while it lasts, with both names, and no vote for it."""

from datetime import date

import pytest
from django.urls import reverse

from governance.actions.boards import seat_person
from governance.actions.reviews import change_review, submit_review
from governance.actions.status import ask_for_status
from governance.models import Review
from governance.voting.sitting import sitting_of
from people.actions.delegations import end_delegation
from people.permissions import forget_standing
from products.models import ProductStatus
from records.actors import SYSTEM
from records.refusals import Refused
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from tests.governance.before_board import voting
from tests.people.test_delegations import hand_over

ASK = {"ask_en": "Grant status to 2029", "ask_fr": "Accorder le statut jusqu’en 2029"}


@pytest.fixture
def asked(town):
    """The alternate, who holds nothing over the product, asks and submits for the sponsor."""
    cast, by = town.cast, town.alternate
    roadmap = open_roadmap(product=cast.product, by=cast.product_manager, horizon_from=2026, horizon_years=3)
    year = prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)
    values = {"product": cast.product, "until": date(2029, 3, 31), "business_case": year, "by": by}
    with pytest.raises(Refused):
        ask_for_status(**values)
    lent = hand_over(cast.sponsor, by, acts=["requesting"])
    forget_standing(by)
    review = change_review(review=ask_for_status(**values), by=by, **ASK)
    return submit_review(review=review, by=by, board=town.board), lent


def test_who_asks_for_the_sponsor_is_named_beside_the_sponsor(town, asked, client_of):
    review, lent = asked
    names = "Alternate for Sponsor"
    assert (review.submitter, ProductStatus.objects.get().requested_for_name) == (names, "Sponsor")
    assert review.package.content["submitted_for"] == "Sponsor"
    client = client_of("alternate")
    assert names in client.get("/en/products/JSA/status/").content.decode()
    assert names in client.get(reverse("review-detail", args=[review.pk])).content.decode()
    end_delegation(delegation=lent, by=town.cast.sponsor, reason="Back at work.")
    assert client.get(reverse("status-take-back", args=["JSA"])).status_code == 403


def test_nobody_votes_on_what_was_submitted_in_their_name(town, asked):
    review, _lent = asked
    sponsor = town.cast.sponsor
    seat = seat_person(board=town.board, role="voting", person=sponsor, starts_on=date(2024, 4, 1), by=SYSTEM)
    sitting = sitting_of(voting(town, Review.objects.get(pk=review.pk)))
    assert sitting.is_barred(seat)
    assert sitting.is_submitter(town.alternate.pk)
