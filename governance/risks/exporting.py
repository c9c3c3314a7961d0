"""A register as rows of a spreadsheet, in the reader's language, so that they can be read back unchanged."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from governance.models import Mitigation, Risk, RiskScore
from governance.risk_states import ImpactArea, ScoreKind
from governance.risks.columns import ACTIVITY, COLUMNS
from governance.risks.filters import RegisterFilters
from people.bilingual import said
from people.wording import capital

CHUNK = 500
EMPTY = {"note", *ACTIVITY}  # what only somebody who fills in the file writes


def with_everything(scores: QuerySet, day: date) -> QuerySet:
    """The rows of a register with the three scores of the day and with the activities."""
    return scores.select_related("risk__product", "risk__owner").prefetch_related(
        Prefetch("risk__scores", RiskScore.objects.on(day), to_attr="on_the_day"),
        Prefetch("risk__mitigations", Mitigation.objects.counting().select_related("owner"), to_attr="activities"),
    )


def lines_of(scores: QuerySet, asked: RegisterFilters) -> Iterator[list[Any]]:
    """One line of cells for each score of the register."""
    for score in with_everything(scores, asked.day).iterator(chunk_size=CHUNK):
        told = _told(score.risk, asked)
        yield [told.get(column.key, "") for column in COLUMNS]


def _told(risk: Any, asked: RegisterFilters) -> dict[str, Any]:
    names = [column.key for column in COLUMNS if hasattr(Risk, column.key) and column.key not in EMPTY]
    told: dict[str, Any] = {name: getattr(risk, name) for name in names}
    told |= _scores(risk)
    current = next((each for each in risk.on_the_day if each.kind == ScoreKind.CURRENT), None)
    return told | {
        "number": risk.label,
        "product": risk.product.code,
        "category": risk.get_category_display(),
        "impact_areas": ", ".join(str(ImpactArea(area).label) for area in risk.impact_areas),
        "owner": risk.owner.email if risk.owner else "",
        "strategy": risk.get_strategy_display(),
        "raised_on": risk.raised_on,
        "review_on": risk.review_on or "",
        "score_told": current.severity if current else "",
        "band_told": capital(str(asked.band_of(current).label)) if current else "",
        "activities_told": "; ".join(
            f"{said(each, 'what')} ({each.owner.name}, {each.due_on}, {each.get_state_display()})"
            for each in risk.activities
        ),
        "reviewed_told": risk.reviewed_on or "",
        "product_told": said(risk.product, "name"),
    }


def _scores(risk: Any) -> dict[str, int]:
    told: dict[str, int] = {}
    for score in risk.on_the_day:
        told |= {f"{score.kind}_likelihood": score.likelihood, f"{score.kind}_impact": score.impact}
    return told
