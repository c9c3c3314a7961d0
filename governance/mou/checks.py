"""The eight checks before a committee decides on a memorandum, each on the living records, with the place where it is mended
(domain.md §6)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import Mou, MouAmount
from governance.mou.frozen import Voice, voices_of
from governance.mou_states import OpinionKind
from people.states import CapacityKind
from people.templatetags.gatehouse import money
from products import fiscal
from products.brief.elements import Element
from products.brief.staleness import Staleness, staleness
from products.brief.state import brief_state
from products.models import BriefVersion, BudgetLine, FundingSource
from records import clock


@dataclass(frozen=True)
class Check:
    """One check: whether it is met, what was found in few words, and the page where it is seen to."""

    code: str
    title: Any
    is_met: bool
    fact: str
    page: str


@dataclass(frozen=True)
class Records:
    """What the checks look at, read once."""

    mou: Mou
    elements: dict[str, Element]
    brief: BriefVersion | None
    age: Staleness
    voices: list[Voice]

    @property
    def code(self) -> str:
        return self.mou.product.code


Judged = tuple[bool, str, str]  # met, fact, page


def checks_of(mou: Mou) -> list[Check]:
    """The eight, in the order of the standard. About thirty questions: for the memorandum's own pages."""
    records = _records(mou)
    return [Check(code, title, *rule(records)) for code, title, rule in RULES]


def unmet(mou: Mou) -> list[Check]:
    return [each for each in checks_of(mou) if not each.is_met]


def _records(mou: Mou) -> Records:
    state = brief_state(mou.product)
    elements = {each.code: each for each in state.elements}
    brief = BriefVersion.objects.filter(product=mou.product_id).order_by("-number").first()
    return Records(mou, elements, brief, staleness(mou.product), voices_of(mou))


def year_of_funds(mou: Mou) -> int | None:
    """The fiscal year whose funds must be secured: the first one of the agreement that is not over; None without years."""
    if mou.first_year is None:
        return None
    department = mou.product.department
    present = fiscal.fiscal_year_of(clock.today(department.time_zone), department.fiscal_start_month)
    return max(mou.first_year, min(present, mou.last_year or present))


def _funds(records: Records) -> Judged:
    """What is agreed for that year is secured in the product's budget, source by source."""
    mou, page = records.mou, reverse("budget-list", args=[records.code])
    year = year_of_funds(mou)
    agreed = _by_source(MouAmount.objects.filter(mou=mou, fiscal_year=year)) if year is not None else {}
    if year is None or not agreed:
        return False, _("No amount is agreed for the first year"), page
    secured = _by_source(BudgetLine.objects.filter(product=mou.product_id, fiscal_year=year), "secured")
    short = {key: amount - secured[key] for key, amount in agreed.items() if secured[key] < amount}
    label = fiscal.label(year)
    if not short:
        told = {"amount": money(sum(agreed.values(), Decimal(0))), "year": label}
        return True, _("%(amount)s secured for %(year)s") % told, page
    source = FundingSource.objects.get(pk=next(iter(short)))
    missing = {"amount": money(sum(short.values(), Decimal(0))), "year": label, "source": str(source)}
    return False, _("%(amount)s not secured for %(year)s: %(source)s") % missing, page


def _by_source(rows: Any, field: str = "amount") -> defaultdict[Any, Decimal]:
    """Source → amount; nothing where none is known."""
    sums = rows.order_by().values("source").annotate(total=Sum(field)).values_list("source", "total")
    return defaultdict(Decimal, {key: total for key, total in sums if total is not None})


def _published(records: Records) -> Judged:
    page = reverse("brief-detail", args=[records.code])
    if records.brief is None:
        return False, _("Never published"), page
    return True, _("Version %(number)d published") % {"number": records.brief.number}, page


def _structure(records: Records) -> Judged:
    return _element(records, "structure", reverse("structure-detail", args=[records.code]))


def _governance(records: Records) -> Judged:
    return _element(records, "governance", reverse("governance-detail", args=[records.code]))


def _applications(records: Records) -> Judged:
    return _confirmed(
        records, "applications", lambda count: ngettext("%(count)d application", "%(count)d applications", count)
    )


def _repositories(records: Records) -> Judged:
    return _confirmed(
        records, "repositories", lambda count: ngettext("%(count)d repository", "%(count)d repositories", count)
    )


def _element(records: Records, code: str, page: str) -> Judged:
    element = records.elements[code]
    return element.is_complete and not element.problem, element.gap or element.fact, page


def _confirmed(records: Records, code: str, counted: Callable[[int], str]) -> Judged:
    """There, and confirmed lately: the brief that names them was published or confirmed within the policy's days."""
    page = reverse("brief-section", args=[records.code, records.elements[code].section])
    is_met, fact, page = _element(records, code, page)
    if is_met and (records.age.is_stale or records.age.days is None):
        return False, records.age.sentence, reverse("brief-detail", args=[records.code])
    return is_met, counted(int(fact)) % {"count": int(fact)} if fact.isdecimal() else fact, page


def _validations(records: Records) -> Judged:
    page = reverse("mou-review", args=[records.code, records.mou.pk])
    wanted = [each for each in records.voices if each.kind == OpinionKind.VALIDATION]
    missing = [str(each.party) for each in wanted if not each.agrees]
    if not missing and wanted:
        return True, _("All parties have validated the text"), page
    return False, _("Not validated yet: %(branches)s") % {"branches": ", ".join(missing) or "–"}, page


def _roles(records: Records) -> Judged:
    page = reverse("brief-section", args=[records.code, "roles"])
    roles = {kind.value for kind in CapacityKind.roles()}
    asked = [each for code, each in records.elements.items() if code in roles and each.required]
    vacant = [each.title for each in asked if not each.is_complete]
    if vacant:
        return False, _("Vacant: %(roles)s") % {"roles": ", ".join(vacant)}, page
    found = ngettext("%(count)d required role is held", "%(count)d required roles are held", len(asked))
    return True, found % {"count": len(asked)}, page


RULES: tuple[tuple[str, Any, Callable[[Records], Judged]], ...] = (
    ("funds", gettext_lazy("Funds are secured"), _funds),
    ("brief", gettext_lazy("The brief is published"), _published),
    ("structure", gettext_lazy("The organisation structure is described"), _structure),
    ("governance", gettext_lazy("The governance structure is described"), _governance),
    ("applications", gettext_lazy("The applications are confirmed"), _applications),
    ("validations", gettext_lazy("Both sides have validated"), _validations),
    ("roles", gettext_lazy("The roles are assigned"), _roles),
    ("repositories", gettext_lazy("The repositories are confirmed"), _repositories),
)
