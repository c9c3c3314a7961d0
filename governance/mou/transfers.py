"""Transfers planned and actual, per fiscal year and branch: planned is what the agreement says, actual is what was booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from governance.models import Mou, MouAmount, MouTransfer
from governance.mou_states import MouMoney, Side
from people.models import Branch
from people.permissions import Verdict, may
from products import fiscal
from records import clock


def may_book_transfer(person: Any, of: Mou | MouTransfer) -> Verdict:
    return may(person, "book_transfer", of, **of.product.scopes())


def payers(mou: Mou) -> list[Branch]:
    """The sponsoring branches of this version, in its order."""
    parties = mou.parties.filter(side=Side.SPONSOR).select_related("branch").order_by("position")
    return [party.branch for party in parties]


def years_of(mou: Mou) -> list[int]:
    """The fiscal years it covers or has an amount for."""
    years = set(mou.amounts.values_list("fiscal_year", flat=True))
    if mou.first_year is not None and mou.last_year is not None:
        years |= set(range(mou.first_year, mou.last_year + 1))
    return sorted(years)


@dataclass(frozen=True)
class Money:
    """Planned and transferred. None: nothing is agreed, or nothing was booked; never the same as zero."""

    planned: Decimal | None = None
    actual: Decimal | None = None

    @property
    def to_come(self) -> Decimal | None:
        """What of the planned amount is still to come; negative when more came than was agreed."""
        return None if self.planned is None else self.planned - (self.actual or Decimal(0))

    @property
    def is_over(self) -> bool:
        return self.to_come is not None and self.to_come < 0

    @property
    def is_unplanned(self) -> bool:
        return self.planned is None and self.actual is not None


@dataclass(frozen=True)
class Line:
    """One branch in one fiscal year."""

    year: int
    branch: Branch
    salary: Money
    other: Money

    @property
    def total(self) -> Money:
        return add([self.salary, self.other])

    @property
    def label(self) -> str:
        return fiscal.label(self.year)


@dataclass(frozen=True)
class Year:
    """The branches of one fiscal year and their sums."""

    year: int
    lines: list[Line]
    is_over: bool

    @property
    def label(self) -> str:
        return fiscal.label(self.year)

    @property
    def salary(self) -> Money:
        return add(line.salary for line in self.lines)

    @property
    def other(self) -> Money:
        return add(line.other for line in self.lines)

    @property
    def total(self) -> Money:
        return add(line.total for line in self.lines)

    @property
    def is_late(self) -> bool:
        """The year is over and not all of it came."""
        return self.is_over and (self.total.to_come or 0) > 0


def add(parts: Iterable[Money]) -> Money:
    """The sum of what is known; None where nothing is."""
    rows = list(parts)
    return Money(_sum(row.planned for row in rows), _sum(row.actual for row in rows))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def bookings(mou: Mou) -> list[MouTransfer]:
    """What was booked for the agreement, whichever version was in force then; the latest first."""
    rows = MouTransfer.objects.filter(product_id=mou.product_id, number=mou.number).select_related("branch")
    return list(rows.order_by("-transferred_on", "-created_at"))


def plan(mou: Mou, booked: list[MouTransfer]) -> list[Year]:
    """Every fiscal year with an amount or a booking, the earliest first. Two questions, whatever the number of years."""
    agreed = list(MouAmount.objects.filter(mou=mou).select_related("party__branch"))
    branches = {row.party.branch_id: row.party.branch for row in agreed} | {row.branch_id: row.branch for row in booked}
    places = {(row.fiscal_year, row.party.branch_id) for row in agreed} | {
        (row.fiscal_year, row.branch_id) for row in booked
    }
    lines: dict[int, list[Line]] = {}
    for year, branch in sorted(places, key=lambda place: (place[0], branches[place[1]].acronym)):
        here = [row for row in agreed if (row.fiscal_year, row.party.branch_id) == (year, branch)]
        came = [row for row in booked if (row.fiscal_year, row.branch_id) == (year, branch)]
        salary, other = (_money(kind, here, came) for kind in (MouMoney.SALARY, MouMoney.NON_SALARY))
        lines.setdefault(year, []).append(Line(year, branches[branch], salary, other))
    now = fiscal.fiscal_year_of(clock.today(), mou.product.department.fiscal_start_month)
    return [Year(year, lines[year], year < now) for year in sorted(lines)]


def _money(kind: str, agreed: list[MouAmount], booked: list[MouTransfer]) -> Money:
    return Money(
        _sum(row.amount for row in agreed if row.kind == kind), _sum(row.amount for row in booked if row.kind == kind)
    )
