"""The bounds of levels are data, and what a month was judged by stays as it was."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from metrics.models import LevelSet, LevelThreshold
from metrics.states import Level, Metric
from records.actors import SYSTEM
from records.writing import save
from tests.metrics.rows import a_row
from tests.metrics.test_figures_by_hand import MARCH

pytestmark = pytest.mark.django_db


def bound(levels, level, value, metric=Metric.CHANGE_FAILURE):
    return LevelThreshold(level_set=levels, metric=metric, level=level, bound=Decimal(value), is_inclusive=True)


def test_bounds_by_which_months_were_judged_stay(cast):
    a_row(cast.product, MARCH)
    elite = LevelThreshold.objects.get(level_set__name="2023", metric=Metric.CHANGE_FAILURE, level=Level.ELITE)
    elite.bound = Decimal("0.01")
    with pytest.raises(ValidationError, match="Make a new set"):
        save(elite, by=SYSTEM)


def test_bounds_of_a_set_that_was_never_used_may_change():
    levels = LevelSet(name="ours")
    save(levels, by=SYSTEM)
    high = bound(levels, Level.HIGH, "0.2")
    save(high, by=SYSTEM)
    high.bound = Decimal("0.1")
    save(high, by=SYSTEM)
    assert LevelThreshold.objects.get(pk=high.pk).bound == Decimal("0.1")
