"""What a reader gets of a roadmap: plain frozen values, the same for today and for any past instant.

A text `x_en`, `x_fr` is also there as `x` in the reader's language, and `{{ value|marked:"x" }}` works on it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.bilingual import said
from products import fiscal
from roadmaps.states import MilestoneState, OutcomeState, Verdict, YearState

MILESTONE_OPEN = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)


class Spoken:
    """Gives `name` where there are `name_en` and `name_fr`."""

    def __getattr__(self, name: str) -> str:
        if not name.startswith("_") and f"{name}_en" in type(self).__dataclass_fields__:  # type: ignore[attr-defined]
            return said(self, name)
        raise AttributeError(f"{type(self).__name__} has no {name!r}")


@dataclass(frozen=True)
class GoalAt(Spoken):
    id: UUID
    version: int
    letter: str
    name_en: str
    name_fr: str
    retired_on: date | None


@dataclass(frozen=True)
class MeasureAt:
    """A measured value of an outcome on a day."""

    read_on: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class OutcomeAt(Spoken):
    """`readings` are in order of their day. `is_slow`: planned for longer than six weeks."""

    id: UUID
    version: int
    goal_id: UUID
    letter: str
    number: int
    name_en: str
    name_fr: str
    believe_en: str
    believe_fr: str
    result_en: str
    result_fr: str
    metric_en: str
    metric_fr: str
    unit_en: str
    unit_fr: str
    baseline: Decimal | None
    target: Decimal | None
    target_on: date | None
    value_en: str
    value_fr: str
    cost: Decimal | None
    must_have_by: date | None
    results_served_en: str
    results_served_fr: str
    state: str
    state_since: date | None
    verdict: str
    evidence_en: str
    evidence_fr: str
    closed_on: date | None
    readings: tuple[MeasureAt, ...]
    is_slow: bool

    @property
    def code(self) -> str:
        return f"{self.letter}.{self.number}"

    @property
    def state_label(self) -> str:
        return str(OutcomeState(self.state).label)

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def latest(self) -> MeasureAt | None:
        return self.readings[-1] if self.readings else None

    @property
    def progress(self) -> int | None:
        """Percent of the way from baseline to target at the latest reading, 0 to 100; None when it cannot be said."""
        if self.latest is None or self.baseline is None or self.target is None or self.baseline == self.target:
            return None
        way = (self.latest.value - self.baseline) / (self.target - self.baseline) * 100
        return int(max(Decimal(0), min(Decimal(100), way)))


@dataclass(frozen=True)
class WaitsFor(Spoken):
    """What a milestone waits for: another milestone (`needs_id`, its title now, its month) or something outside."""

    needs_id: UUID | None
    text_en: str
    text_fr: str
    month: date | None = None


@dataclass(frozen=True)
class FundingAt(Spoken):
    source_id: UUID
    name_en: str
    name_fr: str
    amount: Decimal


@dataclass(frozen=True)
class ProjectAt(Spoken):
    id: UUID
    code: str
    name_en: str
    name_fr: str


@dataclass(frozen=True)
class MilestoneAt(Spoken):
    """A milestone in one year's plan.

    `number`: 1..n in lane order, as drawn on the picture; 0 outside a year's plan. `promised_month`: its month in the baseline
    (the first of the year it was first promised for, or the chosen one); `moved`: months it lies later (negative: earlier)
    than promised, None when that cannot be said. `carried_from`: fiscal year it was promised for before this one;
    `carried_to`: fiscal year it went to; `is_carried_out` tells "to no year yet" (None) from "not carried".
    """

    id: UUID
    version: int
    goal_id: UUID | None
    letter: str
    title_en: str
    title_fr: str
    summary_en: str
    summary_fr: str
    planned_year: int | None
    month: date | None
    rank: int
    state: str
    released_on: date | None
    size: str
    kind: str
    is_gate: bool
    is_non_discretionary: bool
    is_at_risk: bool
    risk_reason_en: str
    risk_reason_fr: str
    cost_salary: Decimal | None
    cost_non_salary: Decimal | None
    outcome_codes: tuple[str, ...]
    waits_for: tuple[WaitsFor, ...]
    funding: tuple[FundingAt, ...]
    project: ProjectAt | None
    release_number: str
    number: int = 0
    promised_month: date | None = None
    promised_year: int | None = None
    moved: int | None = None
    carried_from: int | None = None
    carried_to: int | None = None
    is_carried_out: bool = False

    @property
    def cost(self) -> Decimal | None:
        known = [amount for amount in (self.cost_salary, self.cost_non_salary) if amount is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def dependency_count(self) -> int:
        return len(self.waits_for)

    @property
    def is_carried_in(self) -> bool:
        return self.carried_from is not None

    @property
    def is_open(self) -> bool:
        return self.state in MILESTONE_OPEN

    @property
    def is_late(self) -> bool:
        return bool(self.moved and self.moved > 0)

    @property
    def state_label(self) -> str:
        return str(MilestoneState(self.state).label)

    @property
    def moved_label(self) -> str:
        """+2 mo, −1 mo; empty when it stands where it was promised or nothing was promised."""
        if not self.moved:
            return ""
        sign = "+" if self.moved > 0 else "−"
        return _("%(sign)s%(months)s mo") % {"sign": sign, "months": abs(self.moved)}

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the standard in words: decision gate, non-discretionary, dependencies, part of a project."""
        waits = self.dependency_count
        found = [
            (self.is_gate, _("Decision gate")),
            (self.is_non_discretionary, _("Non-discretionary")),
            (waits, ngettext("%(count)s dependency", "%(count)s dependencies", waits) % {"count": waits}),
            (self.project, _("Part of %(project)s") % {"project": self.project.name if self.project else ""}),
        ]
        return tuple(text for holds, text in found if holds)


