"""Outcomes: each a hypothesis, with how far its metric has come from baseline to target."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext, pgettext

from portfolio.executive.facts import Facts
from portfolio.executive.words import count_word, joined, measured, month_digits
from roadmaps.reading import MeasureAt, OutcomeAt
from roadmaps.states import OutcomeState

GAUGE = 116  # length of the bar in the drawing


@dataclass(frozen=True)
class OutcomeRow:
    record: OutcomeAt
    goal: str
    known_when: str
    now: str
    state: str
    progress: Decimal | None = None  # 0 at the baseline, 1 at the target
    verdict: str = ""  # what users say, once it is closed

    @property
    def reach(self) -> str:
        """Where the bar ends."""
        return f"{1 + GAUGE * min(max(self.progress or Decimal(0), Decimal(0)), Decimal(1)):.1f}"

    @property
    def has_gauge(self) -> bool:
        return self.progress is not None


def rows_of(facts: Facts) -> list[OutcomeRow]:
    """The outcomes still pursued when the year began, by code."""
    return [_row(facts, outcome) for outcome in pursued(facts)]


def pursued(facts: Facts) -> list[OutcomeAt]:
    return [each for each in facts.outcomes if not each.closed_on or each.closed_on >= facts.first_day]


def latest_by(record: OutcomeAt, day: date) -> MeasureAt | None:
    """The last reading on or before `day`."""
    return next((each for each in reversed(record.readings) if each.read_on <= day), None)


def _row(facts: Facts, record: OutcomeAt) -> OutcomeRow:
    latest = latest_by(record, facts.day)
    return OutcomeRow(
        record=record,
        goal=facts.goal_names.get(record.letter, ""),
        known_when=known_when(record),
        now=gettext("%(value)s now") % {"value": measured(latest.value, record.unit)} if latest else "",
        state=state_word(record.state),
        verdict=record.verdict_label if record.verdict and record.closed_on and record.closed_on <= facts.day else "",
        progress=progress(record, latest.value if latest else None),
    )


def state_word(state: str) -> str:
    return {
        OutcomeState.PLANNED: pgettext("outcome", "Planned"),
        OutcomeState.IN_DELIVERY: pgettext("outcome", "In delivery"),
        OutcomeState.DELIVERED: pgettext("outcome", "Delivered"),
        OutcomeState.STOPPED: pgettext("outcome", "Stopped"),
    }[OutcomeState(state)]


def known_when(record: OutcomeAt) -> str:
    """The metric with its way: from 9 to 14 by 2027-03."""
    if record.baseline is None or record.target is None:
        return record.metric
    ends = {
        "metric": record.metric,
        "baseline": measured(record.baseline, record.unit),
        "target": measured(record.target, record.unit),
        "month": month_digits(record.target_on),
    }
    if record.target_on is None:
        return gettext("%(metric)s: from %(baseline)s to %(target)s") % ends
    return gettext("%(metric)s: from %(baseline)s to %(target)s by %(month)s") % ends


def progress(record: OutcomeAt, value: Decimal | None) -> Decimal | None:
    """How much of the way from baseline to target is gone; None when one of them, or the measure, is missing."""
    if value is None or record.baseline is None or record.target is None or record.target == record.baseline:
        return None
    return (value - record.baseline) / (record.target - record.baseline)


def finding(rows: list[OutcomeRow]) -> str:
    """Outcomes: three of seven are past halfway to target, one has stood still."""
    if not rows:
        return gettext("Outcomes: none is named yet")
    known = [row.progress for row in rows if row.progress is not None]
    if not known:
        return ngettext(
            "Outcomes: the one outcome is not measured yet", "Outcomes: none of %(total)s is measured yet", len(rows)
        ) % {"total": count_word(len(rows))}
    past = sum(each >= Decimal("0.5") for each in known)
    still, unmeasured = sum(each <= 0 for each in known), len(rows) - len(known)
    total = count_word(len(rows))
    parts = [
        ngettext(
            "%(count)s of %(total)s is past halfway to target",
            "%(count)s of %(total)s are past halfway to target",
            past,
        )
        % {"count": count_word(past), "total": total}
        if past
        else gettext("none of %(total)s is past halfway to target") % {"total": total}
    ]
    if still:
        parts.append(ngettext("%(count)s has stood still", "%(count)s have stood still", still) % _said(still))
    if unmeasured:
        parts.append(
            ngettext("%(count)s is not measured yet", "%(count)s are not measured yet", unmeasured) % _said(unmeasured)
        )
    return gettext("Outcomes: %(says)s") % {"says": joined(parts)}


def _said(count: int) -> dict[str, str]:
    return {"count": count_word(count)}
