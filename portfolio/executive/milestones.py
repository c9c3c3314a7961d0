"""The table of milestones and the month-by-month agenda: every fact, under the number the picture shows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from portfolio.executive.facts import Facts, Why
from portfolio.executive.lines import Line, lanes_of, state_word
from portfolio.executive.words import capital, day_name, month_digits, month_name, shift_words
from products import fiscal
from roadmaps.picture import glyph


@dataclass(frozen=True)
class Row:
    """One line in words, for the table and the agenda."""

    line: Line
    mark: SafeString
    state: str
    outcomes: str
    month: str
    moved: tuple[str, ...]
    why: Why | None
    risk: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Total:
    """Costs of several milestones; None when none of them is known."""

    name: str
    salary: Decimal | None
    non_salary: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class AgendaMonth:
    name: str
    now: str = ""
    rows: list[Row] = field(default_factory=list)


def rows_of(facts: Facts, lines: list[Line]) -> list[Row]:
    return [_row(facts, line) for line in lines]


def _row(facts: Facts, line: Line) -> Row:
    record = line.milestone
    return Row(
        line=line,
        mark=mark_safe(glyph(record.state, record.is_gate, 14)),  # nosec B308 # a shape of ours, no words
        state=state_word(record.state),
        outcomes=", ".join(record.outcome_codes) or "–",
        month=month_digits(record.month),
        moved=_moved(facts, line),
        why=(facts.moves or {}).get(record.id) if record.moved or line.is_out else None,
        risk=_risk(line),
        marks=_marks(line),
    )


def _moved(facts: Facts, line: Line) -> tuple[str, ...]:
    milestone, said = line.milestone, []
    if milestone.moved:
        said.append(
            gettext("%(shift)s, was %(month)s")
            % {"shift": shift_words(milestone.moved), "month": month_digits(milestone.promised_month)}
        )
    if line.is_out:
        said.append(carried_out(facts.year, milestone.carried_to))
    elif milestone.carried_from is not None:
        said.append(gettext("carried in from %(year)s") % {"year": fiscal.label(milestone.carried_from)})
    elif line.is_new:
        said.append(gettext("added since approval"))
    return tuple(said)


def carried_out(year: int, to_year: int | None) -> str:
    """Where a milestone went that this year promised."""
    if to_year is None:
        return gettext("carried out, no year yet")
    if to_year < year:
        return gettext("brought forward to %(year)s") % {"year": fiscal.label(to_year)}
    return gettext("carried out to %(year)s") % {"year": fiscal.label(to_year)}


def _risk(line: Line) -> str:
    record = line.milestone
    return gettext("At risk: {reason}").format(reason=record.risk_reason) if record.is_at_risk else ""


def _marks(line: Line) -> tuple[str, ...]:
    said = []
    if line.reason:
        said.append(gettext("Cancelled: %(reason)s") % {"reason": line.reason.rstrip(".")})
    said += line.milestone.marks
    return tuple(said)


def groups_of(facts: Facts, rows: list[Row], by: str) -> list[Group]:
    """The rows by lane, in the order of the picture; unscheduled ones last."""
    lines = [row.line for row in rows]
    groups = []
    for lane in lanes_of(facts, lines, by):
        name = (
            gettext("Goal %(letter)s: %(name)s") % {"letter": lane.letter, "name": lane.name}
            if lane.letter
            else lane.name
        )
        mine = tuple(row for row in rows if row.line.lane == lane.key and not row.line.is_unscheduled)
        groups.append(Group(name, mine))
    groups.append(Group(gettext("Unscheduled"), tuple(row for row in rows if row.line.is_unscheduled)))
    return [group for group in groups if group.rows]


def totals_of(facts: Facts, lines: list[Line]) -> list[Total]:
    """The cost of what the year holds, and apart from it the cost of what it has handed on."""
    here, out = [line for line in lines if not line.is_out], [line for line in lines if line.is_out]
    label = fiscal.label(facts.year)
    totals = [_total(gettext("Planned in %(year)s") % {"year": label}, here)]
    if out:
        totals.append(_total(gettext("Carried out of %(year)s") % {"year": label}, out))
    return totals


def _total(name: str, lines: list[Line]) -> Total:
    records = [line.milestone for line in lines]
    return Total(
        name,
        known_sum(record.cost_salary for record in records),
        known_sum(record.cost_non_salary for record in records),
        known_sum(record.cost for record in records),
    )


def known_sum(amounts) -> Decimal | None:
    """The sum of the amounts that are known; None when none is, because unknown is not zero."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def agenda_of(facts: Facts, rows: list[Row]) -> list[AgendaMonth]:
    """Month by month for narrow screens; today's month is there even when it holds nothing."""
    found = []
    for month in fiscal.months_of(facts.year, facts.start_month):
        mine = [row for row in rows if row.line.milestone.month == month and not row.line.is_out]
        now = _now(facts, month)
        if mine or now:
            found.append(AgendaMonth(capital(month_name(month)), now, mine))
    left = [row for row in rows if row.line.is_out]
    for to_year in sorted({row.line.milestone.carried_to for row in left}, key=lambda year: year or 9999):
        mine = [row for row in left if row.line.milestone.carried_to == to_year]
        found.append(AgendaMonth(capital(carried_out(facts.year, to_year)), "", mine))
    unscheduled = [row for row in rows if row.line.is_unscheduled]
    return [*found, AgendaMonth(gettext("Unscheduled"), "", unscheduled)] if unscheduled else found


def _now(facts: Facts, month: date) -> str:
    if (facts.day.year, facts.day.month) != (month.year, month.month):
        return ""
    words = gettext("As of %(day)s") if facts.is_past else gettext("Today, %(day)s")
    return words % {"day": day_name(facts.day)}


def table_finding(count: int) -> str:
    return ngettext("The one milestone", "All %(count)s milestones", count) % {"count": count}
