"""The heading of a month's page: what the numbers say, and nothing more."""

from collections.abc import Callable
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext, pgettext

from metrics.reading.amounts import said
from metrics.reading.months import Month, MonthState
from metrics.reading.values import Missing
from metrics.states import Metric
from people.wording import capital, count_word, figure

ENOUGH = 6  # computed months before the shown one, to speak of a year
LARGEST_WORD = 12


def heading(year: list[Month]) -> str:
    """May: lead time is the shortest in a year; two of twelve deployments failed. `year` ends with the month shown."""
    month = year[-1]
    parts = "; ".join(_parts(year))
    name = capital(str(MONTHS[month.starts_on.month]))
    if month.state == MonthState.RUNNING:
        return gettext("%(month)s so far: %(finding)s") % {"month": name, "finding": parts}
    if month.state == MonthState.DECLARED:
        return gettext("%(month)s, declared by the team: %(finding)s") % {"month": name, "finding": parts}
    return gettext("%(month)s: %(finding)s") % {"month": name, "finding": parts}


def _parts(year: list[Month]) -> list[str]:
    month = year[-1]
    frequency = month[Metric.DEPLOYMENT_FREQUENCY]
    if month.state == MonthState.NOT_REPORTED:
        return [gettext("not reported")]
    if frequency.missing == Missing.NEVER_DEPLOYED:
        return [gettext("never deployed so far")]
    if frequency.amount == 0:
        return [gettext("no deployments")]
    best = _of_the_year(year)
    failures = _failures(month)
    if best:
        return [best, failures]
    return [each for each in (_deployed_and_failed(month), _plain_lead_time(month)) if each] or [
        gettext("not reported")
    ]


def _of_the_year(year: list[Month]) -> str:
    """The first measure that is better or worse than in every computed month of the year before; only of final months."""
    if not year[-1].is_final:
        return ""
    for metric, lowest, highest in _records():
        now = year[-1][metric].amount
        before = [month[metric].amount for month in year[:-1] if month.is_final]
        known = [amount for amount in before if amount is not None]
        if now is None or len(known) < ENOUGH:
            continue
        if now < min(known):
            return lowest()
        if now > max(known):
            return highest()
    return ""


def _records() -> list[tuple[Metric, Callable[[], str], Callable[[], str]]]:
    return [
        (
            Metric.LEAD_TIME,
            lambda: gettext("lead time is the shortest in a year"),
            lambda: gettext("lead time is the longest in a year"),
        ),
        (
            Metric.TIME_TO_RESTORE,
            lambda: gettext("service was restored the fastest in a year"),
            lambda: gettext("service was restored the slowest in a year"),
        ),
        (
            Metric.DEPLOYMENT_FREQUENCY,
            lambda: gettext("the fewest deployments in a year"),
            lambda: gettext("the most deployments in a year"),
        ),
    ]


def _count(month: Month) -> int:
    return int(month[Metric.DEPLOYMENT_FREQUENCY].amount or 0)


def _failed(month: Month) -> int | None:
    """How many deployments failed, where that is known."""
    record = month.declared or month.row
    return record.failed_deployment_count if record else None


def _words(*counts: int) -> list[str]:
    """Counts as words up to twelve; all as figures when one of them is larger."""
    if max(counts) > LARGEST_WORD:
        return [figure(count) for count in counts]
    more = {11: pgettext("count", "eleven"), 12: pgettext("count", "twelve")}
    return [more.get(count) or count_word(count) for count in counts]


def _failures(month: Month) -> str:
    """two of twelve deployments failed; none of twelve deployments failed; failures are not reported."""
    count, failed = _count(month), _failed(month)
    if failed is None:
        said_count = _words(count)[0]
        words = ngettext("%(count)s deployment", "%(count)s deployments", count) % {"count": said_count}
        return gettext("%(deployments)s, failures not reported") % {"deployments": words}
    if count == 1:
        return gettext("the one deployment failed") if failed else gettext("the one deployment did not fail")
    if failed == 0:
        return gettext("none of %(count)s deployments failed") % {"count": _words(count)[0]}
    some, all_of_them = _words(failed, count)
    return ngettext(
        "%(failed)s of %(count)s deployments failed", "%(failed)s of %(count)s deployments failed", failed
    ) % {"failed": some, "count": all_of_them}


def _deployed_and_failed(month: Month) -> str:
    return _failures(month) if month[Metric.DEPLOYMENT_FREQUENCY].amount is not None else ""


def _plain_lead_time(month: Month) -> str:
    value = month[Metric.LEAD_TIME]
    if value.amount is None:
        return ""
    return gettext("lead time is %(duration)s") % {"duration": said(Metric.LEAD_TIME, value.amount)}


def month_words(month: date) -> str:
    """The month's name alone, in the middle of a sentence: April, avril."""
    return str(MONTHS[month.month])
