"""Toll-gates on the page of a product: which is open, what a board asked for, when the business case is reviewed (ux.md A2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from governance.gates.opening import GateStanding, open_gates
from governance.models import Condition, Decision, Review
from governance.states import ConditionState, DecisionKind
from people.models import Person
from records import clock


@dataclass(frozen=True)
class Gates:
    """`outstanding` and `overdue` count the conditions that the reader may read."""

    open: list[GateStanding]
    outstanding: int
    overdue: int
    last: Any
    others: list[Any]
    next_review: date | None

    @property
    def is_review_overdue(self) -> bool:
        return self.next_review is not None and self.next_review < clock.today()


SHOWN = (DecisionKind.ADVICE, DecisionKind.OUTCOME_GATE)
CONFIDENTIAL = (DecisionKind.NON_COMPLIANCE, DecisionKind.RISK_ESCALATION)


def gates_of(product: Any, person: Person) -> Gates:
    """Where the head of a family, which carries all facts, stands with boards. Five questions, whatever it holds.

    Each decision has `is_seen`: whether the reader may open its page.
    """
    mine = Condition.objects.visible_to(person).filter(review__product=product).outstanding()
    late = Q(state=ConditionState.OPEN, due_on__lt=clock.today())
    counts = mine.aggregate(outstanding=Count("pk"), overdue=Count("pk", filter=late))
    passed = Decision.objects.filter(review__product=product, review__change=None, corrected_by=None)
    passed = passed.annotate(is_seen=Exists(Review.objects.visible_to(person).filter(pk=OuterRef("review"))))
    decisions = list(
        passed.select_related("review__gate", "review__board", "review__outcome__goal", "review__risk").order_by(
            "-decided_at", "-number"
        )
    )
    at_gates = [each for each in decisions if each.review.gate]
    return Gates(
        open=[each for each in open_gates(product) if each.is_open],
        last=at_gates[0] if at_gates else None,
        others=_others(decisions),
        next_review=None if product.is_closed else product.next_case_review,
        **counts,
    )


def _others(decisions: list[Any]) -> list[Decision]:
    """The latest of each kind that is shown nowhere else; what is confidential only to who reads its review."""
    latest: dict[str, Decision] = {}
    for each in decisions:
        kind = each.review.kind
        if kind in SHOWN or (kind in CONFIDENTIAL and each.is_seen):
            latest.setdefault(kind, each)
    return list(latest.values())
