"""Tell strategy, boundaries and money: what a product says it is for, what it must respect, what it costs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from people.models import Person
from portfolio.demonstration.plans import Plan, spread
from portfolio.demonstration.reading import Row, day, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, Place, World
from products import fiscal
from products.actions.boundaries import record_assessment, use_standard
from products.actions.budget import add_budget_line, change_budget_line
from products.actions.strategy import publish_strategy, save_strategy_draft
from products.models import BudgetLine, Product, ProductStrategy

SPENT_TO = date(2026, 10, 31)


@dataclass
class PagesStory:
    """Adds the acts around strategy, boundaries and money of one product to the timeline."""

    world: World
    place: Place
    code: str
    team: dict[str, Any]
    timeline: Timeline

    def __post_init__(self) -> None:
        self.product: Product = self.world.products[self.code]
        self.lines: dict[tuple[int, str, str], Any] = {}

    def person(self, role: str) -> Person:
        team = self.world.teams[self.code]
        return self.world.people[next(team[each] for each in (role, "pm", "head") if each in team)]

    def tell(self, plan: Plan) -> None:
        """Add every act."""
        self._strategy()
        for row in rows(self.team.get("assessments", ""), "kind", "state", "reference", "assessed", "review"):
            on = day(row["assessed"]) or date(2026, 9, 7)
            self.timeline.add(max(on, date(2024, 2, 5)), self.person("sec"), partial(self._assess, row))
        for row in rows(self.team.get("standards", ""), "code", "plan_en", "plan_fr", "leave"):
            self.timeline.add(date(2024, 2, 6), self.person("it"), partial(self._use, row))
        if "money" in self.team:
            self._money(plan, self.team["money"].split())

    # Strategy -------------------------------------------------------------------------------------------------------

    def _strategy(self) -> None:
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(self.team.get("strategy", ""), "on", "part", "en", "fr"):
            texts[row["on"]] |= {f"{row['part']}_en": row["en"], f"{row['part']}_fr": row["fr"]}
        for on, said in texts.items():
            when = date.fromisoformat(on)
            self.timeline.add(when - timedelta(days=10), self.person("pm"), partial(self._draft, said))
            self.timeline.add(when, self.person("head"), self._publish)

    def _draft(self, said: dict[str, Any]) -> None:
        save_strategy_draft(product=self.product, by=self.person("pm"), **said)

    def _publish(self) -> None:
        draft = ProductStrategy.objects.select_related("product").get(product=self.product, state="draft")
        publish_strategy(strategy=draft, by=self.person("head"))

    # Boundaries -----------------------------------------------------------------------------------------------------

    def _assess(self, row: Row) -> None:
        record_assessment(
            product=self.product,
            by=self.person("sec"),
            kind=row["kind"],
            state=row["state"],
            reference=row["reference"],
            assessed_on=day(row["assessed"]),
            next_review_on=day(row["review"]),
        )

    def _use(self, row: Row) -> None:
        use_standard(
            product=self.product,
            standard=self.place.entry("standard", row["code"]),
            plan_en=row["plan_en"],
            plan_fr=row["plan_fr"],
            leave_by=day(row["leave"]),
            by=self.person("it"),
        )

    # Money ----------------------------------------------------------------------------------------------------------

    def _money(self, plan: Plan, funds: list[str]) -> None:
        """The first fund pays salaries, the second the cloud and licences, those of projects what is done for them."""
        for year in plan.years:
            for fund, kind, planned in self._planned(plan, funds, year):
                self._line(year, fund, kind, planned)

    def _planned(self, plan: Plan, funds: list[str], year: int) -> list[tuple[str, str, int]]:
        milestones = plan.of_year(year)
        salary = sum(each.cost[0] for each in milestones)
        other = sum(each.cost[1] for each in milestones)
        found = [(funds[0], "salary", _round(salary * 1.2 + 240)), (funds[0], "other", _round(other * 0.5 + 60))]
        if len(funds) > 1:
            found += [(funds[1], "cloud", _round(other * 0.3 + 90)), (funds[1], "licences", _round(other * 0.2 + 40))]
        for fund in funds[2:]:
            asked = [sum(each.cost) for each in milestones if each.project and fund.endswith(f"-{each.project}")]
            found += [(fund, "other", _round(sum(asked)))] if asked else []
        return found

    def _line(self, year: int, fund: str, kind: str, planned: int) -> None:
        running = fiscal.fiscal_year_of(LAST_DAY)
        entered = date(year, 2, 9) if year <= running else date(2026, 10, 19)
        short = fund.startswith(("F-ACC", "F-MOD", "W-MOD")) and year == running
        secured = None if year > running else _round(planned * (0.7 if short else 1))
        self.timeline.add(entered, self.person("pm"), lambda: self._plan_money(year, fund, kind, planned, secured))
        if year > running:
            return
        share = 0.92 + spread(f"{self.code}{year}{fund}{kind}", 11) / 100
        spent = planned * share * (1 if year < running else 0.55)
        until = date(year + 1, 3, 31) if year < running else SPENT_TO
        self.timeline.add(
            until + timedelta(days=10),
            self.world.people[self._cfo()],
            lambda: self._spend((year, fund, kind), spent, until),
        )

    def _cfo(self) -> str:
        return "cfo" if self.place.department.code == "dws" else "cfo_wh"

    def _plan_money(self, year: int, fund: str, kind: str, planned: int, secured: int | None) -> None:
        line = add_budget_line(
            product=self.product,
            by=self.person("pm"),
            fiscal_year=year,
            source=self.place.entry("fund", fund),
            kind=kind,
            planned=Decimal(planned) * 1000,
            secured=None if secured is None else Decimal(secured) * 1000,
        )
        self.lines[year, fund, kind] = line.pk

    def _spend(self, key: tuple[int, str, str], spent: float, until: date) -> None:
        line = BudgetLine.objects.select_related("product").get(pk=self.lines[key])
        actual = Decimal(round(spent * 10)) * 100
        change_budget_line(line=line, actual=actual, actual_to=until, by=self.world.people[self._cfo()])


def _round(thousands: float) -> int:
    """To the nearest ten thousand."""
    return round(thousands / 10) * 10
