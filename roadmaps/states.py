"""The vocabulary of roadmaps and the allowed moves (domain.md §4)."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.moves import Moves


class MilestoneState(TextChoices):
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    RELEASED = "released", _("released")
    CANCELLED = "cancelled", _("cancelled")


MILESTONE_MOVES: Moves = {
    MilestoneState.PLANNED: {MilestoneState.IN_PROGRESS, MilestoneState.RELEASED, MilestoneState.CANCELLED},
    MilestoneState.IN_PROGRESS: {MilestoneState.PLANNED, MilestoneState.RELEASED, MilestoneState.CANCELLED},
    MilestoneState.RELEASED: set(),
    MilestoneState.CANCELLED: {MilestoneState.PLANNED},
}


class MilestoneSize(TextChoices):
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium")
    LARGE = "large", _("large")


class MilestoneKind(TextChoices):
    FEATURE = "feature", _("feature")
    DEFECT = "defect", _("defect")
    RISK = "risk", _("risk, such as patching")
    DEBT = "debt", _("debt")


class OutcomeState(TextChoices):
    PLANNED = "planned", _("planned")
    IN_DELIVERY = "in_delivery", _("in delivery")
    DELIVERED = "delivered", _("delivered")
    STOPPED = "stopped", _("stopped")


OUTCOME_MOVES: Moves = {
    OutcomeState.PLANNED: {OutcomeState.IN_DELIVERY, OutcomeState.STOPPED},
    OutcomeState.IN_DELIVERY: {OutcomeState.DELIVERED, OutcomeState.STOPPED},
    OutcomeState.DELIVERED: set(),
    OutcomeState.STOPPED: set(),
}


class Verdict(TextChoices):
    """What users say once an outcome is closed: done means users say so."""

    MET = "met", _("met")
    PARTLY_MET = "partly_met", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_JUDGED = "not_judged", _("not judged: stopped before")

    @classmethod
    def of_users(cls) -> list[tuple[str, Any]]:
        """What users can say; that an outcome was stopped before they could judge is not theirs to say."""
        return [(each.value, each.label) for each in cls if each != cls.NOT_JUDGED]


class GateResult(TextChoices):
    """What an outcome gate decides (domain.md §4)."""

    CONTINUE = "continue", _("continue")
    ADJUST = "adjust", _("adjust")
    STOP = "stop", _("stop")


class Decider(TextChoices):
    """Who decided at an outcome gate: the team within its autonomy, else a board by its mandate."""

    TEAM = "team", _("the team")
    BOARD = "board", _("a board")


class AnalysisState(TextChoices):
    DRAFT = "draft", pgettext_lazy("impact analysis", "draft")
    PUBLISHED = "published", pgettext_lazy("impact analysis", "published")


ANALYSIS_MOVES: Moves = {
    AnalysisState.DRAFT: {AnalysisState.PUBLISHED},
    AnalysisState.PUBLISHED: {AnalysisState.DRAFT},
}


class FindingVerdict(TextChoices):
    """How far an outcome is met after a release (domain.md §4)."""

    MET = "met", _("met")
    PARTLY_MET = "partly_met", _("partly met")
    NOT_MET = "not_met", _("not met")
    TOO_EARLY = "too_early", _("too early to say")


class Effect(TextChoices):
    """Which way the effect of a release goes. A negative one is a result like any other."""

    POSITIVE = "positive", pgettext_lazy("effect of a release", "positive")
    NEGATIVE = "negative", pgettext_lazy("effect of a release", "negative")
    NONE = "none", pgettext_lazy("effect of a release", "none")


class YearState(TextChoices):
    DRAFT = "draft", _("draft")
    ENDORSED = "endorsed", _("endorsed")
    APPROVED = "approved", _("approved")


YEAR_MOVES: Moves = {
    YearState.DRAFT: {YearState.ENDORSED, YearState.APPROVED},
    YearState.ENDORSED: {YearState.APPROVED, YearState.DRAFT},
    YearState.APPROVED: set(),
}


class ChangeSetState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", pgettext_lazy("change of the roadmap", "published")
    UNDONE = "undone", _("taken back")


CHANGE_SET_MOVES: Moves = {
    ChangeSetState.DRAFT: {ChangeSetState.PUBLISHED},
    ChangeSetState.PUBLISHED: {ChangeSetState.UNDONE},
    ChangeSetState.UNDONE: set(),
}


class ReasonKind(TextChoices):
    """Why a roadmap was reprioritised."""

    LEARNED = "learned", _("something learned from users")
    PRIORITY = "priority", _("change of priority")
    CAPACITY = "capacity", _("capacity of the team")
    DEPENDENCY = "dependency", _("waiting for somebody else")
    FUNDS = "funds", _("change of funds")
    RISK = "risk", _("risk or security")
    LAW = "law", _("law or policy")
    CORRECTION = "correction", _("correction of an error")


class DemandOrigin(TextChoices):
    PROJECT = "project", _("project")
    PROGRAMME = "programme", _("programme")
    MAINTENANCE = "maintenance", _("maintenance")
    USERS = "users", _("users")


class DemandState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    SCHEDULED = "scheduled", _("scheduled")


DEMAND_MOVES: Moves = {
    DemandState.PROPOSED: {DemandState.ACCEPTED, DemandState.DECLINED},
    DemandState.ACCEPTED: {DemandState.SCHEDULED, DemandState.DECLINED},
    DemandState.DECLINED: {DemandState.PROPOSED},
    DemandState.SCHEDULED: {DemandState.ACCEPTED},
}


class ProjectKind(TextChoices):
    INVESTMENT = "investment", _("investment project")
    NON_GATED = "non_gated", _("non-gated project")
    PROGRAMME = "programme", _("programme")


class ReleaseState(TextChoices):
    PLANNED = "planned", pgettext_lazy("release", "planned")
    RELEASED = "released", pgettext_lazy("release", "released")
    WITHDRAWN = "withdrawn", pgettext_lazy("release", "withdrawn")


RELEASE_MOVES: Moves = {
    ReleaseState.PLANNED: {ReleaseState.RELEASED, ReleaseState.WITHDRAWN},
    ReleaseState.RELEASED: set(),
    ReleaseState.WITHDRAWN: {ReleaseState.PLANNED},
}


class ChangeKind(TextChoices):
    STANDARD = "standard", pgettext_lazy("kind of change", "standard")
    NORMAL = "normal", _("normal")
    EMERGENCY = "emergency", _("emergency")
