"""Blocks and columns: the parts of which the picture of a team is put together.

A block is the rectangle of a position and all below it; a column is one block under its drop line, or several hanging
from a spine. Sizes are in units of which words are 12 high.
"""

from dataclasses import dataclass, replace

from products.charts.org_tree import Node

GAP, DROP, NEAR, IN_LIST = 18.0, 28.0, 10.0, 7.0  # between columns, rows, a superior and its one list, boxes of a list
SPINE, INDENT = 9.0, 20.0  # where a spine and its boxes stand in their column


@dataclass(frozen=True)
class Column:
    """One block under its drop line, or several on a spine."""

    blocks: tuple["Block", ...]
    width: float
    height: float
    hanging: int

    @property
    def listed(self) -> bool:
        return len(self.blocks) > 1

    @property
    def attachment(self) -> float:
        """Where the line from above arrives."""
        return SPINE if self.listed else self.blocks[0].middle


@dataclass(frozen=True)
class Block:
    """One way of drawing a position and all below it; places count from its own corner. No node: the whole page."""

    node: Node | None
    width: float
    height: float
    box: tuple[float, float, float] = (0.0, 0.0, 0.0)  # left, width, height
    columns: tuple[Column, ...] = ()
    words_height: float = 0.0  # what the words of the box need; in a row boxes are as high as the highest
    hanging: int = 0  # managers hung from a spine: the fewer, the tidier

    @property
    def middle(self) -> float:
        return self.box[0] + self.box[1] / 2

    @property
    def sole_list(self) -> bool:
        return len(self.columns) == 1 and self.columns[0].listed

    @property
    def top(self) -> float:
        """Where the columns begin."""
        return 0.0 if self.node is None else self.box[2] + (NEAR if self.sole_list else DROP)

    @property
    def lefts(self) -> list[float]:
        return lefts(self.columns)


def lefts(columns: tuple[Column, ...]) -> list[float]:
    """Where columns side by side begin. What is no higher than the next box may stand in the empty corner before it."""
    starts, end, highest = [], 0.0, 0.0
    for part in columns:
        tucked = 0.0 if part.listed or highest > part.blocks[0].box[2] else part.blocks[0].box[0]
        starts.append(max(0.0, end - tucked))
        end, highest = starts[-1] + part.width + GAP, max(highest, part.height)
    return starts


def column(blocks: list[Block]) -> Column:
    """Put blocks under one another; several hang from a spine, their boxes flush left beside it."""
    listed = len(blocks) > 1
    if listed:
        blocks = [_flush_left(block) for block in blocks]
    return Column(
        blocks=tuple(blocks),
        width=max(block.width for block in blocks) + (INDENT if listed else 0.0),
        height=sum(block.height for block in blocks) + IN_LIST * (len(blocks) - 1),
        hanging=sum(block.hanging + bool(listed and block.columns) for block in blocks),
    )


def _flush_left(block: Block) -> Block:
    """In a list no box needs to match another in height."""
    _, width, height = block.box
    return replace(block, box=(0.0, width, block.words_height), height=block.height - height + block.words_height)
