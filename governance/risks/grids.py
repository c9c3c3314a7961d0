"""Every risk grid at once, for pages that show many departments and two days (decisions.md §11)."""

from datetime import date
from typing import Any

from django.db.models import F, Q, UUIDField, Value
from django.db.models.expressions import CombinedExpression

from governance.models import RiskGrid
from governance.models.risk_rules import SIDE
from governance.risk_states import Band

INSTALLATION = None
DEPARTMENT = "risk__product__department_id"  # of a score


def place(prefix: str = "") -> CombinedExpression:
    """Where a score stands among the 25 cells, in the order of `cell_index`."""
    return (F(f"{prefix}likelihood") - 1) * SIDE + F(f"{prefix}impact") - 1


class Grids:
    """The grids there are, read once. A department's own wins over the installation's, of each the newest that has begun."""

    def __init__(self) -> None:
        self._rows = list(RiskGrid.objects.order_by("-starts_on"))

    @property
    def whose(self) -> tuple[Any, ...]:
        """What counts of scores are grouped by beside the place: the department, where one has a grid of its own."""
        return (DEPARTMENT if any(grid.department_id for grid in self._rows) else Value(None, UUIDField()),)

    def on(self, department_id: Any, day: date) -> RiskGrid:
        """The grid of `day`. LookupError when none has begun by then."""
        for key in dict.fromkeys((department_id, INSTALLATION)):
            for grid in self._rows:
                if grid.department_id == key and grid.starts_on <= day:
                    return grid
        raise LookupError(f"No risk grid has begun by {day}.")

    def band(self, department_id: Any, at: int, day: date) -> Band:
        """The band of the cell at place `at`."""
        return Band(self.on(department_id, day).cells[at])

    def began_between(self, since: date, day: date) -> bool:
        """Whether any grid began after `since`, up to `day`."""
        return any(since < grid.starts_on <= day for grid in self._rows)

    def departments(self, day: date) -> set[Any]:
        """Those that have a grid of their own by `day`."""
        return {grid.department_id for grid in self._rows if grid.department_id and grid.starts_on <= day}

    def places_of(self, department_id: Any, band: str, day: date) -> list[int]:
        return [at for at, each in enumerate(self.on(department_id, day).cells) if each == band]

    def in_band(self, band: str, day: date, department: str) -> Q:
        """Scores, annotated with `place`, whose own department's grid gives them `band`; `department` leads to its key."""
        own = self.departments(day)
        found = Q(place__in=self.places_of(INSTALLATION, band, day)) & ~Q(**{f"{department}__in": own})
        for key in own:
            found |= Q(**{department: key, "place__in": self.places_of(key, band, day)})
        return found
