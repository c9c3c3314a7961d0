"""Words of this floor: in what capacity people act, and over what."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from records.moves import Moves


class CapacityKind(TextChoices):
    """The cast of domain.md §11. Team capacities come from roles and positions, seats from boards, the rest from appointments."""

    HEAD_OF_PRODUCT = "head_of_product", _("Head of Product")
    PRODUCT_MANAGER = "product_manager", _("Product Manager")
    PRODUCT_OWNER = "product_owner", _("Product Owner")
    SECURITY_CHAMPION = "security_champion", _("IT Security Champion")
    CHANGE_COORDINATOR = "change_coordinator", _("Change Coordinator")
    SUPPORT_MANAGER = "support_manager", _("Product Support Manager")
    IT_MANAGER = "it_manager", _("IT Manager")
    TEAM_MEMBER = "team_member", _("team member")
    SPONSOR = "sponsor", _("head of branch (ADM)")
    DIRECTOR_GENERAL = "director_general", _("director-general")
    CIO = "cio", _("Chief Information Officer")
    CFO = "cfo", _("Chief Financial Officer")
    EXECUTIVE = "executive", _("executive")
    PORTFOLIO_MANAGER = "portfolio_manager", _("portfolio manager")
    OVERSIGHT = "oversight", _("corporate oversight")
    AUDITOR = "auditor", _("auditor")
    BOARD_CHAIR = "board_chair", _("board chair")
    BOARD_MEMBER = "board_member", _("board member")
    BOARD_SECRETARY = "board_secretary", _("board secretary")
    BOARD_OBSERVER = "board_observer", _("board observer")
    DELEGATE_SIGNING = "delegate_signing", _("signs for somebody")
    DELEGATE_REQUESTING = "delegate_requesting", _("asks for somebody")

    @classmethod
    def roles(cls) -> tuple["CapacityKind", ...]:
        """The seven roles of the standard, in its order (Product Team Brief)."""
        return (
            cls.HEAD_OF_PRODUCT,
            cls.PRODUCT_MANAGER,
            cls.PRODUCT_OWNER,
            cls.SECURITY_CHAMPION,
            cls.CHANGE_COORDINATOR,
            cls.SUPPORT_MANAGER,
            cls.IT_MANAGER,
        )

    @classmethod
    def team(cls) -> tuple["CapacityKind", ...]:
        return (*cls.roles(), cls.TEAM_MEMBER)

    @classmethod
    def offices(cls) -> tuple["CapacityKind", ...]:
        """Given by appointment."""
        return (
            cls.SPONSOR,
            cls.DIRECTOR_GENERAL,
            cls.CIO,
            cls.CFO,
            cls.EXECUTIVE,
            cls.PORTFOLIO_MANAGER,
            cls.OVERSIGHT,
            cls.AUDITOR,
        )

    @classmethod
    def seats(cls) -> tuple["CapacityKind", ...]:
        """Of boards; they decide, keep the minutes or look on, and are never handed over."""
        return (cls.BOARD_CHAIR, cls.BOARD_MEMBER, cls.BOARD_SECRETARY, cls.BOARD_OBSERVER)

    @classmethod
    def delegated(cls) -> tuple["CapacityKind", ...]:
        """Held over a person: in that one's name."""
        return (cls.DELEGATE_SIGNING, cls.DELEGATE_REQUESTING)


class DelegatedAct(TextChoices):
    """What one person may do in another's name."""

    SIGNING = "signing", _("Sign agreements, such as a memorandum of understanding")
    REQUESTING = "requesting", _("Ask for product status and submit requests")

    @property
    def capacity(self) -> CapacityKind:
        """What the delegate holds over the person."""
        return CapacityKind(f"delegate_{self.value}")


class ScopeKind(TextChoices):
    ALL = "all", _("every department")
    DEPARTMENT = "department", _("department")
    BRANCH = "branch", _("branch")
    PORTFOLIO = "portfolio", _("portfolio")
    PRODUCT = "product", _("product")
    BOARD = "board", _("board")
    PERSON = "person", _("person")


class Delivery(TextChoices):
    """How a notice reaches its person beside the page of notices."""

    AT_ONCE = "at_once", _("By mail at once")
    DIGEST = "digest", _("In the digest")
    HERE = "here", _("Only here")


class Rhythm(TextChoices):
    """How often the digest comes."""

    WEEKLY = "weekly", _("Every week, on Monday")
    DAILY = "daily", _("Every day")
    NEVER = "never", _("Never")


class ImportState(TextChoices):
    """Of an uploaded file (decisions.md §24)."""

    CHECKING = "checking", _("being checked")
    READY = "ready", _("ready to import")
    REFUSED = "refused", _("not importable")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")


IMPORT_MOVES: Moves = {
    ImportState.CHECKING: {ImportState.READY, ImportState.REFUSED},
    ImportState.READY: {ImportState.APPLYING},
    ImportState.REFUSED: set(),
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.REFUSED},
    ImportState.APPLIED: set(),
}
