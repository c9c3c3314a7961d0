"""Delivery settings and targets as acts: who may, what is kept, what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from metrics.actions.settings import change_settings, ensure_settings, set_target
from metrics.models import DeliverySettings, DoraTarget
from metrics.states import Metric
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Refused


def test_settings_are_made_once_under_the_code_of_the_product(cast):
    made = ensure_settings(product=cast.product, by=cast.product_manager)
    again = ensure_settings(product=cast.product, by=SYSTEM)
    assert (made.key, made.timezone, made.version) == ("JSA", "UTC", 1)
    assert again == made
    assert AuditEvent.objects.filter(event="delivery settings changed").count() == 1


def test_manager_changes_settings_and_the_trail_keeps_it(cast):
    change_settings(product=cast.product, by=cast.product_manager, timezone="America/Toronto", reason="We live there")
    assert DeliverySettings.objects.get().timezone == "America/Toronto"
    assert AuditEvent.objects.filter(reason="We live there").get().changes == {"timezone": ["UTC", "America/Toronto"]}


def test_unknown_time_zone_is_refused(cast):
    with pytest.raises(ValidationError):
        change_settings(product=cast.product, by=cast.product_manager, timezone="Ottawa/Canada")
    assert not DeliverySettings.objects.exists()


@pytest.mark.parametrize("name", ["product_owner", "colleague", "stranger"])
def test_settings_are_for_those_who_lead(cast, name):
    with pytest.raises(Refused):
        change_settings(product=cast.product, by=cast.people[name], timezone="America/Toronto")
    with pytest.raises(Refused):
        set_target(product=cast.product, metric=Metric.LEAD_TIME, value=Decimal(1), by=cast.people[name])


def test_target_is_set_changed_and_taken_back(cast):
    for value in (Decimal(86_400), Decimal(43_200), None):
        set_target(product=cast.product, metric=Metric.LEAD_TIME, value=value, by=cast.product_manager)
    assert not DoraTarget.objects.exists()
    assert AuditEvent.objects.filter(event="target of a delivery measure set").count() == 3
