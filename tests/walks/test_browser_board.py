"""A board meets: the secretary calls and opens, members vote, the chair decides, the minutes are drawn up (domain.md §5)."""

import pytest

from governance.models import Decision, Meeting
from records import clock
from tests.governance.before_board import another_product, proposed, submitted, vote
from tests.governance.town import MEMBERS
from tests.walks.walk import ONCE, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# The walk through the gates meets the same pages in French at 320 pixels.


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_from_the_call_to_the_minutes(walk, cast, town, language, width):
    review = submitted(town, product=another_product(town), gate=2)
    proposed(review, town)
    secretary = walk("secretary", language, width)
    meeting = call(secretary, town, review)
    point = meeting.agendapoints.get()
    attend(secretary, meeting)
    open_vote(secretary, point)
    member = walk("member_one", language, width)
    cast_own_vote(member, point)
    vote(town, point, **dict.fromkeys(["chair", *MEMBERS[1:3]], "for"))
    recuse(walk("member_four", language, width), point)
    chair = walk("chair", language, width)
    decide(chair, point)
    minutes(secretary, meeting)


def call(way, town, review):
    way.go("board-detail", town.board.pk)
    way.follow("Call a meeting")
    way.page.check("main [name=form][value=meeting]")
    way.fill(starts_at=f"{clock.now():%Y-%m-%d} 13:00", place="4-201")
    way.press("Call it")
    shown(way, "meeting-empty")
    way.follow("Put a point on the agenda")
    way.page.select_option("main [name=review]", str(review.pk))
    way.press("Put it on the agenda")
    way.press("Open the meeting")
    return Meeting.objects.get()


def attend(way, meeting):
    for mark in way.page.locator("main [type=radio][value=present]").all():
        mark.check()
    way.press("Mark attendance")
    shown(way, "meeting")
    assert meeting.attendances.filter(presence="present").count() == 8


def open_vote(way, point):
    way.go("point-detail", point.pk)
    way.press("Open the vote")
    shown(way, "point-secretary")


def cast_own_vote(way, point):
    way.go("decision-waiting")
    shown(way, "waiting")
    way.click(way.page.locator("main td a").first)
    way.page.check("main [name=choice][value=against]")
    way.press("Review my vote")
    assert way.page.locator(".problems").count() == 1
    shown(way, "point-problem")
    way.page.check("main [name=choice][value=for]")
    way.press("Review my vote")
    shown(way, "vote-check")
    way.press("Cast my vote")
    shown(way, "vote-done")
    assert point.ballots.get().choice == "for"
    way.go("point-detail", point.pk)
    shown(way, "point-voted")


def recuse(way, point):
    way.go("point-detail", point.pk)
    shown(way, "point")
    way.page.locator("details summary").last.click()
    way.page.fill("main [name=conflict]", "My sister leads the team.")
    way.press("Recuse me from this point")
    assert point.recusals.count() == 1


def decide(way, point):
    way.go("point-detail", point.pk)
    way.press("Close the vote")
    shown(way, "point-closed")
    way.follow("Record the decision")
    way.page.check("main [name=outcome][value=with_conditions]")
    way.press("Check the decision")
    assert way.page.locator(".problems").count() == 1
    shown(way, "decide")
    way.fill(rationale_en="Search in French first.", rationale_fr="La recherche en français d’abord.")
    way.page.locator("main [name=taken_up]").first.check()
    way.press("Check the decision")
    shown(way, "decide-check")
    way.press("Record the decision")
    shown(way, "decision")
    decision = Decision.objects.get()
    assert (decision.votes_for, decision.recused, decision.quorum) == (4, 1, 4)


def minutes(way, meeting):
    way.go("meeting-detail", meeting.pk)
    way.press("Close the meeting")
    way.press("Draw up the minutes")
    shown(way, "minutes")
    way.press("Circulate")
    assert meeting.minutess.get().state == "circulated"
