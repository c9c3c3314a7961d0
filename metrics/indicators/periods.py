"""Periods of an indicator: the months, quarters or years of a department's fiscal calendar, each by its first day."""

from datetime import date

from metrics.states import KpiFrequency
from products import fiscal

MONTHS = {KpiFrequency.MONTH: 1, KpiFrequency.QUARTER: 3, KpiFrequency.YEAR: 12}


def first_day(frequency: str, day: date, start_month: int) -> date:
    """The first day of the period `day` lies in."""
    length = MONTHS[KpiFrequency(frequency)]
    year = fiscal.first_day(fiscal.fiscal_year_of(day, start_month), start_month)
    return fiscal.add_months(year, fiscal.months_between(year, day) // length * length)


def last_day(frequency: str, first: date) -> date:
    return fiscal.add_months(first, MONTHS[KpiFrequency(frequency)]) - date.resolution


def between(frequency: str, earliest: date, latest: date, start_month: int) -> list[date]:
    """The periods from the one of `earliest` to the one of `latest`, in order."""
    found = [first_day(frequency, earliest, start_month)]
    while last_day(frequency, found[-1]) < latest:
        found.append(last_day(frequency, found[-1]) + date.resolution)
    return found


def finished(frequency: str, earliest: date, day: date, start_month: int) -> list[date]:
    """As `between`, without the period that still runs on `day`."""
    return [each for each in between(frequency, earliest, day, start_month) if last_day(frequency, each) < day]
