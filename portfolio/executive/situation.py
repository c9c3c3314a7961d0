"""The situation of the product in the year: who holds its roles, which applications it manages, what money it has.

And the value for that money: cost planned and spent, outcomes promised, delivered and verified with users. Money that is
not reported stays unknown; it is never shown as zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from people.bilingual import reader
from people.states import CapacityKind
from portfolio.executive.facts import Facts
from portfolio.executive.lines import Line
from portfolio.executive.milestones import known_sum
from portfolio.executive.outcomes import pursued
from portfolio.executive.words import NO_BREAK, capital, count_word, figure
from products.states import ApplicationLifecycle, BudgetKind
from roadmaps.states import OutcomeState, Verdict

LEAVING = (ApplicationLifecycle.CONTAINMENT, ApplicationLifecycle.RETIREMENT, ApplicationLifecycle.RETIRED)
OPTIONAL_ROLES = (CapacityKind.IT_MANAGER,)


@dataclass(frozen=True)
class RoleRow:
    name: str
    holders: tuple[str, ...]
    is_required: bool

    @property
    def is_vacant(self) -> bool:
        return self.is_required and not self.holders


@dataclass(frozen=True)
class ApplicationRow:
    record: Any
    lifecycle: str
    until: date | None


@dataclass(frozen=True)
class BudgetRow:
    name: str
    planned: Decimal | None
    secured: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class Budget:
    rows: tuple[BudgetRow, ...]
    total: BudgetRow
    spent_to: date | None
    in_thousands: bool
    is_partial: bool  # something is not reported, so the totals hold only what is

    @property
    def to_secure(self) -> Decimal | None:
        """What is planned and not secured; None while nothing is reported."""
        if self.total.secured is None or self.total.planned is None:
            return None
        return max(self.total.planned - self.total.secured, Decimal(0))

    @property
    def share_spent(self) -> int | None:
        """Percent of the planned money that is spent."""
        if self.total.spent is None or not self.total.planned:
            return None
        return round(100 * self.total.spent / self.total.planned)


@dataclass(frozen=True)
class Value:
    planned: Decimal | None
    promised: int
    delivered: int
    verified: int


def roles_of(facts: Facts) -> list[RoleRow]:
    rows = []
    for kind in CapacityKind.roles():
        mine = [each for each in facts.roles if each.kind == kind]
        holders = tuple(f"{each.name} ({each.member})" if each.member else each.name for each in mine)
        rows.append(RoleRow(capital(str(kind.label)), holders, kind not in OPTIONAL_ROLES))
    return rows


def applications_of(facts: Facts) -> list[ApplicationRow]:
    return [
        ApplicationRow(each, capital(str(ApplicationLifecycle(each.lifecycle).label)), each.lifecycle_until)
        for each in facts.applications
    ]


def budget_of(facts: Facts) -> Budget | None:
    """The year's money by source, salary apart from non-salary; None when no line is entered."""
    if not facts.budget:
        return None
    lines: dict[tuple[str, bool], list] = {}
    for each in sorted(facts.budget, key=lambda line: (line.source.code, line.kind != BudgetKind.SALARY)):
        lines.setdefault((each.source.name, each.kind == BudgetKind.SALARY), []).append(each)
    amounts = [getattr(each, name) for each in facts.budget for name in ("planned", "secured", "actual")]
    dates = [each.actual_to for each in facts.budget if each.actual_to]
    return Budget(
        rows=tuple(_budget_row(_source(name, is_salary), mine) for (name, is_salary), mine in lines.items()),
        total=_budget_row(gettext("Total"), facts.budget),
        spent_to=min(dates, default=None),
        in_thousands=all(amount % 1000 == 0 for amount in amounts if amount is not None),
        is_partial=None in amounts,
    )


def _source(name: str, is_salary: bool) -> str:
    words = gettext("%(source)s, salary") if is_salary else gettext("%(source)s, non-salary")
    return words % {"source": name}


