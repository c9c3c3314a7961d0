"""The decision brief of a review: the ask, what changed, cost, conditions, what is decided on (ux.md A8).

What was submitted is read from the frozen package, so nothing that was edited afterwards slips into what is voted on. Once
it is decided, what stood beside it then (which source had moved on, what was overdue) is read from the record of the decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.gates.inputs import artefacts_of
from governance.gates.package import draft_of
from governance.gates.since import Since, follow
from governance.models import Artefact, Condition, Decision, Package, Review
from governance.reading.cost import Cost, cost_of
from governance.reading.delivered import delivered_words
from governance.reading.promise import PromiseTold, promise_of
from governance.reading.risks import RiskTold, WorstTold, asked_about, worst_of
from governance.risks.told import since_submitted
from governance.states import ConditionState
from people.bilingual import other, reader, said
from people.templatetags.gatehouse import colon
from products import fiscal
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
    what became of it, up to the decision once there is one."""

    key: str
    number: int
    what_en: str
    what_fr: str
    wanted_en: str
    wanted_fr: str
    owner: str
    verifier: str
    due_on: date
    late: int
    is_new: bool
    state: str

    @property
    def words(self) -> str:
        return str(ConditionState(self.state).label)


@dataclass(frozen=True)
class ArtefactLine:
    """A row of what is decided on, as the package names it. `since` says what became of its source; `wanted` is the input it
    is there for, `source` what sort of thing it is."""

    number: int
    title: str
    own_title: str
    wanted: str
    source: str
    version: str
    sha256: str
    link: str
    since: Since
    artefact: Artefact | None

    @property
    def has_moved(self) -> bool:
        return self.since in (Since.CHANGED, Since.GONE)


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
    gate: str
    heading: str
    cost: Cost
    conditions: list[ConditionLine]
    artefacts: list[ArtefactLine]
    last: Decision | None
    risks: WorstTold | None
    risk: RiskTold | None
    risk_since: str
    delivered: list[str]
    promise: PromiseTold | None

    @property
    def subject_name(self) -> str:
        return f"{self.product}, {self.change}" if self.change else str(self.product)

    def seen(self) -> dict[str, Any]:
        """What stands beside the package now, and is kept with the decision."""
        return {
            "conditions": [{"state": line.state, "late": line.late} for line in self.conditions],
            "since": [line.since.value for line in self.artefacts],
            "cost": {"has_moved": self.cost.has_moved, "today": self.cost.today},
        }

    @property
    def moved(self) -> int:
        """How many artefacts' sources moved on."""
        return sum(line.has_moved for line in self.artefacts)

    @property
    def outstanding(self) -> list[ConditionLine]:
        return [line for line in self.conditions if not line.is_new]

    @property
    def proposed(self) -> list[ConditionLine]:
        return [line for line in self.conditions if line.is_new]


def brief_of(review: Review, decision: Decision | None = None) -> Brief:
    """The brief of a review that was submitted; with `decision`, as the board had it then. Raises Package.DoesNotExist for
    one that was not submitted."""
    package = Package.objects.get(review=review)
    content = package.content
    if content.get("schema", 1) < 2:  # frozen before packages kept their cost
        content = draft_of(review) | content
    texts = content.get("texts", {})
    seen = (decision.content or {}).get("seen") if decision and package.content.get("schema", 1) > 1 else None
    product = _named(content["product"]) or Named(review.product.name_en, review.product.name_fr)
    heading = _gate(content["gate"]) or _matter(review, content)
    return Brief(
        review=review,
        package=package,
        ask=in_language(texts, "ask") or f"{product}{colon()}{heading}",
        recommendation=in_language(texts, "recommendation"),
        changed=in_language(texts, "changed"),
        product=product,
        change=_named(content["change"]),
        outcome=_named(content["outcome"]),
        board=_named(content.get("board")),
        gate=_gate(content["gate"]),
        heading=heading,
        cost=cost_of(content["cost"], review.product, seen and seen["cost"]),
        conditions=_as_seen(content, seen["conditions"]) if seen else _conditions(review, content),
        artefacts=_artefacts(review, package, seen and seen["since"]),
        last=_last(review, content["cost"]),
        # Of the package alone: one frozen before risks were told says nothing of them.
        risks=worst_of(package.content.get("risks")),
        risk=asked_about(package.content.get("risk")),
        risk_since="" if decision else since_submitted(review),
        delivered=delivered_words(package.content.get("delivered")),
        promise=promise_of(review, package.content, is_open=decision is None and review.is_live),
    )


