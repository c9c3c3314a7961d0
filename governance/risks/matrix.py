"""Where open risks stand on a day: 25 cells with how many, how severe, and what came and went since another day.

One rule says what counts: the scores of a kind that are in force on the day (`RiskScoreQuerySet.on`). The list behind a
cell asks the same question, so the two always agree. Scores are ranks: they are counted, never added or averaged.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from governance.models import RiskScore
from governance.models.risk import RiskScoreQuerySet
from governance.models.risk_rules import CELLS, SIDE
from governance.risk_states import Band, Impact, Likelihood
from governance.risks.grids import INSTALLATION, Grids, place


@dataclass
class Cell:
    """One pair of levels. `came` and `left` count risks that entered or left it since the day compared with."""

    likelihood: Likelihood
    impact: Impact
    band: Band
    count: int = 0
    came: int = 0
    left: int = 0

    @property
    def severity(self) -> int:
        return self.likelihood * self.impact


@dataclass
class Matrix:
    """`cells` in the order of `cell_index`; `bands` counts each risk by the grid of its own department."""

    day: date
    since: date | None
    cells: list[Cell]
    bands: Counter[Band] = field(default_factory=Counter)
    newly_high: int = 0
    other_grids: bool = False

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def high(self) -> int:
        return self.bands[Band.HIGH]

    def cell(self, likelihood: int, impact: int) -> Cell:
        return self.cells[(likelihood - 1) * SIDE + impact - 1]

    @property
    def rows(self) -> Iterator[tuple[Likelihood, list[Cell]]]:
        """As it is drawn: the most likely on top."""
        for likelihood in reversed(Likelihood):
            yield likelihood, [self.cell(likelihood, impact) for impact in Impact]

    @property
    def ranked(self) -> list[Cell]:
        """The cells that hold or held something, the most severe first."""
        told = [cell for cell in self.cells if cell.count or cell.left]
        return sorted(told, key=lambda cell: (-cell.severity, -cell.impact))


def scores_of(products: QuerySet, kind: str, among: QuerySet | None = None) -> RiskScoreQuerySet:
    """Every score of a kind, of any day, of the risks of `products`; of those `among` only, where given."""
    rows = RiskScore.objects.filter(kind=kind)
    if products.query.where:  # whoever reads everything need not have each risk looked up among all products
        rows = rows.filter(risk__product__in=products)
    return rows if among is None else rows.filter(risk__in=among)


def matrix_of(
    products: QuerySet,
    kind: str,
    day: date,
    compared_with: date | None = None,
    *,
    department_id: Any = INSTALLATION,
    among: QuerySet | None = None,
) -> Matrix:
    """Count the open risks of `products`. The bands of the cells are those of `department_id`'s grid on `day`.

    Four queries, two without a day to compare with, one more where a grid began in between; whatever the number of risks.
    """
    grids = Grids()
    cells = [
        Cell(Likelihood(at // SIDE + 1), Impact(at % SIDE + 1), grids.band(department_id, at, day))
        for at in range(CELLS)
    ]
    matrix = Matrix(day, compared_with, cells)
    scores = scores_of(products, kind, among)
    _count(matrix, scores, grids, department_id)
    if compared_with is not None:
        _compare(matrix, scores, compared_with, grids)
    return matrix


def _count(matrix: Matrix, scores: RiskScoreQuerySet, grids: Grids, department_id: Any) -> None:
    rows = scores.on(matrix.day).order_by().values_list(*grids.whose, place()).annotate(many=Count("pk"))
    shown = grids.on(department_id, matrix.day)
    for theirs, at, many in rows:
        matrix.cells[at].count += many
        matrix.bands[grids.band(theirs, at, matrix.day)] += many
        matrix.other_grids |= grids.on(theirs, matrix.day).cells != shown.cells


def same_risk() -> RiskScoreQuerySet:
    """For a subquery: the scores of the same risk and kind, of any day."""
    return RiskScore.objects.filter(risk=OuterRef("risk"), kind=OuterRef("kind")).order_by()


def _compare(matrix: Matrix, scores: RiskScoreQuerySet, since: date, grids: Grids) -> None:
    """Only scores begun or ended between the two days can have moved, so only those are looked at."""
    then, now = same_risk().on(since), same_risk().on(matrix.day)
    began = scores.on(matrix.day).filter(starts_on__gt=since).annotate(was=Subquery(then.values_list(place())[:1]))
    moved = began.order_by().values_list(*grids.whose, place(), "was").annotate(many=Count("pk"))
    for theirs, at, was, many in moved:
        is_high = grids.band(theirs, at, matrix.day) == Band.HIGH
        if is_high and (was is None or grids.band(theirs, was, since) != Band.HIGH):
            matrix.newly_high += many
        if at == was:
            continue
        matrix.cells[at].came += many
        if was is not None:
            matrix.cells[was].left += many
    if grids.began_between(since, matrix.day):
        matrix.newly_high += _regraded(matrix, scores, since, grids)
    gone = scores.filter(~Exists(now), starts_on__lte=since, ends_on__gt=since, ends_on__lte=matrix.day)
    for at, many in gone.order_by().values_list(place()).annotate(many=Count("pk")):
        matrix.cells[at].left += many


def _regraded(matrix: Matrix, scores: RiskScoreQuerySet, since: date, grids: Grids) -> int:
    """How many that kept their score are high by the grid of the one day and were not by that of the other."""
    stayed = scores.on(matrix.day).filter(starts_on__lte=since).order_by().values_list(*grids.whose, place())
    return sum(
        many
        for theirs, at, many in stayed.annotate(many=Count("pk"))
        if grids.band(theirs, at, matrix.day) == Band.HIGH != grids.band(theirs, at, since)
    )
