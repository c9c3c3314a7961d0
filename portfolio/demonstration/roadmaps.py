"""Tell a roadmap: opened, its goals and outcomes, its years filled and approved, its story, its releases."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from people.models import Person
from portfolio.demonstration.plans import OPEN_FROM, Happening, Plan, Planned, planned_days, spread
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.reviews import REVIEW
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, Place, World
from products.models import Product
from records.actions.mandates import give_mandate
from records.acts import performing
from records.models import MandateKind
from roadmaps.actions import change_sets, goals, milestones, outcomes, releases, roadmap, years
from roadmaps.models import Goal, Milestone, Outcome, Release, Roadmap, RoadmapYear
from roadmaps.placing import Move
from roadmaps.states import OutcomeState

OUTCOME = (
    *("code", "name_en", "name_fr", "believe_en", "believe_fr", "result_en", "result_fr", "metric_en", "metric_fr"),
    *("unit_en", "unit_fr", "baseline", "target", "target_on", "cost", "value_en", "value_fr"),
)
LEAD_TIME = {"small": 14, "medium": 25, "large": 38}


def before_boards() -> set[tuple[str, int]]:
    """Product and year of the plans that boards endorse and approve in the system (portfolio.demonstration.reviews)."""
    told = rows(read("reviews")["reviews"], *REVIEW)
    return {(row["product"], int(row["what"].split()[1])) for row in told if row["what"].startswith("endorse")}


class RoadmapStory:
    """Adds the acts of one roadmap to the timeline and finds its rows again by the keys of the data."""

    def __init__(self, world: World, place: Place, plan: Plan, timeline: Timeline) -> None:
        self.world, self.place, self.plan, self.timeline = world, place, plan, timeline
        self.product: Product = world.products[plan.code]
        self.keys: dict[str, Any] = {}

    # Who acts, and the rows as they stand -----------------------------------------------------------------------

    def person(self, role: str) -> Person:
        """Who holds a role, else the Product Manager, else the Head of Product."""
        team = self.world.teams[self.plan.code]
        return self.world.people[next(team[each] for each in (role, "pm", "head") if each in team)]

    def roadmap(self) -> Roadmap:
        return Roadmap.objects.select_related("product__department").get(product=self.product)

    def milestone(self, key: str) -> Milestone:
        return Milestone.objects.select_related("roadmap__product__department").get(pk=self.keys[key])

    def outcome(self, code: str) -> Outcome:
        return Outcome.objects.select_related("goal", "roadmap__product__department").get(pk=self.keys[code])

    def year(self, year: int) -> RoadmapYear:
        return RoadmapYear.objects.select_related("roadmap__product__department").get(
            roadmap__product=self.product, year=year
        )

    # The story --------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Add every act of this roadmap."""
        self._begin()
        for year in self.plan.years:
            self._year(year)
        for happening in self.plan.story:
            self.timeline.add(happening.on, self.person(happening.who), partial(self._happen, happening))
        self._starts()
        self._releases()
        self._progress()
        for on in self.plan.told.get("ordered", "2026-04-20 2026-10-19").split():
            if "po" in self.world.teams[self.plan.code]:
                self.timeline.add(date.fromisoformat(on), self.person("po"), self._confirm_order)

    def _begin(self) -> None:
        first, horizon = (int(word) for word in self.plan.told["horizon"].split())
        opened = date(first - 1, 11, 6) + timedelta(days=spread(self.plan.code, 20))
        pm = self.person("pm")
        self.timeline.add(opened, pm, lambda: self._open(first, horizon))
        for row in rows(self.plan.told["goals"], "letter", "name_en", "name_fr"):
            self.timeline.add(opened, pm, partial(self._goal, row))
        for row in rows(self.plan.told["outcomes"], *OUTCOME):
            self.timeline.add(opened + timedelta(days=7), pm, partial(self._outcome, row))

    def _open(self, first: int, horizon: int) -> None:
        vision = {name: self.plan.told[name] for name in ("vision_en", "vision_fr")}
        roadmap.open_roadmap(
            product=self.product, horizon_from=first, horizon_years=horizon, by=self.person("pm"), **vision
        )

    def _goal(self, row: Row) -> None:
        made = goals.add_goal(
            roadmap=self.roadmap(), name_en=row["name_en"], name_fr=row["name_fr"], by=self.person("pm")
        )
        self.keys[row["letter"]] = made.pk

    def _outcome(self, row: Row) -> None:
        values: dict[str, Any] = {name: row[name] for name in OUTCOME if name.endswith(("_en", "_fr"))}
        goal = Goal.objects.select_related("roadmap__product").get(pk=self.keys[row["code"][0]])
        self.keys[row["code"]] = outcomes.add_outcome(
            goal=goal,
            by=self.person("pm"),
            baseline=Decimal(row["baseline"]),
            target=Decimal(row["target"]),
            target_on=day(row["target_on"]),
            cost=Decimal(row["cost"]) * 1000,
            **values,
        ).pk

    def _year(self, year: int) -> None:
        days, pm = planned_days(year, self.plan.code), self.person("pm")
        themes = {row["year"]: row for row in rows(self.plan.told.get("themes", ""), "year", "en", "fr")}
        theme = themes.get(str(year), {})
        self.timeline.add(days["prepare"], pm, lambda: self._prepare(year, theme))
        for planned in self.plan.of_year(year):
            self.timeline.add(days["fill"], pm, partial(self._add, planned))
        if "vet" not in days or "it" not in self.world.teams[self.plan.code]:
            return
        manager = self.world.portfolio_manager(self.place)
        self.timeline.add(days["vet"], self.person("it"), lambda: self._vet(year))
        if (self.plan.code, year) in before_boards():
            return
        self.timeline.add(days["endorse"], manager, lambda: self._endorse(year))
        if "approved" not in self.plan.told:
            self.timeline.add(days["approve"], manager, lambda: self._approve(year))

    def _prepare(self, year: int, theme: Row) -> None:
        words = {"theme_en": theme.get("en", ""), "theme_fr": theme.get("fr", "")}
        years.prepare_year(roadmap=self.roadmap(), year=year, by=self.person("pm"), **words)

    def _vet(self, year: int) -> None:
        years.vet_year(year=self.year(year), by=self.person("it"))

    def _endorse(self, year: int) -> None:
        """The operations committee's decision, minuted outside like the review committee's."""
        plan, manager = self.year(year), self.world.portfolio_manager(self.place)
        with performing():
            mandate = self._decision(plan, f"Operations Committee, decision {year}-{self._count(year):02d}", manager)
            years.endorse_year(year=plan, mandate=mandate, by=manager)

    def _count(self, year: int) -> int:
        return spread(f"{self.plan.code}{year}", 40) + 1

    def _decision(self, plan: RoadmapYear, reference: str, by: Person) -> Any:
        return give_mandate(kind=MandateKind.DECISION, what="roadmap year", subject=plan, reference=reference, by=by)

    def _approve(self, year: int) -> None:
        """The review committee's decision, minuted outside for the products whose boards met on paper."""
        plan, manager = self.year(year), self.world.portfolio_manager(self.place)
        with performing():
            mandate = self._decision(plan, f"Review Committee, decision {year}-{self._count(year):02d}", manager)
            years.approve_year(year=plan, mandate=mandate, by=manager)

    def _add(self, planned: Planned) -> None:
        salary, other = planned.cost
        made = milestones.add_milestone(
            roadmap=self.roadmap(),
            by=self.person("pm"),
            outcomes=[self.outcome(code) for code in planned.serves],
            goal=Goal.objects.get(pk=self.keys[planned.goal]),
            planned_year=planned.year,
            month=planned.month,
            size=planned.size,
            kind=planned.kind,
            is_gate=planned.is_gate,
            is_non_discretionary="nd" in planned.marks,
            project=self.place.entries.get(("project", planned.project)),
            cost_salary=Decimal(salary) * 1000,
            cost_non_salary=Decimal(other) * 1000,
            **planned.texts,
        )
        self.keys[planned.key] = made.pk

    # What happened to milestones ----------------------------------------------------------------------------------

    def _happen(self, happening: Happening) -> None:
        by = self.person(happening.who)
        if happening.what == "move":
            self._move(happening, by)
            return
        milestone = self.milestone(happening.which)
        if happening.what == "cancel":
            milestones.cancel_milestone(milestone=milestone, reason=happening.text, by=by)
        elif happening.what == "start":
            milestones.start_milestone(milestone=milestone, by=by)
        elif happening.what == "risk":
            english, _, french = happening.text.partition(" / ")
            milestones.mark_at_risk(milestone=milestone, risk_reason_en=english, risk_reason_fr=french, by=by)
        else:
            raise ValueError(f"Nothing is called {happening.what!r}.")

    def _move(self, happening: Happening, by: Person) -> None:
        kind, _, reason = happening.text.partition(": ")
        moves = [Move(self.milestone(key), month=day(month)) for key, month in happening.moves()]
        change_sets.reprioritise(roadmap=self.roadmap(), moves=moves, reason_kind=kind, reason=reason, by=by)

    def _starts(self) -> None:
        """Work begins some weeks before a release; what is due this month is under way."""
        for planned in self.plan.milestones.values():
            if planned.is_started or planned.is_gate or planned.is_cancelled or planned.final_month is None:
                continue
            if planned.is_released:
                begins = planned.released_on() - timedelta(days=LEAD_TIME[planned.size])
            elif planned.final_month <= OPEN_FROM:
                begins = planned.final_month - timedelta(days=LEAD_TIME[planned.size] - 10)
            else:
                continue
            begins = max(begins, planned_days(planned.year, self.plan.code)["fill"] + timedelta(days=3))
            self.timeline.add(min(begins, LAST_DAY), self.person("po"), partial(self._start, planned.key))

    def _start(self, key: str) -> None:
        milestones.start_milestone(milestone=self.milestone(key), by=self.person("po"))

    # Releases -------------------------------------------------------------------------------------------------------

    def _releases(self) -> None:
        """One release per product of the family and month; a decision gate is passed without one."""
        groups: dict[tuple[str, date], list[Planned]] = defaultdict(list)
        for planned in self.plan.milestones.values():
            month = planned.final_month
            if planned.is_cancelled or month is None or month > date(2027, 2, 1) or "open" in planned.marks:
                continue
            if not planned.is_gate:
                groups[planned.member, month].append(planned)
            elif planned.is_released:
                self.timeline.add(planned.released_on(), self.person("pm"), partial(self._pass_gate, planned))
        for (member, month), brought in sorted(groups.items()):
            self._release(member, month, brought)

    def _pass_gate(self, planned: Planned) -> None:
        milestones.release_milestone(milestone=self.milestone(planned.key), by=self.person("pm"))

    def _release(self, member: str, month: date, brought: list[Planned]) -> None:
        made_on = max(planned.released_on() for planned in brought) if month < OPEN_FROM else None
        latest = max(planned.last_change for planned in brought)
        filled = max(planned_days(planned.year, self.plan.code)["fill"] for planned in brought)
        early = month - timedelta(days=20 + spread(self.plan.code, 10))
        planned_on = max(early, latest + timedelta(days=1), filled + timedelta(days=30))
        planned_on = min(planned_on, (made_on or LAST_DAY) - timedelta(days=1))
        expected = made_on or month + timedelta(days=8 + spread(brought[0].key, 15))
        self.timeline.add(planned_on, self.person("po"), lambda: self._plan_release(member, month, expected, brought))
        if made_on:
            self.timeline.add(made_on, self.person("change"), lambda: self._make_release(member, month, brought))

    def _release_product(self, member: str) -> Product:
        if not member:
            return self.product
        products = self.world.products
        return products.get(f"{self.plan.code}-{member}") or products[member]

    def _plan_release(self, member: str, month: date, expected: date, brought: list[Planned]) -> None:
        main = max(brought, key=lambda planned: sum(planned.cost))
        made = releases.plan_release(
            roadmap=self.roadmap(),
            product=self._release_product(member),
            milestones=[self.milestone(planned.key) for planned in brought],
            number=f"{month.year}.{month.month}",
            goal_en=main.texts["summary_en"],
            goal_fr=main.texts["summary_fr"],
            planned_on=expected,
            change_kind="standard" if all(planned.size == "small" for planned in brought) else "normal",
            by=self.person("po"),
        )
        self.keys[f"release {member} {month}"] = made.pk

    def _make_release(self, member: str, month: date, brought: list[Planned]) -> None:
        release = Release.objects.select_related("roadmap__product", "product").get(
            pk=self.keys[f"release {member} {month}"]
        )
        number = 1000 + spread(f"{self.plan.code}{member}{month}", 9000)
        releases.make_release(
            release=release,
            authorisation=f"CHG-{month:%y}-{number}",
            change_impact="No interruption." if len(brought) < 3 else "Pages closed from 02:00 to 02:40.",
            who_was_told="Service desk, product group",
            by=self.person("change"),
        )

    # Outcomes -------------------------------------------------------------------------------------------------------

    def _progress(self) -> None:
        columns = ("code", "started", "readings", "source", "closed", "evidence_en", "evidence_fr")
        po = self.person("po")
        for row in rows(self.plan.told.get("progress", ""), *columns):
            self.timeline.add(date.fromisoformat(row["started"]), po, partial(self._start_outcome, row["code"]))
            for reading in row["readings"].split(";"):
                on, value = reading.split()
                read_on = date.fromisoformat(on)
                self.timeline.add(
                    read_on + timedelta(days=6),
                    po,
                    partial(self._read, row, read_on, value),
                )
            if row["closed"]:
                closed = date.fromisoformat(row["closed"].split()[0])
                self.timeline.add(closed, po, partial(self._close, row))

    def _start_outcome(self, code: str) -> None:
        """Unless its first milestone took it into delivery already."""
        if self.outcome(code).state == OutcomeState.PLANNED:
            outcomes.start_outcome(outcome=self.outcome(code), by=self.person("po"))

    def _read(self, row: Row, read_on: date, value: str) -> None:
        outcomes.record_reading(
            outcome=self.outcome(row["code"]),
            value=Decimal(value),
            source=row["source"],
            read_on=read_on,
            by=self.person("po"),
        )

    def _close(self, row: Row) -> None:
        outcomes.close_outcome(
            outcome=self.outcome(row["code"]),
            state="delivered",
            verdict=row["closed"].split()[1],
            evidence_en=row["evidence_en"],
            evidence_fr=row["evidence_fr"],
            by=self.person("po"),
        )

    def _confirm_order(self) -> None:
        roadmap.confirm_order(roadmap=self.roadmap(), by=self.person("po"))
