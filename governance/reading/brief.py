"""The decision brief of a review: the ask, what changed, cost, conditions, what is decided on (ux.md A8).

What was submitted is read from the frozen package, so nothing that was edited afterwards slips into what is voted on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from governance.gates.inputs import artefacts_of
from governance.gates.package import draft_of
from governance.gates.since import Followed, Since, follow
from governance.models import Artefact, Condition, Decision, Package, Review
from governance.reading.cost import Cost, cost_of
from governance.states import ConditionState
from people.bilingual import other, reader, said
from records import clock


@dataclass(frozen=True)
class Named:
    """A name as it was frozen, in both languages."""

    name_en: str
    name_fr: str

    @property
    def name(self) -> str:
        return said(self, "name")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class ConditionLine:
    """A condition as it was frozen, outstanding then or proposed; `late` counts the days since it was due, and `state` is
    what became of it."""

    number: int
    what_en: str
    what_fr: str
    owner: str
    due_on: date
    late: int
    is_new: bool
    state: str


@dataclass(frozen=True)
class ArtefactLine:
    """A row of what is decided on, as the package names it. `since` says what became of its source."""

    number: int
    title: str
    version: str
    sha256: str
    link: str
    since: str
    has_moved: bool
    artefact: Artefact | None


@dataclass
class Brief:
    """Everything a member reads before voting."""

    review: Review
    package: Package
    ask: str
    recommendation: str
    changed: str
    product: Named
    change: Named | None
    outcome: Named | None
    board: Named | None
    heading: str
    cost: Cost
    conditions: list[ConditionLine]
    artefacts: list[ArtefactLine]
    last: Decision | None

    @property
    def subject_name(self) -> str:
        return f"{self.product}, {self.change}" if self.change else str(self.product)

    @property
    def outstanding(self) -> list[ConditionLine]:
        return [line for line in self.conditions if not line.is_new]

    @property
    def proposed(self) -> list[ConditionLine]:
        return [line for line in self.conditions if line.is_new]


def brief_of(review: Review) -> Brief:
    """The brief of a review that was submitted. Raises Package.DoesNotExist for one that was not."""
    package = Package.objects.get(review=review)
    content = package.content
    if content.get("schema", 1) < 2:  # frozen before packages kept their cost
        content = draft_of(review) | content
    texts = content.get("texts", {})
    return Brief(
        review=review,
        package=package,
        ask=in_language(texts, "ask") or str(review),
        recommendation=in_language(texts, "recommendation"),
        changed=in_language(texts, "changed"),
        product=_named(content["product"]) or Named(review.product.name_en, review.product.name_fr),
        change=_named(content["change"]),
        outcome=_named(content["outcome"]),
        board=_named(content.get("board")),
        heading=_heading(review, content["gate"]),
        cost=cost_of(content["cost"], review.product),
        conditions=_conditions(review, content),
        artefacts=_artefacts(review, package),
        last=_last(review, content["cost"]),
    )


def _named(told: Mapping[str, str] | None) -> Named | None:
    return Named(told["name_en"], told["name_fr"]) if told else None


def _heading(review: Review, gate: Mapping[str, Any] | None) -> str:
    """The gate by the name it had, else the kind of decision."""
    return f"{_('Gate')} {gate['number']}, {_named(gate)}" if gate else str(review.get_kind_display()).capitalize()


def _last(review: Review, cost: Mapping[str, Any]) -> Decision | None:
    """The decision that this brief compares itself with: the last one when it was submitted."""
    before = cost.get("before")
    found = Decision.objects.filter(number=before["decision"]) if before else Decision.objects.none()
    return found.select_related("review__gate").first()


def _conditions(review: Review, content: Mapping[str, Any]) -> list[ConditionLine]:
    """What was outstanding from earlier decisions, the oldest first, then what was proposed with this review."""
    rows = {str(each.pk): each for each in Condition.objects.filter(review__product=review.product_id)}
    mine = {each.number: each for each in rows.values() if each.review_id == review.pk}
    day = clock.today(review.product.department.time_zone)
    return [_condition(told, rows.get(told["id"]), day, False) for told in content["outstanding"]] + [
        _condition(told, mine.get(told["number"]), day, True) for told in content["conditions"]
    ]


def _condition(told: Mapping[str, Any], row: Condition | None, day: date, is_new: bool) -> ConditionLine:
    due = parse_date(told["due_on"]) or day
    is_late = not is_new and row is not None and row.state == ConditionState.OPEN
    return ConditionLine(
        number=told["number"],
        what_en=told["what_en"],
        what_fr=told["what_fr"],
        owner=told["owner"],
        due_on=due,
        late=max(0, (day - due).days) if is_late else 0,
        is_new=is_new,
        state=str(row.get_state_display() if row else ConditionState.PROPOSED.label),
    )


def _artefacts(review: Review, package: Package) -> list[ArtefactLine]:
    """The package's own list, in the reader's language, each with what became of its source since."""
    followed = {each.artefact.number: each for each in follow(artefacts_of(review))}
    return [_line(each, followed.get(each.get("number", 0))) for each in package.content.get("artefacts", [])]


def _line(told: Mapping[str, Any], followed: Followed | None) -> ArtefactLine:
    since = followed.since if followed else Since.UNKNOWN
    return ArtefactLine(
        number=told.get("number", 0),
        title=title_of(told, followed.artefact if followed else None),
        version=told.get("version") or "",
        sha256=(told.get("sha256_fr") if reader() == "fr" else "") or told["sha256"],
        link=told.get("link") or "",
        since=str(since.label),
        has_moved=since in (Since.CHANGED, Since.GONE),
        artefact=followed.artefact if followed else None,
    )


def title_of(told: Mapping[str, Any], artefact: Artefact | None) -> str:
    """What it was called, in the reader's language: the input it is there for, the frozen record, or its own title."""
    wanted = _named(told.get("input"))
    if wanted is not None:
        return wanted.name
    return artefact.document.title if artefact and artefact.document else str(told["title"])


def in_language(texts: Mapping[str, Any], name: str) -> str:
    """A frozen text for this reader, else in the other language."""
    mine = reader()
    return texts.get(f"{name}_{mine}") or texts.get(f"{name}_{other(mine)}") or ""
