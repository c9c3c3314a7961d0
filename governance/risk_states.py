"""The vocabulary of the risk register: scales, bands, strategies, states, and the allowed moves (domain.md §7)."""

from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.moves import Moves


class Scale(TextChoices):
    """The two scales of a score."""

    LIKELIHOOD = "likelihood", _("likelihood")
    IMPACT = "impact", _("impact")


class Likelihood(IntegerChoices):
    """How likely it is that the event happens. What each level means is data: RiskLevel."""

    VERY_LOW = 1, pgettext_lazy("likelihood", "very low")
    LOW = 2, pgettext_lazy("likelihood", "low")
    MODERATE = 3, pgettext_lazy("likelihood", "moderate")
    HIGH = 4, pgettext_lazy("likelihood", "high")
    ALMOST_CERTAIN = 5, pgettext_lazy("likelihood", "almost certain")


class Impact(IntegerChoices):
    """How hard it would hit. What each level means is data: RiskLevel."""

    NEGLIGIBLE = 1, pgettext_lazy("impact", "negligible")
    MINOR = 2, pgettext_lazy("impact", "minor")
    MODERATE = 3, pgettext_lazy("impact", "moderate")
    SEVERE = 4, pgettext_lazy("impact", "severe")
    CATASTROPHIC = 5, pgettext_lazy("impact", "catastrophic")


LEVELS: dict[str, Any] = {Scale.LIKELIHOOD: Likelihood, Scale.IMPACT: Impact}


class Band(TextChoices):
    """How severe a pair of likelihood and impact is, by the grid in force. Severity is a rank: never added or averaged."""

    LOW = "low", pgettext_lazy("band", "low")
    MEDIUM = "medium", pgettext_lazy("band", "medium")
    HIGH = "high", pgettext_lazy("band", "high")


class ScoreKind(TextChoices):
    """Before anything is done; as it stands now; as it should stand once all is done that is planned."""

    INHERENT = "inherent", pgettext_lazy("score", "inherent")
    CURRENT = "current", pgettext_lazy("score", "current")
    RESIDUAL = "residual", pgettext_lazy("score", "residual")


class RiskState(TextChoices):
    OPEN = "open", pgettext_lazy("risk", "open")
    MATERIALISED = "materialised", _("became an issue")
    CLOSED = "closed", pgettext_lazy("risk", "closed")


RISK_MOVES: Moves = {
    RiskState.OPEN: {RiskState.MATERIALISED, RiskState.CLOSED},
    RiskState.MATERIALISED: {RiskState.CLOSED},
    RiskState.CLOSED: {RiskState.OPEN},
}


class RiskStrategy(TextChoices):
    """What is done about a risk. Transfer says to whom; mitigate and prepare name an activity."""

    MONITOR = "monitor", pgettext_lazy("strategy", "monitor")
    TRANSFER = "transfer", pgettext_lazy("strategy", "transfer")
    AVOID = "avoid", pgettext_lazy("strategy", "avoid")
    MITIGATE = "mitigate", pgettext_lazy("strategy", "mitigate")
    PREPARE = "prepare", pgettext_lazy("strategy", "prepare")
    EXPLOIT = "exploit", pgettext_lazy("strategy", "exploit")

    @property
    def meaning(self) -> str:
        """What it does, shown where it is chosen."""
        return str(MEANINGS[self])

    @classmethod
    def with_activity(cls) -> tuple["RiskStrategy", ...]:
        """Those that are empty words without an activity."""
        return (cls.MITIGATE, cls.PREPARE)

    @classmethod
    def with_acceptance(cls) -> tuple["RiskStrategy", ...]:
        """Those that leave the risk as it is: above low somebody entitled accepts it."""
        return (cls.MONITOR, cls.EXPLOIT)


MEANINGS = {
    RiskStrategy.MONITOR: _("left as it is and watched"),
    RiskStrategy.TRANSFER: _("somebody else bears it"),
    RiskStrategy.AVOID: _("what would cause it is not done"),
    RiskStrategy.MITIGATE: _("made less likely, or less hard"),
    RiskStrategy.PREPARE: _("a plan for the day it happens"),
    RiskStrategy.EXPLOIT: _("taken on purpose, for the chance in it"),
}


class RiskCategory(TextChoices):
    """Where a risk comes from."""

    DELIVERY = "delivery", _("delivery and schedule")
    PEOPLE = "people", _("people and skills")
    TECHNOLOGY = "technology", _("technology")
    SECURITY = "security", _("security and privacy")
    FUNDING = "funding", _("funding")
    SUPPLIERS = "suppliers", _("suppliers and partners")
    LAW = "law", _("law and policy")
    USERS = "users", _("users and adoption")
    OPERATIONS = "operations", pgettext_lazy("risk category", "operations")


class ImpactArea(TextChoices):
    """What would be hit."""

    FINANCIAL = "financial", _("financial")
    CLIENT_SATISFACTION = "client_satisfaction", _("client satisfaction")
    MEDIA = "media", _("media")
    LEGAL = "legal", _("legal")
    OPERATIONS = "operations", pgettext_lazy("impact area", "operations")


class MitigationState(TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("activity", "in progress")
    DONE = "done", pgettext_lazy("activity", "done")
    DROPPED = "dropped", pgettext_lazy("activity", "dropped")


MITIGATION_MOVES: Moves = {
    MitigationState.PLANNED: {MitigationState.IN_PROGRESS, MitigationState.DONE, MitigationState.DROPPED},
    MitigationState.IN_PROGRESS: {MitigationState.PLANNED, MitigationState.DONE, MitigationState.DROPPED},
    MitigationState.DONE: {MitigationState.IN_PROGRESS},
    MitigationState.DROPPED: {MitigationState.PLANNED},
}


class AcceptanceEnd(TextChoices):
    """Why an acceptance holds no more."""

    LAPSED = "lapsed", _("its last day passed")
    RESCORED = "rescored", _("the risk was scored anew")
    REPLACED = "replaced", _("a later acceptance took its place")
    STRATEGY = "strategy", _("the strategy changed")
    OVER = "over", _("the risk is no longer open")
    WITHDRAWN = "withdrawn", pgettext_lazy("acceptance", "taken back")
