"""Risks on the page of a product: how many are open in each band, the worst of them, reviews that are overdue (ux.md A2)."""

from typing import Any

from django.db.models import OuterRef

from people.models import Person
from portfolio.executive.risks import FIELDS, RiskBlock, block, grid_in, scores_in
from products.models.product import ProductQuerySet
from products.permissions import may_read_risks
from records import clock
from roadmaps.reading.asof import gathered


def with_risk_rows(products: ProductQuerySet) -> ProductQuerySet:
    """`risk_rows`, the current scores of the family, and `risk_grid`, by which they are read; columns of the same question."""
    day = clock.today()
    rows = gathered(scores_in(OuterRef("pk"), day), *FIELDS)
    return products.annotate(risk_rows=rows, risk_grid=grid_in(OuterRef("department_id"), day))


def risks_of(product: Any, person: Person) -> RiskBlock | None:
    """Of the head of a family that carries `with_risk_rows`, for those who read its register."""
    if not (product.is_head and may_read_risks(person, product)):
        return None
    return block(product, product.risk_rows, product.risk_grid, clock.today())
