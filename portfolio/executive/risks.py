"""What could go wrong with the product on the day of the view: how many risks stand in each band, and the worst of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from governance.models import Mitigation, RiskGrid, RiskScore
from governance.models.risk_rules import cell_index
from governance.reading.risks import RiskTold, worst_of
from governance.risk_states import Band, ScoreKind
from governance.risks.grids import DEPARTMENT, Grids
from governance.risks.told import MOST, WORST_FIRST
from portfolio.executive.facts import Facts
from portfolio.executive.words import count_word
from products.models import Product

SCORE = ("likelihood", "impact", "starts_on")
TEXTS = tuple(f"{name}_{code}" for name in ("given", "event", "consequence") for code in ("en", "fr"))
OF_RISK = (
    "id",
    "number",
    "product__code",
    "product__department_id",
    "strategy",
    "transfer_to",
    "owner__name",
    "review_on",
    *TEXTS,
)
FIELDS = (*SCORE, *(f"risk__{name}" for name in OF_RISK), "doing_en", "doing_fr")


@dataclass(frozen=True)
class BandLine:
    """How many risks stand in a band, with the list of just those."""

    band: str
    word: str
    count: int
    address: str


@dataclass(frozen=True)
class RiskBlock:
    lines: tuple[BandLine, ...]
    worst: tuple[RiskTold, ...]
    open: int
    overdue: int
    address: str

    @property
    def high(self) -> int:
        return self.lines[0].count


def scores_in(product_id: Any, day: date) -> QuerySet[Any]:
    """The current score, on `day`, of every risk of the family, with the next activity against it."""
    doing = Mitigation.objects.filter(risk=OuterRef("risk")).unfinished().order_by("due_on", "created_at")
    rows = RiskScore.objects.filter(kind=ScoreKind.CURRENT, risk__product__head_id=product_id).on(day)
    return rows.annotate(doing_en=Subquery(doing.values("what_en")[:1]), doing_fr=Subquery(doing.values("what_fr")[:1]))


def grid_in(department_id: Any, day: date) -> Subquery:
    """The cells of the grid that was in force for the department on `day`."""
    return Subquery(RiskGrid.objects.reaching(department_id, day).values("cells")[:1])


def block_of(facts: Facts) -> RiskBlock | None:
    """None for readers who do not read the register."""
    if facts.risks is None:
        return None
    return block(facts.product, facts.risks, facts.grid, facts.day, is_past=facts.is_past)


def block(product: Product, rows: Any, cells: Any, day: date, *, is_past: bool = False, most: int = MOST) -> RiskBlock:
    """The block of `rows` as `scores_in` gathers them, banded by `cells`, the grid of the product's department; what a part of
    the family in another department holds, by the grid there."""
    cells_of = _cells_of(product, rows, cells, day)
    told = [_told(row, cells_of[row[DEPARTMENT]]) for row in rows]
    told.sort(key=lambda each: _place(each))
    counts = {band: sum(each["band"] == band for each in told) for band in WORST_FIRST}
    worst = worst_of({"day": day.isoformat(), "counts": counts, "worst": told[:most]})
    address, asked = reverse("risk-matrix", args=[product.code]), {"on": day.isoformat()} if is_past else {}
    return RiskBlock(
        lines=tuple(
            BandLine(
                band.value, capfirst(str(band.label)), counts[band], f"{address}?{urlencode(asked | {'band': band})}"
            )
            for band in WORST_FIRST
        ),
        worst=worst.worst if worst else (),
        open=len(told),
        overdue=0 if is_past else sum((each["review_on"] or "9") < day.isoformat() for each in told),
        address=f"{address}?{urlencode(asked)}" if asked else address,
    )


def _cells_of(product: Product, rows: Any, cells: Any, day: date) -> dict[str, Any]:
    """Key of a department → the cells of its grid on `day`. One question more for a family across departments."""
    found = {str(product.department_id): cells}
    others = {row[DEPARTMENT] for row in rows} - set(found)
    if others:
        grids = Grids()
        found |= {key: grids.on(UUID(key), day).cells for key in others}
    return found


def _told(row: dict[str, Any], cells: list[str]) -> dict[str, Any]:
    """As a package tells a risk."""
    risk = {name.removeprefix("risk__"): value for name, value in row.items() if name.startswith("risk__")}
    return risk | {
        "label": f"R-{risk['number']:03d}",
        "product": risk["product__code"],
        "owner": risk["owner__name"] or "",
        "likelihood": row["likelihood"],
        "impact": row["impact"],
        "since": row["starts_on"],
        "band": cells[cell_index(row["likelihood"], row["impact"])],
        "doing_en": row["doing_en"] or "",
        "doing_fr": row["doing_fr"] or "",
    }


def _place(told: dict[str, Any]) -> tuple[int, int, int, int]:
    severity = told["likelihood"] * told["impact"]
    return (WORST_FIRST.index(Band(told["band"])), -severity, -told["impact"], told["number"])


def finding(found: RiskBlock | None) -> str:
    """Risks: two of eleven open ones are high."""
    if found is None:
        return ""
    if not found.open:
        return gettext("Risks: none is open")
    said = {"count": count_word(found.high), "total": count_word(found.open)}
    if not found.high:
        return (
            ngettext("Risks: the one that is open is not high", "Risks: none of %(total)s is high", found.open) % said
        )
    return (
        ngettext("Risks: %(count)s of %(total)s is high", "Risks: %(count)s of %(total)s are high", found.high) % said
    )
