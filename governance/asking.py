"""What else than a toll-gate a product's team may put before a board now: roadmap years, outcomes, status, advice."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Review
from governance.states import DecisionKind
from products import fiscal
from products.models import Product, ProductStatus
from products.states import StatusState
from roadmaps.models import Outcome, RoadmapYear
from roadmaps.states import OutcomeState, YearState


@dataclass(frozen=True)
class Asking:
    """One thing to ask: its key in the form, its words, and what the review is begun with."""

    key: str
    words: str
    subject: dict[str, Any]


def askings(product: Product) -> list[Asking]:
    """What can be asked of a board about `product`; what is before one already is left out."""
    found = [*_years(product), *_outcomes(product), *_status(product)]
    found.append(Asking("advice", _("Advice of a board"), {"kind": DecisionKind.ADVICE}))
    live = Review.objects.live().filter(product=product).values_list("kind", "year", "outcome")
    under_way = set(live)
    return [each for each in found if _place(each) not in under_way]


def _place(asking: Asking) -> tuple[Any, Any, Any]:
    year, outcome = asking.subject.get("year"), asking.subject.get("outcome")
    return (asking.subject["kind"].value, year.pk if year else None, outcome.pk if outcome else None)


def _years(product: Product) -> list[Asking]:
    found = []
    for year in RoadmapYear.objects.filter(roadmap__product=product).select_related("roadmap__product"):
        named = {"year": fiscal.label(year.year)}
        if year.state == YearState.DRAFT and year.vetted_at is not None:
            words = _("Endorse the roadmap year %(year)s") % named
            subject = {"kind": DecisionKind.ROADMAP_ENDORSEMENT, "year": year}
        elif year.state == YearState.ENDORSED:
            words = _("Approve the roadmap year %(year)s") % named
            subject = {"kind": DecisionKind.ROADMAP_APPROVAL, "year": year}
        elif year.state == YearState.APPROVED:
            words = _("Approve the roadmap year %(year)s anew, with a second baseline") % named
            subject = {"kind": DecisionKind.ROADMAP_APPROVAL, "year": year}
        else:
            continue
        found.append(Asking(f"year-{year.year}", words, subject))
    return found


def _outcomes(product: Product) -> list[Asking]:
    rows = Outcome.objects.filter(roadmap__product=product, state=OutcomeState.IN_DELIVERY).select_related("goal")
    words = _("Outcome gate: continue, adjust or stop %(code)s %(name)s")
    return [
        Asking(
            f"outcome-{each.pk}",
            words % {"code": each.code, "name": each.name},
            {"kind": DecisionKind.OUTCOME_GATE, "outcome": each},
        )
        for each in rows
    ]


def _status(product: Product) -> list[Asking]:
    if not ProductStatus.objects.filter(product=product, state=StatusState.GRANTED).exists():
        return []
    return [Asking("status_review", _("Review the product status"), {"kind": DecisionKind.STATUS_REVIEW})]
