"""What happens to risks by itself: acceptances lapse, owners are told what is due; and how a history reads."""

from datetime import date, timedelta

import pytest

from governance.actions.risk_acceptances import accept_risk
from governance.actions.risk_scores import review_risk, score_risk
from governance.actions.risks import change_risk, close_risk, reopen_risk
from governance.models import Risk, RiskAcceptance
from governance.risk_jobs import end_acceptances, remind_of_risks
from governance.risks.history import changes, lines
from people.models import Notice
from records import clock
from records.acts import performing
from tests.governance.risk_world import a_risk, an_activity, noon

LAST = date(2026, 5, 31)


@pytest.fixture
def accepted(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast, strategy="monitor", owner=cast.it_manager)
        return accept_risk(risk=risk, until=LAST, justification_en="Cheap.", by=cast.sponsor)


def daily(work, day):
    with clock.at(noon(day)), performing():
        work({})


def told(person, kind):
    return list(Notice.objects.filter(person=person, kind=kind).order_by("at").values_list("text_en", flat=True))


def test_acceptance_lapses_the_day_after_its_last_and_its_people_are_told(cast, accepted):
    for day in ("2026-05-20", "2026-05-28", "2026-05-31"):
        daily(end_acceptances, day)
    assert RiskAcceptance.objects.get().ended_on is None
    for day in ("2026-06-01", "2026-06-02"):
        daily(end_acceptances, day)
    ended = RiskAcceptance.objects.get()
    assert (ended.ended_on, ended.ended_why) == (date(2026, 6, 1), "lapsed")
    ends, over = told(cast.it_manager, "risk.acceptance")
    assert "ends after 2026-05-31" in ends
    assert "its last day passed" in over


def test_owner_is_told_once_before_and_once_after_a_review_is_due(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast, owner=cast.it_manager)
    assert risk.review_on == LAST
    for day in ("2026-05-20", "2026-05-24", "2026-05-31", "2026-06-01", "2026-06-09"):
        daily(remind_of_risks, day)
    soon, late = told(cast.it_manager, "risk.review_due")
    assert "is due on 2026-05-31" in soon
    assert "was due on 2026-05-31" in late
    assert Risk.objects.overdue(LAST).count() == 0
    assert Risk.objects.overdue(LAST + timedelta(days=1)).get() == risk


def test_whoever_does_an_activity_is_told_that_it_is_theirs_and_that_it_is_late(cast):
    with clock.at(noon("2026-05-01")):
        a_risk(cast, strategy="prepare", first=an_activity(cast, owner=cast.support_manager, due_on=LAST))
    daily(remind_of_risks, "2026-06-01")
    daily(remind_of_risks, "2026-06-02")
    assert "Index anew" in told(cast.support_manager, "risk.owned")[0]
    assert len(told(cast.support_manager, "risk.review_due")) == 1


def test_history_says_what_moved_when_why_and_by_whom(cast, accepted):
    risk = Risk.objects.get()
    with clock.at(noon("2026-06-10")):
        score_risk(risk=risk, scores={"current": (2, 4)}, note="The index is split.", by=cast.product_manager)
    with clock.at(noon("2026-07-01")):
        review_risk(risk=risk, note="Holds.", by=cast.it_manager)
        change_risk(risk=risk, strategy="avoid", strategy_note="Bought another.", by=cast.it_manager)
    with clock.at(noon("2026-08-01")):
        close_risk(risk=risk, reason="Gone.", by=cast.product_manager)
    with clock.at(noon("2026-09-01")):
        reopen_risk(risk=risk, reason="Back.", by=cast.product_manager)
    found = [(str(each.day), each.what, each.note) for each in changes(risk)]
    assert ("2026-06-10", "Scored", "The index is split.") in found
    assert ("2026-07-01", "Strategy chosen", "Bought another.") in found
    assert ("2026-08-01", "Closed", "Gone.") in found
    assert found[-1][0] == "2026-05-01"
    assert {each.who for each in changes(risk) if each.what == "Reviewed"} == {"It Manager"}


def test_history_of_one_day_stands_in_its_order(cast):
    def at(hour):
        return clock.at(noon("2026-05-04").replace(hour=hour))

    with at(9):
        risk = a_risk(cast, by=cast.product_manager)
    with at(10):
        review_risk(risk=risk, note="Holds.", by=cast.it_manager)
    with at(13):
        close_risk(risk=risk, reason="Gone.", by=cast.product_manager)
    with at(14):
        reopen_risk(risk=risk, reason="Back.", by=cast.product_manager)
    found = changes(risk)
    assert [(each.what, each.note) for each in found][:3] == [
        ("Reopened", "Back."),
        ("Closed", "Gone."),
        ("Reviewed", "Holds."),
    ]
    assert found[0].moves[1] == ("current", "", "16 (4 × 4)")


def test_step_line_stops_where_the_risk_was_not_open(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast)
    assert lines(risk, date(2026, 5, 2)) == []
    with clock.at(noon("2026-06-01")):
        close_risk(risk=risk, reason="Gone.", by=cast.product_manager)
    with clock.at(noon("2026-07-01")):
        reopen_risk(risk=risk, reason="Back.", by=cast.product_manager)
    wide, narrow = lines(risk, date(2026, 7, 31))
    assert [step.joins for step in wide.steps] == [None, None]
    assert wide.steps[0].end < wide.steps[1].x
    assert narrow.width < wide.width
