"""The pages of gates and reviews: what each reader finds, what is refused, nothing lost (ux.md A8)."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.actions.artefacts import attach_link
from governance.actions.reviews import begin_review, change_review, submit_review
from governance.gates.inputs import checklist
from governance.models import Artefact, Condition, Package, ProductChange, Review
from records import clock
from tests.governance.gate_world import ASK, decided, gate, in_phase, prepared
from tests.governance.test_reviews import publish


@pytest.fixture
def lead(town):
    return town.cast.product_manager


@pytest.fixture
def review(town, lead):
    """An attempt at gate 1 that lacks nothing."""
    return prepared(town.cast.product, 1, lead)


def text_of(response):
    return html.unescape(response.content.decode())


def at(name, review, **more):
    return reverse(name, kwargs={"key": review.pk, **more})


def check(client, review, **more):
    """What the check page's form would send."""
    form = client.get(at("review-check", review)).context["form"]
    return client.post(
        at("review-check", review), {"version": form["version"].value(), "seen": form["seen"].value(), **more}
    )


def test_gates_page_says_where_the_product_stands_and_why_gates_are_closed(town, client_of):
    text = text_of(client_of("product_manager").get("/en/products/JSA/gates/"))
    assert "<h1>In Strategy: gate 1 is open</h1>" in text
    assert "Gate 3 opens when the product is in Design: gate 1 must be approved first." in text
    assert "Prepare gate 1" in text


def test_gates_page_leads_the_team_to_act_and_others_to_read(town, client_of):
    text = text_of(client_of("colleague").get("/en/products/JSA/gates/"))
    assert "Why the others are closed" in text
    assert "Prepare gate 1" not in text
    assert client_of("stranger").get("/en/products/JSA/gates/").status_code == 404


def test_gates_page_in_french(town, client_of):
    page = client_of("product_manager").get("/fr/products/JSA/gates/")
    assert "Justification du service" in text_of(page)


def test_department_reads_decisions_but_not_what_was_submitted(town, lead, review, client_of):
    colleague = client_of("colleague")
    assert "attempt 1" not in text_of(colleague.get("/en/products/JSA/gates/"))
    decision = decided(review, town, "returned")
    page = text_of(colleague.get("/en/products/JSA/gates/"))
    assert decision.number in page
    assert "Because." in page
    assert at("review-detail", review) not in page
    assert colleague.get(at("review-detail", review)).status_code == 404


def test_button_begins_an_attempt_and_leads_to_the_checklist(town, client_of):
    client = client_of("product_manager")
    begun = client.post("/en/products/JSA/gates/1/begin/")
    review = Review.objects.get()
    assert (begun.status_code, begun.url) == (303, at("review-prepare", review))
    page = text_of(client.get(begun.url))
    assert "The one input it asks for is missing" in page
    assert "The system holds none that can be frozen yet" in page
    assert "Attach a link" in page


def test_gate_out_of_order_is_answered_with_the_reason(town, client_of):
    answer = client_of("product_manager").post("/en/products/JSA/gates/3/begin/")
    assert answer.status_code == 409
    assert "gate 1 must be approved first" in text_of(answer)
    assert not Review.objects.exists()


def test_double_click_begins_one_attempt(town, client_of):
    client, token = client_of("product_manager"), {"form_token": "the-same-form"}
    answers = [client.post("/en/products/JSA/gates/1/begin/", token) for _click in range(2)]
    assert {each.status_code for each in answers} <= {302, 303}
    assert Review.objects.count() == 1
    assert client.post("/en/products/JSA/gates/1/begin/", {"form_token": "another tab"}).status_code == 409


def test_missing_inputs_are_demanded_by_name_with_links_to_each(town, lead, client_of):
    product = in_phase(town.cast.product, "design")
    review = begin_review(product=product, gate=gate(3), by=lead)
    answer = client_of("product_manager").post(at("review-prepare", review))
    text = text_of(answer)
    assert answer.status_code == 422
    for row in [each for each in checklist(review) if each.input.requirement == "required"]:
        assert f'<a href="#input-{row.input.pk}">Attach what gate 3 asks for: {row.input.name_en}</a>' in text
        assert f'id="input-{row.input.pk}"' in text
    assert "9 things are missing before you can submit" in text
    assert text.count("Asked for here because gate 2 was not held.") == 3


