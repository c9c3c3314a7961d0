"""Who may do what: one table verb × capacity (domain.md §11), and the verdict that carries its reason.

Every `may_<verb>_<noun>` on every floor ends here. Superusers administer; they get nothing from this table, so they do not
vote, sign or decide (decisions.md §19).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from people.models import Capacity, Person
from people.states import CapacityKind as K
from people.states import ScopeKind
from records import clock
from records.refusals import Refused

LEADS = frozenset({K.HEAD_OF_PRODUCT, K.PRODUCT_MANAGER})
PLANNERS = LEADS | {K.PRODUCT_OWNER}
TEAM = frozenset(K.team())
WATCHERS = frozenset({K.OVERSIGHT, K.AUDITOR})

# verb → the capacities that may, each over the product, its sponsoring branch, its portfolio or its department
TABLE: dict[str, frozenset[K]] = {
    "register_product": frozenset({K.PORTFOLIO_MANAGER, K.OVERSIGHT}),
    "change_product": LEADS | {K.PORTFOLIO_MANAGER},
    "import_inventory": frozenset({K.PORTFOLIO_MANAGER, K.OVERSIGHT}),
    "open_position": frozenset({K.PORTFOLIO_MANAGER, K.OVERSIGHT}),
    "see_drafts": TEAM | WATCHERS,
    "edit_brief": TEAM,
    "assign_roles": LEADS | {K.PORTFOLIO_MANAGER},
    "change_structure": LEADS | {K.IT_MANAGER},
    "publish_brief": LEADS,
    "confirm_brief": frozenset({K.HEAD_OF_PRODUCT}),
    "write_strategy": LEADS,
    "edit_roadmap": PLANNERS,
    "confirm_order": frozenset({K.PRODUCT_OWNER}),
    "accept_demand": PLANNERS,
    "raise_demand": TEAM | {K.SPONSOR, K.DIRECTOR_GENERAL, K.PORTFOLIO_MANAGER, K.EXECUTIVE},
    "manage_projects": PLANNERS | {K.PORTFOLIO_MANAGER},
    "make_release": PLANNERS | {K.CHANGE_COORDINATOR},
    "analyse_release": PLANNERS,
    "hold_outcome_gate": LEADS,
    "change_budget": LEADS | {K.CFO},
    "change_boundaries": LEADS | {K.IT_MANAGER, K.SECURITY_CHAMPION},
    "vet_roadmap": frozenset({K.IT_MANAGER}),
    "keep_feedback": TEAM,
    "connect_source": LEADS | {K.IT_MANAGER, K.CHANGE_COORDINATOR},
    "upload_deliveries": PLANNERS | {K.IT_MANAGER, K.CHANGE_COORDINATOR},
    "correct_delivery": LEADS | {K.IT_MANAGER, K.CHANGE_COORDINATOR, K.SUPPORT_MANAGER},
    "declare_month": PLANNERS | {K.IT_MANAGER},
    "approve_restatement": LEADS,
    "set_measures": LEADS,
    "keep_kpis": PLANNERS | {K.SUPPORT_MANAGER, K.SECURITY_CHAMPION},
    "see_sources": TEAM | WATCHERS,
    "prepare_review": LEADS,
    "present_case": frozenset({K.HEAD_OF_PRODUCT}),
    "request_status": frozenset({K.SPONSOR}),
    "close_condition": LEADS | {K.PRODUCT_OWNER},
    "write_mou": LEADS | {K.PORTFOLIO_MANAGER},
    "comment_mou": TEAM | {K.SPONSOR, K.DIRECTOR_GENERAL, K.CIO, K.CFO, K.PORTFOLIO_MANAGER},
    "validate_mou": frozenset({K.DIRECTOR_GENERAL}),
    "concur_mou": frozenset({K.CFO}),
    "end_mou": frozenset({K.SPONSOR, K.CIO}),
    "book_transfer": LEADS | {K.CFO},
    "read_risks": TEAM | WATCHERS | {K.SPONSOR, K.DIRECTOR_GENERAL, K.CIO, K.CFO, K.PORTFOLIO_MANAGER, K.EXECUTIVE},
    "keep_risks": TEAM,
    # The widest circle; the rule of the band (governance.BandRule) says who of them accepts what.
    "accept_risk": LEADS | {K.SPONSOR, K.DIRECTOR_GENERAL, K.CIO, K.CFO},
    "escalate_risk": LEADS,
    "run_meeting": frozenset({K.BOARD_CHAIR, K.BOARD_SECRETARY}),
    # Told here to readers; the seat decides on each point (governance.voting.voices): presence, alternates, recusal.
    "cast_vote": frozenset({K.BOARD_CHAIR, K.BOARD_MEMBER}),
    "record_decision": frozenset({K.BOARD_CHAIR}),
    "read_board": frozenset({K.BOARD_CHAIR, K.BOARD_MEMBER, K.BOARD_SECRETARY, K.BOARD_OBSERVER}) | WATCHERS,
}


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed; otherwise carries the reason, which names who can help."""

    allowed: bool
    reason: str = ""
    subject: Any = None
    by: Any = None

    def __bool__(self) -> bool:
        return self.allowed


