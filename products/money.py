"""Money of a product by fiscal year: what is not known stays unknown in sums, too."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from products import fiscal
from products.models import BudgetLine


@dataclass(frozen=True)
class Year:
    """The lines of one fiscal year and their sums; a sum says how many lines it lacks."""

    label: str
    lines: list[BudgetLine]

    def _sum(self, name: str) -> Decimal | None:
        known = [amount for line in self.lines if (amount := getattr(line, name)) is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def sums(self) -> list[tuple[Decimal | None, int]]:
        """(sum of what is known, number of lines where it is not) for planned, secured, actual."""
        return [
            (self._sum(name), sum(getattr(line, name) is None for line in self.lines))
            for name in ("planned", "secured", "actual")
        ]


def by_year(lines: Iterable[BudgetLine]) -> list[Year]:
    """The lines by fiscal year, the newest first."""
    found: dict[int, list[BudgetLine]] = {}
    for line in lines:
        found.setdefault(line.fiscal_year, []).append(line)
    return [Year(fiscal.label(year), found[year]) for year in sorted(found, reverse=True)]