def test_complete_review_goes_on_to_the_check_page_and_is_submitted(town, review, client_of):
    client = client_of("product_manager")
    assert client.post(at("review-prepare", review)).url == at("review-check", review)
    done = check(client, review, state="decided", board=str(town.endorsing.pk), attempt=9, phase="operate")
    assert (done.status_code, done.url) == (303, at("review-submitted", review))
    review.refresh_from_db()
    assert (review.state, review.attempt, review.board) == ("submitted", 1, town.board)
    page = text_of(client.get(done.url))
    assert review.package.sha256 in page
    assert f"JSA-G1-1-{review.package.sha256[:8].upper()}" in page


def test_stale_check_page_submits_nothing_and_shows_what_there_is_now(review, lead, client_of):
    client = client_of("product_manager")
    form = client.get(at("review-check", review)).context["form"]
    attach_link(review=review, title="A late paper", link="https://late.example/", by=lead)
    data = {"version": form["version"].value(), "seen": form["seen"].value()}
    answer = client.post(at("review-check", review), data)
    assert answer.status_code == 409
    assert "A late paper" in text_of(answer)
    assert not Package.objects.exists()


def test_submitting_twice_answers_that_it_is_submitted(review, lead, client_of):
    client = client_of("product_manager")
    form = client.get(at("review-check", review)).context["form"]
    data = {"version": form["version"].value(), "seen": form["seen"].value()}
    answers = [client.post(at("review-check", review), data | {"form_token": f"tab {tab}"}) for tab in (1, 2)]
    assert [each.status_code for each in answers] == [303, 409]
    assert Package.objects.count() == 1


def test_check_page_names_what_is_missing_when_it_is_sent_anyway(town, lead, client_of):
    review = begin_review(product=town.cast.product, gate=gate(1), by=lead)
    answer = check(client_of("product_manager"), review)
    assert answer.status_code == 422
    assert f"{at('review-prepare', review)}#ask_en" in text_of(answer)


def test_ask_longer_than_a_line_comes_back_with_everything_typed(review, client_of):
    data = {"version": review.version, "ask_en": "x" * 121, "recommendation_fr": "Approuver avec réserve"}
    answer = client_of("product_manager").post(at("review-texts", review), data)
    assert answer.status_code == 422
    assert "Approuver avec réserve" in text_of(answer)


