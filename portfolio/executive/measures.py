"""Measures of the year: target and four quarters. Business results come from the readings of the outcomes.

Delivery and quality are measured by records that do not exist here yet; they are said to be not reported, never zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from portfolio.executive.facts import Facts
from portfolio.executive.outcomes import latest_by, progress, pursued
from portfolio.executive.words import capital, count_word, joined, measured, month_name
from products import fiscal
from roadmaps.reading import OutcomeAt

BEHIND = Decimal("0.1")  # of the way; less than that is not worth a warning
MET, ON_TRACK, BEHIND_PLAN, TOWARDS, STILL, AWAY, UNKNOWN = "met", "on_track", "behind", "towards", "still", "away", ""


@dataclass(frozen=True)
class MeasureRow:
    name: str
    target: str
    quarters: tuple[str, ...]
    reading: str
    words: str

    @property
    def is_behind(self) -> bool:
        return self.reading in (BEHIND_PLAN, AWAY)


def rows_of(facts: Facts) -> list[MeasureRow]:
    """One row per outcome that names a metric."""
    return [_row(facts, record) for record in pursued(facts) if record.metric]


def _row(facts: Facts, record: OutcomeAt) -> MeasureRow:
    reading = reading_of(facts, record)
    return MeasureRow(
        name=capital(record.metric),
        target=measured(record.target, record.unit),
        quarters=tuple(_quarter(facts, record, quarter) for quarter in range(4)),
        reading=reading,
        words=reading_words(reading),
    )


def _quarter(facts: Facts, record: OutcomeAt, quarter: int) -> str:
    """The last measure inside the quarter, up to the day of the view."""
    first, last = _span(facts, quarter)
    value = latest_by(record, min(last, facts.day))
    return measured(value.value, record.unit) if value and value.read_on >= first else "–"


def _span(facts: Facts, quarter: int) -> tuple[date, date]:
    first = fiscal.add_months(facts.first_day, 3 * quarter)
    return first, fiscal.add_months(first, 3) - date.resolution


def reading_of(facts: Facts, record: OutcomeAt) -> str:
    """How the latest measure stands. On track: at least as far as a straight line from the first measure to the target date."""
    latest = latest_by(record, min(facts.day, facts.last_day))
    gone = progress(record, latest.value if latest else None)
    if latest is None or gone is None:
        return UNKNOWN
    if gone >= 1:
        return MET
    first = record.readings[0]
    if record.target_on is None or record.target_on <= first.read_on:
        return TOWARDS if gone > 0 else STILL if gone == 0 else AWAY
    if gone < 0:
        return AWAY
    way = (
        Decimal((min(latest.read_on, record.target_on) - first.read_on).days) / (record.target_on - first.read_on).days
    )
    begun = max(progress(record, first.value) or Decimal(0), Decimal(0))
    return ON_TRACK if gone >= begun + (1 - begun) * way - BEHIND else BEHIND_PLAN


def reading_words(reading: str) -> str:
    return {
        MET: gettext("Met"),
        ON_TRACK: gettext("On track"),
        BEHIND_PLAN: gettext("Behind"),
        TOWARDS: gettext("Moving to target"),
        STILL: gettext("Standing still"),
        AWAY: gettext("Moving away"),
        UNKNOWN: gettext("Not reported"),
    }[reading]


def quarter_names(facts: Facts) -> list[str]:
    """Q1 to Q4; the one that is running says so."""
    names = [gettext("Q1"), gettext("Q2"), gettext("Q3"), gettext("Q4")]
    return [
        gettext("%(quarter)s to date") % {"quarter": name} if first <= facts.day < last else name
        for name, (first, last) in zip(names, (_span(facts, quarter) for quarter in range(4)), strict=True)
    ]


def caption(facts: Facts) -> str:
    return gettext(
        "Targets of the outcomes; each quarter shows its last measure up to %(month)s. On track: at least as far as a straight "
        "line from the first measure to the target date."
    ) % {"month": month_name(min(facts.day, facts.last_day))}


def finding(rows: list[MeasureRow]) -> str:
    """Measures: four results are met or on track, one is behind; delivery and quality are not reported yet."""
    good = sum(row.reading in (MET, ON_TRACK) for row in rows)
    behind, unknown = sum(row.is_behind for row in rows), sum(row.reading == UNKNOWN for row in rows)
    parts = []
    if good:
        parts.append(
            ngettext("%(count)s result is met or on track", "%(count)s results are met or on track", good) % _said(good)
        )
    if behind:
        text = ngettext("%(count)s is behind", "%(count)s are behind", behind)
        if not parts:
            text = ngettext("%(count)s result is behind", "%(count)s results are behind", behind)
        parts.append(text % _said(behind))
    if not parts:
        return gettext("Measures: nothing is reported yet")
    if unknown:
        parts.append(ngettext("%(count)s is not reported", "%(count)s are not reported", unknown) % _said(unknown))
    return gettext("Measures: %(results)s; delivery and quality are not reported yet") % {"results": joined(parts)}


def _said(count: int) -> dict[str, str]:
    return {"count": count_word(count)}
