"""The sentences of the executive view, in both languages, from no milestone to many; no database."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from portfolio.executive.findings import lane_note, quarter_note, year_finding
from portfolio.executive.lines import Line
from portfolio.executive.outcomes import OutcomeRow
from portfolio.executive.outcomes import finding as outcomes_finding
from portfolio.executive.situation import rounded_money
from portfolio.executive.words import figure, joined, measured, shift_words
from roadmaps.reading import MilestoneAt


def line(state="released", moved=None, at_risk=False, **values) -> Line:
    texts = {f"{name}_{language}": name for name in ("title", "summary", "risk_reason") for language in ("en", "fr")}
    facts = {
        "id": uuid4(),
        "version": 1,
        "goal_id": None,
        "letter": "A",
        "planned_year": 2026,
        "month": date(2026, 6, 1),
        "rank": 1,
        "state": state,
        "released_on": None,
        "size": "small",
        "kind": "feature",
        "is_gate": False,
        "is_non_discretionary": False,
        "is_at_risk": at_risk,
        "cost_salary": None,
        "cost_non_salary": None,
        "outcome_codes": (),
        "waits_for": (),
        "funding": (),
        "project": None,
        "release_number": "",
        "promised_year": 2026,
        "moved": moved,
    }
    return Line(MilestoneAt(**texts, **{**facts, **values}), "A")


def lines(released=0, later=0, at_risk=0, still=0) -> list[Line]:
    found = [line() for _ in range(released)] + [line("planned", moved=2) for _ in range(later)]
    return found + [line("planned", at_risk=True) for _ in range(at_risk)] + [line("planned") for _ in range(still)]


FINDINGS = [
    (lines(), "No milestone is planned in 2026–27.", "Aucun jalon n’est prévu en 2026–27."),
    (
        lines(7, 5, 2, 4),
        "Seven of 18 milestones are released. Five have moved later and two are at risk.",
        "Sept jalons sur 18 sont livrés. Cinq ont été repoussés et deux sont à risque.",
    ),
    (
        lines(1, 1, 0, 1),
        "One of three milestones is released. One has moved later.",
        "Un jalon sur trois est livré. Un a été repoussé.",
    ),
    (
        lines(0, 0, 1, 11),
        "None of 12 milestones is released yet. One is at risk.",
        "Aucun des 12 jalons n’est encore livré. Un est à risque.",
    ),
    (
        lines(6),
        "All six milestones are released. None has moved later, none is at risk.",
        "Les six jalons sont tous livrés. Aucun n’a été repoussé, aucun n’est à risque.",
    ),
    (
        lines(0, 0, 0, 1),
        "The one milestone is not released yet. None has moved later, none is at risk.",
        "Le seul jalon n’est pas encore livré. Aucun n’a été repoussé, aucun n’est à risque.",
    ),
]


@pytest.mark.parametrize(("found", "english", "french"), FINDINGS)
def test_year_finding_says_what_the_lines_say(found, english, french):
    with translation.override("en"):
        assert year_finding(found, "2026–27") == english
    with translation.override("fr"):
        assert year_finding(found, "2026–27") == french


def test_year_finding_of_an_unapproved_year_does_not_speak_of_moves():
    found = [line("planned", promised_year=None), line("planned", promised_year=None)]
    assert year_finding(found, "2026–27") == "None of two milestones is released yet. None is at risk."


def test_a_milestone_carried_out_without_a_month_has_moved_later():
    gone = line("planned", month=None, is_carried_out=True, carried_to=None)
    assert "One has moved later" in year_finding([gone, line()], "2026–27")


def test_quarter_notes_count_what_is_open_released_and_gone():
    out = line("planned", is_carried_out=True, carried_to=2027)
    assert quarter_note([line(), line("planned"), line("cancelled")], begun=True) == "1 of 2 released"
    assert quarter_note([line("planned"), out], begun=True) == "none released yet, 1 open, 1 carried out"
    assert quarter_note([line("planned")], begun=False) == "1 planned"
    assert quarter_note([], begun=False) == "nothing planned"
    assert lane_note([line(), line("planned")]) == "1 of 2 released"


def outcome_row(progress) -> OutcomeRow:
    return OutcomeRow(None, "", "", "", "", None if progress is None else Decimal(progress))


def test_outcomes_finding_counts_the_way_to_target():
    rows = [outcome_row(each) for each in ("0.6", "0.5", "1.2", "0.1", "0", None)]
    said = "Outcomes: three of six are past halfway to target, one has stood still and one is not measured yet"
    assert outcomes_finding(rows) == said
    assert outcomes_finding([outcome_row(None)]) == "Outcomes: the one outcome is not measured yet"
    assert outcomes_finding([]) == "Outcomes: none is named yet"


def test_figures_follow_the_language():
    with translation.override("fr"):
        assert figure(Decimal("1234.50")) == "1\u00a0234,5"
        assert measured(Decimal(34), "%") == "34\u00a0%"
        assert joined(["a", "b", "c"]) == "a, b et c"
        assert rounded_money(Decimal(500_000)) == "0,5\u00a0M$"
    assert figure(Decimal("1234.50")) == "1,234.5"
    assert measured(Decimal(34), "%") == "34%"
    assert measured(None, "%") == "–"
    assert rounded_money(Decimal(500_000)) == "$0.5 million"
    assert (shift_words(2), shift_words(-1)) == ("+2 mo", "−1 mo")
