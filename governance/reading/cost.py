"""What a product costs by fiscal year: now, and as its budget stood at the last decision of the kind (ux.md A8)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from governance.models import Decision
from products import fiscal
from products.models import BudgetLine, Product
from products.states import BudgetKind
from records import clock


@dataclass(frozen=True)
class CostYear:
    """One fiscal year. None is not reported, which is not zero."""

    label: str
    before: Decimal | None
    now: Decimal | None
    secured: Decimal | None


@dataclass
class Cost:
    """By year, in the order of time; `since` is the decision that `before` is measured at."""

    years: list[CostYear] = field(default_factory=list)
    salary: Decimal | None = None
    other: Decimal | None = None
    since: Decision | None = None

    @property
    def total(self) -> CostYear:
        return CostYear(
            "", *(_sum(getattr(year, name) for year in self.years) for name in ("before", "now", "secured"))
        )

    @property
    def rise(self) -> Decimal | None:
        """How much more is planned than at that decision; None when it is not more."""
        return self._difference(1)

    @property
    def fall(self) -> Decimal | None:
        return self._difference(-1)

    def _difference(self, sign: int) -> Decimal | None:
        total = self.total
        if total.before is None or total.now is None:
            return None
        return max(Decimal(0), sign * (total.now - total.before)) or None


def cost_of(product: Product, last: Decision | None) -> Cost:
    """The money planned for this year and the later ones. Two questions, three with an earlier decision."""
    lines = list(BudgetLine.objects.filter(product=product.head_id))
    before = _as_of(product, last.decided_at) if last else []
    today = clock.today(product.department.time_zone)
    first = fiscal.fiscal_year_of(today, product.department.fiscal_start_month)
    years = sorted({line.fiscal_year for line in [*lines, *before] if line.fiscal_year >= first})
    shown = [line for line in lines if line.fiscal_year in years]
    cost = Cost(
        years=[_year(year, lines, before) for year in years],
        salary=_sum(line.planned for line in shown if line.kind == BudgetKind.SALARY),
        other=_sum(line.planned for line in shown if line.kind != BudgetKind.SALARY),
    )
    cost.since = last if cost.total.before is not None else None
    return cost


def _as_of(product: Product, instant: datetime) -> list[Any]:
    """The budget lines as they stood at `instant`."""
    return list(BudgetLine.history.as_of(instant).filter(product_id=product.head_id))


def _year(year: int, lines: list[Any], before: list[Any]) -> CostYear:
    return CostYear(
        fiscal.label(year),
        _sum(line.planned for line in before if line.fiscal_year == year),
        _sum(line.planned for line in lines if line.fiscal_year == year),
        _sum(line.secured for line in lines if line.fiscal_year == year),
    )


def _sum(values: Any) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
