"""The deliveries of the corpus: what is kept with them follows the rules, and the figures are those of the book."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from metrics.models import (
    Change,
    DeliverySettings,
    Deployment,
    DoraSnapshot,
    Incident,
    KpiValue,
    MonthClosing,
    ProductKpi,
)
from metrics.storing import changes, incidents
from portfolio.corpus import deliveries, loading
from portfolio.corpus.counts import SIZES
from products.models import Product
from tests.metrics import feeding, reference

MONTHS = [date(2025, 12, 1), date(2026, 6, 1), date(2026, 10, 1), date(2026, 11, 1)]


@pytest.fixture
def corpus(db):
    loading.load(SIZES["tiny"])


def commits_of(deployment):
    rows = deployment.changes.order_by("pk")
    return [{"sha": row.sha, "committed_at": row.committed_at, "is_merge": row.is_merge} for row in rows]


def deployments_of(product):
    """As the reference takes them: every deployment with the commits it lists."""
    copied = ("source", "environment", "status", "finished_at", "sha", "unplanned", "voided", "updated_at")
    return [
        {name: getattr(row, name) for name in copied}
        | {"id": row.external_id, "rollback_of": row.rollback_of or None, "commits": commits_of(row)}
        for row in Deployment.objects.filter(product=product)
    ]


def incidents_of(product):
    copied = ("source", "status", "started_at", "resolved_at", "change_related", "updated_at")
    return [
        {name: getattr(row, name) for name in copied}
        | {
            "id": row.external_id,
            "environment": row.environment or None,
            "deployment": (row.link_source, row.link_external_id) if row.link_external_id else None,
        }
        for row in Incident.objects.filter(product=product)
    ]


def test_corpus_keeps_what_follows_from_its_deliveries(corpus):
    assert Change.objects.filter(shipped_at__isnull=False).exists()
    assert Incident.objects.filter(attributed_to__isnull=False).exists()
    assert changes.ship(set(Change.objects.values_list("pk", flat=True))) == []
    before = dict(Incident.objects.values_list("pk", "attributed_to"))
    incidents.attribute(list(before), {}, [])
    assert dict(Incident.objects.values_list("pk", "attributed_to")) == before


@pytest.mark.parametrize("number", [1, 3, 4, 6, 9])
def test_figures_of_the_corpus_are_those_of_the_book(corpus, number):
    product = Product.objects.get(code=f"C-{number:05d}")
    settings = DeliverySettings.objects.get(product=product)
    how = {
        "zone": settings.timezone,
        "feed": settings.has_incident_feed,
        "window": settings.attribution_window,
        "now": deliveries.NOW,
    }
    deployed, fell = deployments_of(product), incidents_of(product)
    for month in MONTHS:
        book = reference.figures(deployed, fell, [], year=month.year, month=month.month, **how)
        assert feeding.differences(feeding.row(product, month), book) == {}, month


def test_corpus_has_measures_of_its_last_months_closed_but_for_the_last(corpus):
    measured = SIZES["tiny"].measured
    months = DoraSnapshot.objects.filter(scope="product", period="month")
    assert months.filter(starts_on=date(2026, 10, 1), is_final=True).count() == measured
    assert months.filter(starts_on=date(2026, 11, 1), is_final=False).count() == measured
    assert MonthClosing.objects.filter(month=date(2026, 10, 1)).count() == measured
    assert not MonthClosing.objects.filter(month=date(2026, 11, 1)).exists()


def test_corpus_keeps_an_indicator_with_months_that_nobody_reported(corpus):
    size = SIZES["tiny"]
    assert ProductKpi.objects.count() == size.measured
    values = KpiValue.objects.filter(product_kpi__product__code__startswith="C-")
    assert 0.8 < values.count() / (size.measured * size.compiled) < 1
    assert values.filter(period=date(2026, 10, 1)).exists()
    assert not values.filter(period=date(2026, 11, 1)).exists()


def test_audit_of_a_corpus_with_deliveries_holds(corpus):
    told = StringIO()
    call_command("verify_audit", stdout=told)
    assert "chains hold" in told.getvalue()


def test_deliveries_of_the_corpus_are_uneven(corpus):
    deployments = Deployment.objects.filter(product__code__startswith="C-")
    assert deployments.exclude(rollback_of="").exists()
    assert deployments.filter(environment="staging").exists()
    assert deployments.filter(status="failure").exists()
    assert DeliverySettings.objects.filter(has_incident_feed=False).exists()
    assert DeliverySettings.objects.values("timezone").distinct().count() > 2
    assert Change.objects.filter(is_merge=True).exists()