@dataclass(frozen=True)
class YearAt(Spoken):
    """A fiscal year of the roadmap and how far its approval went. `state` is empty when nobody has begun to prepare it."""

    year: int
    id: UUID | None = None
    version: int = 0
    theme_en: str = ""
    theme_fr: str = ""
    state: str = ""
    vetted_at: datetime | None = None
    vetted_by_name: str = ""
    endorsed_on: date | None = None
    approved_on: date | None = None
    baselines: tuple[int, ...] = ()
    changes_since: int = 0

    @property
    def label(self) -> str:
        return fiscal.label(self.year)

    @property
    def state_label(self) -> str:
        return str(YearState(self.state).label) if self.state else _("not begun")


@dataclass(frozen=True)
class YearPlan:
    """One fiscal year drawn up: what the executive view and the plan board show.

    `milestones` are numbered in lane order; `unscheduled` (a part of them) have no month. `carried_out` (a part of them) were
    promised for this year and are planned elsewhere. `quiet_quarters` are quarters, 1 to 4, that deliver no outcome.
    """

    about: YearAt
    months: tuple[date, ...]
    goals: tuple[GoalAt, ...]
    milestones: tuple[MilestoneAt, ...]
    baseline_number: int | None
    quiet_quarters: tuple[int, ...]

    @property
    def year(self) -> int:
        return self.about.year

    @property
    def scheduled(self) -> tuple[MilestoneAt, ...]:
        return tuple(each for each in self.milestones if each.month and not each.is_carried_out)

    @property
    def unscheduled(self) -> tuple[MilestoneAt, ...]:
        return tuple(each for each in self.milestones if each.month is None and not each.is_carried_out)

    @property
    def carried_in(self) -> tuple[MilestoneAt, ...]:
        return tuple(each for each in self.milestones if each.is_carried_in)

    @property
    def carried_out(self) -> tuple[MilestoneAt, ...]:
        return tuple(each for each in self.milestones if each.is_carried_out)

    def lane(self, goal: GoalAt | None) -> tuple[MilestoneAt, ...]:
        """The milestones of one lane, unscheduled ones left out; None for those without a goal."""
        key = goal.id if goal else None
        return tuple(each for each in self.milestones if each.goal_id == key and each not in self.unscheduled)

    def cadence_warning(self) -> str:
        """Which quarters deliver no outcome, in a sentence; empty when each one does."""
        if not self.milestones or not self.quiet_quarters:
            return ""
        quarters = ", ".join(_("Q%(number)s") % {"number": number} for number in self.quiet_quarters)
        return ngettext(
            "%(quarters)s delivers no outcome. Every quarter should.",
            "%(quarters)s deliver no outcome. Every quarter should.",
            len(self.quiet_quarters),
        ) % {"quarters": quarters}

    def total(self, field: str) -> Decimal | None:
        """Sum of cost, cost_salary or cost_non_salary over this year's own milestones; None when none is known."""
        amounts: list[Any] = [getattr(each, field) for each in self.milestones if not each.is_carried_out]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known else None
