"""The rows of a register: each risk with its current score, its band, what it was before, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from governance.models import Risk, RiskAcceptance, RiskScore
from governance.models.risk import RiskQuerySet
from governance.risk_states import Band, RiskState, ScoreKind
from governance.risks.grids import Grids, place
from governance.risks.scoring import Score, as_score


def register_rows(products: QuerySet, day: date) -> RiskQuerySet:
    """The risks of `products` as a register of today shows them.

    Each with the current score in force (`likelihood`, `impact`, `severity`, `scored_on`: empty where it is not open), its
    `band` by the grid of its own department, and `is_escalated`, `is_overdue`, `is_accepted` as of `day`.
    """
    standing = Q(scores__kind=ScoreKind.CURRENT, scores__ends_on__isnull=True)
    found = Risk.objects.filter(product__in=products).annotate(now=FilteredRelation("scores", condition=standing))
    found = found.annotate(
        likelihood=F("now__likelihood"), impact=F("now__impact"), scored_on=F("now__starts_on"), place=place("now__")
    ).annotate(severity=F("likelihood") * F("impact"))
    grids = Grids()
    whens = [When(grids.in_band(band, day, "product__department_id"), then=Value(band.value)) for band in Band]
    band = Case(*whens, default=Value(""), output_field=CharField())
    return _with_standing(found.annotate(band=band), day).select_related("product", "owner")


def _with_standing(risks: RiskQuerySet, day: date) -> RiskQuerySet:
    here = OuterRef("pk")
    late = When(state=RiskState.OPEN, review_on__lt=day, then=Value(True))
    overdue = Case(late, default=Value(False), output_field=BooleanField())
    return risks.annotate(
        is_escalated=Exists(Risk.objects.escalated().filter(pk=here)),
        is_overdue=overdue,
        is_accepted=Exists(RiskAcceptance.objects.filter(risk=here).on(day)),
    )


@dataclass(frozen=True)
class Trend:
    """The current score before the last move, if it ever moved, and since when it stands."""

    before: Score | None
    since: date


def trends(risks: Iterable[Any]) -> dict[Any, Trend]:
    """Key of a risk → how its current score moved last. One question for any number of risks."""
    rows: dict[Any, list[RiskScore]] = {}
    every: QuerySet = RiskScore.objects.filter(risk__in=[risk.pk for risk in risks], kind=ScoreKind.CURRENT)
    for row in every.order_by("starts_on", "created_at"):
        rows.setdefault(row.risk_id, []).append(row)
    return {key: _trend(scores) for key, scores in rows.items()}


def _trend(scores: list[RiskScore]) -> Trend:
    """A risk that is reopened gets a row of its own with the score it had: it did not move that day."""
    others = [at for at, row in enumerate(scores) if as_score(row) != as_score(scores[-1])]
    if not others:
        return Trend(None, scores[0].starts_on)
    return Trend(as_score(scores[others[-1]]), scores[others[-1] + 1].starts_on)
