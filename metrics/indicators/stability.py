"""Team stability: of the people who held a role in the team on the first day of a period, the share who hold one on its last.

People count once however many roles they hold; changing from one role to another is staying; joining changes nothing.
"""

from datetime import date
from decimal import Decimal

from products.models import Product, RoleAssignment


def team_stability(product: Product, first: date, last: date) -> tuple[Decimal, int] | None:
    """Percent, and how many there were at the start; None when there was no team yet. Roles belong to the head of a family."""
    roles = RoleAssignment.objects.filter(product=product.head_id)
    before = set(roles.on(first).values_list("person_id", flat=True))
    after = set(roles.on(last).values_list("person_id", flat=True))
    return (Decimal(100 * len(before & after)) / len(before), len(before)) if before else None
