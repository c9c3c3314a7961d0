"""The register of a family, what is to be put right in it, and one risk."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from governance.actions.risk_mitigations import needs_activity
from governance.forms.risk_filters import RiskFilters
from governance.models import Decision, Mitigation, Review, Risk, RiskLevel
from governance.models.risk import UNDER_WAY
from governance.permissions import may_accept_risk, may_escalate_risk, may_move_mitigation
from governance.risk_states import (
    LEVELS,
    MITIGATION_MOVES,
    Band,
    ImpactArea,
    MitigationState,
    RiskState,
    RiskStrategy,
    Scale,
    ScoreKind,
)
from governance.risks import history
from governance.risks.bands import rule_on
from governance.risks.findings import finding, moved
from governance.risks.matrix import matrix_of
from governance.risks.quality import findings
from governance.risks.register import register_rows, trends
from governance.risks.registers import with_members
from governance.risks.scoring import standing_scores
from governance.risks.statements import statement
from governance.views.risk_lookup import acceptance_of, grid_of, page, register_of, risk_of
from people.bilingual import said
from people.listing import Column, Listing
from products.models import Product
from records import clock

SORTS = {
    "score": "severity",
    "number": "number",
    "review": "review_on",
    "changed": "scored_on",
    "strategy": "strategy",
    "owner": "owner__name",
}
COLUMNS = [
    Column(gettext_lazy("Product"), "product.code"),
    Column(gettext_lazy("Risk"), "label"),
    Column(gettext_lazy("Given that"), lambda row: said(row, "given")),
    Column(gettext_lazy("There is a risk that"), lambda row: said(row, "event")),
    Column(gettext_lazy("Which will lead to"), lambda row: said(row, "consequence")),
    Column(gettext_lazy("Likelihood"), "likelihood"),
    Column(gettext_lazy("Impact"), "impact"),
    Column(gettext_lazy("Score"), "severity"),
    Column(gettext_lazy("Band"), lambda row: Band(row.band).label if row.band else ""),
    Column(gettext_lazy("Strategy"), "get_strategy_display"),
    Column(gettext_lazy("Owner"), lambda row: row.owner.name if row.owner else ""),
    Column(gettext_lazy("Next review"), "review_on"),
    Column(gettext_lazy("State"), "get_state_display"),
]


def risk_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """The register of the product and of what is part of it: open risks first to be seen, the highest on top."""
    product, today = register_of(request, code), clock.today()
    products = with_members(product, request.user)
    request.risk_products = products  # type: ignore[attr-defined]
    rows = register_rows(products, today)
    listing = Listing(
        request, rows, name="risk-list", filters=RiskFilters, sorts=SORTS, default_sort="-score", columns=COLUMNS
    )
    if answer := listing.answer(f"risks-{code}"):
        return answer
    shown = list(listing.page)
    _dress(shown, today)
    matrix = matrix_of(products, ScoreKind.CURRENT, today, department_id=product.department_id)
    wrong = findings(Risk.objects.filter(product__in=products), today)
    told = {
        "listing": listing,
        "shown": shown,
        "finding": finding(matrix, ScoreKind.CURRENT, today),
        "is_family": products.count() > 1,
        "levels": {scale.value: list(reversed(LEVELS[scale])) for scale in Scale},
        "overdue": Risk.objects.filter(product__in=products).overdue(today).count(),
        "wrong": len({each.risk.pk for each in wrong}),
    }
    return render(request, "governance/risk_list.html", page(request, product, **told))


def _dress(rows: list[Any], day: Any) -> None:
    """What a row shows beside its columns: the statement, how the score moved last, since when."""
    moves = trends(rows)
    for risk in rows:
        risk.said, risk.trend = statement(risk), moves.get(risk.pk)
        risk.band_word = Band(risk.band).label if risk.band else ""
        if risk.severity and risk.trend:
            risk.moved = moved(risk.severity, risk.trend.before.severity if risk.trend.before else risk.severity)
            risk.days = (day - risk.trend.since).days


def risk_quality(request: HttpRequest, code: str) -> HttpResponse:
    product = register_of(request, code)
    rows = Risk.objects.filter(product__in=with_members(product, request.user))
    found = findings(rows, clock.today())
    risks = len({each.risk.pk for each in found})
    return render(request, "governance/risk_quality.html", page(request, product, found=found, risks=risks))


def risk_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = risk_of(request, code, key)
    product, today = risk.product, clock.today()
    grid, scores = grid_of(product), standing_scores(risk)
    current = scores.get(ScoreKind.CURRENT)
    band = grid.band(current.likelihood, current.impact) if current else None
    activities = _activities(request, risk, today)
    told: dict[str, Any] = {
        "risk": risk,
        "said": statement(risk),
        "scores": _score_rows(scores, grid),
        "band": band,
        "score": current,
        "activities": activities,
        "may_press": any(each.presses for each in activities),
        "areas": [str(ImpactArea(each).label) for each in risk.impact_areas],
        "history": history.changes(risk),
        "lines": history.lines(risk, today),
        "found": findings(Risk.objects.filter(pk=risk.pk), today),
        "is_overdue": bool(risk.is_open and risk.review_on and risk.review_on < today),
        "sees_product": Product.objects.visible_to(request.user).filter(pk=product.pk).exists(),
        "escalation": _escalation(request, risk),
        "decisions": _decisions(request, risk),
        "may_escalate": bool(may_escalate_risk(request.user, risk)),
        **_accepting(request, risk, band),
    }
    return render(request, "governance/risk_detail.html", page(request, product, **told))


def _escalation(request: HttpRequest, risk: Risk) -> Review | None:
    """The attempt that is live; `is_seen` where the reader may open it, `is_before_board` once it is submitted."""
    seen = Exists(Review.objects.visible_to(request.user).filter(pk=OuterRef("pk")))
    found: Any = risk.reviews.live().annotate(is_seen=seen).order_by("-created_at").first()
    if found is not None:
        found.is_before_board = found.state in UNDER_WAY
    return found


def _decisions(request: HttpRequest, risk: Risk) -> Any:
    """What boards decided about it; `is_seen` where the reader may open the decision."""
    seen = Exists(Review.objects.visible_to(request.user).filter(pk=OuterRef("review")))
    rows = Decision.objects.filter(review__risk=risk, corrected_by=None).annotate(is_seen=seen)
    return rows.select_related("review__board")


PRESSES = {
    MitigationState.IN_PROGRESS: gettext_lazy("Begin"),
    MitigationState.DONE: gettext_lazy("Done"),
    MitigationState.DROPPED: gettext_lazy("Drop"),
    MitigationState.PLANNED: gettext_lazy("Plan again"),
}
AGAIN = gettext_lazy("Take it up again")  # what is done and begins once more


def _activities(request: HttpRequest, risk: Risk, day: date) -> list[Any]:
    """The activities, with what this person may press on each."""
    rows: list[Any] = list(Mitigation.objects.filter(risk=risk).select_related("owner"))
    # The last one that a strategy needs is not dropped: another is planned first, or the strategy changes.
    is_last = needs_activity(risk) and sum(each.state != MitigationState.DROPPED for each in rows) < 2
    for each in rows:
        each.risk, each.late = risk, each.is_late(day)
        moves = MITIGATION_MOVES[MitigationState(each.state)] if risk.state != RiskState.CLOSED else set()
        moves = moves - {MitigationState.DROPPED} if is_last else moves
        may = may_move_mitigation(request.user, each)
        words = PRESSES | {MitigationState.IN_PROGRESS: AGAIN} if each.done_on else PRESSES
        each.presses = [(word, state.value) for state, word in words.items() if may and state in moves]
    return rows


def _accepting(request: HttpRequest, risk: Risk, band: Band | None) -> dict[str, Any]:
    """Whether this person may accept it now, and who may."""
    if band is None:
        return {"acceptance": None}
    rule = rule_on(risk.product.department_id, band, clock.today())
    fits = risk.strategy in RiskStrategy.with_acceptance()
    acceptance, may = acceptance_of(risk), bool(may_accept_risk(request.user, risk, rule))
    by_board = acceptance is not None and acceptance.mandate_id is not None
    return {
        "rule": rule,
        "acceptance": acceptance,
        "may_accept": fits and may and not by_board,
        "may_withdraw": may and acceptance is not None and not by_board,
        "needs_acceptance": fits and band != Band.LOW,
        "accepters": [kind.label for kind in rule.accepters()],
    }


def _score_rows(scores: dict[str, Any], grid: Any) -> list[dict[str, Any]]:
    """The three scores with words, definitions and bands; a kind that was never given is a row without one."""
    meant = {(row.scale, row.value): row for row in RiskLevel.objects.all()}
    rows = []
    for kind in ScoreKind:
        score = scores.get(kind)
        row: dict[str, Any] = {"kind": kind, "score": score}
        if score is not None:
            row["band"] = grid.band(score.likelihood, score.impact)
            row["levels"] = [_level(score, scale, meant) for scale in Scale]
        rows.append(row)
    return rows


def _level(score: Any, scale: Scale, meant: dict[tuple[str, int], RiskLevel]) -> dict[str, Any]:
    value = getattr(score, scale)
    word = getattr(score, f"get_{scale}_display")()
    return {"scale": scale, "value": value, "word": word, "meant": meant.get((scale.value, value))}
