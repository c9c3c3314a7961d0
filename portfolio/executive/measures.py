"""Measures of the year: target and four quarters. Business results come from the readings of the outcomes, quality and the
rest from the indicators the product keeps, delivery from its deployments and incidents. What nobody reports says so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from metrics.indicators.standing import Reading, Span, Trend
from metrics.indicators.table import KpiRow, grouped, row_of
from metrics.states import KpiKind
from portfolio.executive import delivery
from portfolio.executive.facts import Facts
from portfolio.executive.outcomes import latest_by, progress, pursued
from portfolio.executive.words import capital, count_word, joined, measured, month_name
from products import fiscal
from roadmaps.reading import OutcomeAt

BEHIND = Decimal("0.1")  # of the way; less than that is not worth a warning
MET, ON_TRACK, BEHIND_PLAN, TOWARDS, STILL, AWAY, UNKNOWN = "met", "on_track", "behind", "towards", "still", "away", ""
NO_TARGET = "no_target"


@dataclass(frozen=True)
class MeasureRow:
    """`figures`: text and note of each quarter; a single one stands for the whole year."""

    name: str
    target: str
    figures: tuple[tuple[str, str], ...]
    reading: str
    words: str
    unit: str = ""

    @property
    def is_behind(self) -> bool:
        return self.reading in (BEHIND_PLAN, AWAY)

    @property
    def is_good(self) -> bool:
        return self.reading in (MET, ON_TRACK)

    @property
    def is_yearly(self) -> bool:
        return len(self.figures) == 1


@dataclass(frozen=True)
class Group:
    """Rows of one kind. `none` is what stands there when there are none."""

    name: str
    rows: list[MeasureRow]
    none: str = ""


@dataclass(frozen=True)
class Block:
    """Everything the block shows: results and indicators by kind, then delivery."""

    kept: list[Group]
    delivery: Group

    @property
    def groups(self) -> list[Group]:
        return [*self.kept, self.delivery]

    @property
    def kept_rows(self) -> list[MeasureRow]:
        return [row for group in self.kept for row in group.rows]


def block_of(facts: Facts) -> Block:
    indicators = dict(
        grouped(row_of(kpi, Span(facts.first_day, facts.last_day, facts.day)) for kpi in facts.figures.kpis)
    )
    results = [*_results(facts), *map(_indicator, indicators.pop(KpiKind.RESULT, ()))]
    kept = [Group(gettext("Business results"), results, gettext("No outcome names a metric yet."))]
    kept += [Group(capital(str(kind.label)), [*map(_indicator, rows)]) for kind, rows in indicators.items()]
    if not facts.figures.kpis:
        kept.append(Group(gettext("Quality, satisfaction, team"), [], gettext("No indicator is kept yet.")))
    return Block(kept, Group(gettext("Delivery"), [*map(_delivered, delivery.rows_of(facts))]))


def _indicator(row: KpiRow) -> MeasureRow:
    figures = tuple((text, "") for text in row.quarters)
    return MeasureRow(row.name, row.target, figures, _named(row.reading), stands(row.reading, row.trend), unit=row.unit)


def _delivered(row: delivery.DeliveryRow) -> MeasureRow:
    words = row.words or stands(row.reading, row.trend)
    return MeasureRow(row.name, row.target, row.figures, _named(row.reading), words, unit=row.unit)


def _named(reading: Reading) -> str:
    return {
        Reading.MET: MET,
        Reading.ON_TRACK: ON_TRACK,
        Reading.BEHIND: BEHIND_PLAN,
        Reading.NO_TARGET: NO_TARGET,
    }.get(reading, UNKNOWN)


def stands(reading: Reading, trend: Trend | None) -> str:
    """Met; behind, improving: which way it goes is said where the target is not reached."""
    if trend is None or reading not in (Reading.BEHIND, Reading.NO_TARGET):
        return str(reading.label)
    return gettext("%(reading)s, %(trend)s") % {"reading": reading.label, "trend": str(trend.label).lower()}


def _results(facts: Facts) -> list[MeasureRow]:
    """One row per outcome that names a metric."""
    return [_row(facts, record) for record in pursued(facts) if record.metric]


def _row(facts: Facts, record: OutcomeAt) -> MeasureRow:
    reading = reading_of(facts, record)
    return MeasureRow(
        name=capital(record.metric),
        target=measured(record.target, record.unit),
        figures=tuple((_quarter(facts, record, quarter), "") for quarter in range(4)),
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
    if facts.first_day > facts.day:
        return UNKNOWN  # a year that has not begun has nothing to be behind with
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
        "Each quarter shows its last value up to %(month)s; a dash is not reported, which is not zero. On track: at least as "
        "far as a straight line from the first value to the target, at the target date or the end of the year."
    ) % {"month": month_name(min(facts.day, facts.last_day))}


def finding(block: Block) -> str:
    """Measures: four are met or on track, one is behind; delivery is at target."""
    rows = block.kept_rows
    if all(row.reading == UNKNOWN for row in [*rows, *block.delivery.rows]):
        return gettext("Measures: nothing is reported yet")
    return gettext("Measures: %(results)s; %(delivery)s") % {
        "results": _results_say(rows),
        "delivery": _delivery_says(block.delivery.rows),
    }


def _results_say(rows: list[MeasureRow]) -> str:
    good, behind = sum(row.is_good for row in rows), sum(row.is_behind for row in rows)
    unknown = sum(row.reading == UNKNOWN for row in rows)
    parts = []
    if good:
        parts.append(ngettext("%(count)s is met or on track", "%(count)s are met or on track", good) % _said(good))
    if behind:
        parts.append(ngettext("%(count)s is behind", "%(count)s are behind", behind) % _said(behind))
    if unknown and parts:
        words = ngettext("%(count)s measure is not reported", "%(count)s measures are not reported", unknown)
        parts.append(words % _said(unknown))
    return joined(parts) if parts else gettext("results and indicators are not reported")


def _delivery_says(rows: list[MeasureRow]) -> str:
    known = [row for row in rows if row.reading != UNKNOWN]
    behind = sum(row.is_behind for row in known)
    if not known:
        return gettext("delivery is not reported")
    if behind:
        return gettext("delivery misses %(count)s of its targets") % _said(behind)
    if any(row.is_good for row in known):
        return gettext("delivery is at target")
    return gettext("delivery is reported without targets")


def _said(count: int) -> dict[str, str]:
    return {"count": count_word(count, feminine=True)}
