"""What happens around the measures: products that move, sources that two people touch, deliveries that cannot be stored."""

from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.actions.settings import change_settings, ensure_settings
from metrics.actions.sources import change_source, rotate_secret
from metrics.compiling import close_due, compile_groups, compile_stale
from metrics.models import Delivery, DeliveryLogEntry, Deployment, PendingDelivery
from metrics.reading.months import read_months
from metrics.reading.subject import subject_of
from metrics.storing.pending import apply_pending
from portfolio.executive.figures import gather_figures
from products.actions.products import change_product, register_product
from records import clock
from records.actors import SYSTEM
from tests.metrics import payloads
from tests.metrics.delivered import deliver, deployment
from tests.metrics.feeding import row
from tests.metrics.sending import connected

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def july():
    with clock.at(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        yield


def registered(cast, code, **values):
    told = {"code": code, "name_en": code, "name_fr": code, "level": "departmental", **values}
    branch = cast.product.sponsoring_branch
    return register_product(department=cast.department, by=cast.portfolio_manager, sponsoring_branch=branch, **told)


@pytest.fixture
def member(cast):
    """A second product, on its own, that delivered twice in May; the cast's own delivered once."""
    made = registered(cast, "SIDE")
    deliver(cast.product, deployment("d1", AT, timedelta(days=1)))
    deliver(made, deployment("s1", AT), deployment("s2", AT + timedelta(days=1)))
    compile_stale()
    return made


def quarters(product):
    found = gather_figures(product, APRIL, date(2026, 7, 1), None).quarters
    return {start: each.deployment_count for start, each in found.items()}


def test_a_product_that_joins_a_family_counts_in_it_from_the_next_night(cast, member):
    change_product(product=member, by=cast.portfolio_manager, parent=cast.product)
    compile_groups()
    assert row(cast.product, MAY, scope="family").deployment_count == 3
    assert row(cast.product, APRIL, scope="family", period="quarter").deployment_count == 3
    assert quarters(cast.product)[APRIL] == 3
    assert compile_groups() == 0


def test_a_product_that_leaves_a_family_takes_its_figures_along(cast, member):
    change_product(product=member, by=cast.portfolio_manager, parent=cast.product)
    compile_groups()
    member.refresh_from_db()
    change_product(product=member, by=cast.portfolio_manager, parent=None)
    compile_groups()
    assert quarters(cast.product)[APRIL] == 1
    assert quarters(member)[APRIL] == 2
    assert compile_groups() == 0


def test_a_family_forgets_the_month_of_a_product_that_left_while_others_stay(cast, member):
    registered(cast, "OTHER", parent=cast.product)
    change_product(product=member, by=cast.portfolio_manager, parent=cast.product)
    compile_groups()
    member.refresh_from_db()
    change_product(product=member, by=cast.portfolio_manager, parent=None)
    compile_groups()
    assert row(cast.product, MAY, scope="family").deployment_count == 1
    assert compile_groups() == 0


def test_retiring_what_somebody_just_retired_does_not_take_it_up_again(cast, client_of):
    source = connected(cast, "github").source
    client = client_of("product_manager")
    address = f"/en/products/JSA/metrics/sources/{source.pk}/retire/"
    seen = source.version
    change_source(source=source, by=cast.head_of_product, is_active=False)
    answer = client.post(address, {"reason": "Not used any more", "version": seen})
    source.refresh_from_db()
    assert (answer.status_code, source.is_active) == (409, False)


def test_deliveries_that_wait_when_their_source_is_retired_are_counted(cast):
    sender = connected(cast, "github")
    body = payloads.github_status("success", 7, "2026-05-04T12:00:00Z", created_at="2026-05-04T11:00:00Z", sha="a" * 40)
    assert sender.github("deployment_status", body).status_code == 202
    change_source(source=sender.source, by=cast.product_manager, is_active=False)
    assert sender.github("deployment_status", body).status_code == 410
    apply_pending()
    assert Deployment.objects.get().finished_at == AT


def test_a_delivery_that_cannot_be_stored_holds_nobody_else_up(cast, member):
    sender = connected(cast, "github")
    bad = Delivery.objects.create(
        product=cast.product, source=sender.source, body=b"", records=[{"kind": "unheard of"}]
    )
    PendingDelivery.objects.create(delivery=bad.pk, source=sender.source)
    body = payloads.github_status("success", 7, "2026-05-04T12:00:00Z", created_at="2026-05-04T11:00:00Z", sha="a" * 40)
    sender.github("deployment_status", body)
    assert apply_pending() == 2
    assert Deployment.objects.filter(source="pipeline", external_id="7").exists()
    assert not PendingDelivery.objects.exists()
    told = DeliveryLogEntry.objects.get(reason="not_stored")
    assert (told.source, told.delivery, told.outcome) == (sender.source, bad.pk, "refused")


def test_a_secret_replaced_without_overlap_is_worth_nothing_at_once(cast):
    sender = connected(cast, "github")
    fresh = rotate_secret(source=sender.source, by=cast.product_manager, overlap=timedelta(0))
    assert sender.github("ping", {}).status_code == 401
    assert sender.github("ping", {}, secret=fresh).status_code == 202


def test_a_product_whose_code_is_the_key_of_another_gets_a_key_of_its_own(cast, member):
    change_settings(product=member, by=SYSTEM, key="NEW-ONE")
    made = registered(cast, "NEW-ONE")
    assert ensure_settings(product=made, by=SYSTEM).key == str(made.pk)


def test_a_family_is_closed_only_when_the_last_of_its_products_is(cast, member):
    change_product(product=member, by=cast.portfolio_manager, parent=cast.product)
    june = datetime(2026, 6, 10, 12, tzinfo=UTC)
    deliver(member, deployment("east", june), timezone="Pacific/Kiritimati")
    deliver(cast.product, deployment("west", june))
    states = []
    for at in (datetime(2026, 7, 4, 12, tzinfo=UTC), datetime(2026, 7, 5, 1, tzinfo=UTC)):
        with clock.at(at):
            compile_stale()
            close_due()
            subject = subject_of(cast.product, cast.product_manager)
            states.append(read_months(subject, date(2026, 6, 1), date(2026, 6, 1))[date(2026, 6, 1)].state)
    assert states == ["provisional", "closed"]
