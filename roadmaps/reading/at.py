"""A roadmap as it stands, or as it stood at any past instant (domain.md §4, §11 "as of").

    view = RoadmapAt(roadmap)                    # now
    view = RoadmapAt(roadmap, at=instant)        # aware datetime; end_of_day(date) gives the last one of a day
    view.vision, view.horizon                    # texts and fiscal years as they were
    view.goals, view.outcomes                    # GoalAt, OutcomeAt with their readings
    view.years                                   # YearAt of the horizon and of every year begun
    plan = view.year(2026)                       # YearPlan: numbered milestones, moves, carries, quiet quarters
    plan = view.year(2026, baseline=2)           # measured against the second baseline instead of the first
    view.milestones                              # all of them, unnumbered, in order
    view.expectations                            # ExpectationAt of parallel projects, each with its `mismatch` sentence

Everything is a frozen value (roadmaps.reading.values). A year costs at most 6 queries however many milestones it has;
`roadmap` should come with `select_related("product__department")`.
"""

from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from people.bilingual import said
from products import fiscal
from records import clock
from roadmaps.models import Roadmap
from roadmaps.reading import queries
from roadmaps.reading.asof import states_of
from roadmaps.reading.expectations import ExpectationAt, expectations
from roadmaps.reading.plan import against, numbered, promise_of, promised_in, quiet_quarters
from roadmaps.reading.values import GoalAt, MilestoneAt, OutcomeAt, YearAt, YearPlan


def end_of_day(day: date) -> datetime:
    """The last instant of `day` in the installation's time zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


class RoadmapAt:
    """See the module. `at` None means now."""

    def __init__(self, roadmap: Roadmap, at: datetime | None = None) -> None:
        self.roadmap, self.at = roadmap, at
        self.product = roadmap.product

    @cached_property
    def row(self) -> Any:
        """The roadmap's own row as it was; None before it was opened."""
        return self.roadmap if self.at is None else states_of(Roadmap, self.at).filter(id=self.roadmap.pk).first()

    @property
    def existed(self) -> bool:
        return self.row is not None

    @property
    def vision(self) -> str:
        return said(self.row, "vision") if self.row else ""

    @property
    def horizon(self) -> tuple[int, ...]:
        """The fiscal years of the horizon."""
        return tuple(self.row.horizon_from + offset for offset in range(self.row.horizon_years)) if self.row else ()

    @property
    def today(self) -> date:
        """The day the reader looks at."""
        return timezone.localtime(self.at).date() if self.at else clock.today()

    @cached_property
    def goals(self) -> tuple[GoalAt, ...]:
        return queries.goals(self.roadmap.pk, self.at)

    @cached_property
    def outcomes(self) -> tuple[OutcomeAt, ...]:
        return queries.outcomes(self.roadmap.pk, self.at, self._letters, self.today)

    @cached_property
    def milestones(self) -> tuple[MilestoneAt, ...]:
        """Every milestone of the roadmap by year, month and rank, without numbers."""
        return tuple(sorted(self._milestones(Q()), key=_in_order))

    @cached_property
    def expectations(self) -> tuple[ExpectationAt, ...]:
        """What parallel projects expect, with where the roadmap differs (`mismatch`)."""
        return expectations(self.roadmap.pk, self.at)

    @cached_property
    def _begun(self) -> dict[int, YearAt]:
        return queries.years(self.roadmap.pk, self.at)

    @property
    def years(self) -> tuple[YearAt, ...]:
        """The years of the horizon and every year begun, in order."""
        return tuple(self.about(year) for year in sorted({*self.horizon, *self._begun}))

    def about(self, year: int) -> YearAt:
        return self._begun.get(year) or YearAt(year)

    @cached_property
    def _promises(self) -> list[dict[str, Any]]:
        return queries.promises(self.roadmap.pk, self.at)

    @property
    def _letters(self) -> dict[UUID, str]:
        return {goal.id: goal.letter for goal in self.goals}

    def _milestones(self, which: Q) -> list[MilestoneAt]:
        codes = {str(outcome.id): outcome.code for outcome in self.outcomes}
        return queries.milestones(self.roadmap.pk, self.at, which, codes, self._letters)

    def _concerned(self, year: int) -> list[MilestoneAt]:
        """The milestones planned in the year or promised by one of its baselines; those read already are not read again."""
        promised = promised_in(self._promises, year)
        if "milestones" in self.__dict__:
            return [each for each in self.milestones if each.planned_year == year or each.id in promised]
        return self._milestones(Q(planned_year=year) | Q(id__in=promised))

    def year(self, year: int, baseline: int | None = None) -> YearPlan:
        """The plan of a fiscal year, measured against its first baseline, or against the one numbered `baseline`."""
        found = self._concerned(year)
        measure = promise_of(self._promises, year, baseline)
        measured = [against(each, measure.get(each.id), year) for each in found]
        about, start = self.about(year), self.roadmap.start_month
        first = min(about.baselines, default=None)
        return YearPlan(
            about=about,
            months=tuple(fiscal.months_of(year, start)),
            goals=self.goals,
            milestones=numbered(measured, self.goals),
            baseline_number=baseline or first,
            quiet_quarters=quiet_quarters(measured, start),
        )


def _in_order(each: MilestoneAt) -> tuple[Any, ...]:
    return (each.planned_year or fiscal.LAST_YEAR + 1, each.month or date.max, each.rank)
