"""What teams put before the boards: prepared, submitted, withdrawn, decided each way, and conditions followed to closed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from governance.actions import artefacts, conditions, reviews
from governance.actions.changes import begin_change
from governance.actions.risk_boards import escalate_risk
from governance.actions.status import ask_for_status
from governance.gates.inputs import checklist
from governance.models import Condition, Gate, Review, Risk
from governance.states import DecisionKind
from people.models import Appointment, Person
from people.states import CapacityKind
from portfolio.demonstration.files import uploaded
from portfolio.demonstration.reading import Row, read, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import Place, World
from products.actions.status import record_exit
from products.models import ProductStatus
from products.states import StatusState
from records.actions.evidence import scan_evidence
from records.actors import SYSTEM
from roadmaps.models import Outcome, RoadmapYear

REVIEW = ("key", "product", "what", "begun", "submitted", "course", "outcomes")
CONDITION = ("review", "owner", "verifier", "due", "fate", "en", "fr")
FILE = ("review", "input", "name", "made")
CHANGE = {
    "name_en": "Service by telephone",
    "name_fr": "Service par téléphone",
    "summary_en": "People without a computer find and apply for work by telephone.",
    "summary_fr": "Les personnes sans ordinateur trouvent un emploi et postulent par téléphone.",
}
PROOF = "Done and written up; the report is in the team’s records."
LACKING = "The northern region has not answered yet."


def both(table: str) -> dict[str, tuple[str, str]]:
    """Key → English and French of one of the tables of words."""
    return {row["key"]: (row["en"], row["fr"]) for row in rows(read("reviews")[table], "key", "en", "fr")}


@dataclass
class ReviewsStory:
    """The reviews of every product, or of those that `only` names; meetings find them here by key."""

    world: World
    timeline: Timeline
    only: Collection[str] | None = None
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = rows(read("reviews")["reviews"], *REVIEW)
        self.rows = [row for row in told if self.only is None or row["product"] in self.only]
        self.asks, self.reasons = both("asks"), both("reasons")
        self.recommendations, self.changes = both("recommendations"), both("changes")
        self.files: dict[str, list[Row]] = defaultdict(list)
        for row in rows(read("reviews")["files"], *FILE):
            self.files[row["review"]].append(row)
        self.proposals: dict[str, list[Row]] = defaultdict(list)
        for row in rows(read("reviews")["conditions"], *CONDITION):
            self.proposals[row["review"]].append(row)

    def tell(self) -> None:
        """Add every act that is no board's: begun, prepared, submitted, withdrawn, conditions proven and verified."""
        for row in self.rows:
            by = self._author(row)
            self._add(row["begun"], by, partial(self._begin, row, by))
            if row["submitted"]:
                self._add(row["submitted"], by, partial(self._submit, row, by))
            if row["course"].startswith("withdrawn"):
                self._add(row["course"].split()[1], by, partial(self._withdraw, row, by))
            if row["outcomes"] == "with_conditions":
                self._follow(row)
            if row["what"] == "status_review":
                cfo = self.world.people["cfo"]
                self._add("2026-10-29", cfo, partial(self._exit, row, cfo))

    def _add(self, day: str, by: Person, do: Any) -> None:
        self.timeline.add(date.fromisoformat(day), by, do)

    def review(self, key: str) -> Review:
        return Review.objects.select_related("product__department", "board", "gate", "change").get(pk=self.made[key])

    def place(self, row: Row) -> Place:
        return self.world.place_of(self.world.products[row["product"]])

    def _author(self, row: Row) -> Person:
        """The Product Manager; the sponsor for a request of product status, the Head of Product for a business case review."""
        if row["what"] == "status":
            branch = self.world.products[row["product"]].sponsoring_branch
            return Appointment.objects.get(kind=CapacityKind.SPONSOR, branch=branch, ends_on=None).person
        team = self.world.teams[row["product"]]
        return self.world.people[team["head"] if row["what"] == "5" else team.get("pm", team["head"])]

    def _begin(self, row: Row, by: Person) -> None:
        product, what = self.world.products[row["product"]], row["what"]
        if what == "status":
            year = RoadmapYear.objects.get(roadmap__product=product, year=2026)
            review = ask_for_status(product=product, until=date(2029, 3, 31), business_case=year, by=by)
        elif what == "change":
            change = begin_change(product=product, by=by, **CHANGE)
            review = reviews.begin_review(product=product, gate=_gate(1), change=change, by=by)
        elif what.startswith(("endorse", "approve")):
            kind = DecisionKind.ROADMAP_ENDORSEMENT if what.startswith("endorse") else DecisionKind.ROADMAP_APPROVAL
            year = RoadmapYear.objects.get(roadmap__product=product, year=int(what.split()[1]))
            review = reviews.begin_review(product=product, kind=kind, year=year, by=by)
        elif what.startswith("outcome"):
            letter, number = what.split()[1].split(".")
            outcome = Outcome.objects.get(roadmap__product=product, goal__letter=letter, number=int(number))
            review = reviews.begin_review(product=product, kind=DecisionKind.OUTCOME_GATE, outcome=outcome, by=by)
        elif what.startswith("risk"):
            _risk, key, until = what.split()
            risk = Risk.objects.select_related("product__head").get(pk=self.world.risks[key])
            review = escalate_risk(risk=risk, until=date.fromisoformat(until), by=by)
        elif what.isdecimal():
            review = reviews.begin_review(product=product, gate=_gate(int(what)), by=by)
        else:
            review = reviews.begin_review(product=product, kind=DecisionKind(what), by=by)
        self.made[row["key"]] = review.pk

    def _submit(self, row: Row, by: Person) -> None:
        review = self.review(row["key"])
        texts: dict[str, Any] = {}
        if row["key"] in self.asks:  # what a risk asks is written for it
            texts["ask_en"], texts["ask_fr"] = self.asks[row["key"]]
        for name, table in (("recommendation", self.recommendations), ("changed", self.changes)):
            texts[f"{name}_en"], texts[f"{name}_fr"] = table.get(row["key"], ("", ""))
        reviews.change_review(review=review, by=by, **texts)
        review = self.review(row["key"])
        given = self._attach_files(row, review, by)
        for asked in checklist(review):
            if asked.is_missing and asked.input.position not in given:
                address = f"https://records.example/{row['product'].lower()}/{review.attempt}/{asked.input.position}"
                artefacts.attach_link(
                    review=review, link=address, title=asked.input.name, by=by, gate_input=asked.input
                )
        for told in self.proposals[row["key"]]:
            reviews.propose_condition(
                review=review,
                what_en=told["en"],
                what_fr=told["fr"],
                owner=self.world.people[told["owner"]],
                verifier=self.world.people[told["verifier"]],
                due_on=date.fromisoformat(told["due"]),
                by=by,
            )
        reviews.submit_review(review=self.review(row["key"]), by=by)

    def _attach_files(self, row: Row, review: Review, by: Person) -> set[int]:
        """Attach the files of the data where the gate asks for them; where a scanner is configured, it looks at once."""
        given = {int(told["input"]): told for told in self.files[row["key"]]}
        for asked in checklist(review):
            if told := given.get(asked.input.position):
                file = uploaded(told["name"], told["made"])
                made = artefacts.attach_file(
                    review=review, file=file, title=asked.input.name, by=by, gate_input=asked.input
                )
                if made.evidence is not None and made.evidence.is_waiting:
                    scan_evidence(evidence=made.evidence, by=SYSTEM)
        return set(given)

    def _withdraw(self, row: Row, by: Person) -> None:
        reviews.withdraw_review(review=self.review(row["key"]), reason=self.reasons[row["key"]][0], by=by)

    def _follow(self, row: Row) -> None:
        """What became of each condition, in the order of the table."""
        for number, told in enumerate(self.proposals[row["key"]], start=1):
            fate, *days = told["fate"].split()
            owner, verifier = self.world.people[told["owner"]], self.world.people[told["verifier"]]
            acts = [(owner, self._prove), (verifier, self._accept if fate == "closed" else self._refuse)]
            for day, (by, act) in zip(days, acts, strict=False):
                self._add(day, by, partial(act, row["key"], number, by))

    def _condition(self, key: str, number: int) -> Condition:
        rows = Condition.objects.select_related("review__product", "decision", "owner", "verifier")
        return rows.get(review=self.made[key], number=number)

    def _prove(self, key: str, number: int, by: Person) -> None:
        conditions.give_proof(condition=self._condition(key, number), proof=PROOF, by=by)

    def _accept(self, key: str, number: int, by: Person) -> None:
        conditions.accept_proof(condition=self._condition(key, number), by=by)

    def _refuse(self, key: str, number: int, by: Person) -> None:
        conditions.refuse_proof(condition=self._condition(key, number), reason=LACKING, by=by)

    def _exit(self, row: Row, by: Person) -> None:
        status = ProductStatus.objects.get(product=self.world.products[row["product"]], state=StatusState.WITHDRAWN)
        kept = "The service stays in operation; its funds are decided year by year."
        record_exit(status=status, by=by, funds_released=Decimal(410_000), kept=kept)


def _gate(number: int) -> Gate:
    return Gate.objects.get(framework__code="itspm", number=number)


def due(day: str, before: int) -> date:
    """So many days before `day`."""
    return date.fromisoformat(day) - timedelta(days=before)
