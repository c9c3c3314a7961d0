"""What the trail is about, by name: as many queries as there are kinds of records, however many of each."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from governance.actions.agenda import add_point
from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition
from portfolio.trail.names import subject_names
from records.models import AuditEvent
from tests.governance.before_board import another_product, called, submitted


def test_points_of_agendas_are_named_in_one_query(town):
    meeting, reader = called(town), town.cast.oversight
    reviews = [submitted(town, gate=1), submitted(town, gate=3), submitted(town, product=another_product(town), gate=2)]
    points = [add_point(meeting=meeting, review=review, by=town.secretary) for review in reviews]
    keys = {str(point.pk) for point in points}
    events = list(AuditEvent.objects.filter(subject_kind="governance.agendapoint", subject_id__in=keys))
    with CaptureQueriesContext(connection) as asked:
        names = subject_names(events, reader)
    assert {key for _kind, key in names} == keys
    assert any("Guided Matching" in name and "Gate 2" in name for name in names.values())
    assert len(asked) == 1


def test_value_of_an_indicator_is_named_in_the_language_of_the_reader(cast):
    for code in ("open-vulnerabilities", "escaped-defects"):
        kpi = adopt_kpi(product=cast.product, definition=KpiDefinition.objects.get(code=code), by=cast.product_manager)
        with translation.override("fr"):
            enter_value(kpi=kpi, period=date(2026, 7, 1), value=Decimal(4), source="Log", by=cast.product_manager)
    events = list(AuditEvent.objects.filter(subject_kind="metrics.kpivalue"))
    with CaptureQueriesContext(connection) as asked:
        names = subject_names(events, cast.oversight)
    assert {name.rpartition(" ")[0] for name in names.values()} == {"Open vulnerabilities", "Escaped defects"}
    assert len(asked) == 1
