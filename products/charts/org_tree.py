"""Positions of a product team and who reports to whom (Product Team Brief: cross-organisational structure)."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Branch:
    """The home branch of a position, by acronym and by name."""

    acronym: str
    name: str

    @property
    def word(self) -> str:
        return self.acronym or self.name


@dataclass(frozen=True)
class Position:
    """One position; `holder` is empty when it is vacant, `reports_to` is None at the top of a tree."""

    id: str
    title: str
    branch: Branch
    number: str = ""
    holder: str = ""
    vacant_since: str = ""  # as the reader writes dates, drawn only without a holder
    reports_to: str | None = None
    share_of_time: int | None = None  # percent
    roles: tuple[str, ...] = ()


@dataclass
class Node:
    """A position in its tree."""

    position: Position
    depth: int = 0
    reports: list["Node"] = field(default_factory=list)

    def walk(self) -> list["Node"]:
        """This node and all below it, top first."""
        return [self, *(node for report in self.reports for node in report.walk())]


def grow(positions: list[Position]) -> list[Node]:
    """Build the trees, in the order given; refuse ids used twice, unknown superiors and circles, naming the ids."""
    nodes = {position.id: Node(position) for position in positions}
    _refuse_unclear(positions, nodes)
    roots: list[Node] = []
    for node in nodes.values():
        superior = node.position.reports_to
        (roots if superior is None else nodes[superior].reports).append(node)
    reached = _number_levels(roots)
    if circle := [key for key in nodes if key not in reached]:
        raise ValueError(f"Positions report to each other in a circle: {', '.join(_only_circles(circle, nodes))}")
    return roots


def _refuse_unclear(positions: list[Position], nodes: dict[str, Node]) -> None:
    if twice := [key for key, count in Counter(position.id for position in positions).items() if count > 1]:
        raise ValueError(f"Positions given twice: {', '.join(twice)}")
    known = {None, *nodes}
    if lost := [position.id for position in positions if position.reports_to not in known]:
        raise ValueError(f"Positions report to one that is not given: {', '.join(lost)}")


def _number_levels(roots: list[Node]) -> set[str]:
    """Tell each node its depth; give back the ids that hang from a root."""
    reached, waiting = set(), list(roots)
    while waiting:
        node = waiting.pop()
        reached.add(node.position.id)
        for report in node.reports:
            report.depth = node.depth + 1
            waiting.append(report)
    return reached


def _only_circles(suspects: list[str], nodes: dict[str, Node]) -> list[str]:
    """Leave out those who merely report into a circle: nobody below them comes back to them."""
    superiors = {nodes[key].position.reports_to for key in suspects}
    kept = [key for key in suspects if key in superiors]
    return kept if len(kept) == len(suspects) else _only_circles(kept, nodes)
