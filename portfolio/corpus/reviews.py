"""Boards of the corpus and what they decided: each family's first gate, with its package, five ballots and its decision."""

from governance.models import (
    AgendaPoint,
    Ballot,
    Board,
    Competence,
    Condition,
    Decision,
    Meeting,
    Package,
    Review,
    Seat,
)
from people.models import Capacity
from portfolio.corpus.counts import Counts
from portfolio.corpus.products import PHASES, Numbers
from portfolio.corpus.rows import AT, fill, keep_history, key

SINCE = "date '2023-04-01'"
SEATS = 5  # the third to the seventh person of a department; the first of them chairs
TALLY = """'{"eligible": 5, "recused": 0, "present": 5, "quorum": 4, "for_": 5, "against": 0, "abstained": 0,
 "rule": "majority", "chair_casts": false, "chair_choice": "for", "votes": []}'::jsonb"""
SHA = "repeat('0', 64)"
PLACE = 30_000  # more than any department's families, less than the column holds


def fill_reviews(counts: Counts) -> None:
    """A board and a meeting in each department; a review of every family, decided where the family has moved on."""
    numbers = Numbers(counts)
    # The families that have moved on from Strategy, and so passed their first gate.
    moved = f"(SELECT i FROM {numbers.heads} WHERE {PHASES} <> 'strategy') moved"  # noqa: S608
    _boards(counts)
    _meetings(counts)
    _reviews(numbers)
    _papers(numbers, moved)
    _votes(numbers, moved)
    _decisions(moved)
    _conditions(numbers, moved)
    for model in (Board, Competence, Seat, Meeting, Review, AgendaPoint, Condition):
        keep_history(model)


def _reviews(numbers: Numbers) -> None:
    gate = "(SELECT id FROM governance_gate WHERE number = 1 ORDER BY id LIMIT 1)"
    fill(
        Review,
        numbers.heads,
        id=key("review", "i"),
        product_id=key("product", "i"),
        kind="'gate'",
        gate_id=gate,
        attempt="1",
        state=f"CASE WHEN {PHASES} <> 'strategy' THEN 'decided' ELSE 'preparing' END",
        board_id=key("board", numbers.department),
        ask_en="'Justify product ' || i",
        ask_fr="'Justifier le produit ' || i",
        submitted_at=f"CASE WHEN {PHASES} <> 'strategy' THEN {AT} END",
        submitted_by_id=f"CASE WHEN {PHASES} <> 'strategy' THEN 'corpus' ELSE '' END",
        submitted_by_name="'Corpus'",
    )


def _papers(numbers: Numbers, moved: str) -> None:
    """What was frozen, and its point on the agenda."""
    fill(
        Package,
        moved,
        id=key("package", "i"),
        review_id=key("review", "i"),
        content="'{}'::jsonb",
        sha256=SHA,
        frozen_at=AT,
        frozen_by_id="'corpus'",
        frozen_by_name="'Corpus'",
    )
    fill(
        AgendaPoint,
        moved,
        id=key("point", "i"),
        meeting_id=key("meeting", numbers.department),
        position=f"i % {PLACE} + 1",
        review_id=key("review", "i"),
        state="'decided'",
        voting_opened_at=AT,
        voting_opened_by_id="'corpus'",
        voting_closed_at=AT,
        voting_closed_by_id="'corpus'",
        tally=TALLY,
    )


def _boards(counts: Counts) -> None:
    departments = f"generate_series(1, {counts.departments}) d"
    fill(
        Board,
        departments,
        id=key("board", "d"),
        department_id=key("department", "d"),
        type_id="(SELECT id FROM governance_boardtype WHERE code = 'investment-board')",
        acronym="'INV'",
        name_en="'Investment board ' || d",
        name_fr="'Comité des investissements ' || d",
        tier="2",
        quorum="4",
        rule="'majority'",
    )
    fill(
        Competence,
        departments,
        id=key("competence", "d"),
        board_id=key("board", "d"),
        kind="'gate'",
    )
    seats = f"{departments}, generate_series(1, {SEATS}) s"
    person = key("person", f"(s + 1) * {counts.departments} + d")
    role = "CASE WHEN s = 1 THEN 'chair' ELSE 'voting' END"
    fill(
        Seat,
        seats,
        id=key("seat", "d", "s"),
        board_id=key("board", "d"),
        role=role,
        person_id=person,
        starts_on=SINCE,
    )
    fill(
        Capacity,
        seats,
        id=key("seat capacity", "d", "s"),
        person_id=person,
        kind="CASE WHEN s = 1 THEN 'board_chair' ELSE 'board_member' END",
        scope="'board'",
        scope_id=key("board", "d"),
        starts_on=SINCE,
        source_kind="'governance.seat'",
        source_id=key("seat", "d", "s"),
    )


def _meetings(counts: Counts) -> None:
    fill(
        Meeting,
        f"generate_series(1, {counts.departments}) d",
        id=key("meeting", "d"),
        board_id=key("board", "d"),
        form="'meeting'",
        state="'closed'",
        starts_at=AT,
        opened_at=AT,
        opened_by_id="'corpus'",
        closed_at=AT,
        closed_by_id="'corpus'",
    )


def _votes(numbers: Numbers, moved: str) -> None:
    fill(
        Ballot,
        f"{moved}, generate_series(1, {SEATS}) s",
        id=key("ballot", "i", "s"),
        point_id=key("point", "i"),
        seat_id=key("seat", numbers.department, "s"),
        number="1",
        choice="'for'",
        person_id=key("person", f"(s + 1) * {numbers.counts.departments} + {numbers.department}"),
        cast_at=AT,
        package_sha256=SHA,
    )


def _decisions(moved: str) -> None:
    fill(
        Decision,
        moved,
        id=key("decision", "i"),
        number="'C-' || lpad(i::text, 6, '0')",
        review_id=key("review", "i"),
        point_id=key("point", "i"),
        outcome="CASE WHEN i % 3 = 0 THEN 'with_conditions' ELSE 'approved' END",
        rationale_en="'The case holds.'",
        rationale_fr="'L’analyse tient.'",
        is_complex_or_risky="false",
        eligible="5",
        present="5",
        quorum="4",
        votes_for="5",
        votes_against="0",
        abstained="0",
        recused="0",
        package_sha256=SHA,
        decided_at=AT,
        decided_by_id="'corpus'",
        decided_by_name="'Corpus'",
    )


def _conditions(numbers: Numbers, moved: str) -> None:
    """Every third approval has one; half of them are closed."""
    is_closed = "i % 6 = 0"
    fill(
        Condition,
        f"{moved} WHERE i % 3 = 0",
        id=key("condition", "i"),
        review_id=key("review", "i"),
        decision_id=key("decision", "i"),
        number="1",
        what_en="'Show that it is used'",
        what_fr="'Montrer que cela sert'",
        owner_id=numbers.person("1"),
        verifier_id=numbers.person("0"),
        due_on="date '2026-06-30' + (i % 365)::int",
        state=f"CASE WHEN {is_closed} THEN 'closed' ELSE 'open' END",
        proof=f"CASE WHEN {is_closed} THEN 'Counted.' ELSE '' END",
        proven_at=f"CASE WHEN {is_closed} THEN {AT} END",
        proven_by_id="'corpus'",
        closed_at=f"CASE WHEN {is_closed} THEN {AT} END",
        closed_by_id="'corpus'",
    )
