"""The decision brief of a review: the ask, what changed, cost, conditions, what is decided on (ux.md A8).

What was submitted is read from the frozen package, so nothing that was edited afterwards slips into what is voted on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from governance.models import Condition, Decision, Package, Review
from governance.states import ConditionState
from people.bilingual import other, reader
from products import fiscal
from products.models import BudgetLine


@dataclass(frozen=True)
class YearCost:
    """Planned and secured money of one fiscal year; None is not reported."""

    label: str
    planned: Decimal | None
    secured: Decimal | None


@dataclass
class Brief:
    """Everything a member reads before voting."""

    review: Review
    package: Package
    ask: str
    recommendation: str
    changed: str
    costs: list[YearCost]
    proposed: list[Condition]
    outstanding: list[Condition]
    artefacts: list[Mapping[str, Any]]
    last: Decision | None

    @property
    def total(self) -> YearCost | None:
        if len(self.costs) < 2:
            return None
        secured = [each.secured for each in self.costs if each.secured is not None]
        return YearCost("", sum((each.planned or Decimal(0) for each in self.costs), Decimal(0)),
                        sum(secured, Decimal(0)) if secured else None)  # fmt: skip


def brief_of(review: Review) -> Brief:
    """The brief of a review that was submitted. Raises Package.DoesNotExist for one that was not."""
    package = Package.objects.get(review=review)
    texts = package.content.get("texts", {})
    proposed = Condition.objects.filter(review=review).exclude(state=ConditionState.DROPPED).order_by("number")
    before = Condition.objects.filter(review__product=review.product_id).exclude(review=review).outstanding()
    last = Decision.objects.filter(review__product=review.product_id, review__kind=review.kind).exclude(review=review)
    return Brief(
        review=review,
        package=package,
        ask=in_language(texts, "ask") or str(review),
        recommendation=in_language(texts, "recommendation"),
        changed=in_language(texts, "changed"),
        costs=_costs(review),
        proposed=list(proposed.select_related("owner")),
        outstanding=list(before.select_related("owner").order_by("due_on")),
        artefacts=package.content.get("artefacts", []),
        last=last.select_related("review__gate").order_by("-decided_at").first(),
    )


def in_language(texts: Mapping[str, Any], name: str) -> str:
    """A frozen text for this reader, else in the other language."""
    mine = reader()
    return texts.get(f"{name}_{mine}") or texts.get(f"{name}_{other(mine)}") or ""


def _costs(review: Review) -> list[YearCost]:
    lines = BudgetLine.objects.filter(product__head=review.product_id).values("fiscal_year").order_by("fiscal_year")
    rows = lines.annotate(planned_sum=Sum("planned"), secured_sum=Sum("secured"))
    return [YearCost(fiscal.label(row["fiscal_year"]), row["planned_sum"], row["secured_sum"]) for row in rows]
