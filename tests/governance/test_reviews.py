"""Reviews are begun at open gates, prepared, submitted as a frozen package, withdrawn, and begun again."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from governance.actions.artefacts import attach_link, attach_record, remove_artefact
from governance.actions.boards import register_board
from governance.actions.changes import begin_change
from governance.actions.reviews import (
    begin_review,
    change_review,
    drop_condition,
    propose_condition,
    submit_review,
    withdraw_review,
)
from governance.gates import package
from governance.gates.inputs import Ready, artefacts_of, checklist
from governance.gates.since import Since, follow
from governance.models import AgendaPoint, Artefact, Meeting, Package, Review
from governance.states import DecisionKind
from people.models import Notice
from products.actions.strategy import publish_strategy, save_strategy_draft
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent, Document
from records.refusals import Conflict, Refused, Stale
from records.writing import save
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from tests.governance.gate_world import ASK, decided, gate, in_phase, prepared

TEXTS = {
    f"{name}_{language}": f"{name} text"
    for name in ("why", "for_whom", "outcomes", "available")
    for language in ("en", "fr")
}


@pytest.fixture
def lead(town):
    return town.cast.product_manager


@pytest.fixture
def review(town, lead):
    """An attempt at gate 1 that lacks nothing."""
    return prepared(town.cast.product, 1, lead)


def publish(product, by, **texts):
    draft = save_strategy_draft(product=product, by=by, **TEXTS | texts)
    return publish_strategy(strategy=draft, by=by)


def on_agenda(review, state="waiting"):
    now = clock.now()
    meeting = Meeting(board=review.board, starts_at=now)
    save(meeting, by=SYSTEM)
    point = AgendaPoint(meeting=meeting, position=1, review=review, state=state)
    save(point, by=SYSTEM)
    review.state = "on_agenda"
    save(review, by=SYSTEM)
    return point


def test_review_begins_at_an_open_gate_only(town, lead):
    with pytest.raises(Conflict, match="gate 1 must be approved first"):
        begin_review(product=town.cast.product, gate=gate(3), by=lead)
    assert begin_review(product=town.cast.product, gate=gate(1), by=lead).attempt == 1


def test_review_is_begun_by_the_leads_only(town):
    with pytest.raises(Refused, match="Product Manager"):
        begin_review(product=town.cast.product, gate=gate(1), by=town.cast.product_owner)
    assert AuditEvent.objects.filter(event="act refused").count() == 1


def test_second_attempt_at_the_same_gate_waits_for_the_first(town, lead, review):
    with pytest.raises((Conflict, ValidationError), match="under way"):
        begin_review(product=town.cast.product, gate=gate(1), by=lead)


@pytest.mark.parametrize("kind", [DecisionKind.GATE, DecisionKind.ROADMAP_APPROVAL, DecisionKind.OUTCOME_GATE])
def test_review_names_exactly_what_it_is_about(town, lead, kind):
    with pytest.raises(ValidationError, match="exactly"):
        begin_review(product=town.cast.product, kind=kind, by=lead)
    with pytest.raises(ValidationError, match="exactly"):
        begin_review(product=town.cast.product, kind=DecisionKind.ADVICE, gate=gate(1), by=lead)


def test_other_kinds_of_decision_are_prepared_and_submitted_the_same_way(town, lead):
    roadmap = open_roadmap(product=town.cast.product, vision_en="See", vision_fr="Voir", horizon_from=2026, by=lead)
    year = prepare_year(roadmap=roadmap, year=2027, by=lead)
    review = begin_review(product=town.cast.product, kind=DecisionKind.ROADMAP_ENDORSEMENT, year=year, by=lead)
    change_review(review=review, by=lead, **ASK)
    submitted = submit_review(review=review, by=lead)
    assert (submitted.board, submitted.state) == (town.endorsing, "submitted")
    assert submitted.package.content["year"] == 2027


def test_product_status_is_requested_by_the_sponsor(town, lead):
    review = begin_review(product=town.cast.product, kind=DecisionKind.STATUS, by=lead)
    change_review(review=review, by=lead, **ASK)
    with pytest.raises(Refused):
        submit_review(review=review, by=lead)
    assert submit_review(review=review, by=town.cast.sponsor).submitted_by_name == "Sponsor"


def test_business_case_is_presented_by_the_head_of_product(town, lead):
    review = begin_review(product=in_phase(town.cast.product, "operate"), gate=gate(5), by=lead)
    change_review(review=review, by=lead, **ASK)
    for asked in (each for each in checklist(review) if each.is_missing):
        attach_link(review=review, link="https://x.example/", title="Plan", by=lead, gate_input=asked.input)
    with pytest.raises(Refused, match="Head of Product"):
        submit_review(review=review, by=lead)
    assert submit_review(review=review, by=town.cast.head_of_product).state == "submitted"


def test_missing_inputs_and_texts_are_each_named(town, lead):
    product = in_phase(town.cast.product, "design")
    review = begin_review(product=product, gate=gate(3), by=lead)
    with pytest.raises(ValidationError) as refused:
        submit_review(review=review, by=lead)
    words = " ".join(refused.value.messages)
    for name in ("Roadmap", "Release plan for at least the first release", "High-level business case", "in French"):
        assert name in words
    assert len(refused.value.message_dict) == 9
    assert not Package.objects.exists()


def test_package_is_frozen_with_a_hash_anybody_can_compute(town, lead, review):
    propose_condition(
        review=review, what_en="Sign it", what_fr="Le signer", owner=town.cast.product_owner,
        due_on=clock.today() + timedelta(days=30), verifier=town.chair, by=lead,
    )  # fmt: skip
    submitted = submit_review(review=review, by=lead)
    row = Package.objects.get(review=review)
    written = json.dumps(row.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert row.sha256 == hashlib.sha256(written).hexdigest()
    (artefact,) = row.content["artefacts"]
    assert artefact["sha256"] == hashlib.sha256(b"https://docs.example/1").hexdigest()
    assert row.content["conditions"][0]["owner"] == "Product Owner"
    assert row.content["submitted_by"] == submitted.submitted_by_name == "Product Manager"
    assert submitted.board == town.board


def test_database_refuses_to_change_a_package(lead, review):
    submit_review(review=review, by=lead)
    with (
        pytest.raises(DatabaseError, match=r"permission denied|append"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE governance_package SET sha256 = 'x'")


def test_who_runs_the_board_is_told_of_a_submission(town, lead, review):
    submit_review(review=review, by=lead)
    told = Notice.objects.filter(kind="review.submitted")
    assert {each.person.name for each in told} == {"Chair", "Secretary"}
    assert {each.path for each in told} == {f"/reviews/{review.pk}/"}


def test_nothing_of_a_submitted_review_changes(lead, review):
    artefact = review.artefacts.get()
    submit_review(review=review, by=lead)
    acts = [
        lambda: change_review(review=review, by=lead, ask_en="Other"),
        lambda: attach_link(review=review, title="x", link="https://x.example/", by=lead),
        lambda: remove_artefact(artefact=artefact, by=lead),
        lambda: submit_review(review=review, by=lead),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="submitted"):
            act()


def test_what_was_not_read_is_not_submitted(lead, review):
    seen = package.sha256(package.draft_of(review))
    attach_link(review=review, title="Late", link="https://late.example/", by=lead)
    with pytest.raises(Conflict, match="while you were reading"):
        submit_review(review=review, by=lead, seen=seen)
    with pytest.raises(Stale):
        submit_review(review=review, by=lead, expected=review.version - 1)


def test_board_must_be_competent_and_is_chosen_where_there_are_two(town, lead, review):
    with pytest.raises(ValidationError, match="does not decide this"):
        submit_review(review=review, board=town.endorsing, by=lead)
    register_board(type=town.board.type, department=town.cast.department, acronym="INV2", by=SYSTEM)
    with pytest.raises(ValidationError, match="Choose the board"):
        submit_review(review=review, by=lead)
    assert submit_review(review=review, board=town.board, by=lead).board == town.board


def test_without_a_competent_board_nothing_is_submitted(cast):
    review = prepared(cast.product, 1, cast.product_manager)
    with pytest.raises(ValidationError, match="No board of"):
        submit_review(review=review, by=cast.product_manager)


def test_gate_that_closed_meanwhile_takes_no_submission(town, lead, review):
    in_phase(review.product, "design")
    with pytest.raises(Conflict, match="lies behind"):
        submit_review(review=review, by=lead)


@pytest.mark.parametrize(
    "link", ["http://docs.example/1", "javascript:alert(1)", "docs.example", "ftp://x.example/", ""]
)
def test_link_is_a_whole_https_address(lead, review, link):
    with pytest.raises(ValidationError):
        attach_link(review=review, title="x", link=link, by=lead)
    assert Artefact.objects.count() == 1


def test_input_of_another_gate_is_not_attached_to(lead, review):
    foreign = gate(3).inputs.first()
    with pytest.raises(ValidationError, match="not asked for that"):
        attach_link(review=review, gate_input=foreign, title="x", link="https://x.example/", by=lead)


def test_record_is_frozen_in_one_click_and_says_when_its_source_moved_on(town, lead):
    product = town.cast.product
    publish(product, lead)
    review = begin_review(product=product, gate=gate(1), by=lead)
    wanted = checklist(review)[0].input
    artefact = attach_record(review=review, gate_input=wanted, kind="strategy", key=str(product.pk), by=lead)
    assert Document.objects.filter(pk__in=[artefact.document_en_id, artefact.document_fr_id]).count() == 2
    assert checklist(review)[0].state is Ready.ATTACHED
    assert follow(artefacts_of(review))[0].since is Since.SAME
    publish(product, lead, why_en="Another why")
    assert follow(artefacts_of(review))[0].since is Since.CHANGED
    again = attach_record(review=review, gate_input=wanted, kind="strategy", key=str(product.pk), by=lead)
    assert (again.pk, again.version_label) == (artefact.pk, "version 2")
    assert follow(artefacts_of(review))[0].since is Since.SAME


def test_withdrawn_attempt_hands_on_what_it_held(town, lead, review):
    submit_review(review=review, by=lead)
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_review(review=review, reason=" ", by=lead)
    withdrawn = withdraw_review(review=review, reason="The figures are old.", by=lead)
    second = begin_review(product=town.cast.product, gate=gate(1), by=lead)
    assert (withdrawn.state, second.attempt, second.ask_en) == ("withdrawn", 2, ASK["ask_en"])
    assert [each.link for each in second.artefacts.all()] == ["https://docs.example/1"]
    assert Review.objects.get(pk=review.pk).package
    assert AuditEvent.objects.get(event="review withdrawn").reason == "The figures are old."


@pytest.mark.parametrize(("outcome", "texts"), [("returned", ASK["ask_en"]), ("approved", "")])
def test_only_what_was_returned_hands_on_to_the_next_attempt(town, lead, outcome, texts):
    product = in_phase(town.cast.product, "operate")
    decided(prepared(product, 5, lead), town, outcome)
    second = begin_review(product=product, gate=gate(5), by=lead)
    assert (second.attempt, second.ask_en, second.artefacts.exists()) == (2, texts, bool(texts))


def test_withdrawing_takes_the_review_off_the_agenda(town, lead, review):
    point = on_agenda(submit_review(review=review, by=lead))
    withdraw_review(review=review, reason="Not ready", by=lead)
    point.refresh_from_db()
    assert point.state == "removed"


def test_nothing_is_withdrawn_once_voting_is_open(town, lead, review):
    on_agenda(submit_review(review=review, by=lead), state="voting")
    with pytest.raises(Conflict, match="Voting on this has begun"):
        withdraw_review(review=review, reason="Too late", by=lead)
    assert Review.objects.get(pk=review.pk).state == "on_agenda"


def test_condition_is_proposed_for_a_day_to_come_and_verified_by_another(town, lead, review):
    values = {"review": review, "what_en": "Do", "what_fr": "Faire", "owner": lead, "by": lead}
    soon = clock.today() + timedelta(days=9)
    with pytest.raises(ValidationError, match="future"):
        propose_condition(**values, due_on=date(2020, 1, 1), verifier=town.chair)
    with pytest.raises(ValidationError, match="their own"):
        propose_condition(**values, due_on=soon, verifier=lead)
    condition = propose_condition(**values, due_on=soon, verifier=town.chair)
    assert drop_condition(condition=condition, by=lead).state == "dropped"
    assert package.draft_of(review)["conditions"] == []


def test_change_is_begun_on_a_live_product_only(town, lead):
    with pytest.raises(Conflict, match="in Strategy"):
        begin_change(product=town.cast.product, name_en="x", name_fr="x", by=lead)
    product = in_phase(town.cast.product, "operate")
    change = begin_change(product=product, name_en="Intake", name_fr="Accueil", by=lead)
    review = begin_review(product=product, gate=gate(1), change=change, by=lead)
    assert (str(review), change.phase) == ("Job Seeker Account, Intake: Gate 1, Service justification", "strategy")


def test_artefact_is_one_thing_in_the_database_too(lead, review):
    artefact = review.artefacts.get()
    with (
        pytest.raises(DatabaseError, match="artefact_is_one_thing"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE governance_artefact SET link = '' WHERE id = %s", [artefact.pk])