def test_stale_tab_shows_both_texts(review, lead, client_of):
    old = review.version
    change_review(review=review, by=lead, ask_en="Theirs")
    answer = client_of("head_of_product").post(at("review-texts", review), {"version": old, **ASK, "ask_en": "Mine"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Theirs" in text
    assert "Mine" in text


@pytest.mark.parametrize(("link", "status"), [("https://docs.example/plan.pdf", 303), ("javascript:alert(1)", 422)])
def test_link_is_attached_through_its_page(town, lead, client_of, link, status):
    review = begin_review(product=town.cast.product, gate=gate(1), by=lead)
    wanted = checklist(review)[0].input
    answer = client_of("product_manager").post(
        at("input-link", review, wanted=wanted.pk), {"title": "Plan", "link": link, "review": "x", "sha256": "y"}
    )
    assert answer.status_code == status
    assert Artefact.objects.filter(link=link).exists() == (status == 303)


def test_record_is_frozen_in_one_click_and_read_as_pdf(town, lead, client_of):
    product, client = town.cast.product, client_of("product_manager")
    publish(product, lead)
    review = begin_review(product=product, gate=gate(1), by=lead)
    wanted = checklist(review)[0].input
    assert "Freeze “Job Seeker Account: strategy, version 1”" in text_of(client.get(at("review-prepare", review)))
    record = {"record": f"strategy|{product.pk}"}
    assert client.post(at("input-freeze", review, wanted=wanted.pk), record).status_code == 303
    artefact = Artefact.objects.get()
    pdf = client.get(at("artefact-detail", review, artefact=artefact.pk))
    assert pdf["Content-Type"] == "application/pdf"
    assert "no-store" in pdf["Cache-Control"]
    assert pdf.content.startswith(b"%PDF")
    publish(product, lead, why_en="Another why")
    assert "Changed since it was frozen" in text_of(client.get(at("review-prepare", review)))
    client.post(at("artefact-remove", review, artefact=artefact.pk))
    assert not Artefact.objects.exists()


@pytest.mark.parametrize("record", ["strategy|x", "strategy|00000000-0000-0000-0000-000000000000", "nothing|1", ""])
def test_record_that_is_not_there_is_no_server_error(review, client_of, record):
    wanted = checklist(review)[0].input
    answer = client_of("product_manager").post(at("input-freeze", review, wanted=wanted.pk), {"record": record})
    assert 400 <= answer.status_code < 500
    answer = client_of("product_manager").post(at("extra-record", review), {"record": record})
    assert answer.status_code == 422


def test_condition_is_proposed_and_taken_back(review, client_of):
    client = client_of("product_manager")
    data = {
        "what_en": "Sign it", "what_fr": "Le signer", "owner": "Product Owner", "verifier": "Chair",
        "due_on": (clock.today() + timedelta(days=30)).isoformat(), "state": "closed",
    }  # fmt: skip
    assert client.post(at("condition-propose", review), data | {"verifier": "Product Owner"}).status_code == 422
    assert client.post(at("condition-propose", review), data | {"due_on": "2020-01-01"}).status_code == 422
    assert client.post(at("condition-propose", review), data).status_code == 303
    condition = Condition.objects.get()
    assert condition.state == "proposed"
    client.post(at("condition-drop", review, condition=condition.pk))
    assert Condition.objects.get().state == "dropped"


def test_review_is_withdrawn_with_a_reason_and_the_next_begins_with_its_papers(review, lead, client_of):
    client = client_of("product_manager")
    submitted = submit_review(review=review, by=lead)
    page = at("review-withdraw", review)
    assert client.post(page, {"version": submitted.version, "reason": ""}).status_code == 422
    assert client.post(page, {"version": submitted.version, "reason": "Old figures"}).status_code == 303
    assert "Old figures" in text_of(client.get(at("review-detail", review)))
    second = client.post("/en/products/JSA/gates/1/begin/").url
    assert "https://docs.example/1" in text_of(client.get(second))
    assert "attempt 2" in text_of(client.get(second))


@pytest.mark.parametrize(
    "form", ["review-texts", "extra-link", "extra-file", "extra-record", "condition-propose", "review-withdraw"]
)
def test_forms_of_a_decided_review_typed_by_hand_lead_to_the_review(town, review, client_of, form):
    decided(review, town)

    assert client_of("product_manager").get(at(form, review)).headers["Location"] == at("review-detail", review)


def test_board_reads_what_is_before_it_and_not_what_is_prepared(review, lead, client_of):
    chair = client_of("chair")
    assert chair.get(at("review-detail", review)).status_code == 404
    submit_review(review=review, by=lead)
    page = chair.get(at("review-detail", review))
    assert page.status_code == 200
    assert "its hash is the one recorded" in text_of(page)
    assert "Withdraw the review" not in text_of(page)
    assert chair.post(at("review-withdraw", review), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["product_owner", "it_manager", "oversight"])
def test_only_the_leads_prepare(review, client_of, name):
    client = client_of(name)
    assert client.get(at("review-prepare", review)).status_code == 403
    assert client.post(at("review-check", review), {"version": 1, "seen": "x"}).status_code == 403
    assert client.get(at("review-detail", review)).status_code == 200


def test_change_is_begun_on_a_live_product_and_has_gates_of_its_own(town, lead, client_of):
    client = client_of("product_manager")
    in_phase(town.cast.product, "operate")
    assert "In Operate: gates 5 and 6 are open" in text_of(client.get("/en/products/JSA/gates/"))
    data = {"name_en": "New intake", "name_fr": "Nouvel accueil", "phase": "done"}
    begun = client.post("/en/products/JSA/changes/begin/", data)
    change = ProductChange.objects.get()
    assert (begun.status_code, change.phase) == (303, "strategy")
    assert "New intake" in text_of(client.get(begun.url))
    prepare = client.post(reverse("live-change-gate-begin", args=["JSA", change.pk, 1])).url
    assert "New intake" in text_of(client.get(prepare))
    assert Review.objects.get().change == change
    assert client.get(reverse("live-change-gate-detail", args=["JSA", change.pk, 5])).status_code == 200
    assert client.post(reverse("live-change-gate-begin", args=["JSA", change.pk, 5])).status_code == 409


def test_gates_page_costs_the_same_with_many_attempts(town, lead, client_of, django_assert_max_num_queries):
    client = client_of("product_manager")
    for _attempt in range(3):
        decided(prepared(town.cast.product, 1, lead), town, "returned")
    with django_assert_max_num_queries(16):
        client.get("/en/products/JSA/gates/")
