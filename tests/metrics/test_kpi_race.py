"""Two people report the same period in the same moment: one value stands, the other learns of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition, KpiValue
from records import clock
from tests.cast import make_cast

NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)


def entered(kpi, by):
    """Whether this person's value was taken."""
    try:
        with clock.at(NOVEMBER):
            enter_value(kpi=kpi, period=date(2026, 7, 1), value=Decimal(4), source="Desk", by=by)
        return True
    except ValidationError:
        return False
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_one_of_two_values_of_a_period_stands():
    cast = make_cast()
    with clock.at(NOVEMBER):
        definition = KpiDefinition.objects.get(code="escaped-defects")
        kpi = adopt_kpi(product=cast.product, definition=definition, by=cast.product_manager)
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda by: entered(kpi, by), [cast.product_manager, cast.product_owner]))
    assert sorted(taken) == [False, True]
    assert KpiValue.objects.filter(product_kpi=kpi).count() == 1
