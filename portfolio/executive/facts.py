"""What an executive view is made of: one roadmap at one instant, gathered, nothing computed yet."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from portfolio.executive.figures import Figures
from products import fiscal
from products.models import Product
from roadmaps.models import ParallelProject
from roadmaps.reading import GoalAt, MilestoneAt, OutcomeAt, YearAt, YearPlan


@dataclass(frozen=True)
class Expectation:
    """What a parallel project expects of the roadmap, with the milestone that answers it."""

    what_en: str
    what_fr: str
    expected_month: date
    confirmed_on: date
    project: ParallelProject
    milestone: MilestoneAt | None


@dataclass(frozen=True)
class Why:
    """A reason in the words and the language of whoever gave it."""

    text: str
    language: str


@dataclass(frozen=True)
class RoleAt:
    kind: str
    name: str
    member: str = ""  # code of the one product of the family the role is for


@dataclass(frozen=True)
class ApplicationAt:
    """An application the family manages, as the inventory has it."""

    code: str
    name_en: str
    name_fr: str
    lifecycle: str
    lifecycle_until: date | None


@dataclass(frozen=True)
class Facts:
    """`roadmap` is its own row at the instant; None before it was opened, and then the rest is empty."""

    product: Product
    year: int
    day: date  # the day the view is of: today, or the day asked for
    is_past: bool = False
    roadmap: Any = None
    plan: YearPlan | None = None
    years: tuple[YearAt, ...] = ()
    goals: tuple[GoalAt, ...] = ()
    outcomes: tuple[OutcomeAt, ...] = ()
    milestones: tuple[MilestoneAt, ...] = ()  # of every year
    reasons: dict[UUID, str] | None = None  # why milestones were cancelled
    moves: dict[UUID, Why] | None = None  # why milestones were last moved
    expectations: tuple[Expectation, ...] = ()
    roles: tuple[RoleAt, ...] = ()
    applications: tuple[ApplicationAt, ...] = ()
    budget: tuple[Any, ...] = ()
    demands_waiting: int = 0
    status_ends: date | None = None
    sealed: tuple[str, ...] = ()  # the languages in which the year is sealed as approved
    # Current scores of the day, and the grid they are read by; None for who does not read the register.
    risks: tuple[dict[str, Any], ...] | None = None
    grid: tuple[str, ...] = ()
    releases: tuple[dict[str, Any], ...] = ()  # of the year
    figures: Figures = field(default_factory=Figures)

    @property
    def start_month(self) -> int:
        return self.product.department.fiscal_start_month

    @property
    def about(self) -> YearAt:
        """The year's own record; an empty one before its plan was begun."""
        return self.plan.about if self.plan else YearAt(self.year)

    @property
    def is_baselined(self) -> bool:
        return self.plan is not None and self.plan.baseline_number is not None

    @cached_property
    def first_day(self) -> date:
        return fiscal.first_day(self.year, self.start_month)

    @cached_property
    def last_day(self) -> date:
        return fiscal.first_day(self.year + 1, self.start_month) - date.resolution

    @cached_property
    def known_years(self) -> list[int]:
        """The years this roadmap speaks of: its horizon, its plans, its milestones."""
        placed = {each.planned_year for each in self.milestones if each.planned_year is not None}
        return sorted({*placed, *(each.year for each in self.years)})

    @cached_property
    def goal_names(self) -> dict[str, str]:
        """Letter → name."""
        return {goal.letter: goal.name for goal in self.goals}

    def months_in(self, month: date | None) -> int | None:
        """Months from the first month of the year; negative before it."""
        return None if month is None else fiscal.months_between(self.first_day, month)
