"""All ways worth keeping to draw a tree of positions, from narrow and tall to wide and low.

A position stands above those who report to it. Managers stand side by side, each with a team of its own beneath; those
without reports hang as a compact list from a spine, in as many columns as the page wants. When the page is too narrow,
managers hang from a spine as well. Blocks never share a place: each lies in the rectangle its superior gives it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from products.charts.org_blocks import GAP, IN_LIST, Block, Column, column, lefts
from products.charts.org_box import Line, box_height
from products.charts.org_tree import Node

KEPT, LIMITS, STEPS = 16, 12, 10  # ways kept for each position; heights tried for each group: its own, of the page


@dataclass(frozen=True)
class Sheet:
    """What is the same for the whole picture: width of the boxes, their words, and how high the page is."""

    box_width: float
    lines: dict[str, tuple[Line, ...]]
    shared: dict[int, float]  # height of the boxes in a row, by depth
    room: float
    rows_only: bool

    def page(self, roots: list[Node]) -> list[Block]:
        """Ways to draw all trees side by side."""
        return _worth_keeping([self._above(None, columns) for columns in self._groups(roots)])

    def ways(self, node: Node) -> list[Block]:
        """Ways to draw `node` and all below it."""
        if not node.reports:
            return [self._alone(node)]
        return _worth_keeping([self._above(node, columns) for columns in self._groups(node.reports)])

    def _heights(self, node: Node | None) -> tuple[float, float]:
        """Of the box of `node`: in a row, and alone."""
        words = box_height(self.lines[node.position.id]) if node else 0.0
        return (max(words, self.shared.get(node.depth, 0.0)) if node else 0.0), words

    def _alone(self, node: Node) -> Block:
        height, words = self._heights(node)
        return Block(node, self.box_width, height, (0.0, self.box_width, height), words_height=words)

    def _above(self, node: Node | None, columns: tuple[Column, ...]) -> Block:
        """Stand a position above its columns, in the middle of where its lines arrive."""
        own_width, starts = self.box_width if node else 0.0, lefts(columns)
        own_height, words = self._heights(node)
        width = max([own_width, *(start + part.width for start, part in zip(starts, columns, strict=True))])
        left = min(max(0.0, _centre(starts, columns) - own_width / 2), width - own_width)
        hanging = sum(part.hanging for part in columns)
        block = Block(node, width, 0.0, (left, own_width, own_height), columns, words, hanging)
        return replace(block, height=block.top + max(part.height for part in columns))

    def _groups(self, nodes: list[Node]) -> Iterator[tuple[Column, ...]]:
        """Divide those who report to one superior into columns: first the lists, then the managers."""
        staff = [node for node in nodes if not node.reports]
        lists, lines = self._lists(staff), [self.ways(node) for node in nodes if node.reports]
        spine = [*([self._alone(node)] for node in staff), *lines]
        for limit in self._limits(lists, lines):
            beside = next((columns for columns in lists if all(part.height <= limit for part in columns)), None)
            for arrange in (_side_by_side,) if self.rows_only else (_side_by_side, _hung, _packed):
                if beside is not None and (managers := arrange(lines, limit)) is not None:
                    yield (*beside, *managers)
                if staff and lines and arrange != _side_by_side and (mixed := arrange(spine, limit)):
                    yield tuple(mixed)

    def _lists(self, staff: list[Node]) -> list[tuple[Column, ...]]:
        """The columns of those without reports, fewest columns first; a list of one is a box under a drop line."""
        if len(staff) < 2 or self.rows_only:
            return [tuple(column(self.ways(node)) for node in staff)]
        blocks = [self._alone(node) for node in staff]
        return [_even_columns(blocks, count) for count in range(1, len(blocks) // 2 + 1)]

    def _limits(self, lists: list[tuple[Column, ...]], lines: list[list[Block]]) -> list[float]:
        """Heights to try: those at which something changes, thinned out, from the lowest that is possible."""
        lowest = max([0.0, *(min(way.height for way in ways) for ways in lines)])
        heights = {part.height for columns in lists for part in columns[:1]}
        heights |= {way.height for ways in lines for way in ways}
        steps = [self.room * step / STEPS for step in range(2, STEPS + 1) if self.room * step / STEPS > lowest]
        return [*_thin(sorted(height for height in heights if height >= lowest), LIMITS), *(steps if lines else [])]


def _centre(starts: list[float], columns: tuple[Column, ...]) -> float:
    """A superior stands over the middle of its columns, but straight above an only manager, so that lines run deep."""
    arrivals = [start + part.attachment for start, part in zip(starts, columns, strict=True)]
    managers = [at for at, part in zip(arrivals, columns, strict=True) if part.blocks[0].columns]
    return managers[0] if len(managers) == 1 else (arrivals[0] + arrivals[-1]) / 2


def _even_columns(blocks: list[Block], count: int) -> tuple[Column, ...]:
    """Divide a list into at most `count` columns, in order, so that the highest is as low as can be."""
    ends = list(accumulate(block.words_height + IN_LIST for block in blocks))
    lowest = max(ends[0], ends[-1] / count)
    for limit in sorted({end - start for i, end in enumerate(ends) for start in [0.0, *ends[:i]]}):
        if limit >= lowest and len(filled := _fill(blocks, limit)) <= count:
            return tuple(column(part) for part in filled)
    return (column(blocks),)


def _fill(blocks: list[Block], limit: float) -> list[list[Block]]:
    """Fill columns one after the other."""
    columns: list[list[Block]] = [[]]
    at = 0.0
    for block in blocks:
        if columns[-1] and at + block.words_height + IN_LIST > limit:
            columns.append([])
            at = 0.0
        columns[-1].append(block)
        at += block.words_height + IN_LIST
    return columns


def _side_by_side(lines: list[list[Block]], limit: float) -> list[Column] | None:
    """Each manager in a column of its own, as tidy and then as narrow as the height allows."""
    columns = []
    for ways in lines:
        fitting = [way for way in ways if way.height <= limit]
        if not fitting:
            return None
        columns.append(column([min(fitting, key=lambda way: (way.hanging, way.width))]))
    return columns


def _hung(lines: list[list[Block]], limit: float) -> list[Column] | None:
    """Managers hung from spines, in the narrowest set of columns no higher than `limit`."""
    best: list[tuple[float, list[Column]] | None] = [(0.0, [])]
    for end in range(1, len(lines) + 1):
        choices = []
        for start in reversed(range(end)):
            last = _narrowest_column(lines[start:end], limit)
            if last is None:
                break
            if before := best[start]:
                choices.append((before[0] + last.width + GAP, [*before[1], last]))
        best.append(min(choices, key=lambda choice: choice[0], default=None))
    return best[-1][1] if best[-1] else None


def _packed(lines: list[list[Block]], limit: float) -> list[Column] | None:
    """Managers hung from spines out of their order: the highest first, each where it still finds room."""
    narrow = [min(ways, key=lambda way: (way.width, way.height)) for ways in lines]
    heaps: list[list[Block]] = []
    for block in sorted(narrow, key=lambda block: -block.height):
        heap = next((heap for heap in heaps if column([*heap, block]).height <= limit), None)
        if heap:
            heap.append(block)
        else:
            heaps.append([block])
    columns = [column(heap) for heap in heaps]
    return columns if all(part.height <= limit for part in columns) else None


def _narrowest_column(lines: list[list[Block]], limit: float) -> Column | None:
    """One column of these managers: the least width at which their lowest ways stay within `limit`."""
    for width in sorted({way.width for ways in lines for way in ways}):
        fitting = [[way for way in ways if way.width <= width] for ways in lines]
        if not all(fitting):
            continue
        tried = column([min(ways, key=lambda way: (way.height, way.hanging)) for ways in fitting])
        if tried.height <= limit:
            return tried
    return None


def _worth_keeping(ways: list[Block]) -> list[Block]:
    """Drop every way that another beats in width, height and tidiness; thin out the rest."""
    kept: list[Block] = []
    for way in sorted(ways, key=lambda way: (way.width, way.height, way.hanging)):
        if all(other.height > way.height or other.hanging > way.hanging for other in kept):
            kept.append(way)
    return _thin(kept, KEPT)


def _thin(things: list[Any], count: int) -> list[Any]:
    """Keep `count` of them at even distances, with the first and the last."""
    if len(things) <= count:
        return things
    return [things[round(i * (len(things) - 1) / (count - 1))] for i in range(count)]
