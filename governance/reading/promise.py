"""What a roadmap year promises, as its package holds it, and whether the plan has moved on since (domain.md §4, ux.md A8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from governance.models import Review
from roadmaps.reading.promise import promise_told


@dataclass(frozen=True)
class PromiseLine:
    """One milestone as it was submitted. Without a month it is wanted within the year; None of a cost is not reported."""

    title_en: str
    title_fr: str
    month: date | None
    cost: Decimal | None


@dataclass(frozen=True)
class PromiseTold:
    """The milestones in the order of time; `moved` counts those that are not so any more while a board has them before it."""

    lines: list[PromiseLine]
    moved: int = 0

    @property
    def unscheduled(self) -> int:
        return sum(line.month is None for line in self.lines)

    @property
    def cost(self) -> Decimal | None:
        known = [line.cost for line in self.lines if line.cost is not None]
        return sum(known, Decimal(0)) if known else None


def promise_of(review: Review, content: Mapping[str, Any], *, is_open: bool) -> PromiseTold | None:
    """What the package promises; None for another kind of decision and for a package of before promises were kept."""
    told = content.get("promise")
    if told is None or review.year is None:
        return None
    moved = _moved(told, promise_told(review.year)) if is_open else 0
    return PromiseTold([_line(row) for row in told], moved)


def _moved(then: list[Any], now: list[Any]) -> int:
    """How many milestones came, left, or say something else."""
    before, after = ({row["id"]: row for row in rows} for rows in (then, now))
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _line(row: Mapping[str, Any]) -> PromiseLine:
    costs = [Decimal(row[name]) for name in ("cost_salary", "cost_non_salary") if row[name] is not None]
    return PromiseLine(
        title_en=row["title_en"],
        title_fr=row["title_fr"],
        month=parse_date(row["month"]) if row["month"] else None,
        cost=sum(costs, Decimal(0)) if costs else None,
    )
