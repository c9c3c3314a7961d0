"""What could go wrong, as the teams kept it: raised, scored anew, reviewed, accepted, become an issue, closed, reopened."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from governance.actions.risk_acceptances import accept_risk, lapse_acceptance
from governance.actions.risk_mitigations import NewMitigation, add_mitigation, move_mitigation
from governance.actions.risk_scores import review_risk, score_risk
from governance.actions.risks import close_risk, materialise_risk, register_risk, reopen_risk
from governance.models import Mitigation, Risk, RiskAcceptance
from people.models import Appointment, Person
from people.states import CapacityKind
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, World
from records.actors import SYSTEM

OF = ("product", "raised", "category", "areas", "strategy", "owner", "scores")
COURSE = ("on", "what", "value", "en", "fr")
PARTS = ("given", "event", "consequence")
KINDS = ("inherent", "current", "residual")
BEGUN = 9  # days after it was planned an activity is under way


@dataclass
class RisksStory:
    """The risks of every product, or of those that `only` names; escalations find them in the world by key."""

    world: World
    timeline: Timeline
    only: Collection[str] | None = None

    def tell(self) -> None:
        """Add every act on every risk, but for what boards do."""
        told = read("risks")
        notes = list(rows(told["notes"], "en", "fr"))
        for each in told["risks"]:
            (of,) = rows(each["of"], *OF)
            if self.only is None or self.world.products[of["product"]].head.code in self.only:
                RiskStory(self.world, self.timeline, each, of, notes).tell()


@dataclass
class RiskStory:
    """One risk."""

    world: World
    timeline: Timeline
    told: dict[str, Any]
    of: Row
    notes: list[Row]

    def __post_init__(self) -> None:
        self.key = self.told["key"]
        lines = self.told["course"].splitlines()
        self.course = list(rows("\n".join(line for line in lines if "|" in line), *COURSE))
        self.routine = [word for line in lines if line.startswith("reviews") for word in line.split()[1:]]
        self.product = self.world.products[self.of["product"]]
        team = self.world.teams[self.product.head.code]
        self.keeper = self.world.people[team.get("pm", team["head"])]
        self.activities: dict[str, UUID] = {}

    def tell(self) -> None:
        raised = date.fromisoformat(self.of["raised"])
        first = next(
            (row for row in self.course if row["what"] == "mitigation" and row["on"] == self.of["raised"]), None
        )
        self.timeline.add(raised, self.keeper, partial(self._register, first))
        for row in self.course:
            if row is not first and row["what"] != "accept":
                self._add(row["on"], self.keeper, partial(getattr(self, f"_{row['what']}"), row))
            if row["what"] == "mitigation":
                self._follow(row)
            if row["what"] == "accept":
                self._tell_acceptance(row)
        for on, note in zip(self.routine, self._notes(), strict=False):
            self._add(on, self.keeper, partial(self._review, note))

    def _add(self, on: str | date, by: Person, do: Any) -> None:
        self.timeline.add(date.fromisoformat(on) if isinstance(on, str) else on, by, do)

    def _notes(self) -> Iterator[Row]:
        """The stock notes in turn, each risk beginning with another one."""
        return (self.notes[(number + len(self.key)) % len(self.notes)] for number in count())

    def _risk(self) -> Risk:
        rows = Risk.objects.select_related("product__department", "product__head")
        return rows.get(pk=self.world.risks[self.key])

    def _said(self, row: Row) -> str:
        return row["fr" if self.keeper.language == "fr" else "en"]

    def _register(self, first: Row | None) -> None:
        texts: dict[str, Any] = {}
        for language in ("en", "fr"):
            parts = [part.strip() for part in self.told[language].split("|")]
            texts |= {f"{name}_{language}": part for name, part in zip(PARTS, parts, strict=True)}
        risk = register_risk(
            product=self.product,
            by=self.keeper,
            scores={kind: levels(word) for kind, word in zip(KINDS, self.of["scores"].split(), strict=True)},
            category=self.of["category"],
            impact_areas=self.of["areas"].split(),
            owner=self.world.people[self.of["owner"]],
            strategy=self.of["strategy"],
            transfer_to=self.told.get("transfer_to", ""),
            first=NewMitigation(**self._activity(first)) if first else None,
            **texts,
        )
        self.world.risks[self.key] = risk.pk
        if first:
            self.activities[first["en"]] = Mitigation.objects.get(risk=risk).pk

    def _activity(self, row: Row) -> dict[str, Any]:
        due, owner, _state = row["value"].split()
        who = self.world.people[owner]
        return {"owner": who, "due_on": date.fromisoformat(due), "what_en": row["en"], "what_fr": row["fr"]}

    def _mitigation(self, row: Row) -> None:
        made = add_mitigation(risk=self._risk(), by=self.keeper, **self._activity(row))
        self.activities[row["en"]] = made.pk

    def _follow(self, row: Row) -> None:
        """Under way soon after it was planned; done some days before it is due."""
        due, _owner, state = row["value"].split()
        if state == "planned":
            return
        begun = date.fromisoformat(row["on"]) + timedelta(days=BEGUN)
        self._add(begun, self.keeper, partial(self._move, row, "in_progress"))
        if state == "done":
            done = max(begun + timedelta(days=1), date.fromisoformat(due) - timedelta(days=3))
            self._add(done, self.keeper, partial(self._move, row, "done"))

    def _move(self, row: Row, state: str) -> None:
        found = Mitigation.objects.select_related("risk__product__department", "risk__product__head")
        move_mitigation(mitigation=found.get(pk=self.activities[row["en"]]), state=state, by=self.keeper)

    def _current(self, row: Row) -> None:
        scores = {"current": levels(row["value"])}
        score_risk(risk=self._risk(), scores=scores, note=self._said(row), by=self.keeper)

    def _review(self, row: Row) -> None:
        review_risk(risk=self._risk(), note=self._said(row), by=self.keeper)

    def _materialised(self, row: Row) -> None:
        materialise_risk(
            risk=self._risk(),
            became_issue_on=date.fromisoformat(row["value"]),
            issue_en=row["en"],
            issue_fr=row["fr"],
            by=self.keeper,
        )

    def _close(self, row: Row) -> None:
        close_risk(risk=self._risk(), reason=self._said(row), by=self.keeper)

    def _reopen(self, row: Row) -> None:
        reopen_risk(risk=self._risk(), reason=self._said(row), by=self.keeper)

    def _tell_acceptance(self, row: Row) -> None:
        """By who is entitled; on the day after its last one it has lapsed, where nothing ended it before."""
        who, until = row["value"].split()
        by = self._sponsor() if who == "sponsor" else self.world.people[self.world.teams[self.product.head.code][who]]
        last = day(until) or LAST_DAY
        self._add(row["on"], by, partial(self._accept, row, last, by))
        if last < LAST_DAY:
            self._add(last + timedelta(days=1), by, self._lapse)

    def _sponsor(self) -> Person:
        branch = self.product.sponsoring_branch
        return Appointment.objects.get(kind=CapacityKind.SPONSOR, branch=branch, ends_on=None).person

    def _accept(self, row: Row, until: date, by: Person) -> None:
        accept_risk(risk=self._risk(), until=until, justification_en=row["en"], justification_fr=row["fr"], by=by)

    def _lapse(self) -> None:
        for each in RiskAcceptance.objects.filter(risk=self._risk(), ended_on__isnull=True).select_related(
            "risk__product"
        ):
            lapse_acceptance(acceptance=each, by=SYSTEM)


def levels(word: str) -> tuple[int, int]:
    """4x5 is likelihood 4, impact 5."""
    likelihood, _x, impact = word.partition("x")
    return int(likelihood), int(impact)
