"""The measures of the executive view: results, indicators, delivery by quarter; said in one sentence; as of a past day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from metrics.actions.kpis import adopt_kpi, correct_value, enter_value
from metrics.models import DeclaredMonth, DoraSnapshot, DoraTarget, KpiDefinition
from metrics.states import Metric
from portfolio.executive import delivery, measures
from portfolio.executive.facts import Facts
from portfolio.executive.figures import DeliveryAt, Figures
from records import clock
from records.writing import save
from roadmaps.actions.outcomes import record_reading
from tests.pages import tight
from tests.portfolio.roadmap_year import NOVEMBER, open_with_outcome

DAY = 86_400
OCTOBER = datetime(2026, 10, 20, 14, tzinfo=UTC)
Q2 = date(2026, 7, 1)
Q3 = date(2026, 10, 1)


def quarter(starts_on, deployments=12, failed=0, lead=2 * DAY, restore=None, **more):
    return DeliveryAt(
        starts_on,
        more.pop("is_deployed", True),
        failed is not None,
        deployment_count=deployments,
        failed_deployment_count=failed,
        lead_time_p50_seconds=None if lead is None else Decimal(lead),
        time_to_restore_p50_seconds=None if restore is None else Decimal(restore),
        **more,
    )


@pytest.fixture
def seen(cast):
    """Facts of 2026–27 on 18 November with the figures given."""
    facts = Facts(cast.product, 2026, date(2026, 11, 18))

    def make(*quarters, declared=(), targets=None):
        by_quarter = {each.starts_on: each for each in quarters}
        figures = Figures(quarters=by_quarter, declared=tuple(declared), targets=targets or {})
        return dict(zip(Metric, delivery.rows_of(replace(facts, figures=figures)), strict=True))

    return make


def texts(row):
    return [text for text, _note in row.figures]


def test_no_feed_is_not_reported_and_a_feed_without_incidents_is_zero(seen):
    without, calm = seen(quarter(Q2, failed=None)), seen(quarter(Q2, failed=0))
    assert texts(without[Metric.CHANGE_FAILURE]) == ["–"] * 4
    assert without[Metric.CHANGE_FAILURE].reading == "not_reported"
    assert texts(calm[Metric.CHANGE_FAILURE]) == ["–", "0%", "–", "–"]


def test_product_that_never_deployed_is_not_reported_and_a_quiet_quarter_is_zero(seen):
    never = seen(quarter(Q2, deployments=0, lead=None, is_deployed=False))
    quiet = seen(quarter(Q2, deployments=0, lead=None))
    assert texts(never[Metric.DEPLOYMENT_FREQUENCY])[1] == "–"
    assert texts(quiet[Metric.DEPLOYMENT_FREQUENCY])[1] == "0"
    assert texts(quiet[Metric.CHANGE_FAILURE])[1] == "–"


def test_frequency_is_per_month_also_in_the_running_quarter(seen):
    """Forty-nine of ninety-two days are over: 1.6 months."""
    found = seen(quarter(Q2, deployments=12), quarter(Q3, deployments=8))[Metric.DEPLOYMENT_FREQUENCY]
    assert texts(found) == ["–", "4", "5", "–"]
    assert (found.unit, found.trend) == ("a month", "improving")


def test_feed_that_told_of_no_incident_is_no_missing_feed(seen):
    calm, without = quarter(Q2, restored_incident_count=0), quarter(Q2, failed=None)
    assert seen(calm)[Metric.TIME_TO_RESTORE].words == "No incident to restore"
    assert seen(without)[Metric.TIME_TO_RESTORE].words == ""


def test_durations_share_the_unit_people_use(seen):
    found = seen(quarter(Q2, lead=5 * DAY, restore=2 * 3600), quarter(Q3, lead=DAY, restore=5400))
    assert (found[Metric.LEAD_TIME].unit, texts(found[Metric.LEAD_TIME])) == ("median, days", ["–", "5", "1", "–"])
    restore = found[Metric.TIME_TO_RESTORE]
    assert (restore.unit, texts(restore)) == ("median, hours", ["–", "2", "1.5", "–"])


def test_declared_months_are_marked_and_never_added_up(seen):
    declared = [quarter(date(2026, 7, 1), 3), quarter(date(2026, 8, 1), 5)]
    found = seen(quarter(Q2, deployments=40), quarter(Q3, deployments=8), declared=declared)
    assert found[Metric.DEPLOYMENT_FREQUENCY].figures[1:3] == (("5", "August, declared"), ("5", ""))


def test_delivery_is_read_against_its_targets(seen):
    targets = {
        Metric.DEPLOYMENT_FREQUENCY: Decimal(4),
        Metric.LEAD_TIME: Decimal(DAY),
        Metric.CHANGE_FAILURE: Decimal("0.1"),
    }
    found = seen(quarter(Q2, deployments=12, failed=1, lead=3 * DAY), targets=targets)
    assert [row.reading.value for row in found.values()] == ["met", "behind", "met", "not_reported"]
    assert [row.target for row in found.values()] == ["4 or more", "1 or less", "10% or less", "–"]
    assert texts(found[Metric.CHANGE_FAILURE])[1] == "8.3%"


def rows(*readings):
    return [measures.MeasureRow("", "", (), reading, "") for reading in readings]


@pytest.mark.parametrize(
    ("kept", "delivered", "english", "french"),
    [
        (
            ("met", "on_track", "behind", ""),
            ("met", "met"),
            "Measures: two are met or on track, one is behind and one measure is not reported; delivery is at target",
            "Mesures\u00a0: deux sont atteintes ou en bonne voie, une est en retard et une n’est pas déclarée; "
            "la livraison atteint ses cibles",
        ),
        (
            ("",),
            ("met", "behind"),
            "Measures: results and indicators are not reported; delivery misses one of its targets",
            "Mesures\u00a0: résultats et indicateurs ne sont pas déclarés; la livraison manque une de ses cibles",
        ),
        (
            ("behind",),
            ("",),
            "Measures: one is behind; delivery is not reported",
            "Mesures\u00a0: une est en retard; la livraison n’est pas déclarée",
        ),
        ((), ("",), "Measures: nothing is reported yet", "Mesures\u00a0: rien n’est encore déclaré"),
    ],
)
def test_finding_says_how_the_year_stands(kept, delivered, english, french):
    block = measures.Block([measures.Group("", rows(*kept))], measures.Group("", rows(*delivered)))
    assert measures.finding(block) == english
    with translation.override("fr"):
        assert measures.finding(block) == french


def snapshot(product, computed_at, revision, **values):
    given = {
        "product": product, "period": "quarter", "starts_on": Q2, "level_set": "2023", "method_version": 1,
        "revision": revision, "is_final": True, "timezone": "UTC", "computed_at": computed_at, "reason": "scheduled",
        "has_incident_feed": True, "ever_deployed": True, "deployment_count": 12, "deployment_days": 9, "change_count": 30,
        "failed_deployment_count": 0, "rework_count": 0, "dq_negative_lead_time": 0, "dq_negative_restore": 0,
    }  # fmt: skip
    DoraSnapshot.objects.create(**given | values)


def page(client, language="en", year=2026, **query):
    with translation.override(language):
        found = client.get(reverse("roadmap-executive", args=["JSA", year]), query).content.decode()
    return " ".join(found.split())


def test_page_shows_the_figures_and_a_past_day_those_known_then(client_of, cast):
    kpi = _reported(cast)
    with clock.at(NOVEMBER):
        correct_value(
            kpi=kpi, period=Q2, value=Decimal(2), source="Desk", reason="Counted twice", by=cast.product_manager
        )
        snapshot(cast.product, NOVEMBER, 2, failed_deployment_count=3)
        texts = [page(client_of("executive")), page(client_of("executive"), at="2026-10-31")]
    now, before = map(tight, texts)
    assert '<td class="n">–</td><td class="n">2</td>' in now
    assert '<td class="n">25%</td>' in now
    assert "Measures: one is met or on track and one measure is not reported; delivery is at target" in before
    assert '<td class="n">–</td><td class="n">3</td>' in before
    assert '<td class="n">0%</td>' in before


def _reported(cast):
    open_with_outcome(cast)
    definition = KpiDefinition.objects.get(code="escaped-defects")
    with clock.at(OCTOBER):
        kpi = adopt_kpi(product=cast.product, definition=definition, target=Decimal(3), by=cast.product_manager)
        enter_value(kpi=kpi, period=Q2, value=Decimal(3), source="Desk", by=cast.product_manager)
        save(
            DoraTarget(product=cast.product, metric=Metric.CHANGE_FAILURE, value=Decimal("0.1")),
            by=cast.product_manager,
        )
        snapshot(cast.product, OCTOBER, 1)
    return kpi


def test_declared_month_stands_on_the_page_in_both_languages(client_of, cast):
    _reported(cast)
    with clock.at(OCTOBER):
        month = DeclaredMonth(product=cast.product, month=date(2026, 9, 1), source="Calendar", deployment_count=4)
        save(month, by=cast.product_manager)
    with clock.at(NOVEMBER):
        client = client_of("executive")
        assert '4<span class="sub">September, declared</span>' in page(client)
        assert '4<span class="sub">septembre, déclaré</span>' in page(client, "fr")


def test_year_that_has_not_begun_is_behind_with_nothing(client_of, cast):
    outcome = open_with_outcome(cast)
    for day, value in ((date(2026, 5, 1), 9), (date(2026, 11, 1), 9)):
        with clock.at(NOVEMBER):
            record_reading(outcome=outcome, read_on=day, value=Decimal(value), source="Desk", by=cast.product_manager)
    with clock.at(NOVEMBER):
        client = client_of("executive")
        assert "Behind" in page(client)
        assert "Behind" not in page(client, year=2027)
