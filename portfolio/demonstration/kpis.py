"""Indicators of the demonstration: adopted in April 2024, reported after every period, two of them corrected."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from metrics.actions.kpis import adopt_kpi, correct_value, enter_value, note_team_stability
from metrics.indicators import periods
from metrics.models import KpiDefinition, ProductKpi
from people.models import Person
from portfolio.demonstration.plans import spread
from portfolio.demonstration.reading import Row, read, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, World
from products import fiscal
from records.actors import SYSTEM

FIRST = date(2024, 4, 1)
COLUMNS = ("code", "kpi", "target", "values")
WHO = {"open-vulnerabilities": "sec", "escaped-defects": "support", "customer-satisfaction": "po", "debt": "po"}
TABLES = {"quarterly": "quarter", "monthly": "month", "yearly": "year", "computed": "quarter"}


class KpiStory:
    """Adds the indicators of one product to the timeline."""

    def __init__(self, world: World, code: str, timeline: Timeline) -> None:
        self.world, self.code, self.timeline = world, code, timeline
        self.told = read("kpis")
        self.sources = {row["kpi"]: row for row in rows(self.told["sources"], "kpi", "en", "fr")}

    def tell(self) -> None:
        """Every act of every indicator of this product."""
        for table, frequency in TABLES.items():
            for row in self._mine(table, *COLUMNS):
                self._adopt(row)
                for period, value in _values(row, frequency):
                    self._report(row["kpi"], frequency, period, value)
        self._stability()
        for row in self._mine("corrections", "on", "code", "kpi", "period", "value", "reason"):
            self.timeline.add(date.fromisoformat(row["on"]), self._who(row["kpi"]), partial(self._correct, row))

    def _mine(self, table: str, *columns: str) -> Iterator[Row]:
        return (row for row in rows(self.told[table], *columns) if row["code"] == self.code)

    def _who(self, kpi: str) -> Person:
        team = self.world.teams[self.code]
        return self.world.people[next(team[role] for role in (WHO.get(kpi, "pm"), "pm") if role in team)]

    def _adopt(self, row: Row) -> None:
        on = FIRST + timedelta(days=7 + spread(self.code, 9))
        owner = self._who(row["kpi"])

        def adopt() -> None:
            adopt_kpi(
                product=self.world.products[self.code],
                definition=KpiDefinition.objects.get(code=row["kpi"], department=None),
                target=Decimal(row["target"]),
                owner=owner,
                by=self._who("target"),
            )

        self.timeline.add(on, self._who("target"), adopt)

    def _report(self, kpi: str, frequency: str, period: date, value: Decimal) -> None:
        after = fiscal.add_months(period, 6) if frequency == "year" else periods.last_day(frequency, period)
        on = after + timedelta(days=5 + spread(f"{self.code}{kpi}{period}", 11))
        if on <= LAST_DAY:
            self.timeline.add(on, self._who(kpi), partial(self._enter, kpi, period, value))

    def _enter(self, kpi: str, period: date, value: Decimal) -> None:
        by = self._who(kpi)
        enter_value(kpi=self._kept(kpi), period=period, value=value, source=self._source(kpi, by), by=by)

    def _source(self, kpi: str, by: Person) -> str:
        return self.sources[kpi]["fr" if by.language == "fr" else "en"]

    def _correct(self, row: Row) -> None:
        by = self._who(row["kpi"])
        correct_value(
            kpi=self._kept(row["kpi"]),
            period=date.fromisoformat(row["period"]),
            value=Decimal(row["value"]),
            source=self._source(row["kpi"], by),
            reason=row["reason"],
            by=by,
        )

    def _kept(self, kpi: str) -> ProductKpi:
        rows = ProductKpi.objects.select_related("definition", "product__department")
        return rows.get(product__code=self.code, definition__code=kpi)

    def _stability(self) -> None:
        """On the first day of each quarter the system computes the one that ended."""
        if not any(row["kpi"] == "team-stability" for row in self._mine("computed", *COLUMNS)):
            return
        for quarter in periods.between("quarter", date(2024, 7, 1), LAST_DAY, 4):
            self.timeline.add(
                quarter,
                self._who("target"),
                lambda: note_team_stability(kpi=self._kept("team-stability"), by=SYSTEM),
            )


def _values(row: Row, frequency: str) -> Iterator[tuple[date, Decimal]]:
    """Period and value of each word; a month lies a little above the last of its quarter."""
    words: list[Any] = row["values"].split()
    step = 12 if frequency == "year" else 3
    for number, word in enumerate(words):
        if word == "-":
            continue
        first = fiscal.add_months(FIRST, step * number)
        if frequency != "month":
            yield first, Decimal(word)
            continue
        for offset, more in enumerate((2, 1, 0)):
            month = fiscal.add_months(first, offset)
            yield month, Decimal(word) + (more if spread(f"{row['code']}{month}", 3) else 0)
    if frequency == "month":
        yield date(2026, 10, 1), Decimal(words[-1])
