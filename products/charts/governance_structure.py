"""Who governs a product: bodies, whom they answer to, and the corporate bodies each role faces (Product Team Brief)."""

from collections import Counter
from dataclasses import dataclass

KINDS = ("committee", "product group", "working group", "operations")  # from the top of the picture to its foot
REPORTS, ESCALATES = "reports", "escalates"


@dataclass(frozen=True)
class Body:
    """A committee, product group, working group or operations team; members are roles or persons."""

    id: str
    kind: str
    name: str
    members: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()  # delegated to it
    terms: str = ""  # address of the terms of reference; the picture says that there are some


@dataclass(frozen=True)
class Relation:
    """`source` reports or escalates to `target`, by id."""

    source: str
    target: str
    kind: str = REPORTS


@dataclass(frozen=True)
class Facing:
    """A role of the product team speaks for it before a corporate body."""

    role: str
    corporate_body: str


def refuse_unclear(bodies: list[Body], relations: list[Relation]) -> None:
    """Raise ValueError, naming the ids, for what cannot be drawn."""
    ids = [body.id for body in bodies]
    if twice := [key for key, count in Counter(ids).items() if count > 1]:
        raise ValueError(f"Bodies given twice: {', '.join(twice)}")
    if odd := [body.id for body in bodies if body.kind not in KINDS]:
        raise ValueError(f"Bodies of no known kind: {', '.join(odd)}")
    if lost := {key for relation in relations for key in (relation.source, relation.target)} - set(ids):
        raise ValueError(f"Relations name bodies that are not given: {', '.join(sorted(lost))}")
    if odd := [f"{each.source} → {each.target}" for each in relations if each.kind not in (REPORTS, ESCALATES)]:
        raise ValueError(f"Relations of no known kind: {', '.join(odd)}")
    if selves := [relation.source for relation in relations if relation.source == relation.target]:
        raise ValueError(f"Bodies that answer to themselves: {', '.join(selves)}")


def rows_of(bodies: list[Body], relations: list[Relation], columns: int) -> list[list[Body]]:
    """Bodies in rows of at most `columns`, by kind; within a kind, those who report to others stand below them."""
    rows = []
    for kind in KINDS:
        band = [body for body in bodies if body.kind == kind]
        depths: dict[str, int] = {}
        for body in band:
            _find_depth(body.id, {each.id for each in band}, relations, depths)
        for depth in sorted(set(depths.values())):
            level = [body for body in band if depths[body.id] == depth]
            count = -(-len(level) // columns)
            size = -(-len(level) // count)
            rows += [level[start : start + size] for start in range(0, len(level), size)]
    return rows


def _find_depth(body: str, band: set[str], relations: list[Relation], depths: dict[str, int]) -> int:
    """How many steps a body stands below the top of its band; a circle counts from where it was entered."""
    if body not in depths:
        depths[body] = 0
        above = dict.fromkeys(each.target for each in relations if (each.source, each.kind) == (body, REPORTS))
        steps = [1 + _find_depth(target, band, relations, depths) for target in above if target in band]
        depths[body] = max(steps, default=0)
    return depths[body]


def columns_of(rows: list[list[Body]], relations: list[Relation], columns: int) -> dict[str, int]:
    """A column for each body, near those it answers to, so that arrows stay short; order within a row follows them."""
    column: dict[str, int] = {}
    for row in rows:
        wished = {body.id: _wish(body.id, relations, column, columns) for body in row}
        order = sorted(row, key=lambda body: wished[body.id])
        start = 0
        for i, body in enumerate(order):
            latest = columns - (len(order) - i)
            spread = _spread(order, wished, i, columns)
            column[body.id] = start = min(max(start, spread), latest)
            start += 1
    return column


def _wish(body: str, relations: list[Relation], column: dict[str, int], columns: int) -> float:
    above = [column[each.target] for each in relations if each.source == body and each.target in column]
    return sum(above) / len(above) if above else (columns - 1) / 2


def _spread(order: list[Body], wished: dict[str, float], i: int, columns: int) -> int:
    """Bodies with the same wish stand around it, not all to its right."""
    wish = wished[order[i].id]
    same = [body for body in order if wished[body.id] == wish]
    return max(0, round(wish - (len(same) - 1) / 2 + same.index(order[i]) - 0.01))
