"""Which band a score has on a day, how often that band is looked at, and who accepts it."""

from datetime import date, timedelta
from typing import Any

from governance.models import BandRule, RiskGrid
from governance.risk_states import Band


def grid_on(department_id: Any, day: date) -> RiskGrid:
    """The grid of `day` for the department: its own, else the installation's. LookupError when none has begun."""
    grid = RiskGrid.objects.reaching(department_id, day).first()
    if grid is None:
        raise LookupError(f"No risk grid has begun by {day}.")
    return grid


def band_of(department_id: Any, likelihood: int, impact: int, day: date) -> Band:
    """The band of one score on `day`."""
    return grid_on(department_id, day).band(likelihood, impact)


def rule_on(department_id: Any, band: str, day: date) -> BandRule:
    """The rule of a band on `day`. LookupError when none has begun."""
    rule = BandRule.objects.filter(band=band).reaching(department_id, day).first()
    if rule is None:
        raise LookupError(f"No rule for the band {band} has begun by {day}.")
    return rule


def latest_review(department_id: Any, band: str, day: date) -> date:
    """The last day on which a risk of `band`, looked at on `day`, is to be looked at again."""
    return day + timedelta(days=rule_on(department_id, band, day).review_days)
