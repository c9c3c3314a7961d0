"""A register on paper: the matrix and one row for each risk, the most severe first (ux.md A6 and A14)."""

from typing import Any

from django.db.models import QuerySet

from governance.models import Risk
from governance.risk_states import Impact, ScoreKind
from governance.risks.exporting import with_everything
from governance.risks.filters import RegisterFilters
from governance.risks.findings import found, moved
from governance.risks.statements import statement
from records import clock

MOST = 300  # risks on paper; the spreadsheet holds them all


def register_paper(scores: QuerySet, asked: RegisterFilters) -> dict[str, Any]:
    """Context of templates/pdf/risks.html for the rows of a register as they were asked for."""
    matrix, count = asked.matrix, scores.count()
    return {
        "asked": asked,
        "matrix": matrix,
        "finding": found(asked),
        "impacts": list(Impact),
        "kinds": list(ScoreKind),
        "bands": [(band, matrix.bands[band]) for band in reversed(type(matrix.cells[0].band))],
        "rows": rows_of(scores, asked),
        "count": count,
        "left_out": max(0, count - MOST),
        "printed_at": clock.now(),
    }


def rows_of(scores: QuerySet, asked: RegisterFilters) -> list[dict[str, Any]]:
    """Each risk with its three scores of the day, its activities and what happened to its score since."""
    page = list(with_everything(asked.with_past(scores), asked.day)[:MOST])
    before_board = set(
        Risk.objects.escalated().filter(pk__in=[each.risk_id for each in page]).values_list("pk", flat=True)
    )
    rows = []
    for score in page:
        risk: Any = score.risk
        by_kind = {each.kind: each for each in risk.on_the_day}
        rows.append(
            {
                "risk": risk,
                "said": statement(risk),
                "scores": [_scored(by_kind.get(kind), asked) for kind in ScoreKind],
                "moved": moved(score.severity, score.was),
                "is_overdue": bool(risk.is_open and risk.review_on and risk.review_on < clock.today()),
                "is_escalated": risk.pk in before_board,
                "activities": risk.activities,
            }
        )
    return rows


def _scored(score: Any, asked: RegisterFilters) -> tuple[Any, Any] | None:
    return (score.severity, asked.band_of(score)) if score is not None else None
