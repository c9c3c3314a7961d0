"""Decisions bind to what was seen: the record alone says what was decided on, whatever changed afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from governance.actions.decisions import decide_review
from governance.actions.meetings import close_meeting, mark_attendance, open_meeting
from governance.actions.minutes import approve_minutes, circulate_minutes, draft_minutes, lock_minutes
from governance.actions.packs import issue_pack
from governance.actions.reviews import submit_review
from governance.actions.votes import close_voting, declare_conflict
from governance.models import Seat
from governance.reading.brief import brief_of
from governance.voting.minutes import minutes_text
from products.actions.budget import add_budget_line, change_budget_line
from products.models import FundingSource
from records import clock
from records.actors import SYSTEM
from records.jobs import run_due
from records.writing import save
from tests.governance.before_board import another_product, called, proposed, submitted, vote, voted, voting
from tests.governance.gate_world import prepared
from tests.walks.walk import words_of

pytestmark = pytest.mark.django_db


def budgeted(town, planned=1_000_000):
    """A budget line of this fiscal year."""
    source = FundingSource(department=town.cast.department, code="A-BASE", name_en="A-base", name_fr="Services votés")
    save(source, by=SYSTEM)
    return add_budget_line(
        product=town.cast.product,
        by=town.cast.product_manager,
        fiscal_year=2026,
        kind="salary",
        source=source,
        planned=Decimal(planned),
        secured=Decimal(planned) / 2,
    )


def test_cost_is_what_was_submitted_and_says_that_the_budget_moved_on(town, client_of):
    line, lead = budgeted(town), town.cast.head_of_product
    review = submit_review(review=prepared(town.cast.product, 1, lead), by=lead, board=town.board)
    assert review.package.content["cost"]["lines"] == [
        {"year": 2026, "kind": "salary", "planned": "1000000.00", "secured": "500000.00"}
    ]
    assert not brief_of(review).cost.has_moved
    change_budget_line(line=line, planned=Decimal(3_000_000), by=town.cast.product_manager, reason="More")
    cost = brief_of(review).cost
    assert (cost.total.now, cost.today) == (Decimal(1_000_000), Decimal(3_000_000))
    page = client_of("member_one").get(reverse("decision-brief", args=[review.pk]))
    assert page.status_code == 200


def decided_with_a_condition(town):
    """A decision at gate 1 on one condition: a seat recused, one with an alternate, against it a vote with its reason."""
    lead, cast = town.cast.head_of_product, town.cast
    review = prepared(cast.product, 1, lead)
    condition = proposed(review, town)
    submit_review(review=review, by=lead, board=town.board)
    point = voting(town, review, "member_four")
    declare_conflict(point=point, conflict="My sister sells it.", by=town.member_three)
    mark_attendance(meeting=point.meeting, presences={town.seats["alternate"]: "present"}, by=town.secretary)
    vote(town, point, chair="for", member_one="against", member_two="for", alternate="for")
    return decide_review(
        point=close_voting(point=point, by=town.chair),
        outcome="with_conditions",
        taken_up=[condition],
        by=town.chair,
        is_complex_or_risky=False,
        **{f"complexity_reason_{code}": f"Small ({code})." for code in ("en", "fr")},
        **{f"rationale_{code}": f"It is worth it ({code})." for code in ("en", "fr")},
    )


def locked(town, meeting):
    """The minutes of `meeting`, closed, approved a week later and locked."""
    minutes = draft_minutes(meeting=close_meeting(meeting=meeting, by=town.secretary), by=town.secretary)
    circulate_minutes(minutes=minutes, by=town.secretary)
    with clock.at(clock.now() + timedelta(days=7)):
        later = open_meeting(meeting=called(town), by=town.secretary)
    return lock_minutes(minutes=approve_minutes(minutes=minutes, at=later, by=town.chair), by=town.secretary)


def rename_everything(town, review):
    """Give every row that a decision names another name, and end every seat."""
    named = [
        town.cast.product,
        review.gate,
        town.board,
        town.cast.department,
        *review.gate.inputs.all(),
        *town.seats.values(),
    ]
    people = [
        town.cast.people[name] for name in (*town.seats, "head_of_product", "product_manager", "portfolio_manager")
    ]
    for thing in (*named, *people):
        row = type(thing)._base_manager.get(pk=thing.pk)
        for field in ("name_en", "name_fr", "name", "title"):
            if field in {each.name for each in row._meta.concrete_fields}:
                setattr(row, field, f"Renamed {thing.pk.hex[-6:]}")
        if isinstance(row, Seat):
            row.ends_on = clock.today()
        save(row, by=SYSTEM)
    board = type(town.board).objects.get(pk=town.board.pk)
    board.quorum, board.rule = 1, "consensus"
    save(board, by=SYSTEM)


def words_on(client, decision, minutes, pack):
    """What each page and paper says about the decision, in both languages."""
    told, review, point = {}, decision.review, decision.point
    pages = [
        ("decision-detail", decision),
        ("point-detail", point),
        ("review-detail", review),
        ("review-submitted", review),
    ]
    papers = [("decision-document", [decision.pk]), ("minutes-document", [minutes.pk])]
    papers += [("pack-document", [pack.meeting_id, pack.number, code]) for code in ("en", "fr")]
    pages += [("minutes-detail", minutes.meeting), ("meeting-detail", minutes.meeting)]
    for code in ("en", "fr"):
        with translation.override(code):
            for name, thing in pages:
                text = client.get(reverse(name, args=[thing.pk])).content.decode()
                told[name, code] = " ".join(strip_tags(text[text.index("<main") : text.index("</main")]).split())
            for name, parts in papers:
                told[name, *parts, code] = words_of(client.get(reverse(name, args=parts)).content)
    return told


def test_pages_and_papers_of_a_decision_say_the_same_after_everything_was_renamed(town, client_of):
    decision = decided_with_a_condition(town)
    meeting, review = decision.point.meeting, decision.review
    pack, minutes = issue_pack(meeting=meeting, by=town.secretary), locked(town, meeting)
    run_due()
    before = words_on(client_of("oversight"), decision, minutes, pack)
    rename_everything(town, review)
    after = words_on(client_of("oversight"), decision, minutes, pack)
    for name, words in before.items():
        assert after[name] == words, name
    assert (
        town.board.name_en
        not in client_of("oversight").get(reverse("board-detail", args=[town.board.pk])).content.decode()
    )
    french = before["decision-detail", "fr"]
    for words in ("Member One", "Alternate", "Member Four", "Because.", "Product Manager", "Portfolio Manager"):
        assert words in before["decision-detail", "en"], words
    assert town.board.name_fr in french


def test_minutes_drawn_up_later_name_everything_as_it_was(town):
    decision = decided_with_a_condition(town)
    meeting = close_meeting(meeting=decision.point.meeting, by=town.secretary)
    before = [minutes_text(meeting, code) for code in ("en", "fr")]
    rename_everything(town, decision.review)
    meeting = type(meeting).objects.get(pk=meeting.pk)
    after = [minutes_text(meeting, code) for code in ("en", "fr")]
    for then, now in zip(before, after, strict=True):
        assert now == then
    assert "Member Four" in before[0]


def test_corrected_decision_and_its_correction_say_which_is_in_force_and_why(town, client_of):
    review = submitted(town, product=another_product(town), gate=2)
    first = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    review.refresh_from_db()
    why = {"rationale_en": "A figure was wrong.", "rationale_fr": "Un chiffre était erroné."}
    second = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair, **why)
    old, new = (
        client_of("chair").get(reverse("decision-detail", args=[each.pk])).content.decode() for each in (first, second)
    )
    assert "No longer in force" in old
    assert "A figure was wrong." in old
    assert second.number in old
    assert "In force" in new
    assert first.number in new