def _budget_row(name: str, lines) -> BudgetRow:
    return BudgetRow(
        name,
        known_sum(each.planned for each in lines),
        known_sum(each.secured for each in lines),
        known_sum(each.actual for each in lines),
    )


def value_of(facts: Facts, lines: list[Line]) -> Value:
    """Done means users say so: verified is an outcome delivered with the verdict "met"."""
    outcomes = pursued(facts)
    delivered = [each for each in outcomes if each.state == OutcomeState.DELIVERED]
    return Value(
        planned=known_sum(line.milestone.cost for line in lines if not line.is_out),
        promised=len(outcomes),
        delivered=len(delivered),
        verified=sum(each.verdict == Verdict.MET for each in delivered),
    )


def situation_finding(facts: Facts, roles: list[RoleRow], budget: Budget | None) -> str:
    """Situation: every role is filled, one application is being contained, $0.5 million is still to secure."""
    parts = [_roles_say(roles), _applications_say(facts), _budget_says(budget)]
    return gettext("Situation: %(says)s") % {"says": ", ".join(part for part in parts if part)}


def _roles_say(roles: list[RoleRow]) -> str:
    vacant = sum(role.is_vacant for role in roles)
    if not vacant:
        return gettext("every role is filled")
    return ngettext("%(count)s role is vacant", "%(count)s roles are vacant", vacant) % {"count": count_word(vacant)}


def _applications_say(facts: Facts) -> str:
    leaving = sum(each.lifecycle in LEAVING for each in facts.applications)
    if not facts.applications:
        return gettext("no application is listed")
    if not leaving:
        return gettext("no application is being retired")
    return ngettext(
        "%(count)s application is being contained or retired",
        "%(count)s applications are being contained or retired",
        leaving,
    ) % {"count": count_word(leaving, feminine=True)}


def _budget_says(budget: Budget | None) -> str:
    if budget is None:
        return gettext("no budget is entered")
    if budget.to_secure is None:
        return gettext("secured funds are not reported")
    if not budget.to_secure:
        return gettext("all planned funds are secured")
    return gettext("%(amount)s is still to secure") % {"amount": rounded_money(budget.to_secure)}


def rounded_money(amount: Decimal) -> str:
    """$0.5 million, $340,000: as a heading says it."""
    if amount < 100_000:
        return _money(figure(round(amount)))
    millions = figure((amount / 1_000_000).quantize(Decimal("0.1")))
    return gettext("$%(millions)s million") % {"millions": millions}


def _money(digits: str) -> str:
    return f"{digits}{NO_BREAK}$" if reader() == "fr" else f"${digits}"


def value_finding(value: Value, budget: Budget | None) -> str:
    """Value for money: 52% of the year's budget is spent, one of seven outcomes is delivered and verified."""
    share = budget.share_spent if budget else None
    if share is None:
        spent = gettext("what is spent is not reported")
    else:
        spent = gettext("%(share)s of the year’s budget is spent") % {"share": _percent(share)}
    return gettext("Value for money: %(spent)s, %(outcomes)s") % {"spent": spent, "outcomes": _outcomes_say(value)}


def _percent(share: int) -> str:
    return f"{share}{NO_BREAK}%" if reader() == "fr" else f"{share}%"


def _outcomes_say(value: Value) -> str:
    said = {"count": count_word(value.verified), "total": count_word(value.promised)}
    if not value.promised:
        return gettext("no outcome is promised")
    if not value.verified:
        if not value.delivered:
            return (
                ngettext(
                    "the one outcome is not delivered yet",
                    "none of %(total)s outcomes is delivered yet",
                    value.promised,
                )
                % said
            )
        return gettext("no delivered outcome is verified with users yet")
    return (
        ngettext(
            "%(count)s of %(total)s outcomes is delivered and verified",
            "%(count)s of %(total)s outcomes are delivered and verified",
            value.verified,
        )
        % said
    )
