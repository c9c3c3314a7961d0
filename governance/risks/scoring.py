"""The scores of a risk as they stand, and scores as people give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.models import Risk, RiskScore
from governance.models.risk_rules import SIDE
from governance.risk_states import ScoreKind


@dataclass(frozen=True)
class Score:
    """A pair of levels."""

    likelihood: int
    impact: int

    @property
    def severity(self) -> int:
        """Likelihood × impact: a rank, never added or averaged."""
        return self.likelihood * self.impact

    def __str__(self) -> str:
        return f"{self.severity} ({self.likelihood} × {self.impact})"


Scores = Mapping[str, "Score | tuple[int, int]"]


def checked(scores: Scores) -> dict[ScoreKind, Score]:
    """Scores as given, in the order of the kinds. ValidationError on `<kind>_likelihood`, `<kind>_impact` off the scales."""
    found, errors = {}, {}
    for kind in ScoreKind:
        given: Any = scores.get(kind)
        if given is None:
            continue
        likelihood, impact = (given.likelihood, given.impact) if isinstance(given, Score) else given
        for name, level in (("likelihood", likelihood), ("impact", impact)):
            if level not in range(1, SIDE + 1):
                errors[f"{kind}_{name}"] = _("Choose a level from 1 to 5.")
        found[kind] = Score(likelihood, impact)
    if errors:
        raise ValidationError(errors)
    return found


def standing_scores(risk: Risk) -> dict[str, RiskScore]:
    """Kind → the score in force now; nothing of a risk that is not open."""
    return {row.kind: row for row in RiskScore.objects.filter(risk=risk).standing()}


def last_scores(risk: Risk) -> dict[str, RiskScore]:
    """Kind → the latest score there was, in force or ended."""
    return {row.kind: row for row in RiskScore.objects.filter(risk=risk).order_by("starts_on", "created_at")}


def as_score(row: RiskScore) -> Score:
    return Score(row.likelihood, row.impact)
