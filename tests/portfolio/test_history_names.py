"""What the trail is about, by name: as many queries as there are kinds of records, however many of each."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions.agenda import add_point
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
