"""When a product's business case is reviewed next: fixed by gates 4 and 5, computed here and typed by nobody (domain.md §5)."""

import calendar
from datetime import date

from governance.models import Decision, Gate
from products.models import Product


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


def next_review_of(product: Product) -> date | None:
    """The day fixed by the last decision that fixed one; None when no decision did."""
    fixed = Decision.objects.filter(review__product=product, review__change=None, next_review_on__isnull=False)
    return fixed.order_by("-decided_at", "-number").values_list("next_review_on", flat=True).first()
