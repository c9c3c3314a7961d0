"""The record of a decision: everything a reader sees of it, kept under the names and in the words of that day (domain.md §5).

`told_of` is written with the decision and never changes; `sha256` of its canonical bytes stands beside it. `record_of` reads
it. A decision recorded before that was kept is told from its rows as they are today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from governance.gates.package import condition_told, named, sha256
from governance.models import Condition, Decision, Seat
from governance.reading.brief import Brief, Named
from governance.states import ConditionState, SeatRole
from governance.voting.seats import SeatLine, lines_of
from people.bilingual import other, reader
from people.models import Person
from records.trail import as_json

SCHEMA = 1
# What of the decision's own row is repeated in its record, so that the record says everything by itself.
OWN = (
    "number", "outcome", "rationale_en", "rationale_fr", "is_complex_or_risky", "complexity_reason_en",
    "complexity_reason_fr", "next_review_on", "eligible", "present", "quorum", "votes_for", "votes_against", "abstained",
    "recused", "by_casting_vote", "accepted_until", "package_sha256", "decided_at", "decided_by_id", "decided_by_name",
)  # fmt: skip


def told_of(
    decision: Decision,
    brief: Brief,
    chair: Seat | None,
    *,
    binding: Iterable[Condition],
    ended: Iterable[Condition],
    stands: Mapping[str, str],
) -> dict[str, Any]:
    """What is kept of `decision`. `brief` is what the board had before it; `binding` binds by it, `ended` no longer does;
    `stands` says in both languages what a correction leaves as it is."""
    point, board, old = decision.point, decision.point.meeting.board, decision.corrects
    content = {
        "schema": SCHEMA,
        **{name: getattr(decision, name) for name in OWN},
        "department": named(board.department),
        "board": {"acronym": board.acronym, "rule": board.rule, "chair_casts": board.chair_casts, **named(board)},
        "meeting": {
            name: getattr(point.meeting, name) for name in ("form", "starts_at", "ends_at", "opened_at", "place")
        },
        "phase": decision.review.product.phase,
        "chair": chair and _named_person(chair.person),
        "seats": (point.tally or {}).get("votes", []),
        "conflicts": [
            {"person": each.seat.person.name, "conflict": each.conflict}
            for each in point.recusals.select_related("seat__person").order_by("created_at")
        ],
        "conditions": [_condition(each) for each in binding],
        "corrects": old and {name: getattr(old, name) for name in ("number", "outcome", "decided_at")},
        "ended": [_condition(each) for each in ended],
        "stands": stands,
        "seen": brief.seen(),
    }
    return dict(as_json(content))


def _named_person(person: Person) -> dict[str, str]:
    return {"name": person.name, "title_en": person.title_en, "title_fr": person.title_fr}


def _signer(told: Mapping[str, str]) -> "Signer":
    """Who signs, with the title in the reader's language; records kept before titles had two languages know one."""
    mine = told.get(f"title_{reader()}") or told.get(f"title_{other(reader())}")
    return Signer(told["name"], mine or told.get("title", ""))


def _condition(condition: Condition) -> dict[str, Any]:
    return {"id": condition.pk} | condition_told(condition)


@dataclass(frozen=True)
class Signer:
    name: str
    title: str


@dataclass(frozen=True)
class Bound:
    """A condition as the board took it up. `today` is what became of it since."""

    key: str
    what_en: str
    what_fr: str
    wanted_en: str
    wanted_fr: str
    owner: str
    verifier: str
    due_on: date | None
    today: str


@dataclass(frozen=True)
class Record:
    """What a page or a paper says of a decision."""

    decision: Decision
    department: Named
    board: Named
    place: str
    starts_at: datetime | None
    chair: Signer | None
    seats: list[SeatLine]
    conditions: list[Bound]
    ended: list[Bound]
    stands: str
    is_intact: bool | None

    @property
    def recused(self) -> list[str]:
        """The holders of the seats that took no part."""
        return [line.holder or line.person for line in self.seats if line.is_set_aside]


def record_of(decision: Decision) -> Record:
    """The record of `decision`; three questions at most. `is_intact` is None where none was kept."""
    kept = decision.content
    told = kept or _from_rows(decision)
    rows = _rows(told)
    return Record(
        decision=decision,
        department=_named(told["department"]),
        board=_named(told["board"]),
        place=told["meeting"]["place"],
        starts_at=parse_datetime(told["meeting"]["starts_at"]),
        chair=_signer(told["chair"]) if told["chair"] else None,
        seats=lines_of(told["seats"]),
        conditions=[_bound(each, rows, decision) for each in told["conditions"]],
        ended=[_bound(each, rows, decision) for each in told["ended"]],
        stands=told.get("stands", {}).get(reader(), ""),
        is_intact=sha256(kept) == decision.sha256 if kept else None,
    )


def _named(told: Mapping[str, str]) -> Named:
    return Named(told["name_en"], told["name_fr"])


def _rows(told: Mapping[str, Any]) -> dict[str, Condition]:
    keys = [each["id"] for each in [*told["conditions"], *told["ended"]]]
    rows = Condition.objects.filter(pk__in=keys).select_related("decision", "ended_by")
    return {str(row.pk): row for row in rows}


def _bound(told: Mapping[str, Any], rows: Mapping[str, Condition], decision: Decision) -> Bound:
    words = {name: told[name] for name in ("what_en", "what_fr", "wanted_en", "wanted_fr", "owner", "verifier")}
    return Bound(
        key=told["id"], due_on=parse_date(told["due_on"]), today=_today(rows.get(told["id"]), decision), **words
    )


def _today(row: Condition | None, decision: Decision) -> str:
    """What became of a condition: its state, and the decision that took it back or took it over."""
    if row is None:
        return ""
    if row.ended_by is not None:
        return _("withdrawn by decision %(number)s") % {"number": row.ended_by.number}
    state = str(ConditionState(row.state).label)
    if row.decision is not None and row.decision_id != decision.pk and row.decision.decided_at > decision.decided_at:
        return _("%(state)s, carried over to decision %(number)s") % {"state": state, "number": row.decision.number}
    return state


def _from_rows(decision: Decision) -> dict[str, Any]:
    """What can be told of a decision recorded before its record was kept: from the rows as they are."""
    point, board = decision.point, decision.point.meeting.board
    chair = (
        Seat.objects.filter(board=board, role=SeatRole.CHAIR).on(decision.decided_at.date()).select_related("person")
    )
    holder = chair.first()
    conditions = decision.conditions.select_related("owner", "verifier").order_by("due_on", "number")  # type: ignore[attr-defined]
    return dict(
        as_json(
            {
                "department": named(board.department),
                "board": named(board),
                "meeting": {"place": point.meeting.place, "starts_at": point.meeting.starts_at},
                "chair": holder and _named_person(holder.person),
                "seats": (point.tally or {}).get("votes", []),
                "conditions": [_condition(each) for each in conditions],
                "ended": [],
            }
        )
    )