def require(verdict: Verdict) -> None:
    """Raise Refused with the verdict's reason unless it allows."""
    if not verdict:
        raise Refused(verdict.reason, subject=verdict.subject, by=verdict.by)


@dataclass(frozen=True)
class Standing:
    """What a person holds today, read once per request."""

    department_id: UUID
    holds: frozenset[tuple[str, str, UUID | None]]

    def has(self, kinds: Iterable[str], **scopes: UUID | None) -> bool:
        """Whether one of `kinds` is held over one of the scopes (product=…, branch=…, portfolio=…, department=…) or over all."""
        places = {(ScopeKind.ALL.value, None)} | {(name, key) for name, key in scopes.items() if key}
        return any(kind in kinds and (scope, key) in places for kind, scope, key in self.holds)

    def keys(self, scope: str, kinds: Iterable[str] | None = None) -> set[UUID]:
        """The scopes of one sort over which one of `kinds` (any, if None) is held."""
        return {key for kind, where, key in self.holds if where == scope and key and (kinds is None or kind in kinds)}

    @property
    def sees_everything(self) -> bool:
        return any(scope == ScopeKind.ALL for _kind, scope, _key in self.holds)

    @property
    def departments(self) -> set[UUID]:
        """Departments whose published records this person reads."""
        return {self.department_id} | self.keys(ScopeKind.DEPARTMENT)


def standing(person: Person) -> Standing:
    """What `person` holds on the business day; kept on the instance, which lives for one request."""
    day = clock.today()
    kept = person.__dict__.get("_standing")
    if kept is None or kept[0] != day:
        rows = Capacity.objects.filter(person=person).on(day).values_list("kind", "scope", "scope_id")
        kept = (day, Standing(person.department_id, frozenset(rows)))
        person.__dict__["_standing"] = kept
    return kept[1]


def forget_standing(person: Person) -> None:
    """Read the capacities anew; called by the actions that change them."""
    person.__dict__.pop("_standing", None)


def may(person: Any, verb: str, subject: Any, **scopes: UUID | None) -> Verdict:
    """The verdict on `verb` for `person` over the named scopes of `subject`. Raises LookupError for an unknown verb."""
    kinds = TABLE[verb]
    if isinstance(person, Person) and person.is_active and standing(person).has(kinds, **scopes):
        return Verdict(True)
    holders = ", ".join(str(kind.label) for kind in K if kind in kinds)
    return Verdict(False, _("You cannot do this here. It is for: %(holders)s.") % {"holders": holders}, subject, person)


def may_administer(person: Any, subject: Any = None) -> Verdict:
    """Reference data and people are managed by administrators."""
    if isinstance(person, Person) and person.is_active and person.is_staff and person.is_superuser:
        return Verdict(True)
    return Verdict(False, _("You cannot do this here. It is for: administrators."), subject, person)
