"""Months declared by the team: what is asked, what is refused, what is kept apart."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from metrics.actions.declared import declare_month, withdraw_declared_month
from metrics.models import DeclaredMonth
from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from tests.metrics.rows import a_row
from tests.pages import tight

MAY = date(2026, 5, 1)
PAGE = "/en/products/JSA/metrics/"
TYPED = {
    "month": "2026-05-01",
    "source": "Release log, page 4",
    "deployment_count": "6",
    "failed_deployment_count": "1",
    "change_count": "58",
    "lead_time": "4,5",
    "lead_time_unit": "86400",
    "restored_incident_count": "2",
    "restore": "90",
    "restore_unit": "60",
}


KEPT = ("month", "source", "lead_time_unit", "restore_unit")


@pytest.fixture(autouse=True)
def in_june():
    with clock.at(datetime(2026, 6, 8, 12, tzinfo=UTC)):
        yield


def declare(cast, **values):
    told = {"month": MAY, "source": "Log", "deployment_count": 6, **values}
    return declare_month(product=cast.product, by=cast.product_owner, **told)


def test_form_declares_a_month_with_units(cast, client_of):
    answer = client_of("product_owner").post(f"{PAGE}declare/", TYPED)
    assert answer.status_code == 303
    assert answer["Location"] == f"{PAGE}2026-05/"
    kept = DeclaredMonth.objects.get()
    assert (kept.deployment_count, kept.failed_deployment_count, kept.change_count) == (6, 1, 58)
    assert kept.lead_time_p50_seconds == Decimal("388800")
    assert kept.time_to_restore_p50_seconds == Decimal("5400")
    assert AuditEvent.objects.filter(event="month declared", actor_id=str(cast.product_owner.pk)).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": ""}, "This field is required"),
        ({"change_count": ""}, "Say of how many this is the median"),
        ({"failed_deployment_count": "7", "source": ""}, "No more deployments can have failed"),
        ({"deployment_count": "-1"}, "greater than or equal to 0"),
        ({"lead_time": "soon"}, "Enter a number"),
        ({"lead_time": "99999"}, "longer than ten years"),
        ({"month": "2026-06-01"}, "Select a valid choice"),
        ({name: "" for name in TYPED if name not in KEPT}, "at least one figure"),
    ],
)  # fmt: skip
def test_form_refuses_and_keeps_what_was_typed(client_of, change, words):
    answer = client_of("product_owner").post(f"{PAGE}declare/", TYPED | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Release log" in answer.content.decode() or "source" in change
    assert not DeclaredMonth.objects.exists()


@pytest.mark.parametrize("month", [date(2026, 6, 1), date(2026, 7, 1), date(2030, 1, 1)])
def test_running_and_future_months_are_refused(cast, month):
    with pytest.raises(ValidationError, match="ended"):
        declare(cast, month=month)


def test_month_is_declared_once_at_a_time(cast):
    first = declare(cast)
    with pytest.raises((ValidationError, Conflict)):
        declare(cast)
    withdraw_declared_month(declared=first, by=cast.product_owner, reason="Wrong log")
    declare(cast, deployment_count=7)
    assert DeclaredMonth.objects.filter(state="in_force").get().deployment_count == 7


def test_withdrawing_shows_the_computed_figures_again(cast, client_of):
    a_row(cast.product, MAY)
    client, declared = client_of("product_owner"), declare(cast)
    assert "declared by the team" in client.get(f"{PAGE}2026-05/").content.decode()
    address = f"{PAGE}declared/{declared.pk}/withdraw/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "The pipeline has them"}).status_code == 303
    assert "<h1>May: two of twelve deployments failed" in client.get(f"{PAGE}2026-05/").content.decode()
    assert client.get(address).status_code == 404


def test_form_says_which_months_have_computed_figures(cast, client_of):
    a_row(cast.product, MAY)
    text = tight(client_of("product_owner").get(f"{PAGE}declare/?month=2026-05").content.decode())
    assert '<option value="2026-05-01" selected>May 2026, has computed figures</option>' in text
    assert "2026-06-01" not in text


def test_declaring_is_for_the_team(cast, client_of):
    with pytest.raises(Refused):
        declare_month(product=cast.product, month=MAY, source="Log", by=cast.colleague, deployment_count=1)
    assert client_of("colleague").get(f"{PAGE}declare/").status_code == 403
    assert client_of("stranger").get(f"{PAGE}declare/").status_code == 404


def test_declared_months_carry_no_level_and_are_compared_with_nothing(cast, client_of):
    declare(cast, failed_deployment_count=0)
    text = client_of("colleague").get(f"{PAGE}2026-05/").content.decode()
    assert "levels</p>" not in " ".join(text.split())
    assert "Declared by the team" in text
