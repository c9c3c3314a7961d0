"""What is wrong or missing in a register, risk by risk, each with the field where it is put right (domain.md §7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Mitigation, Risk, RiskAcceptance, RiskGrid, RiskScore
from governance.models.risk import RiskQuerySet
from governance.risk_states import Band, MitigationState, RiskStrategy, ScoreKind
from governance.risks.grids import Grids
from governance.risks.scoring import Score, as_score


@dataclass(frozen=True)
class Finding:
    """One thing to put right: in words, and the address of its field."""

    risk: Risk
    words: str
    address: str


@dataclass(frozen=True)
class Looked:
    """A risk with all that the checks ask of it."""

    risk: Risk
    scores: dict[str, Score]
    activities: list[Mitigation]
    is_accepted: bool
    grid: RiskGrid
    day: date

    @property
    def band(self) -> Band | None:
        current = self.scores.get(ScoreKind.CURRENT)
        return self.grid.band(current.likelihood, current.impact) if current else None

    def at(self, page: str, field: str, *keys: Any) -> str:
        return f"{reverse(page, args=[self.risk.product.code, self.risk.pk, *keys])}#id_{field}"


def findings(risks: RiskQuerySet, day: date) -> list[Finding]:
    """Everything to put right in the open risks among `risks`. Five questions for any number of them."""
    grids = Grids()
    rows = (
        risks.open()
        .select_related("product", "owner")
        .prefetch_related(
            Prefetch("scores", RiskScore.objects.on(day), to_attr="that_day"),
            Prefetch("mitigations", Mitigation.objects.counting().select_related("owner"), to_attr="counting"),
            Prefetch("acceptances", RiskAcceptance.objects.on(day), to_attr="accepting"),
        )
    )
    return [
        found for risk in rows.order_by("number") for found in _of(risk, grids.on(risk.product.department_id, day), day)
    ]


def _of(risk: Any, grid: RiskGrid, day: date) -> Iterator[Finding]:
    scores = {row.kind: as_score(row) for row in risk.that_day}
    looked = Looked(risk, scores, risk.counting, bool(risk.accepting), grid, day)
    for check in (_scores, _review, _owner, _strategy, _activities):
        for words, address in check(looked):
            yield Finding(risk, words, address)


Found = Iterator[tuple[str, str]]


def _scores(looked: Looked) -> Found:
    inherent, current, residual = (looked.scores.get(kind) for kind in ScoreKind)
    for kind, score in ((ScoreKind.INHERENT, inherent), (ScoreKind.RESIDUAL, residual)):
        if score is None:
            told = {"score": kind.label}
            yield _("The %(score)s score is missing.") % told, looked.at("risk-score", f"{kind}_likelihood_0")
    if residual and current and residual.severity > current.severity:
        yield (
            _("The residual score, %(residual)s, is above the current one, %(current)s.")
            % {"residual": residual.severity, "current": current.severity},
            looked.at("risk-score", "residual_likelihood_0"),
        )
    if inherent and current and current.severity > inherent.severity:
        yield (
            _("The current score, %(current)s, is above the inherent one, %(inherent)s.")
            % {"inherent": inherent.severity, "current": current.severity},
            looked.at("risk-score", "inherent_likelihood_0"),
        )


def _review(looked: Looked) -> Found:
    due = looked.risk.review_on
    if due and due < looked.day:
        yield _("Its review was due on %(day)s.") % {"day": due}, looked.at("risk-review", "note")


def _owner(looked: Looked) -> Found:
    owner = looked.risk.owner
    if owner is None and looked.band == Band.HIGH:
        yield _("It is high and nobody owns it."), looked.at("risk-change", "owner")
    elif owner is not None and not owner.is_active:
        yield _("Its owner, %(name)s, has left.") % {"name": owner.name}, looked.at("risk-change", "owner")


def _strategy(looked: Looked) -> Found:
    strategy, band = looked.risk.strategy, looked.band
    if not strategy and band != Band.LOW:
        yield _("No strategy is chosen."), looked.at("risk-change", "strategy_0")
    if strategy in RiskStrategy.with_acceptance() and band != Band.LOW and not looked.is_accepted:
        yield (
            _("It is left as it is, and nobody has accepted it."),
            # Not where it is accepted: of those who put the register right, few may.
            f"{reverse('risk-detail', args=[looked.risk.product.code, looked.risk.pk])}#facts-h",
        )
    if strategy in RiskStrategy.with_activity() and not looked.activities:
        told = {"strategy": looked.risk.get_strategy_display()}
        yield (
            _("To %(strategy)s needs an activity, and there is none.") % told,
            looked.at("mitigation-add", "what_en"),
        )


def _activities(looked: Looked) -> Found:
    for activity in looked.activities:
        if activity.is_late(looked.day):
            told = {"what": activity.what, "day": activity.due_on}
            yield (
                _("The activity “%(what)s” was due on %(day)s.") % told,
                looked.at("mitigation-change", "due_on", activity.pk),
            )
    current, residual = looked.scores.get(ScoreKind.CURRENT), looked.scores.get(ScoreKind.RESIDUAL)
    over = looked.activities and all(each.state == MitigationState.DONE for each in looked.activities)
    if over and current and residual and current.severity > residual.severity:
        yield (
            _("Every activity is done, and the current score is still above the residual one."),
            looked.at("risk-score", "current_likelihood_0"),
        )
