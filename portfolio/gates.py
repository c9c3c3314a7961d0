"""Toll-gates on the page of a product: which is open, what a board asked for, when the business case is reviewed (ux.md A2)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from governance.gates.opening import GateStanding, open_gates
from governance.models import Condition, Decision
from governance.states import ConditionState
from people.models import Person
from products.models import Product
from records import clock


@dataclass(frozen=True)
class Gates:
    """`outstanding` and `overdue` count the conditions that the reader may read."""

    open: list[GateStanding]
    outstanding: int
    overdue: int
    last: Decision | None
    next_review: date | None

    @property
    def is_review_overdue(self) -> bool:
        return self.next_review is not None and self.next_review < clock.today()


def gates_of(product: Product, person: Person) -> Gates:
    """Where the head of a family stands with boards. Five questions to the database, whatever it holds."""
    mine = Condition.objects.visible_to(person).filter(review__product=product).outstanding()
    late = Q(state=ConditionState.OPEN, due_on__lt=clock.today())
    counts = mine.aggregate(outstanding=Count("pk"), overdue=Count("pk", filter=late))
    passed = Decision.objects.filter(review__product=product, review__gate__isnull=False, review__change=None)
    decisions = list(passed.select_related("review__gate").order_by("-decided_at", "-number"))
    fixed = (each.next_review_on for each in decisions if each.next_review_on)
    return Gates(
        open=[each for each in open_gates(product) if each.is_open],
        last=decisions[0] if decisions else None,
        next_review=None if product.is_closed else next(fixed, None),
        **counts,
    )
