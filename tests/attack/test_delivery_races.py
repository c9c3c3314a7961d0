"""Two at once around the measures: a correction, a file, a secret, and computing while deliveries come in (R-13, R-26)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.actions.corrections import unlink_incident, void_deployment
from metrics.actions.sources import connect_source, rotate_secret
from metrics.actions.uploads import take_over_deliveries, upload_deliveries
from metrics.compiling import compile_stale
from metrics.models import Delivery, Deployment, Incident, SourceSecret, StaleMonth
from metrics.storing import store
from records.models import AuditEvent
from records.refusals import Conflict
from tests.attack.at_once import at_once
from tests.metrics.delivered import deliver, deployment, incident
from tests.metrics.events_texts import as_json
from tests.metrics.feeding import row

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def conflicts(answers):
    return sum(isinstance(answer, Conflict) for answer in answers)


def test_a_deployment_is_left_out_once_however_many_press(cast):
    deliver(cast.product, deployment("d1", AT))
    found = [Deployment.objects.get() for _person in range(4)]
    people = [cast.product_manager, cast.head_of_product] * 2
    answers = at_once(
        *(
            lambda one=one, by=by: void_deployment(deployment=one, by=by, reason="Twice")
            for one, by in zip(found, people, strict=True)
        )
    )
    assert conflicts(answers) == 3
    assert AuditEvent.objects.filter(reason="Twice").count() == 1


def test_a_file_is_taken_over_once(cast):
    upload = upload_deliveries(product=cast.product, contents={"events.json": as_json()}, by=cast.product_manager)
    at_once(*[lambda: take_over_deliveries(upload=upload, by=cast.product_manager)] * 4)
    assert Delivery.objects.filter(event="file events.json").count() == 1


def test_one_of_two_who_replace_a_secret_at_once_is_told(cast):
    source, _secret = connect_source(product=cast.product, kind="github", name="GitHub", by=cast.product_manager)
    answers = at_once(*[lambda: rotate_secret(source=source, by=cast.product_manager)] * 2)
    made = sum(isinstance(answer, str) for answer in answers)
    lasting = SourceSecret.objects.filter(source=source, retires_at__isnull=True).count()
    assert (lasting, SourceSecret.objects.filter(source=source).count()) == (1, 1 + made)


def test_the_team_stands_by_its_word_while_the_feed_goes_on(cast):
    deliver(cast.product, deployment("d1", AT), incident("i1", AT + timedelta(hours=1)))
    found = Incident.objects.get()
    told = incident("i1", AT + timedelta(hours=1), timedelta(hours=2), updated_at=AT + timedelta(hours=4))
    at_once(
        lambda: unlink_incident(incident=found, by=cast.product_manager, reason="No"),
        lambda: store([(cast.product.pk, told)]),
    )
    found.refresh_from_db()
    assert (found.attributed_to, found.linked_by_team, found.status) == (None, True, "resolved")


def test_computing_while_deliveries_come_in_ends_in_the_same_numbers(cast):
    records = [deployment(f"d{n}", AT + timedelta(hours=n), timedelta(hours=n)) for n in range(60)]
    deliver(cast.product, incident("i1", AT + timedelta(minutes=30), timedelta(hours=1)))

    def bring(some):
        for record in some:
            store([(cast.product.pk, record)])

    def compute():
        for _turn in range(15):
            compile_stale()

    at_once(lambda: bring(records[::2]), lambda: bring(records[1::2]), compute, compute)
    compile_stale()
    found = row(cast.product, date(2026, 5, 1))
    assert not StaleMonth.objects.exists()
    assert (found.deployment_count, found.change_count, found.failed_deployment_count) == (60, 60, 1)
    assert found.lead_time_p50_seconds == 29.5 * 3600
