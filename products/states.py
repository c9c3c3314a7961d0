"""The vocabulary of products and briefs, and the allowed moves (domain.md §1–3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from records.moves import Moves


class Phase(TextChoices):
    STRATEGY = "strategy", _("Strategy")
    DESIGN = "design", _("Design")
    TRANSITION = "transition", _("Transition")
    OPERATE = "operate", _("Operate")
    IMPROVE = "improve", _("Improve")
    RETIRE = "retire", _("Retire")
    REJECTED = "rejected", _("Closed: rejected")
    PHASED_OUT = "phased_out", _("Closed: phased out")


# From where to where a toll-gate decision may move a product; rejected closes only at gates 1 to 4.
PHASE_MOVES: Moves = {
    Phase.STRATEGY: {Phase.DESIGN, Phase.REJECTED},
    Phase.DESIGN: {Phase.TRANSITION, Phase.REJECTED},
    Phase.TRANSITION: {Phase.OPERATE, Phase.REJECTED},
    Phase.OPERATE: {Phase.IMPROVE, Phase.RETIRE},
    Phase.IMPROVE: {Phase.OPERATE, Phase.RETIRE},
    Phase.RETIRE: {Phase.PHASED_OUT},
    Phase.REJECTED: set(),
    Phase.PHASED_OUT: set(),
}


class Level(TextChoices):
    DEPARTMENTAL = "departmental", _("departmental")
    CIO = "cio", _("CIO")


class Orientation(TextChoices):
    INTERNAL = "internal", _("internal: improves a business capability")
    EXTERNAL = "external", _("external: improves a user experience")


class WayOfWorking(TextChoices):
    PLAN_DRIVEN = "plan_driven", _("plan-driven")
    AGILE = "agile", _("agile")
    HYBRID = "hybrid", _("hybrid")


class StatusState(TextChoices):
    """A request becomes status once the board has approved it and an MOU is there; status ends in one of four ways."""

    REQUESTED = "requested", _("requested")
    APPROVED = "approved", _("approved, waiting for the MOU")
    GRANTED = "granted", _("granted")
    RENEWED = "renewed", _("renewed")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("not granted")

    @classmethod
    def asking(cls) -> tuple["StatusState", ...]:
        """A request that is under way."""
        return (cls.REQUESTED, cls.APPROVED)

    @classmethod
    def had(cls) -> tuple["StatusState", ...]:
        """Status that is or was in force."""
        return (cls.GRANTED, cls.RENEWED, cls.EXPIRED, cls.WITHDRAWN)


STATUS_MOVES: Moves = {
    StatusState.REQUESTED: {StatusState.APPROVED, StatusState.GRANTED, StatusState.REFUSED},
    StatusState.APPROVED: {StatusState.GRANTED, StatusState.REFUSED},
    StatusState.GRANTED: {StatusState.RENEWED, StatusState.EXPIRED, StatusState.WITHDRAWN},
    StatusState.RENEWED: set(),
    StatusState.EXPIRED: set(),
    StatusState.WITHDRAWN: set(),
    StatusState.REFUSED: set(),
}


class ApplicationLifecycle(TextChoices):
    EMERGING = "emerging", _("emerging")
    CURRENT = "current", _("current")
    CONTAINMENT = "containment", _("containment")
    RETIREMENT = "retirement", _("retirement")
    RETIRED = "retired", _("retired")


class StandardState(TextChoices):
    CURRENT = "current", _("current")
    CONTAINMENT = "containment", _("containment")
    RETIREMENT = "retirement", _("retirement")


class Rating(TextChoices):
    """Condition and business value of an application, as the application inventory rates them."""

    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")
    UNKNOWN = "unknown", _("not rated")


class ServiceSource(TextChoices):
    PROGRAM_INVENTORY = "program_inventory", _("program inventory")
    OPERATING_MODEL = "operating_model", _("target operating model")
    DEPARTMENTAL_GOAL = "departmental_goal", _("departmental goal")
    BRANCH_OBJECTIVE = "branch_objective", _("branch objective")


class BodyKind(TextChoices):
    COMMITTEE = "committee", _("committee")
    PRODUCT_GROUP = "product_group", _("product group")
    WORKING_GROUP = "working_group", _("working group")
    OPERATIONS = "operations", _("operations")


class AssessmentKind(TextChoices):
    PRIVACY = "pia", _("privacy impact assessment")
    SENSITIVITY = "sos", _("statement of sensitivity")
    ACCEPTABLE_RISK = "sar", _("statement of acceptable risk")
    ALGORITHMIC = "aia", _("algorithmic impact assessment")


class AssessmentState(TextChoices):
    NEEDED = "needed", _("needed, not started")
    IN_PROGRESS = "in_progress", _("in progress")
    APPROVED = "approved", _("approved")
    NOT_NEEDED = "not_needed", _("not needed")


class BudgetKind(TextChoices):
    SALARY = "salary", _("salary")
    CLOUD = "cloud", _("non-salary: cloud")
    LICENCES = "licences", _("non-salary: licences")
    EQUIPMENT = "equipment", _("non-salary: equipment")
    OTHER = "other", _("non-salary: other")


class BriefSectionCode(TextChoices):
    """The four tasks under which the elements of the brief are filled in (ux.md A3)."""

    PRODUCT = "product", _("Product and services")
    ORGANISATION = "organisation", _("Organisation and governance")
    PLACES = "places", _("Where things are")
    ROLES = "roles", _("Roles")


class StrategyState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
