"""What a package freezes of risks: the one a board is asked about in full, and the worst of the product (domain.md §7).

Everything is kept under the names and with the bands of that day, so that what is voted on never changes afterwards.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Mitigation, Package, Review, Risk, RiskAcceptance, RiskScore
from governance.models.risk import UNDER_WAY
from governance.risk_states import Band, ScoreKind
from governance.risks.grids import Grids
from products.models import Product
from records import clock

MOST = 3  # worst risks that a brief names
PARTS = ("given", "event", "consequence")
WORST_FIRST = (Band.HIGH, Band.MEDIUM, Band.LOW)


def day_of(product: Product) -> date:
    """Today where the product's department works."""
    return clock.today(product.department.time_zone)


def worst_first(grids: Grids, scores: Iterable[RiskScore], day: date) -> list[RiskScore]:
    """By the band of each in its own department, then by severity, impact and number; ranks are compared and never added."""

    def place(score: RiskScore) -> tuple[int, int, int, int]:
        band = WORST_FIRST.index(_band(grids, score, day))
        return (band, -score.severity, -score.impact, score.risk.number)

    return sorted(scores, key=place)


def _band(grids: Grids, score: RiskScore, day: date) -> Band:
    return grids.on(score.risk.product.department_id, day).band(score.likelihood, score.impact)


def current_scores(product: Product, day: date) -> list[RiskScore]:
    """The current score of every risk of the family that was open on `day`, today or past."""
    rows = RiskScore.objects.filter(kind=ScoreKind.CURRENT, risk__product__head=product.head_id).on(day)
    return list(rows.select_related("risk__owner", "risk__product"))


def worst_told(product: Product) -> dict[str, Any]:
    """How many risks stand in each band today, and the worst of them; three questions."""
    day = day_of(product)
    grids, scores = Grids(), current_scores(product, day)
    counts = dict.fromkeys(WORST_FIRST, 0)
    for score in scores:
        counts[_band(grids, score, day)] += 1
    worst = worst_first(grids, scores, day)[:MOST]
    doing = _first_activities(each.risk for each in worst)
    return {
        "day": day,
        "counts": {band.value: count for band, count in counts.items()},
        "worst": [_line(score, _band(grids, score, day), doing.get(score.risk_id)) for score in worst],
    }


def _first_activities(risks: Iterable[Risk]) -> dict[Any, Mitigation]:
    """Risk → the next activity that is not finished."""
    rows = Mitigation.objects.filter(risk__in=list(risks)).unfinished().order_by("-due_on", "-created_at")
    return {row.risk_id: row for row in rows}


def _line(score: RiskScore, band: Band, doing: Mitigation | None) -> dict[str, Any]:
    risk = score.risk
    return {
        **_named(risk),
        **_scored(score, band),
        "strategy": risk.strategy,
        "transfer_to": risk.transfer_to,
        "doing_en": doing.what_en if doing else "",
        "doing_fr": doing.what_fr if doing else "",
        "owner": risk.owner.get_full_name() if risk.owner else "",
    }


def _named(risk: Risk) -> dict[str, Any]:
    texts = {f"{part}_{code}": getattr(risk, f"{part}_{code}") for part in PARTS for code in ("en", "fr")}
    return {"id": risk.pk, "number": risk.number, "label": risk.label, "product": risk.product.code, **texts}


def _scored(score: RiskScore, band: Band) -> dict[str, Any]:
    return {
        "likelihood": score.likelihood,
        "impact": score.impact,
        "band": band.value,
        "since": score.starts_on,
    }


def risk_told(risk: Risk) -> dict[str, Any]:
    """One risk in full: statement, scores, what is done about it, who accepts it now."""
    day = day_of(risk.product)
    grids = Grids()
    scores = {row.kind: row for row in RiskScore.objects.filter(risk=risk).standing().select_related("risk__product")}
    mitigations = Mitigation.objects.filter(risk=risk).counting().select_related("owner").order_by("due_on")
    accepted = RiskAcceptance.objects.filter(risk=risk).on(day).first()
    return {
        **_named(risk),
        "category": risk.category,
        "impact_areas": risk.impact_areas,
        "owner": risk.owner.get_full_name() if risk.owner else "",
        "strategy": risk.strategy,
        "transfer_to": risk.transfer_to,
        "raised_on": risk.raised_on,
        "scores": {
            kind.value: _scored(scores[kind], _band(grids, scores[kind], day)) for kind in ScoreKind if kind in scores
        },
        "mitigations": [_activity(each) for each in mitigations],
        "accepted_until": accepted and accepted.until,
    }


def _activity(each: Mitigation) -> dict[str, Any]:
    return {
        "what_en": each.what_en,
        "what_fr": each.what_fr,
        "owner": each.owner.get_full_name(),
        "due_on": each.due_on,
        "state": each.state,
    }


def content_for(review: Review) -> dict[str, Any]:
    """What the package of `review` says of risks."""
    content: dict[str, Any] = {"risks": worst_told(review.product)}
    if review.risk is not None:
        content["risk"] = risk_told(review.risk) | {"asked_until": review.asked_until}
    return content


def since_submitted(review: Review) -> str:
    """What became of the risk of a review that a board still has before it; empty while it stands as it was submitted."""
    if review.risk_id is None or review.state not in UNDER_WAY or is_as_submitted(review):
        return ""
    now = RiskScore.objects.filter(risk=review.risk_id, kind=ScoreKind.CURRENT).standing().first()
    if now is None:
        return _("The risk is not open any more. What was submitted stands above.")
    told = {"severity": now.severity}
    return _("Scored anew, it stands at %(severity)s today. The board cannot accept it as it was submitted.") % told


def is_as_submitted(review: Review) -> bool:
    """Whether the risk of `review` is still open, with the current score that its package holds."""
    told = Package.objects.get(review=review).content.get("risk")
    if told is None:
        return True
    then = told["scores"][ScoreKind.CURRENT]
    now = RiskScore.objects.filter(risk=review.risk_id, kind=ScoreKind.CURRENT).standing()
    return now.filter(likelihood=then["likelihood"], impact=then["impact"]).exists()
