"""Every address by methods it does not know, and looked at by readers: nothing changes, nothing private shows."""

import pytest
from django.apps import apps

from records.models import AuditEvent
from records.models.governed import Governed
from tests.attack.town import OURS, PRIVATE

pytestmark = pytest.mark.django_db

ENDING = {"account_logout"}


@pytest.mark.parametrize("method", ["put", "trace"])
def test_other_methods_change_nothing(town, as_, method):
    before = counted()
    for name in sorted(set(OURS) - ENDING):
        assert getattr(as_("product_manager"), method)(town.address(name)).status_code < 500, name
    assert counted() == before


@pytest.mark.parametrize("who", ["head_of_product", "portfolio_manager", "stranger"])
def test_looking_changes_nothing(town, as_, who):
    before = counted()
    for name in sorted(set(OURS) - ENDING):
        answer = as_(who).get(town.address(name))
        assert answer.status_code < 500, name
        if who != "stranger" and answer.get("Content-Type", "").startswith("text/html"):
            assert PRIVATE not in answer.content.decode(), name
    assert counted() == before


def counted():
    """How many rows each governed table holds, and the trail."""
    models = [model for model in apps.get_models() if issubclass(model, Governed)]
    return {model.__name__: model._base_manager.count() for model in [*models, AuditEvent]}
