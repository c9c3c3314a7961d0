"""The settings page: what is kept, in which unit, what is refused, for whom."""

from decimal import Decimal

import pytest
from lxml.html import document_fromstring

from metrics.actions.settings import change_settings, set_target
from metrics.models import DeliverySettings, DoraTarget
from metrics.states import Metric
from records.actors import SYSTEM

PAGE = "/en/products/JSA/metrics/settings/"
TYPED = {
    "version": "",
    "key": "jsa-web",
    "timezone": "America/Toronto",
    "has_incident_feed": "on",
    "window_days": "",
    "restates_alone_for": "6",
    "deployments_target": "8",
    "failure_target": "7,5",
    "lead_target": "3",
    "lead_target_unit": "86400",
    "restore_target": "4",
    "restore_target_unit": "3600",
    "reason": "A new year",
}


def test_settings_and_targets_are_kept_in_one_act(cast, client_of):
    assert client_of("product_manager").post(PAGE, TYPED).status_code == 303
    kept = DeliverySettings.objects.get()
    assert (kept.key, kept.timezone, kept.attribution_window, kept.restates_alone_for) == (
        "jsa-web", "America/Toronto", None, 6)  # fmt: skip
    targets = dict(DoraTarget.objects.values_list("metric", "value"))
    assert targets == {"deployment_frequency": 8, "lead_time": 259_200, "change_failure": Decimal("0.075"),
                       "time_to_restore": 14_400}  # fmt: skip


def test_page_shows_what_stands_in_round_units(cast, client_of):
    client = client_of("product_manager")
    client.post(PAGE, TYPED)
    text = client.get(PAGE).content.decode()
    assert 'name="lead_target" value="3"' in text
    assert 'name="failure_target" value="7.5"' in text
    month = client.get("/en/products/JSA/metrics/").content.decode()
    assert "Settings and targets" in month


def test_unchanged_window_keeps_its_seconds(cast, client_of):
    change_settings(product=cast.product, by=SYSTEM, attribution_window=100_000)
    version = DeliverySettings.objects.get().version
    client_of("product_manager").post(PAGE, TYPED | {"version": version, "window_days": "1"})
    assert DeliverySettings.objects.get().attribution_window == 100_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"timezone": "Ottawa"}, "not the name of a time zone"),
        ({"failure_target": "101"}, "less than or equal to 100"),
        ({"window_days": "0"}, "greater than or equal to 1"),
        ({"lead_target": "-1"}, "greater than or equal to 0"),
    ],
)
def test_wrong_settings_are_refused_whole(client_of, change, words):
    answer = client_of("product_manager").post(PAGE, TYPED | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not DeliverySettings.objects.exists()
    assert not DoraTarget.objects.exists()


def test_settings_somebody_changed_meanwhile_are_a_conflict(cast, client_of):
    change_settings(product=cast.product, by=SYSTEM, timezone="America/Halifax")
    change_settings(product=cast.product, by=SYSTEM, timezone="America/Regina")
    answer = client_of("product_manager").post(PAGE, TYPED | {"version": "1"})
    assert answer.status_code == 409
    assert DeliverySettings.objects.get().timezone == "America/Regina"


def test_settings_are_for_those_who_lead(client_of):
    assert client_of("product_owner").get(PAGE).status_code == 403
    assert client_of("stranger").get(PAGE).status_code == 404


@pytest.mark.parametrize(("share", "days"), [("0.1", 10), ("0.3", 30), ("1", 100), ("0.125", 15)])
def test_targets_stand_in_the_form_as_they_were_typed(cast, client_of, share, days):
    by = cast.product_manager
    set_target(product=cast.product, metric=Metric.CHANGE_FAILURE, value=Decimal(share), by=by)
    set_target(product=cast.product, metric=Metric.LEAD_TIME, value=Decimal(days * 86_400), by=by)
    html = document_fromstring(client_of("product_manager").get("/en/products/JSA/metrics/settings/").content.decode())
    shown = {name: html.find(f".//input[@name='{name}']").get("value") for name in ("failure_target", "lead_target")}
    assert shown == {"failure_target": f"{float(share) * 100:g}", "lead_target": str(days)}
