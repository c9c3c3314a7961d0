"""What a decision must say before it does anything, what stops it, and what it does to conditions and roadmap years."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.consequences import carry_out, mandate_for
from governance.gates.package import draft_of, sha256
from governance.models import Package
from people.models import Notice
from products.models import Product
from records import clock
from records.acts import performing
from records.refusals import Conflict
from roadmaps.actions.milestones import add_milestone, cancel_milestone
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year, vet_year
from roadmaps.models import Baseline, BaselineEntry
from tests.governance.deciding import decided, gate_of, proposed, review_for, stand


def carried(decision, by):
    with performing():
        carry_out(decision=decision, by=by)


@pytest.mark.parametrize(
    ("number", "phase", "values", "field"),
    [
        (1, "strategy", {}, "is_complex_or_risky"),
        (1, "strategy", {"is_complex_or_risky": True}, "complexity_reason_en"),
        (4, "transition", {}, "next_review_on"),
        (5, "improve", {"next_review_on": "2020-01-01"}, "next_review_on"),
    ],
)
def test_approval_that_says_too_little_does_nothing(cast, number, phase, values, field):
    stand(cast.product, phase)
    decision = decided(review_for(cast, gate=gate_of(number)), **values)
    decision.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        carried(decision, cast.cfo)
    assert field in error.value.message_dict
    assert Product.objects.get(pk=cast.product.pk).phase == phase


@pytest.mark.parametrize("phase", ["design", "operate", "rejected"])
def test_gate_out_of_order_conflicts(cast, phase):
    stand(cast.product, phase)
    decision = decided(
        review_for(cast, gate=gate_of(1)), is_complex_or_risky=False, complexity_reason_en="Known ground"
    )
    with pytest.raises(Conflict, match="not passed from there"):
        carried(decision, cast.cfo)


def test_second_carrying_out_of_one_decision_moves_nothing_more(cast):
    stand(cast.product, "design")
    decision = decided(review_for(cast, gate=gate_of(3)))
    carried(decision, cast.cfo)
    with pytest.raises(Conflict):
        carried(decision, cast.cfo)
    assert Product.objects.get(pk=cast.product.pk).phase == "transition"


def test_decision_with_its_mandate_spends_that_one(cast):
    stand(cast.product, "design")
    review = review_for(cast, gate=gate_of(3))
    with performing():
        mandate = mandate_for(review=review, outcome="approved", number="2026-001", by=cast.cfo)
    carried(decided(review, mandate=mandate), cast.cfo)
    assert Product.objects.get(pk=cast.product.pk).phase_mandate_id == mandate.pk
    assert mandate_for(review=review, outcome="returned", number="2026-002", by=cast.cfo) is None


def test_correction_in_words_moves_nothing_again(cast):
    stand(cast.product, "design")
    review = review_for(cast, gate=gate_of(3))
    first = decided(review)
    carried(first, cast.cfo)
    carried(decided(review, corrects=first, rationale_en="A better reason"), cast.cfo)
    assert Product.objects.get(pk=cast.product.pk).phase == "transition"


def test_owner_and_verifier_learn_once_that_a_condition_binds(cast):
    stand(cast.product, "design")
    review = review_for(cast, gate=gate_of(3))
    proposed(review, cast)
    carried(decided(review, "with_conditions"), cast.cfo)
    told = Notice.objects.filter(kind="condition.due")
    assert {each.person for each in told} == {cast.product_manager, cast.sponsor}
    assert "Test with users" in told[0].text_en
    assert "Mettre à l’essai" in told[0].text_fr


@pytest.fixture
def vetted(cast):
    roadmap = open_roadmap(product=cast.product, by=cast.product_manager, horizon_from=2026, horizon_years=3)
    year = prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)
    return vet_year(year=year, by=cast.it_manager)


def test_boards_endorse_approve_and_approve_again(cast, vetted):
    for kind, state, baselines in [
        ("roadmap_endorsement", "endorsed", 0),
        ("roadmap_approval", "approved", 1),
        ("roadmap_approval", "approved", 2),
    ]:
        carried(decided(review_for(cast, kind, year=vetted)), cast.cfo)
        vetted.refresh_from_db()
        assert (vetted.state, Baseline.objects.count()) == (state, baselines)


@pytest.mark.parametrize("outcome", ["returned", "deferred", "rejected"])
def test_year_stays_where_it_is_without_approval(cast, vetted, outcome):
    carried(decided(review_for(cast, "roadmap_endorsement", year=vetted), outcome), cast.cfo)
    vetted.refresh_from_db()
    assert vetted.state == "draft"


def test_approval_freezes_what_the_board_had_before_it_not_what_was_planned_since(cast, vetted, client_of):
    carried(decided(review_for(cast, "roadmap_endorsement", year=vetted)), cast.cfo)
    values = {"roadmap": vetted.roadmap, "planned_year": 2026, "by": cast.product_manager}
    early = add_milestone(title_en="Alerts", title_fr="Alertes", month=date(2026, 6, 1), **values)
    review = review_for(cast, "roadmap_approval", year=vetted)
    content = draft_of(review)
    stamp = {"frozen_at": clock.now(), "frozen_by_id": "1", "frozen_by_name": "P"}
    Package.objects.create(review=review, content=content, sha256=sha256(content), **stamp)
    add_milestone(title_en="Late wish", title_fr="Souhait tardif", month=date(2026, 9, 1), **values)
    cancel_milestone(milestone=early, reason="No money", by=cast.product_manager)
    page = client_of("product_manager").get(reverse("review-detail", args=[review.pk])).content.decode()
    assert "2 milestones stand otherwise" in page
    carried(decided(review), cast.cfo)
    entry = BaselineEntry.objects.get()
    assert (entry.milestone, entry.month, entry.title_fr) == (early, date(2026, 6, 1), "Alertes")


def test_approval_that_is_returned_leads_back_to_a_draft(cast, vetted):
    carried(decided(review_for(cast, "roadmap_endorsement", year=vetted)), cast.cfo)
    carried(decided(review_for(cast, "roadmap_approval", year=vetted), "returned"), cast.cfo)
    vetted.refresh_from_db()
    assert (vetted.state, vetted.endorsed_on) == ("draft", None)


def test_year_is_not_approved_before_it_is_endorsed(cast, vetted):
    with pytest.raises(Conflict, match="endorses the year before"):
        carried(decided(review_for(cast, "roadmap_approval", year=vetted)), cast.cfo)


@pytest.mark.parametrize("kind", ["advice", "risk_escalation", "non_compliance", "mou"])
def test_other_kinds_are_recorded_only(cast, kind):
    carried(decided(review_for(cast, kind)), cast.cfo)
    assert Product.objects.get(pk=cast.product.pk).phase == "strategy"
