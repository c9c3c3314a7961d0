"""The decision brief of a review: the ask, what changed, cost, conditions, what is decided on (ux.md A8).

What was submitted is read from the frozen package, so nothing that was edited afterwards slips into what is voted on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.gates.inputs import artefacts_of
from governance.gates.since import Followed, Since, follow
from governance.models import Artefact, Condition, Decision, Package, Review
from governance.reading.cost import Cost, cost_of
from governance.states import ConditionState
from people.bilingual import other, reader
from records import clock


@dataclass(frozen=True)
class ConditionLine:
    """A condition that binds already or is proposed; `late` counts the days since it was due."""

    row: Condition
    late: int
    is_new: bool


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
    cost: Cost
    conditions: list[ConditionLine]
    artefacts: list[ArtefactLine]
    last: Decision | None

    @property
    def outstanding(self) -> list[ConditionLine]:
        return [line for line in self.conditions if not line.is_new]

    @property
    def proposed(self) -> list[ConditionLine]:
        return [line for line in self.conditions if line.is_new]


def brief_of(review: Review) -> Brief:
    """The brief of a review that was submitted. Raises Package.DoesNotExist for one that was not."""
    package = Package.objects.get(review=review)
    texts = package.content.get("texts", {})
    # A change to a live product passes the gates on its own: what was decided about it says nothing of the product.
    same = {"review__product": review.product_id, "review__kind": review.kind, "review__change": review.change_id}
    decisions = Decision.objects.filter(**same)
    last = decisions.exclude(review=review).select_related("review__gate").order_by("-decided_at").first()
    return Brief(
        review=review,
        package=package,
        ask=in_language(texts, "ask") or str(review),
        recommendation=in_language(texts, "recommendation"),
        changed=in_language(texts, "changed"),
        cost=cost_of(review.product, last),
        conditions=_conditions(review),
        artefacts=_artefacts(review, package),
        last=last,
    )


def _conditions(review: Review) -> list[ConditionLine]:
    """What is outstanding from earlier decisions, the oldest first, then what is proposed with this review."""
    day = clock.today(review.product.department.time_zone)
    before = Condition.objects.filter(review__product=review.product_id).exclude(review=review).outstanding()
    proposed = Condition.objects.filter(review=review).exclude(state=ConditionState.DROPPED).order_by("number")
    outstanding = before.select_related("owner").order_by("due_on")
    return [ConditionLine(each, max(0, (day - each.due_on).days), False) for each in outstanding] + [
        ConditionLine(each, 0, True) for each in proposed.select_related("owner")
    ]


def _artefacts(review: Review, package: Package) -> list[ArtefactLine]:
    """The package's own list, in the reader's language, each with what became of its source since."""
    followed = {each.artefact.number: each for each in follow(artefacts_of(review))}
    return [_line(each, followed.get(each.get("number", 0))) for each in package.content.get("artefacts", [])]


def _line(told: Mapping[str, Any], followed: Followed | None) -> ArtefactLine:
    since = followed.since if followed else Since.UNKNOWN
    return ArtefactLine(
        number=told.get("number", 0),
        title=title_of(followed.artefact) if followed else told["title"],
        version=told.get("version") or "",
        sha256=(told.get("sha256_fr") if reader() == "fr" else "") or told["sha256"],
        link=told.get("link") or "",
        since=str(since.label),
        has_moved=since in (Since.CHANGED, Since.GONE),
        artefact=followed.artefact if followed else None,
    )


def title_of(artefact: Artefact) -> str:
    """What it is called in the reader's language: the input it is there for, the frozen record, or its own title."""
    if artefact.input is not None:
        return artefact.input.name
    return artefact.document.title if artefact.document else artefact.title


def in_language(texts: Mapping[str, Any], name: str) -> str:
    """A frozen text for this reader, else in the other language."""
    mine = reader()
    return texts.get(f"{name}_{mine}") or texts.get(f"{name}_{other(mine)}") or ""
