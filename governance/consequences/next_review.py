"""When a product's business case is reviewed next: fixed by gates 4 and 5, computed here and typed by nobody (domain.md §5)."""

import calendar
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from governance.consequences.effects import LIVE
from governance.models import Decision, Gate, Review
from governance.states import Outcome, ReviewState
from products.models import Product
from products.models.product import ProductQuerySet

NOTICE_DAYS = 30  # before the day, those concerned are told


def proposed_next_review(gate: Gate | None, day: date, months: int | None = None) -> date | None:
    """The day `months` after `day`, or as many as the gate says; None for a gate that fixes no review."""
    if gate is None or not gate.fixes_next_review:
        return None
    return months_after(day, months or gate.review_after_months)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def fixing() -> QuerySet[Decision]:
    """The decisions that fix when business cases are reviewed next, or leave it open since they returned one; latest first."""
    rows = Decision.objects.filter(review__gate__fixes_next_review=True, review__change=None, corrected_by=None)
    return rows.exclude(outcome=Outcome.DEFERRED).order_by("-decided_at", "-number")


def next_review_of(product: Product) -> date | None:
    """The day fixed by the last decision at a gate that fixes one; None when there is none, or it was returned."""
    return fixing().filter(review__product=product).values_list("next_review_on", flat=True).first()


def with_next_case_review(products: ProductQuerySet) -> ProductQuerySet:
    """`next_case_review` of the family, and `case_is_before_board` while an attempt at it is submitted."""
    fixed = fixing().filter(review__product=OuterRef("head_id")).values("next_review_on")[:1]
    asked = Review.objects.filter(product=OuterRef("head_id"), gate__fixes_next_review=True, change=None)
    asked = asked.filter(state__in=[ReviewState.SUBMITTED, ReviewState.ON_AGENDA])
    return products.annotate(next_case_review=Subquery(fixed), case_is_before_board=Exists(asked))


def due_soon(day: date) -> QuerySet[Product]:
    """Live products whose business case is to be reviewed within NOTICE_DAYS, or was, and is before no board."""
    products = with_next_case_review(Product.objects.filter(parent=None, phase__in=LIVE))
    last = day + timedelta(days=NOTICE_DAYS)
    return products.filter(next_case_review__lte=last, case_is_before_board=False).select_related("department")
