"""Toll-gates on the page of a product: which is open, what a board asked for, when the business case is reviewed (ux.md A2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from governance.gates.opening import GateStanding, open_gates
from governance.gates.past import decisions_on, past_in
from governance.models import Condition, Decision, Review
from governance.states import DecisionKind
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
    def numbers(self) -> str:
        """The numbers of the open gates, as "5, 6"."""
        return ", ".join(str(each.gate.number) for each in self.open)

    @property
    def is_review_overdue(self) -> bool:
        return self.next_review is not None and self.next_review < clock.today()


SHOWN = (DecisionKind.ADVICE, DecisionKind.OUTCOME_GATE)
CONFIDENTIAL = (DecisionKind.NON_COMPLIANCE, DecisionKind.RISK_ESCALATION)


def gates_of(product: Any, person: Person) -> Gates:
    """Where the head of a family, which carries all facts, stands with boards. Three questions, whatever it holds.

    Each review has `is_seen`: whether the reader may open its page.
    """
    reviews = _reviews(product, person)
    own = [each for each in reviews if not each.change_id]
    decisions = decisions_on(own)
    at_gates = [each for each in decisions if each.review.gate]
    return Gates(
        open=[each for each in open_gates(product, past_in(own, decisions)) if each.is_open],
        outstanding=sum(each.outstanding for each in reviews),
        overdue=sum(each.overdue for each in reviews),
        last=at_gates[0] if at_gates else None,
        others=_others(decisions),
        next_review=None if product.is_closed else product.next_case_review,
    )


def _reviews(product: Any, person: Person) -> list[Any]:
    """Every review of the product and of changes to it, the latest first, with the conditions that `person` may read counted."""
    mine = Condition.objects.visible_to(person).filter(review=OuterRef("pk"))
    reviews = Review.objects.filter(product=product).annotate(
        is_seen=Exists(Review.objects.visible_to(person).filter(pk=OuterRef("pk"))),
        outstanding=_count(mine.outstanding()),
        overdue=_count(mine.overdue(clock.today())),
    )
    related = ("gate", "board", "year", "outcome__goal", "risk")
    return list(reviews.select_related(*related).order_by("-created_at"))


def _count(conditions: Any) -> Coalesce:
    return Coalesce(Subquery(conditions.order_by().values("review").annotate(many=Count("pk")).values("many")), 0)


def _others(decisions: list[Any]) -> list[Decision]:
    """The latest of each kind that is shown nowhere else; what is confidential only to who reads its review."""
    latest: dict[str, Decision] = {}
    for each in decisions:
        kind = each.review.kind
        if kind in SHOWN or (kind in CONFIDENTIAL and each.review.is_seen):
            latest.setdefault(kind, each)
    return list(latest.values())
