"""What boards have decided so far about a product or a change, gate by gate."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from governance.models import Decision, Gate, GateFramework, ProductChange, Review
from governance.states import DecisionKind, Outcome
from products.models import Product

Subject = Product | ProductChange


@dataclass
class Past:
    """The decisions that stand, the latest first for each gate, and the attempts under way."""

    decisions: dict[UUID, list[Decision]] = field(default_factory=dict)
    under_way: dict[UUID, Review] = field(default_factory=dict)

    def last(self, gate: Gate) -> Decision | None:
        """The latest final decision at `gate`."""
        return next(iter(self.decisions.get(gate.pk, [])), None)

    def approval(self, gate: Gate) -> Decision | None:
        """The latest approval at `gate`, if its last decision is one."""
        last = self.last(gate)
        return last if last and last.is_approval else None

    def was_held(self, gate: Gate) -> bool:
        """Whether a board ever let the subject through `gate`."""
        return any(each.is_approval for each in self.decisions.get(gate.pk, []))


def gates() -> list[Gate]:
    """Every gate of the frameworks in use, in order."""
    frameworks = GateFramework.objects.filter(is_active=True)
    found = Gate.objects.filter(framework__in=frameworks).select_related("framework")
    return list(found.order_by("framework__code", "number"))


def reviews_of(subject: Subject) -> "list[Review]":
    """The gate reviews of this subject and no other, the latest first."""
    change = subject if isinstance(subject, ProductChange) else None
    product = subject.product_id if isinstance(subject, ProductChange) else subject.pk
    reviews = Review.objects.filter(product=product, kind=DecisionKind.GATE, change=change)
    return list(reviews.select_related("gate", "board").order_by("-created_at"))


def past_of(subject: Subject) -> Past:
    """Read the past of `subject`: two questions."""
    reviews = reviews_of(subject)
    return past_in(reviews, decisions_on(reviews))


def decisions_on(reviews: Iterable[Review]) -> list[Decision]:
    """What was decided on `reviews` and stands, the latest first. One question."""
    by_key = {review.pk: review for review in reviews}
    found = list(Decision.objects.filter(review__in=by_key, corrected_by=None).order_by("-decided_at", "-number"))
    for decision in found:
        decision.review = by_key[decision.review_id]
    return found


def past_in(reviews: Iterable[Review], decisions: Iterable[Decision]) -> Past:
    """The past that rows tell which were read already. A deferral decides nothing; a corrected decision stands no longer."""
    past = Past(under_way={each.gate_id: each for each in reviews if each.gate_id and each.is_live})
    for decision in decisions:
        if decision.review.gate_id and decision.outcome != Outcome.DEFERRED:
            past.decisions.setdefault(decision.review.gate_id, []).append(decision)
    return past
