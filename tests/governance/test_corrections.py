"""A correction and the conditions of what it corrects: taken back with the reason, or carried over (domain.md §5)."""

import pytest
from django.urls import reverse

from governance.actions.conditions import accept_proof, give_proof
from governance.actions.decisions import decide_review
from governance.models import Decision
from people.models import Notice
from records.acts import performing
from records.models import AuditEvent
from records.refusals import Conflict
from tests.governance.before_board import another_product, proposed, submitted, voted

pytestmark = pytest.mark.django_db
WHY = {"rationale_en": "A figure was wrong.", "rationale_fr": "Un chiffre était erroné."}
NONE_ADDED = {"added-TOTAL_FORMS": "2", "added-INITIAL_FORMS": "0"}


@pytest.fixture
def review(town):
    return submitted(town, product=another_product(town), gate=2)


@pytest.fixture
def first(town, review):
    """A decision on two conditions; the first one is proven."""
    conditions = [proposed(review, town, number, f"Do {number}") for number in (1, 2)]
    point = voted(town, review=review)
    decision = decide_review(point=point, outcome="with_conditions", taken_up=conditions, by=town.chair, **WHY)
    one = decision.conditions.get(number=1)
    give_proof(condition=one, proof="Done.", by=town.cast.product_manager)
    review.refresh_from_db()
    return decision


def events_of(condition):
    rows = AuditEvent.objects.filter(subject_id=str(condition.pk)).order_by("number")
    return [(row.event, row.reason) for row in rows]


def test_correction_that_takes_the_approval_back_withdraws_what_is_open_with_its_reason(town, review, first, client_of):
    second = decide_review(point=voted(town, review=review), outcome="returned", by=town.chair, **WHY)
    found = list(first.conditions.order_by("number"))
    assert [(each.state, each.ended_by, each.decision) for each in found] == [("withdrawn", second, first)] * 2
    assert events_of(found[1])[-1] == ("condition withdrawn by a correcting decision", "A figure was wrong.")
    told = Notice.objects.filter(text_en__contains=f"a condition is withdrawn by decision {second.number}")
    assert {each.person for each in told} == {town.cast.product_manager, town.cast.portfolio_manager}
    old, new, one = (
        client_of("oversight").get(address).content.decode()
        for address in (*(reverse("decision-detail", args=[each.pk]) for each in (first, second)),
                        reverse("condition-detail", args=[found[0].pk]))
    )  # fmt: skip
    assert old.count(f"Withdrawn by decision {second.number}") == 2
    assert f"Withdrawn with this correction of {first.number}" in new
    assert "It is in Design and stays there" in new
    assert second.mandate is None
    assert "A figure was wrong." in one
    with performing(), pytest.raises(Conflict):
        accept_proof(condition=found[0], by=town.cast.portfolio_manager)


def test_correction_carries_over_what_the_chair_says_still_binds(town, review, first, client_of):
    point, client = voted(town, review=review), client_of("chair")
    kept, left = first.conditions.order_by("number")
    form = client.get(reverse("point-decide", args=[point.pk])).content.decode()
    assert form.count(" checked") == 2
    assert f"{first.number}</a>" in form
    taken_back = client.post(reverse("point-decide", args=[point.pk]), NONE_ADDED | {"outcome": "rejected", **WHY})
    assert "It is in Design and stays there" in taken_back.content.decode()
    data = NONE_ADDED | {"outcome": "with_conditions", "taken_up": str(kept.pk), **WHY}
    checked = client.post(reverse("point-decide", args=[point.pk]), data).content.decode()
    assert "Conditions withdrawn" in checked
    assert "What stays as it is" not in checked
    assert client.post(reverse("point-decide", args=[point.pk]), data | {"confirm": "1"}).status_code == 303
    second = Decision.objects.get(corrects=first)
    kept.refresh_from_db()
    left.refresh_from_db()
    assert (kept.state, kept.decision) == ("proven", second)
    assert (left.state, left.ended_by) == ("withdrawn", second)
    assert [told["number"] for told in second.content["conditions"]] == [1]
    old = client.get(reverse("decision-detail", args=[first.pk])).content.decode()
    assert f"Proof given, carried over to decision {second.number}" in old
    assert events_of(kept)[-1][0] == "condition carried over to a correcting decision"


def test_what_is_closed_stays_closed_and_needs_no_new_condition(town, review, first):
    for number in (1, 2):
        condition = first.conditions.get(number=number)
        if number == 2:
            give_proof(condition=condition, proof="Done.", by=town.cast.product_manager)
            condition.refresh_from_db()
        accept_proof(condition=condition, by=town.cast.portfolio_manager)
    second = decide_review(point=voted(town, review=review), outcome="with_conditions", by=town.chair, **WHY)
    assert second.content["ended"] == []
    assert set(first.conditions.values_list("state", flat=True)) == {"closed"}
