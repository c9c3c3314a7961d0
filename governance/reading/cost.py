"""What a product costs by fiscal year, frozen when it is asked for, and how that stood at the last decision of the kind
(ux.md A8, domain.md §5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from governance.models import Decision, Review
from products import fiscal
from products.models import BudgetLine, Product
from products.states import BudgetKind
from records import clock
from records.trail import as_json


@dataclass(frozen=True)
class CostYear:
    """One fiscal year. None is not reported, which is not zero."""

    label: str
    before: Decimal | None
    now: Decimal | None
    secured: Decimal | None


@dataclass
class Cost:
    """By year, in the order of time, as it was submitted. `today` is what the budget plans today, when it has moved on."""

    years: list[CostYear] = field(default_factory=list)
    salary: Decimal | None = None
    other: Decimal | None = None
    since_gate: int | None = None
    has_moved: bool = False
    today: Decimal | None = None

    @property
    def total(self) -> CostYear:
        return CostYear(
            "", *(_sum(getattr(year, name) for year in self.years) for name in ("before", "now", "secured"))
        )

    @property
    def since(self) -> bool:
        """Whether an earlier decision knew a cost to compare with."""
        return self.total.before is not None

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


def last_decision(review: Review) -> Decision | None:
    """The latest decision of the kind about the same subject.

    A change to a live product passes the gates on its own: what was decided about it says nothing of the product.
    """
    same = {"review__product": review.product_id, "review__kind": review.kind, "review__change": review.change_id}
    decisions = Decision.objects.filter(**same).exclude(review=review)
    return decisions.select_related("review__gate").order_by("-decided_at").first()


def cost_told(review: Review, last: Decision | None) -> dict[str, Any]:
    """What a package freezes: each fiscal year from this one on, by kind, and the same at the last decision."""
    product = review.product
    first = fiscal.fiscal_year_of(clock.today(product.department.time_zone), product.department.fiscal_start_month)
    before = BudgetLine.history.as_of(last.decided_at).filter(product_id=product.head_id) if last else ()
    told = {
        "first": first,
        "lines": _lines(BudgetLine.objects.filter(product=product.head_id), first),
        "before": last
        and {
            "decision": last.number,
            "gate": last.review.gate and last.review.gate.number,
            "lines": _lines(before, first),
        },
    }
    return dict(as_json(told))


def cost_of(told: Mapping[str, Any], product: Product, seen: Mapping[str, Any] | None = None) -> Cost:
    """The frozen cost as a table, and whether the budget of `product` says something else today, or said so when it was
    decided (`seen`). One question at most."""
    lines, earlier = told["lines"], told.get("before") or {}
    before = earlier.get("lines", [])
    cost = Cost(
        years=[_year(year, lines, before) for year in sorted({line["year"] for line in [*lines, *before]})],
        salary=_planned(line for line in lines if line["kind"] == BudgetKind.SALARY),
        other=_planned(line for line in lines if line["kind"] != BudgetKind.SALARY),
        since_gate=earlier.get("gate"),
    )
    if seen is not None:
        cost.has_moved, cost.today = seen["has_moved"], _decimal(seen["today"])
        return cost
    today = as_json(_lines(BudgetLine.objects.filter(product=product.head_id), told["first"]))
    if today != lines:
        cost.has_moved, cost.today = True, _planned(today)
    return cost


def _lines(rows: Iterable[Any], first: int) -> list[dict[str, Any]]:
    """One line for each fiscal year and kind, in order; what lies before `first` is left out."""
    rows = [row for row in rows if row.fiscal_year >= first]
    found = []
    for year, kind in sorted({(row.fiscal_year, str(row.kind)) for row in rows}):
        mine = [row for row in rows if (row.fiscal_year, str(row.kind)) == (year, kind)]
        planned, secured = (_sum(getattr(row, name) for row in mine) for name in ("planned", "secured"))
        found.append({"year": year, "kind": kind, "planned": _plain(planned), "secured": _plain(secured)})
    return found


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _year(year: int, lines: list[Any], before: list[Any]) -> CostYear:
    return CostYear(
        fiscal.label(year),
        _planned(line for line in before if line["year"] == year),
        _planned(line for line in lines if line["year"] == year),
        _sum(_decimal(line["secured"]) for line in lines if line["year"] == year),
    )


def _planned(lines: Iterable[Mapping[str, Any]]) -> Decimal | None:
    return _sum(_decimal(line["planned"]) for line in lines)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _sum(values: Any) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
