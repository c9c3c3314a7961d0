"""Several people at one risk in the same moment: one score in force, one acceptance, no number twice (trust.md S-22)."""

from datetime import date

import pytest

from governance.actions.boards import give_competence
from governance.actions.reviews import submit_review
from governance.actions.risk_acceptances import accept_risk
from governance.actions.risk_boards import escalate_risk
from governance.actions.risk_scores import score_risk
from governance.actions.risks import close_risk
from governance.models import Review, Risk, RiskAcceptance, RiskScore
from governance.states import DecisionKind
from records.actors import SYSTEM
from records.refusals import Conflict
from tests.attack.at_once import at_once, meeting_at
from tests.governance.risk_world import a_risk

pytestmark = pytest.mark.django_db(transaction=True)


def score(risk, by, likelihood):
    scores = {"current": (likelihood, 5)}
    return lambda: score_risk(
        risk=Risk.objects.get(pk=risk.pk), scores=scores, note="Now.", by=by, expected=risk.version
    )


def test_of_two_who_score_at_once_one_wins_and_the_other_reads_why(cast):
    risk = a_risk(cast)
    answers = at_once(score(risk, cast.product_manager, 1), score(risk, cast.it_manager, 5))
    assert sorted(type(each).__name__ for each in answers) == ["Risk", "Stale"]
    assert RiskScore.objects.filter(risk=risk, kind="current").count() == 2
    assert RiskScore.objects.standing().filter(risk=risk, kind="current").count() == 1


def test_scoring_accepting_and_closing_at_once_leave_what_one_of_them_says(cast):
    risk = a_risk(cast, strategy="monitor")
    at_once(
        score(risk, cast.product_manager, 5),
        lambda: accept_risk(risk=Risk.objects.get(pk=risk.pk), until=date(2099, 1, 1), justification_en="Cheap.",
                            by=cast.sponsor, expected=risk.version),
        lambda: close_risk(risk=Risk.objects.get(pk=risk.pk), reason="Gone.", by=cast.it_manager, expected=risk.version),
    )  # fmt: skip
    left = Risk.objects.get(pk=risk.pk)
    standing, accepted = RiskScore.objects.standing(), RiskAcceptance.objects.filter(ended_on__isnull=True).first()
    assert standing.count() == (3 if left.is_open else 0)
    if accepted:
        assert standing.get(kind="current").likelihood == accepted.likelihood


def test_two_who_raise_at_once_get_two_numbers(cast):
    raise_one = [lambda by=by: a_risk(cast, by=by) for by in (cast.product_manager, cast.it_manager)]
    at_once(*raise_one)
    assert sorted(Risk.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(("closes_first", "states"), [(False, ("submitted", "open")), (True, ("withdrawn", "closed"))])
def test_risk_is_closed_or_brought_before_a_board_but_not_both(town, closes_first, states):
    give_competence(board=town.board, kind=DecisionKind.RISK_ESCALATION, by=SYSTEM)
    by = town.cast.product_manager
    risk = a_risk(town.cast, strategy="monitor")
    escalate_risk(risk=risk, until=date(2099, 1, 1), by=by)
    calls = [
        lambda: submit_review(review=Review.objects.get(), by=by),
        lambda: close_risk(risk=Risk.objects.get(pk=risk.pk), reason="Gone.", by=by),
    ]
    answers = meeting_at(town.cast.product, *(reversed(calls) if closes_first else calls))
    assert [isinstance(each, Conflict) for each in answers] == [False, True]
    assert (Review.objects.get().state, Risk.objects.get().state) == states
