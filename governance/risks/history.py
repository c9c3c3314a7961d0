"""What happened to one risk: the step line of its current score, and every change with its note (ux.md A6)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.models import Risk, RiskAcceptance, RiskReview, RiskScore
from governance.models.risk_rules import CELLS
from governance.risk_states import RiskState, RiskStrategy, ScoreKind
from people.bilingual import said

WIDE, NARROW = 1040, 288  # drawn twice, so that its words keep their size on any screen
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 190, 30, 34, 18, 28
KINDS = ScoreKind.values
CLOSE = 26  # labels nearer than this to the one before are left to the table


@dataclass(frozen=True)
class Change:
    """One line of the history."""

    day: date
    what: str
    moves: list[tuple[str, str, str]] = field(default_factory=list)  # what moved, from, to
    note: str = ""
    who: str = ""
    order: Any = None


def changes(risk: Risk) -> list[Change]:
    """Everything that happened to the risk, the newest first. Five questions."""
    found = [*_scored(risk), *_looked_at(risk), *_moved(risk), *_accepted(risk)]
    return sorted(found, key=lambda each: (each.day, each.order), reverse=True)


def _scored(risk: Risk) -> Iterator[Change]:
    begun = RiskScore.history.filter(risk_id=risk.pk, history_type="+")
    who = {row.id: (row.changed_by_name, row.history_date) for row in begun}
    last: dict[str, RiskScore] = {}
    together: dict[tuple[date, str, str], list[tuple[str, str, str]]] = {}
    when: dict[tuple[date, str, str], Any] = {}
    for row in RiskScore.objects.filter(risk=risk).order_by("starts_on", "created_at"):
        name, at = who.get(row.pk, (row.changed_by_name, row.created_at))
        key, before = (row.starts_on, row.note, name), last.get(row.kind)
        together.setdefault(key, []).append((row.kind, _told(before), _told(row)))
        when.setdefault(key, at)
        last[row.kind] = row
    for nth, ((day, note, name), moves) in enumerate(together.items()):
        # Only a risk that is open again gets the scores it had: nobody scores what stays the same.
        is_back = all(before == after for _kind, before, after in moves)
        what = (_("Reopened") if is_back else _("Scored")) if nth else _("Raised")
        in_order = sorted(moves, key=lambda move: KINDS.index(move[0]))
        told = [(str(ScoreKind(kind).label), "" if is_back else before, after) for kind, before, after in in_order]
        yield Change(day, what, told, note, name, when[day, note, name])


def _told(row: RiskScore | None) -> str:
    return f"{row.severity} ({row.likelihood} × {row.impact})" if row else ""


def _looked_at(risk: Risk) -> Iterator[Change]:
    for row in RiskReview.objects.filter(risk=risk):
        yield Change(
            row.reviewed_on,
            _("Reviewed"),
            [],
            row.note,
            row.reviewed_by_name,
            row.reviewed_at or _noon(row.reviewed_on),
        )


def _noon(day: date) -> Any:
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))  # type: ignore[attr-defined]


def _moved(risk: Risk) -> Iterator[Change]:
    """Changes of strategy and of state; that it was reopened is told with the scores it got back."""
    rows = list(risk.history.order_by("history_date", "history_id"))
    for before, after in pairwise([None, *rows]):
        if after is None:
            continue
        day, who = timezone.localtime(after.history_date).date(), after.changed_by_name
        old = before.strategy if before else ""
        if after.strategy != old:
            moves = [("", _strategy(old), _strategy(after.strategy))]
            what = _("Strategy chosen") if after.strategy else _("Strategy taken back")
            yield Change(day, what, moves, after.strategy_note, who, after.history_date)
        if before is not None and before.state != after.state and after.state != RiskState.OPEN:
            yield Change(day, _state(after.state), [], _why(after), who, after.history_date)


def _strategy(value: str) -> str:
    return str(RiskStrategy(value).label) if value else ""


def _state(after: str) -> str:
    return pgettext("risk", "Closed") if after == RiskState.CLOSED else _("Became an issue")


def _why(row: Any) -> str:
    return row.closed_reason if row.state == RiskState.CLOSED else said(row, "issue")


def _accepted(risk: Risk) -> Iterator[Change]:
    begun = RiskAcceptance.history.filter(risk_id=risk.pk, history_type="+")
    who = {row.id: row.changed_by_name for row in begun}
    for row in RiskAcceptance.objects.filter(risk=risk):
        what = _("Accepted until %(day)s") % {"day": row.until}
        yield Change(row.starts_on, what, [], row.justification, who.get(row.pk, ""), row.created_at)
        if row.ended_on:
            what = _("Acceptance ended: %(why)s") % {"why": row.get_ended_why_display()}
            yield Change(row.ended_on, what, [], row.ended_note, row.changed_by_name, row.changed_at)


# The step line --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Step:
    """A score over some days, in the units of the drawing."""

    x: float
    end: float
    y: float
    severity: int
    day: date
    label: str
    joins: float | None  # the height of the step before, when the line goes on from there


@dataclass(frozen=True)
class Line:
    """The drawing: steps, and where its words stand."""

    steps: list[Step]
    words: str
    first: date
    last: date
    heights: list[tuple[float, int]]
    width: int
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM

    @property
    def right(self) -> int:
        return self.width - RIGHT


def lines(risk: Risk, day: date) -> list[Line]:
    """The step line of the current score up to `day`, wide and narrow; none before it moved for the first time."""
    rows = [row for row in _current(risk) if row.ends_on is None or row.ends_on > row.starts_on]
    if len(rows) < 2:
        return []
    first, last = rows[0].starts_on, max(day, rows[-1].starts_on)
    said = [_("%(day)s: %(severity)s") % {"day": row.starts_on, "severity": row.severity} for row in rows]
    words = _("Current score by day. %(steps)s.") % {"steps": "; ".join(said)}
    heights = [(_y(each), each) for each in (5, 10, 15, 20, 25)]
    return [Line(_steps(rows, last, width), words, first, last, heights, width) for width in (WIDE, NARROW)]


def _steps(rows: list[RiskScore], last: date, width: int) -> list[Step]:
    first = rows[0].starts_on
    found = [_step(row, before, first, last, width) for before, row in pairwise([None, *rows]) if row is not None]
    return _unlabelled(found)


def _current(risk: Risk) -> list[RiskScore]:
    rows = RiskScore.objects.filter(risk=risk, kind=ScoreKind.CURRENT)
    return list(rows.order_by("starts_on", "created_at"))


def _step(row: RiskScore, before: RiskScore | None, first: date, last: date, width: int) -> Step:
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * (day - first).days / span, 1)

    goes_on = before is not None and before.ends_on == row.starts_on
    return Step(
        x=x(row.starts_on),
        end=x(row.ends_on or last),
        y=_y(row.severity),
        severity=row.severity,
        day=row.starts_on,
        label=str(row.severity),
        joins=_y(before.severity) if before is not None and goes_on else None,
    )


def _y(severity: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * severity / CELLS, 1)


def _unlabelled(steps: list[Step]) -> list[Step]:
    """The steps, without the labels that would stand on one another; the last one always has its own."""
    found: list[Step] = []
    place = -CLOSE * 1.0
    for step in steps:
        near = step.x - place < CLOSE
        place = place if near else step.x
        found.append(Step(**{**vars(step), "label": "" if near else step.label}))
    found[-1] = steps[-1]
    return found
