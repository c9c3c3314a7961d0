"""Tell what others ask: projects and what they expect, demand, feedback, what milestones wait for, money for outcomes."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from portfolio.demonstration.plans import planned_days
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.roadmaps import RoadmapStory
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import World
from roadmaps.actions import demand, dependencies, feedback, funding, outcomes, projects
from roadmaps.models import Demand, Feedback

REGISTERED = date(2023, 10, 16)
PROJECT = ("department", "code", "kind", "name_en", "name_fr", "sponsor", "manager", "fund", "ends")
EXPECTATION = ("product", "project", "what_en", "what_fr", "month", "confirmed", "milestone")
DEMAND = (
    *("product", "on", "origin", "project", "asked_by", "wanted", "title_en", "title_fr"),
    *("decided", "which", "reason"),
)


def register_projects(world: World, timeline: Timeline) -> None:
    """Enter the projects beside the products, before any milestone names them."""
    for row in rows(read("projects")["projects"], *PROJECT):
        manager = world.portfolio_manager(world.places[row["department"]])
        timeline.add(REGISTERED, manager, partial(_register, world, row))


def _register(world: World, row: Row) -> None:
    place = world.places[row["department"]]
    place.entries["project", row["code"]] = projects.register_project(
        department=place.department,
        by=world.portfolio_manager(place),
        code=row["code"],
        name_en=row["name_en"],
        name_fr=row["name_fr"],
        kind=row["kind"],
        sponsor=row["sponsor"],
        manager=row["manager"],
        funds=place.entry("fund", row["fund"]),
        ends_on=day(row["ends"]),
    )


class AsksStory:
    """Adds to the timeline what others ask of one roadmap."""

    def __init__(self, story: RoadmapStory, stories: dict[str, RoadmapStory], team: dict[str, Any]) -> None:
        self.story, self.stories, self.team = story, stories, team
        self.timeline, self.code = story.timeline, story.plan.code

    def tell(self) -> None:
        """Add every act."""
        for row in rows(read("projects")["demand"], *DEMAND):
            if row["product"] == self.code:
                self._demand(row)
        for row in rows(read("projects")["expectations"], *EXPECTATION):
            if row["product"] == self.code:
                on = date.fromisoformat(row["confirmed"])
                self.timeline.add(on, self.story.person("pm"), partial(self._expect, row))
        for row in rows(self.team.get("feedback", ""), "on", "source", "language", "text", "milestone"):
            self._feedback(row)
        for row in rows(self.story.plan.told.get("waits", ""), "key", "what"):
            year = self.story.plan.milestones[row["key"]].year
            on = planned_days(year, self.code)["fill"] + timedelta(days=21)
            self.timeline.add(on, self.story.person("po"), partial(self._wait, row))
        for row in rows(self.team.get("augmentations", ""), "on", "outcome", "year", "fund", "amount", "decision"):
            self.timeline.add(date.fromisoformat(row["on"]), self.story.person("pm"), partial(self._augment, row))

    def _demand(self, row: Row) -> None:
        asked = date.fromisoformat(row["on"])
        self.timeline.add(asked, self.story.person("pm"), lambda: self._propose(row))
        if row["decided"]:
            state, on = row["decided"].split()
            self.timeline.add(date.fromisoformat(on), self.story.person("po"), lambda: self._decide(row, state))

    def _propose(self, row: Row) -> None:
        made = demand.propose_demand(
            roadmap=self.story.roadmap(),
            by=self.story.person("pm"),
            title_en=row["title_en"],
            title_fr=row["title_fr"],
            origin=row["origin"],
            project=self.story.place.entries.get(("project", row["project"])),
            asked_by=row["asked_by"],
            wanted_by=day(row["wanted"]),
        )
        self.story.keys[f"demand {row['title_en']}"] = made.pk

    def _asked(self, row: Row) -> Demand:
        return Demand.objects.select_related("roadmap__product", "project__funds").get(
            pk=self.story.keys[f"demand {row['title_en']}"]
        )

    def _decide(self, row: Row, state: str) -> None:
        po = self.story.person("po")
        if state == "declined":
            demand.decline_demand(demand=self._asked(row), reason=row["reason"], by=po)
            return
        planned = self.story.plan.milestones.get(row["which"])
        outcome = planned.serves[0] if planned else row["which"]
        demand.accept_demand(demand=self._asked(row), outcome=self.story.outcome(outcome), by=po)
        if planned:
            demand.schedule_demand(demand=self._asked(row), milestone=self.story.milestone(planned.key), by=po)
            self._fund(row, planned.key)

    def _fund(self, row: Row, key: str) -> None:
        """The project that asked pays six tenths of the milestone that answers it."""
        project, milestone = self._asked(row).project, self.story.milestone(key)
        if project is not None and project.funds is not None and milestone.cost:
            amount = Decimal(round(milestone.cost * Decimal("0.0006"))) * 1000
            funding.fund_milestone(milestone=milestone, source=project.funds, amount=amount, by=self.story.person("po"))

    def _expect(self, row: Row) -> None:
        projects.state_expectation(
            roadmap=self.story.roadmap(),
            project=self.story.place.entries["project", row["project"]],
            expected_month=date.fromisoformat(f"{row['month']}-01"),
            milestone=self.story.milestone(row["milestone"]) if row["milestone"] else None,
            what_en=row["what_en"],
            what_fr=row["what_fr"],
            by=self.story.person("pm"),
        )

    def _feedback(self, row: Row) -> None:
        on = date.fromisoformat(row["on"])
        self.timeline.add(on, self.story.person("support"), lambda: self._keep(row))
        if row["milestone"]:
            after = min(on + timedelta(days=9), date(2026, 11, 16))
            self.timeline.add(after, self.story.person("po"), lambda: self._answer(row))

    def _keep(self, row: Row) -> None:
        made = feedback.keep_feedback(
            roadmap=self.story.roadmap(),
            text=row["text"],
            language=row["language"],
            source=row["source"],
            by=self.story.person("support"),
        )
        self.story.keys[f"feedback {row['on']}"] = made.pk

    def _answer(self, row: Row) -> None:
        said = Feedback.objects.select_related("roadmap__product").get(pk=self.story.keys[f"feedback {row['on']}"])
        feedback.action_feedback(
            feedback=said, milestone=self.story.milestone(row["milestone"]), by=self.story.person("po")
        )

    def _wait(self, row: Row) -> None:
        """Another milestone of this roadmap, CODE.key of another one, or words in both languages."""
        words: dict[str, Any] = {}
        if " / " in row["what"]:
            english, _, french = row["what"].partition(" / ")
            words = {"outside_en": english, "outside_fr": french}
        else:
            code, _, key = row["what"].rpartition(".")
            if code and code not in self.stories:
                return  # a reduced demonstration leaves that roadmap out
            words = {"needs": self.stories[code or self.code].milestone(key)}
        dependencies.add_dependency(milestone=self.story.milestone(row["key"]), by=self.story.person("po"), **words)

    def _augment(self, row: Row) -> None:
        outcomes.augment(
            outcome=self.story.outcome(row["outcome"]),
            fiscal_year=int(row["year"]),
            source=self.story.place.entry("fund", row["fund"]),
            amount=Decimal(row["amount"]) * 1000,
            decision_reference=row["decision"],
            by=self.story.person("pm"),
        )
