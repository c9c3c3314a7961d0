"""A roadmap as the data tell it: milestones with what becomes of them. Calls nothing and writes nothing."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.world import LAST_DAY, working_day
from products import fiscal

COLUMNS = ("key", "serves", "month", "marks", "cost", "title_en", "summary_en", "title_fr", "summary_fr")
SIZES = {"S": "small", "M": "medium", "L": "large"}
KINDS = {"f": "feature", "d": "defect", "r": "risk", "t": "debt"}
VARIANT = ("name", "month", "marks", "cost", "title_en", "summary_en", "title_fr", "summary_fr")
# The first unfinished month: what was planned before it is in production unless the data say otherwise.
OPEN_FROM = date(2026, 11, 1)


@dataclass
class Planned:
    """A milestone as first planned, and where it ended up."""

    key: str
    year: int
    month: date | None
    serves: list[str]
    goal: str
    marks: set[str]
    cost: tuple[int, int]
    texts: dict[str, str]
    final_month: date | None = None
    last_change: date = date.min
    is_cancelled: bool = False
    is_started: bool = False

    @property
    def size(self) -> str:
        return next(word for mark, word in SIZES.items() if mark in self.marks)

    @property
    def kind(self) -> str:
        return next(word for mark, word in KINDS.items() if mark in self.marks)

    @property
    def project(self) -> str:
        return next((mark[1:] for mark in self.marks if mark.startswith("+")), "")

    @property
    def member(self) -> str:
        return next((mark[1:] for mark in self.marks if mark.startswith("@")), "")

    @property
    def is_gate(self) -> bool:
        return "gate" in self.marks

    @property
    def is_released(self) -> bool:
        return (
            not self.is_cancelled
            and "open" not in self.marks
            and self.final_month is not None
            and self.final_month < OPEN_FROM
        )

    def released_on(self) -> date:
        """The day in its last month on which it went to production, always after its last change."""
        if self.final_month is None:
            raise ValueError(f"{self.key} has no month to be released in.")
        wanted = self.final_month + timedelta(days=8 + spread(self.key, 15))
        return working_day(max(wanted, self.last_change + timedelta(days=2)))


@dataclass(frozen=True)
class Happening:
    """One line of the story: a move, a cancellation, a risk, a start."""

    on: date
    who: str
    what: str
    which: str
    text: str

    def moves(self) -> list[tuple[str, str]]:
        """Key and month of each milestone that moves."""
        return [(part.split()[0], part.split()[1]) for part in self.which.split(",")]


@dataclass
class Plan:
    """Everything told about one roadmap."""

    code: str
    told: dict[str, Any]
    milestones: dict[str, Planned] = field(default_factory=dict)
    story: list[Happening] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        return sorted({milestone.year for milestone in self.milestones.values()})

    def of_year(self, year: int) -> list[Planned]:
        return [milestone for milestone in self.milestones.values() if milestone.year == year]


def spread(text: str, width: int) -> int:
    """A number below `width` that is always the same for `text`."""
    return zlib.crc32(text.encode()) % width


def read_plan(code: str, told: dict[str, Any]) -> Plan:
    """The plan of a product with every milestone's fate worked out."""
    plan = Plan(code, told)
    goals = [row["letter"] for row in rows(told["goals"], "letter", "en", "fr")]
    for name in sorted(told):
        if name.startswith("milestones_"):
            for row in rows(told[name], *COLUMNS):
                milestone = _planned(row, int(name[-4:]), row["serves"].split(",")[0][0])
                plan.milestones[milestone.key] = milestone
    for row in rows(told.get("recurring", ""), "year", "words"):
        for milestone in _recurring(code, int(row["year"]), row["words"], told.get("keeps", goals[-1])):
            plan.milestones[milestone.key] = milestone
    for row in rows(told.get("story", ""), "on", "who", "what", "which", "text"):
        plan.story.append(Happening(date.fromisoformat(row["on"]), row["who"], row["what"], row["which"], row["text"]))
    _work_out_fates(plan)
    return plan


def _planned(row: Row, year: int, goal: str) -> Planned:
    month = None if row["month"].endswith("-") else day(row["month"])
    salary, _, other = row["cost"].partition("/")
    texts = {name: row[name] for name in COLUMNS[5:]}
    serves = [code.strip() for code in row["serves"].split(",") if code.strip()]
    return Planned(
        row["key"], year, month, serves, goal, set(row["marks"].split()), (int(salary), int(other)), texts, month
    )


def _recurring(code: str, year: int, words: str, goal: str) -> Iterator[Planned]:
    for number, word in enumerate(words.split()):
        name, _, wanted = word.partition(":")
        if name == "monthly":
            yield from _monthly(year, goal)
            continue
        variants = [row for row in rows(read("recurring")["variants"], *VARIANT) if row["name"] == name]
        row = _nearest(variants, int(wanted)) if wanted else variants[(year + spread(code + name, 9)) % len(variants)]
        yield _repeated(row, f"{name}{year}-{number}", year, int(wanted or row["month"]), goal)


def _nearest(variants: list[Row], month: int) -> Row:
    def apart(row: Row) -> int:
        steps = abs(int(row["month"]) - month)
        return min(steps, 12 - steps)

    return min(variants, key=apart)


def _monthly(year: int, goal: str) -> Iterator[Planned]:
    row = next(rows(read("recurring")["monthly"], *VARIANT))
    for named in rows(read("recurring")["months"], "month", "en", "fr"):
        texts = {name: text.format(month=named["en"], mois=named["fr"]) for name, text in row.items()}
        yield _repeated(texts, f"monthly{year}-{named['month']}", year, int(named["month"]), goal)


def _repeated(row: Row, key: str, year: int, month: int, goal: str) -> Planned:
    first = date(year if month >= 4 else year + 1, month, 1)
    return _planned({**row, "key": key, "serves": "", "month": first.isoformat()}, year, goal)


def _work_out_fates(plan: Plan) -> None:
    for happening in sorted(plan.story, key=lambda each: each.on):
        if happening.on > LAST_DAY:
            raise ValueError(f"{plan.code}: {happening.on} lies after the last day.")
        if happening.what == "move":
            for key, month in happening.moves():
                milestone = plan.milestones[key]
                milestone.final_month, milestone.last_change = day(month), happening.on
            continue
        milestone = plan.milestones[happening.which]
        milestone.last_change = max(milestone.last_change, happening.on)
        milestone.is_cancelled |= happening.what == "cancel"
        milestone.is_started |= happening.what == "start"


def planned_days(year: int, code: str) -> dict[str, date]:
    """When a year is prepared, filled, vetted, endorsed and approved; spread over the products."""
    late = spread(code, 9)
    if year > fiscal.fiscal_year_of(LAST_DAY):
        return {"prepare": date(2026, 10, 5) + timedelta(days=late), "fill": date(2026, 10, 7) + timedelta(days=late)}
    return {
        "prepare": date(year, 1, 8) + timedelta(days=late),
        "fill": date(year, 1, 10) + timedelta(days=late),
        "vet": date(year, 2, 23) + timedelta(days=late),
        "endorse": date(year, 3, 9) + timedelta(days=late // 3),
        "approve": date(year, 3, 24) + timedelta(days=late // 3),
    }
