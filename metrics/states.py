"""The vocabulary of delivery: kinds of sources, environments, what became of a deployment or an incident, levels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceKind(TextChoices):
    GITHUB = "github", "GitHub"
    GITLAB = "gitlab", "GitLab"
    GENERIC = "generic", _("our own format (JSON)")
    CDEVENTS = "cdevents", "CDEvents"
    UPLOAD = "upload", _("files")


class Environment(TextChoices):
    PRODUCTION = "production", _("production")
    STAGING = "staging", _("staging")
    TESTING = "testing", _("testing")
    DEVELOPMENT = "development", pgettext_lazy("environment", "development")
    OTHER = "other", pgettext_lazy("environment", "other")


class DeploymentStatus(TextChoices):
    QUEUED = "queued", pgettext_lazy("deployment", "queued")
    IN_PROGRESS = "in_progress", pgettext_lazy("deployment", "in progress")
    SUCCESS = "success", pgettext_lazy("deployment", "succeeded")
    FAILURE = "failure", pgettext_lazy("deployment", "failed to deploy")
    CANCELLED = "cancelled", pgettext_lazy("deployment", "cancelled")
    OTHER = "other", pgettext_lazy("deployment", "other")


class IncidentStatus(TextChoices):
    OPEN = "open", pgettext_lazy("incident", "open")
    RESOLVED = "resolved", pgettext_lazy("incident", "resolved")
    CANCELLED = "cancelled", pgettext_lazy("incident", "cancelled")


class Membership(TextChoices):
    """How the changes of a deployment are known (dora.md §2.2): told, derived from the pushes, or its own commit alone."""

    EXPLICIT = "explicit", _("listed by the source")
    GRAPH = "graph", _("derived from the pushes")
    ALONE = "alone", _("the deployed commit alone")


class Scope(TextChoices):
    PRODUCT = "product", _("product")
    FAMILY = "family", _("family of products")


class Period(TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class Level(TextChoices):
    ELITE = "elite", pgettext_lazy("level", "Elite")
    HIGH = "high", pgettext_lazy("level", "High")
    MEDIUM = "medium", pgettext_lazy("level", "Medium")
    LOW = "low", pgettext_lazy("level", "Low")


class Metric(TextChoices):
    """The four measures; the value is also the stem of their columns."""

    DEPLOYMENT_FREQUENCY = "deployment_frequency", _("Deployment frequency")
    LEAD_TIME = "lead_time", _("Lead time for changes")
    CHANGE_FAILURE = "change_failure", _("Change failure rate")
    TIME_TO_RESTORE = "time_to_restore", _("Time to restore service")


class SnapshotReason(TextChoices):
    """Why a row was computed (dora.md §2.6)."""

    SCHEDULED = "scheduled", _("the month ended")
    LATE_EVENT = "late_event", _("an event arrived")
    CORRECTION = "correction", _("the team corrected a record")
    BACKFILL = "backfill", _("asked for by command")
    SETTINGS = "settings", _("time zone, window, levels or method changed")


class LogOutcome(TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("delivery", "accepted")
    DUPLICATE = "duplicate", pgettext_lazy("delivery", "received before")
    IGNORED = "ignored", pgettext_lazy("delivery", "kept, not used")
    REFUSED = "refused", pgettext_lazy("delivery", "refused")


class DeclaredState(TextChoices):
    IN_FORCE = "in_force", pgettext_lazy("declared month", "in force")
    WITHDRAWN = "withdrawn", pgettext_lazy("declared month", "withdrawn")


# from → what it may become; a declared month that was withdrawn is declared anew, not revived
DECLARED_MOVES: dict[str, frozenset[str]] = {
    DeclaredState.IN_FORCE: frozenset({DeclaredState.WITHDRAWN}),
    DeclaredState.WITHDRAWN: frozenset(),
}


class KpiKind(TextChoices):
    """What an indicator is about, in the order in which reports show them."""

    RESULT = "result", pgettext_lazy("indicator", "business result")
    QUALITY = "quality", pgettext_lazy("indicator", "quality")
    SERVICE_LEVEL = "service", pgettext_lazy("indicator", "service level")
    SATISFACTION = "satisfaction", pgettext_lazy("indicator", "satisfaction")
    TEAM = "team", pgettext_lazy("indicator", "team")
    FINANCE = "finance", pgettext_lazy("indicator", "finance")


class KpiDirection(TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")


class KpiFrequency(TextChoices):
    MONTH = "month", pgettext_lazy("frequency", "every month")
    QUARTER = "quarter", pgettext_lazy("frequency", "every quarter")
    YEAR = "year", pgettext_lazy("frequency", "every year")


class KpiMethod(TextChoices):
    """Where the values of an indicator come from. The computed ones are never typed."""

    ENTERED = "entered", _("entered by the team")
    TEAM_STABILITY = "team_stability", _("computed from the roles of the team")
    SPEED_TO_MARKET = "speed_to_market", _("computed from requests and releases")
