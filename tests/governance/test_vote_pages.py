"""Voting and deciding through the pages, without scripts: what is shown, hidden, refused, asked again (ux.md A8, A11)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.actions.agenda import add_point, remove_point
from governance.actions.boards import change_board
from governance.actions.decisions import decide_review
from governance.actions.meetings import cancel_meeting, close_meeting, open_meeting
from governance.actions.votes import close_voting
from governance.models import AgendaPoint, Ballot, Decision, Recusal
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.governance.before_board import NOW, VOTERS, another_product, called, proposed, submitted, vote, voted, voting
from tests.governance.deciding import stand
from tests.pages import tight
from tests.portfolio.test_product_page import count_queries

pytestmark = pytest.mark.django_db
WHY = {"rationale_en": "Not yet.", "rationale_fr": "Pas encore."}
NONE_ADDED = {"added-TOTAL_FORMS": "2", "added-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def review(town):
    return submitted(town, product=another_product(town), gate=2)


def at(name, thing):
    return reverse(name, args=[thing.pk])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_vote_is_reviewed_cast_and_its_page_stays(town, client_of, review):
    point, client = voting(town, review), client_of("member_one")
    checked = client.post(at("vote-check", point), {"choice": "against", "reason": "Too <dear>."})
    assert "Too &lt;dear&gt;." in text_of(checked)
    assert not Ballot.objects.exists()
    answer = client.post(at("vote-cast", point), {"choice": "against", "reason": "Too <dear>."})
    assert answer["Location"] == at("vote-done", point)
    assert "Your vote is cast: against" in text_of(client.get(answer["Location"]))
    assert "You voted against" in text_of(client.get(at("point-detail", point)))


def test_what_is_decided_on_agrees_in_french_with_how_many_there_are(town, client_of, review):
    address = at("point-detail", voting(town, review)).replace("/en/", "/fr/")
    assert "1 pièce, figée le <time" in text_of(client_of("member_one").get(address))


def test_vote_without_its_reason_comes_back_with_the_choice(town, client_of, review):
    point, client = voting(town, review), client_of("member_one")
    for name in ("vote-check", "vote-cast"):
        answer = client.post(at(name, point), {"choice": "against", "reason": " "})
        assert answer.status_code == 422
        assert re.search(r'value="against"[^>]* checked', text_of(answer))
    assert not Ballot.objects.exists()


def test_after_voting_the_next_point_opens(town, client_of, review):
    first = voting(town, review)
    second = voting(town, submitted(town, gate=1), meeting=first.meeting)
    answer = client_of("member_one").post(at("vote-cast", first), {"choice": "for", "reason": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == at("point-detail", second)
    assert "This is the next one that waits for you" in text_of(answer)


def test_who_signed_in_long_ago_confirms_who_they_are_before_the_vote_is_cast(town, client_of, review):
    point, client = voting(town, review), client_of("member_one", minutes_ago=120)
    answer = client.post(at("vote-cast", point), {"choice": "for", "reason": "Good."})
    assert answer.status_code == 302
    assert at("point-detail", point).replace("/", "%2F") in answer["Location"]
    assert not Ballot.objects.exists()


def test_how_each_voted_is_hidden_until_the_close_unless_the_board_shows_it(town, client_of, review):
    point, client = voting(town, review), client_of("observer")
    vote(town, point, chair="against")
    page = text_of(client.get(at("point-detail", point)))
    assert "1 of 5 votes cast" in page
    assert "Because." not in page
    assert "against 1" not in page
    change_board(board=town.board, by=SYSTEM, hides_tally=False)
    assert "against 1" in text_of(client.get(at("point-detail", point)))
    change_board(board=town.board, by=SYSTEM, hides_tally=True)
    close_voting(point=point, by=town.chair)
    assert "Because." in text_of(client.get(at("point-detail", point)))


@pytest.mark.parametrize("name", ["secretary", "observer", "oversight"])
def test_crafted_post_of_who_has_no_vote_is_refused_with_the_reason(town, client_of, review, name):
    point = voting(town, review)
    answer = client_of(name).post(at("vote-cast", point), {"choice": "for", "reason": ""})
    assert answer.status_code == 403
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("name", ["admin", "stranger", "colleague", "ops_chair", "product_manager"])
def test_crafted_post_of_who_does_not_see_the_board_finds_nothing(town, client_of, review, name):
    point = voted(town, review=review)
    client = client_of(name)
    for address in ("vote-cast", "voting-close", "conflict-declare", "point-decide"):
        assert (
            client.post(at(address, point), {"choice": "for", "outcome": "approved", "confirm": 1}).status_code == 404
        )
    assert not Decision.objects.exists()


def test_vote_from_a_stale_tab_is_told_that_the_vote_is_closed(town, client_of, review):
    point = voted(town, review=review)
    answer = client_of("member_one").post(at("vote-cast", point), {"choice": "against", "reason": "Late."})
    assert answer.status_code == 409
    assert "Voting on this point is closed." in text_of(answer)
    assert Ballot.objects.count() == len(VOTERS)


def test_conflict_is_declared_on_the_page_and_an_empty_one_comes_back(town, client_of, review):
    point, client = voting(town, review), client_of("member_one")
    assert client.post(at("conflict-declare", point), {"conflict": ""}).status_code == 422
    assert client.post(at("conflict-declare", point), {"conflict": "My sister leads it."}).status_code == 303
    page = text_of(client.get(at("point-detail", point)))
    assert "Member One: recused" in page
    assert "0 of 4 votes cast" in page
    assert "recuse me" not in page
    assert Recusal.objects.get().seat == town.seats["member_one"]


def test_chair_decides_in_two_steps(town, client_of, review):
    condition, client = proposed(review, town), client_of("chair")
    point = voted(town, review=review)
    data = NONE_ADDED | {"outcome": "with_conditions", "taken_up": str(condition.pk), **WHY}
    assert client.post(at("point-decide", point), NONE_ADDED | {"outcome": "with_conditions"}).status_code == 422
    checked = client.post(at("point-decide", point), data)
    assert "Check the decision" in text_of(checked)
    assert not Decision.objects.exists()
    answer = client.post(at("point-decide", point), data | {"confirm": "1"})
    decision = Decision.objects.get()
    assert answer["Location"] == at("decision-detail", decision)
    assert decision.number in text_of(client.get(answer["Location"]))
    assert client.get(at("point-decide", point))["Location"] == at("decision-detail", decision)


def test_complexity_is_asked_for_checked_with_its_reasons_and_read(town, client_of):
    point, client = voted(town, review=submitted(town, gate=1)), client_of("chair")
    page = text_of(client.get(at("point-decide", point)))
    labels = [words[:60] for words in page.split("omplex or risky")[1:]]
    assert len(labels) == 3
    assert not any("optional" in words for words in labels)
    why = {"complexity_reason_en": "One team.", "complexity_reason_fr": "Une équipe."}
    data = NONE_ADDED | why | {"outcome": "approved", "is_complex_or_risky": "no"}
    checked = text_of(client.post(at("point-decide", point), data))
    assert '<p lang="en">One team.</p><p lang="fr">Une équipe.</p>' in tight(checked)
    back = client.post(at("point-decide", point), data | {"confirm": "1", "change": "1"})
    assert "One team.</textarea>" in text_of(back)
    assert not Decision.objects.exists()
    answer = client.post(at("point-decide", point), data | {"confirm": "1"}, follow=True)
    assert "No. One team." in text_of(answer)


def test_decision_the_vote_does_not_allow_is_not_offered_and_not_taken(town, client_of, review):
    point, client = voted(town, "chair", review=review), client_of("chair")
    assert 'value="approved"' not in text_of(client.get(at("point-decide", point)))
    answer = client.post(at("point-decide", point), NONE_ADDED | {"outcome": "approved", "confirm": "1"})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_condition_of_the_boards_own_is_whole_or_not_there(town, client_of, review):
    point, client = voted(town, review=review), client_of("chair")
    data = NONE_ADDED | {"outcome": "with_conditions", **WHY, "added-0-what_en": "Test it"}
    assert client.post(at("point-decide", point), data).status_code == 422
    data |= {"added-0-what_fr": "L’essayer", "added-0-owner": "Product Owner", "added-0-verifier": "Auditor"}
    data |= {"added-0-due_on": "2027-01-31", "confirm": "1"}
    assert client.post(at("point-decide", point), data).status_code == 303
    assert Decision.objects.get().conditions.get().what_fr == "L’essayer"


def test_team_reads_the_decision_but_not_the_meeting(town, client_of):
    point = voted(town, review=submitted(town, gate=1))
    decision = decide_review(point=point, outcome="deferred", by=town.chair, **WHY)
    client = client_of("product_owner")
    assert "Not yet." in text_of(client.get(at("decision-detail", decision)))
    assert client.get(at("point-detail", point)).status_code == 404
    assert client_of("colleague").get(at("decision-detail", decision)).status_code == 404


def test_awaits_my_decision_says_what_is_mine(town, client_of, review):
    point = voting(town, review)
    voting(town, submitted(town, gate=1), meeting=point.meeting)
    mine = text_of(client_of("member_one").get(reverse("decision-waiting")))
    assert "2 decisions await you" in mine
    assert "Review and vote" in mine
    vote(town, point, **dict.fromkeys(VOTERS, "for"))
    close_voting(point=point, by=town.secretary)
    assert "One decision awaits you" in text_of(client_of("member_two").get(reverse("decision-waiting")))
    assert "yours to decide" in text_of(client_of("chair").get(reverse("decision-waiting")))
    loose = submitted(town, product=another_product(town, "LOOSE"), gate=2)
    assert reverse("review-detail", args=[loose.pk]) in text_of(
        client_of("member_one").get(reverse("decision-waiting"))
    )
    assert "Nothing waits for you" in text_of(client_of("colleague").get(reverse("decision-waiting")))
    with clock.at(NOW + timedelta(days=1)):
        assert "Overdue" in text_of(client_of("member_one").get(reverse("decision-waiting")))


def test_cost_of_what_awaits_does_not_grow_with_its_number(town, client_of, review):
    client, point = client_of("member_one"), voting(town, review)
    few = count_queries(client, reverse("decision-waiting"))
    for number in range(4):
        product = another_product(town, f"MORE-{number}")
        voting(town, submitted(town, product=product, gate=2), meeting=point.meeting)
    assert count_queries(client, reverse("decision-waiting")) <= few
    lines = count_queries(client, at("meeting-detail", point.meeting))
    assert lines < 40


def test_written_procedure_on_its_pages(town, client_of, review):
    secretary = client_of("secretary")
    values = {"form": "written", "starts_at": "2026-11-18 09:00", "ends_at": "2026-11-20 17:00", "place": ""}
    called_at = reverse("meeting-call", args=[town.board.pk])
    assert secretary.post(called_at, values | {"ends_at": ""}).status_code == 422
    there = secretary.post(called_at, values)["Location"]
    added = secretary.post(f"{there}agenda/new/", {"review": str(review.pk), "minutes": "15"})
    assert added.status_code == 303
    assert secretary.post(f"{there}open/").status_code == 303
    point = AgendaPoint.objects.get()
    client = client_of("member_one")
    assert "2026-11-20 17:00" in text_of(client.get(at("point-detail", point)))
    assert client.post(at("vote-cast", point), {"choice": "for", "reason": ""}).status_code == 303
    with clock.at(NOW + timedelta(days=3)):
        assert client.post(at("vote-cast", point), {"choice": "abstain", "reason": ""}).status_code == 409
        assert "The time to vote is over." in text_of(client.get(at("point-detail", point)))
        assert "Close the vote" not in text_of(secretary.get(at("point-detail", point)))


def test_agenda_is_moved_and_an_empty_point_refused_by_the_forms(town, client_of, review):
    meeting, client = called(town), client_of("secretary")
    add = at("point-add", meeting)
    assert client.post(add, {"minutes": "15"}).status_code == 422
    assert client.post(add, {"minutes": "15", "title_en": "Minutes", "title_fr": "Procès-verbal"}).status_code == 303
    assert client.post(add, {"minutes": "0", "title_en": "X"}).status_code == 422
    point = add_point(meeting=meeting, review=review, by=town.secretary)
    assert client.post(at("point-move", point), {"to": "up"}).status_code == 303
    assert AgendaPoint.objects.get(pk=point.pk).position == 1
    assert client.post(at("point-remove", point), {"reason": ""}).status_code == 422
    assert client.post(at("point-remove", point), {"reason": "Not ready."}).status_code == 303


def test_what_waits_for_an_agenda_is_told_apart_from_what_is_decided(town, client_of, review):
    done = submitted(town)
    done.state = "decided"
    save(done, by=SYSTEM)
    meeting, client = called(town), client_of("secretary")
    form = client.get(at("point-add", meeting)).context["form"]
    groups = {str(name): [key for key, _ in rows] for name, rows in list(form.fields["review"].widget.choices)[1:]}
    assert groups == {
        "Waits for this board": [str(review.pk)],
        "Decided: only to correct the decision": [str(done.pk)],
    }
    assert "1 review waits for an agenda" in text_of(client.get(at("board-detail", town.board)))
    assert "waits for an agenda" not in text_of(client_of("member_one").get(at("board-detail", town.board)))


def test_meeting_does_not_begin_before_its_day(town, client_of):
    meeting, client = called(town, starts_at=NOW + timedelta(days=2)), client_of("secretary")
    assert "It can begin on" in text_of(client.get(at("meeting-detail", meeting)))
    answer = client.post(at("meeting-open", meeting))
    assert answer.status_code == 409
    assert "It is called for 2026-11-20" in text_of(answer)
    with clock.at(NOW + timedelta(days=2)):
        assert client.post(at("meeting-open", meeting)).status_code == 303


def test_point_whose_vote_has_begun_keeps_its_place(town, client_of, review):
    meeting, client = called(town), client_of("secretary")
    begun = voting(town, review, meeting=meeting)
    later = add_point(meeting=meeting, title_en="Minutes", title_fr="Procès-verbal", by=town.secretary)
    assert at("point-move", later) not in client.get(at("meeting-detail", meeting)).content.decode()
    assert client.post(at("point-move", later), {"to": "up"}).status_code == 409
    assert client.post(at("point-move", begun), {"to": "down"}).status_code == 409


def test_minutes_go_their_way_by_their_pages(town, client_of):
    client = client_of("secretary")
    meeting = close_meeting(meeting=open_meeting(meeting=called(town), by=town.secretary), by=town.secretary)
    assert client.post(at("minutes-draft", meeting)).status_code == 303
    minutes = meeting.minutess.get()
    data = {"text_en": "It met.", "text_fr": "Il s’est réuni.", "version": "1"}
    assert client.post(at("minutes-change", minutes), data).status_code == 303
    assert client.post(at("minutes-change", minutes), data | {"text_en": "No."}).status_code == 409
    assert client.post(at("minutes-move", minutes), {"to": "circulate"}).status_code == 303
    assert client.post(at("minutes-move", minutes), {"to": "away"}).status_code == 404
    assert client.post(at("minutes-approve", minutes), {"at": str(meeting.pk)}).status_code == 422
    with clock.at(NOW + timedelta(days=7)):
        later = open_meeting(meeting=called(town), by=town.chair)
    assert client.post(at("minutes-approve", minutes), {"at": str(later.pk)}).status_code == 303
    assert client.post(at("minutes-move", minutes), {"to": "lock"}).status_code == 303
    assert (
        client.post(at("minutes-correct", minutes), {"text_en": "Four met.", "text_fr": "Quatre."}).status_code == 303
    )
    assert "Correction 2: draft" in text_of(client_of("member_one").get(at("minutes-detail", meeting)))


def test_meeting_closes_into_a_planned_meeting_of_its_own_board_only(town, client_of, review):
    meeting, client = open_meeting(meeting=called(town), by=town.secretary), client_of("secretary")
    add_point(meeting=meeting, review=review, by=town.secretary)
    assert client.post(at("meeting-close", meeting), {"carry_to": str(meeting.pk)}).status_code == 422
    following = called(town, starts_at=NOW + timedelta(days=7))
    assert client.post(at("meeting-close", meeting), {"carry_to": str(following.pk)}).status_code == 303
    assert following.agendapoints.get().review == review


def test_decision_whose_product_moved_on_comes_back_with_everything_typed(town, client_of, review):
    point, client = voted(town, review=review), client_of("chair")
    stand(review.product, "operate")
    condition = {"added-0-what_en": "Test it", "added-0-what_fr": "L’essayer", "added-0-owner": "Product Owner"}
    condition |= {"added-0-verifier": "Auditor", "added-0-due_on": "2027-01-31"}
    data = NONE_ADDED | {"outcome": "with_conditions", "confirm": "1", **WHY, **condition}
    answer = client.post(at("point-decide", point), data)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "this gate is not passed from there" in page
    assert all(typed in page for typed in ("Not yet.", "Pas encore.", "Test it", "L’essayer", "2027-01-31"))
    assert not Decision.objects.exists()
    assert AgendaPoint.objects.get(pk=point.pk).state == "voted"


def test_page_says_why_a_point_was_taken_off_and_a_meeting_cancelled(town, client_of):
    meeting = called(town)
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    remove_point(point=point, reason="The figures are old.", by=town.secretary)
    cancel_meeting(meeting=meeting, reason="Snow.", by=town.secretary)
    client = client_of("chair")
    assert "The figures are old." in client.get(reverse("point-detail", args=[point.pk])).content.decode()
    assert "Snow." in client.get(reverse("meeting-detail", args=[meeting.pk])).content.decode()