def _named(told: Mapping[str, str] | None) -> Named | None:
    return Named(told["name_en"], told["name_fr"]) if told else None


def _gate(gate: Mapping[str, Any] | None) -> str:
    """The gate by the number and the name it had; empty for a decision about no gate."""
    return f"{_('Gate')} {gate['number']}, {_named(gate)}" if gate else ""


def called(review: Review, content: Mapping[str, Any] | None) -> tuple[str, str]:
    """What a review is about and what it asks to pass, by the names of its frozen package; by today's without one."""
    product, change = (_named((content or {}).get(name)) for name in ("product", "change"))
    if content is None or product is None:
        return review.subject_name, review.matter
    about = f"{product}, {change}" if change else str(product)
    return about, _gate(content.get("gate")) or _matter(review, content)


def _matter(review: Review, content: Mapping[str, Any]) -> str:
    """The kind of decision, with the year or the outcome it is about."""
    kind, outcome = capfirst(review.get_kind_display()), _named(content.get("outcome"))
    if review.outcome and outcome:
        return f"{kind}, {review.outcome.code} {outcome}"
    if content.get("risk"):
        return f"{kind}, {content['risk']['product']} {content['risk']['label']}"
    return f"{kind} {fiscal.label(content['year'])}" if content.get("year") else kind


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


def _as_seen(content: Mapping[str, Any], seen: list[Mapping[str, Any]]) -> list[ConditionLine]:
    """The same lines as they stood when it was decided."""
    told = [(each, False) for each in content["outstanding"]] + [(each, True) for each in content["conditions"]]
    return [_told(each, then["state"], then["late"], is_new) for (each, is_new), then in zip(told, seen, strict=True)]


def _condition(told: Mapping[str, Any], row: Condition | None, day: date, is_new: bool) -> ConditionLine:
    due = parse_date(told["due_on"]) or day
    is_late = not is_new and row is not None and row.state == ConditionState.OPEN
    state = row.state if row else ConditionState.PROPOSED
    return _told(told, state, max(0, (day - due).days) if is_late else 0, is_new)


def _told(told: Mapping[str, Any], state: str, late: int, is_new: bool) -> ConditionLine:
    return ConditionLine(
        key=told.get("id", ""),
        number=told["number"],
        what_en=told["what_en"],
        what_fr=told["what_fr"],
        wanted_en=told.get("wanted_en", ""),
        wanted_fr=told.get("wanted_fr", ""),
        owner=told["owner"],
        verifier=told.get("verifier", ""),
        due_on=parse_date(told["due_on"]) or date.max,
        late=late,
        is_new=is_new,
        state=state,
    )


def _artefacts(review: Review, package: Package, seen: list[str] | None) -> list[ArtefactLine]:
    """The package's own list, in the reader's language, each with what became of its source since, or up to the decision."""
    rows = artefacts_of(review)
    by_number = {each.number: each for each in rows}
    lines = [_line(each, by_number.get(each.get("number", 0))) for each in package.content.get("artefacts", [])]
    if seen is not None:
        return [replace(line, since=Since(each)) for line, each in zip(lines, seen, strict=True)]
    now = {each.artefact.number: each.since for each in follow(rows)}
    return [replace(line, since=now.get(line.number, Since.UNKNOWN)) for line in lines]


def _line(told: Mapping[str, Any], artefact: Artefact | None) -> ArtefactLine:
    """The row is called by the input it is there for, else by what it is called itself: as a frozen record, or as typed."""
    wanted, titles = _named(told.get("input")), _named(told.get("titles"))
    record = artefact.document.title if artefact and artefact.document else ""
    own = titles.name if titles else record or str(told["title"])
    is_called_so = wanted is not None and own in (wanted.name_en, wanted.name_fr)
    return ArtefactLine(
        number=told.get("number", 0),
        title=wanted.name if wanted else own,
        own_title="" if is_called_so else own,
        wanted=wanted.name if wanted else "",
        source=artefact.source if artefact else "",
        version=(told.get("version_fr") if reader() == "fr" else "") or told.get("version") or "",
        sha256=(told.get("sha256_fr") if reader() == "fr" else "") or told["sha256"],
        link=told.get("link") or "",
        since=Since.UNKNOWN,
        artefact=artefact,
    )


def in_language(texts: Mapping[str, Any], name: str) -> str:
    """A frozen text for this reader, else in the other language."""
    mine = reader()
    return texts.get(f"{name}_{mine}") or texts.get(f"{name}_{other(mine)}") or ""
