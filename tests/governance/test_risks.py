"""The register's acts: what is raised, scored, accepted, closed; and what is refused in words at the right field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from governance.actions.risk_acceptances import accept_risk, lapse_acceptance
from governance.actions.risk_mitigations import add_mitigation, move_mitigation
from governance.actions.risk_scores import review_risk, score_risk
from governance.actions.risks import change_risk, close_risk, materialise_risk, register_risk, reopen_risk
from governance.models import BandRule, Risk, RiskGrid, RiskLevel, RiskScore
from governance.risks.bands import band_of
from products.actions.products import change_product
from products.models import Product
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict, OutOfTurn, Refused, Stale
from tests.governance.deciding import stand
from tests.governance.risk_history import a_member
from tests.governance.risk_world import DIT, SAID, SCORES, a_risk, an_activity, noon


def current(risk):
    return RiskScore.objects.standing().get(risk=risk, kind="current")


def fields(problem):
    return set(problem.value.message_dict)


def test_shipped_rules_are_there_in_both_languages(db):
    grid = RiskGrid.objects.get()
    assert [grid.band(1, 4), grid.band(5, 1), grid.band(3, 4), grid.band(3, 5)] == ["low", "medium", "medium", "high"]
    assert RiskLevel.objects.count() == 10
    assert not RiskLevel.objects.filter(definition_fr="").exists()
    assert dict(BandRule.objects.values_list("band", "review_days")) == {"low": 180, "medium": 90, "high": 30}


def test_risk_is_raised_with_its_scores_and_reviewed_by_its_band(cast):
    risk = a_risk(cast)
    assert risk.label == "R-001"
    assert risk.review_on == clock.today() + timedelta(days=30)
    assert {row.kind: row.severity for row in RiskScore.objects.standing()} == {
        "inherent": 20, "current": 16, "residual": 8}  # fmt: skip
    assert AuditEvent.objects.get(event="risk raised").changes["current score"] == [None, "16 (4 × 4)"]


def test_who_holds_risks_stays_in_the_family_that_numbers_them(cast):
    member, by = a_member(cast), cast.portfolio_manager
    other = a_member(cast, "OTHER", parent=None)
    change_product(product=other, parent=cast.product, by=by)
    change_product(product=other, parent=None, by=by)
    a_risk(cast, product=member)
    with pytest.raises(Conflict, match="a risk register"):
        change_product(product=Product.objects.get(pk=cast.product.pk), parent=other, by=by)
    for parent in (other, None):
        with pytest.raises(Conflict, match="stays in its family"):
            change_product(product=Product.objects.get(pk=member.pk), parent=parent, by=by)


def test_numbers_run_through_the_family(cast):
    assert [a_risk(cast).label, a_risk(cast, **DIT).label] == ["R-001", "R-002"]


@pytest.mark.parametrize(("wrong", "field"), [
    ({"scores": {"current": (6, 2)}}, "current_likelihood"),
    ({"scores": {"current": (2, 0)}}, "current_impact"),
    ({"scores": {"inherent": (2, 2)}}, "current_likelihood"),
    ({"strategy": "mitigate"}, "strategy"),
    ({"strategy": "transfer"}, "transfer_to"),
    ({"consequence_en": ""}, "__all__"),
    ({"raised_on": date(2099, 1, 1)}, "raised_on"),
    ({"review_on": date(2099, 1, 1)}, "review_on"),
    ({"category": "weather"}, "category"),
])  # fmt: skip
def test_risk_is_refused_in_words_at_its_field(cast, wrong, field):
    with pytest.raises(ValidationError) as problem:
        a_risk(cast, **wrong)
    assert field in fields(problem)
    assert not Risk.objects.exists()


def test_only_the_team_raises_and_scores(cast):
    for name in ("sponsor", "oversight", "stranger"):
        with pytest.raises(Refused):
            register_risk(product=cast.product, by=cast.people[name], scores=SCORES, category="law", **SAID)
    with pytest.raises(Refused):
        score_risk(risk=a_risk(cast), scores={"current": (1, 1)}, note="It is gone.", by=cast.auditor)


def test_scoring_anew_keeps_what_was_scored(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast)
    with clock.at(noon("2026-06-01")):
        score_risk(risk=risk, scores={"current": (2, 4)}, note="The index is split.", by=cast.product_manager)
    on = {day: RiskScore.objects.on(day).get(kind="current").severity for day in (date(2026, 5, 31), date(2026, 6, 1))}
    assert list(on.values()) == [16, 8]
    assert risk.review_on == date(2026, 6, 1) + timedelta(days=90)


def test_scoring_twice_on_one_day_leaves_one_in_force(cast):
    risk = a_risk(cast)
    score_risk(risk=risk, scores={"current": (3, 4)}, note="One.", by=cast.product_manager)
    score_risk(risk=risk, scores={"current": (2, 4)}, note="Two.", by=cast.product_manager)
    assert RiskScore.objects.on(clock.today()).get(kind="current").severity == 8


@pytest.mark.parametrize(("scores", "note", "field"), [
    ({"current": (4, 4)}, "Same.", "__all__"), ({"current": (1, 1)}, " ", "note"),
    ({"current": (9, 1)}, "x", "current_likelihood"),
])  # fmt: skip
def test_scoring_is_refused_in_words(cast, scores, note, field):
    risk = a_risk(cast)
    with pytest.raises(ValidationError) as problem:
        score_risk(risk=risk, scores=scores, note=note, by=cast.product_manager)
    assert field in getattr(problem.value, "error_dict", {"__all__": None})


def test_second_scoring_of_the_same_version_is_stale(cast):
    risk = a_risk(cast)
    seen = risk.version
    score_risk(risk=risk, scores={"current": (1, 1)}, note="One.", by=cast.product_manager)
    with pytest.raises(Stale):
        score_risk(risk=risk, scores={"current": (5, 5)}, note="Two.", by=cast.it_manager, expected=seen)


def test_strategy_names_its_party_or_its_activity(cast):
    risk = a_risk(cast, strategy="mitigate", first=an_activity(cast))
    only = risk.mitigations.get()
    with pytest.raises(OutOfTurn):
        move_mitigation(mitigation=only, state="dropped", by=cast.product_manager)
    add_mitigation(risk=risk, owner=cast.it_manager, due_on=date(2099, 1, 1), what_fr="Réindexer", by=cast.it_manager)
    move_mitigation(mitigation=only, state="dropped", by=cast.product_manager)
    with pytest.raises(ValidationError) as problem:
        change_risk(risk=risk, strategy="transfer", by=cast.product_manager)
    assert fields(problem) == {"strategy_note"}
    change_risk(risk=risk, strategy="transfer", transfer_to="Translation Bureau", strategy_note="They index.",
                by=cast.product_manager)  # fmt: skip
    assert risk.transfer_to == "Translation Bureau"


@pytest.mark.parametrize("note", ["", "They wait.", " They wait. "])
def test_another_strategy_says_why_anew(cast, note):
    risk = a_risk(cast, strategy="monitor", strategy_note="They wait.")
    with pytest.raises(ValidationError) as problem:
        change_risk(risk=risk, strategy="avoid", strategy_note=note, by=cast.product_manager)
    assert fields(problem) == {"strategy_note"}
    risk.refresh_from_db()
    change_risk(risk=risk, strategy="monitor", strategy_note="They wait.", owner=cast.it_manager, by=cast.it_manager)
    assert risk.owner == cast.it_manager


def test_acceptance_is_by_whom_the_band_names(cast):
    risk = a_risk(cast, strategy="monitor")
    for name in ("product_manager", "head_of_product"):
        with pytest.raises(Refused, match="head of branch"):
            accept_risk(risk=risk, until=date(2099, 1, 1), justification_en="Cheap.", by=cast.people[name])
    acceptance = accept_risk(risk=risk, until=date(2099, 1, 1), justification_en="Cheap.", by=cast.sponsor)
    assert (acceptance.band, acceptance.accepted_as) == ("high", "sponsor")


def test_acceptance_says_why_and_until_when(cast):
    risk = a_risk(cast, strategy="monitor")
    with pytest.raises(ValidationError) as problem:
        accept_risk(risk=risk, until=date(2020, 1, 1), by=cast.sponsor)
    assert fields(problem) == {"until", "justification_en"}


def test_only_what_is_left_as_it_is_is_accepted(cast):
    risk = a_risk(cast, strategy="mitigate", first=an_activity(cast))
    with pytest.raises(OutOfTurn, match="monitored"):
        accept_risk(risk=risk, until=date(2099, 1, 1), justification_en="Cheap.", by=cast.sponsor)


def test_acceptance_lapses_on_its_date(cast):
    with clock.at(noon("2026-05-01")):
        acceptance = accept_risk(risk=a_risk(cast, strategy="monitor"), until=date(2026, 5, 31),
                                 justification_en="Cheap.", by=cast.sponsor)  # fmt: skip
    in_force = type(acceptance).objects.on
    assert [in_force(day).exists() for day in (date(2026, 5, 31), date(2026, 6, 1))] == [True, False]
    with clock.at(noon("2026-05-31")):
        lapse_acceptance(acceptance=acceptance, by=SYSTEM)
        assert acceptance.ended_on is None
    with clock.at(noon("2026-06-03")):
        lapse_acceptance(acceptance=acceptance, by=SYSTEM)
    assert (acceptance.ended_on, acceptance.ended_why) == (date(2026, 6, 1), "lapsed")


def test_acceptance_lapses_when_the_risk_is_scored_anew(cast):
    risk = a_risk(cast, strategy="monitor")
    acceptance = accept_risk(risk=risk, until=date(2099, 1, 1), justification_en="Cheap.", by=cast.sponsor)
    score_risk(risk=risk, scores={"residual": (1, 1)}, note="Once done.", by=cast.product_manager)
    acceptance.refresh_from_db()
    assert acceptance.ended_on is None
    score_risk(risk=risk, scores={"current": (5, 4)}, note="It begins.", by=cast.product_manager)
    acceptance.refresh_from_db()
    assert acceptance.ended_why == "rescored"


def test_risk_that_became_an_issue_leaves_the_matrix(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast)
    with clock.at(noon("2026-06-01")):
        with pytest.raises(ValidationError) as problem:
            materialise_risk(risk=risk, became_issue_on=date(2026, 4, 30), by=cast.product_manager)
        assert fields(problem) == {"issue_en", "became_issue_on"}
        materialise_risk(risk=risk, became_issue_on=date(2026, 5, 20), issue_en="It broke.", by=cast.product_manager)
    assert RiskScore.objects.on(date(2026, 5, 31)).count() == 3
    assert not RiskScore.objects.on(date(2026, 6, 1)).exists()
    with pytest.raises(Conflict):
        reopen_risk(risk=risk, reason="Again.", by=cast.product_manager)


def test_closed_risk_is_reopened_with_its_last_scores(cast):
    risk = a_risk(cast)
    with pytest.raises(ValidationError):
        close_risk(risk=risk, reason="", by=cast.product_manager)
    close_risk(risk=risk, reason="The index is split.", by=cast.product_manager)
    assert not RiskScore.objects.standing().exists()
    with pytest.raises(OutOfTurn):
        score_risk(risk=risk, scores={"current": (1, 1)}, note="Late.", by=cast.product_manager)
    reopen_risk(risk=risk, reason="It is back.", by=cast.product_manager)
    assert (current(risk).severity, current(risk).note, risk.closed_reason) == (16, "It is back.", "")
    close_risk(risk=risk, reason="With the product.", by=cast.product_manager)
    stand(cast.product, "phased_out")
    with pytest.raises(OutOfTurn, match="closed"):
        reopen_risk(risk=Risk.objects.get(pk=risk.pk), reason="Again.", by=cast.product_manager)


def test_review_fixes_the_next_one_within_its_band(cast):
    risk = a_risk(cast)
    with pytest.raises(ValidationError) as problem:
        review_risk(risk=risk, note="Holds.", review_on=date(2099, 1, 1), by=cast.product_manager)
    assert fields(problem) == {"review_on"}
    review_risk(risk=risk, note="Holds.", review_on=clock.today() + timedelta(days=7), by=cast.product_manager)
    assert risk.review_on == clock.today() + timedelta(days=7)
    assert risk.looks.get().note == "Holds."


def test_overdue_review_is_not_cleared_by_a_later_day(cast):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast)
    with clock.at(noon("2026-06-15")):
        for wanted in (date(2026, 6, 20), date(2026, 7, 10)):
            with pytest.raises(ValidationError, match="what you found") as problem:
                change_risk(risk=risk, review_on=wanted, by=cast.product_manager)
            assert fields(problem) == {"review_on"}
            risk.refresh_from_db()
        review_risk(risk=risk, note="Holds.", by=cast.product_manager)
        change_risk(risk=risk, review_on=date(2026, 6, 20), by=cast.product_manager)
    assert risk.review_on == date(2026, 6, 20)


def test_later_grid_counts_from_its_day_and_a_department_s_own_first(cast):
    def begin(day, band, department=None):
        from records.writing import save

        save(RiskGrid(department=department, starts_on=day, cells=[band] * 25), by=SYSTEM)

    begin(date(2026, 6, 1), "high")
    begin(date(2026, 7, 1), "low", cast.department)
    bands = [band_of(cast.department.pk, 3, 3, date(2026, month, 2)) for month in (5, 6, 7)]
    assert bands == ["medium", "high", "low"]
    assert band_of(cast.other_department.pk, 3, 3, date(2026, 7, 2)) == "high"


def test_register_is_for_the_team_and_those_who_oversee(cast):
    a_risk(cast)
    seen = {name for name, each in cast.people.items() if Risk.objects.visible_to(each).exists()}
    assert {"product_manager", "sponsor", "executive", "portfolio_manager", "cio", "cfo", "auditor"} <= seen
    assert "stranger" not in seen


def test_database_refuses_to_change_a_score(cast):
    from django.db import DatabaseError, connection, transaction

    a_risk(cast)
    for change in ("UPDATE governance_riskscore SET impact = 1", "DELETE FROM governance_riskscore"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
