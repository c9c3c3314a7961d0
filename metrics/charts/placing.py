"""Where the words of a line chart stand, so that none lies on another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from records import typeset

ASCENT, DESCENT = 0.8, 0.25  # of the type size, above and below the baseline


@dataclass(frozen=True)
class Words:
    """A text at its baseline. `anchor`: start or middle."""

    text: str
    x: float
    y: float
    kind: str
    anchor: str = "start"
    size: float = 14

    @property
    def width(self) -> float:
        return typeset.measure(self.text, self.size, bold=self.kind == "t-last")

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        left = self.x - self.width / 2 if self.anchor == "middle" else self.x
        return left, self.y - ASCENT * self.size, left + self.width, self.y + DESCENT * self.size


def overlap(one: Words, other: Words) -> bool:
    """Whether the boxes of two texts share any room."""
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def apart(last: Words, target: Words, top: float, bottom: float) -> Words:
    """The target's words moved off the last value's, up or down, whichever keeps them in the picture."""
    if not overlap(last, target):
        return target
    step = target.size * (ASCENT + DESCENT) + 0.5
    above, below = last.y - step, last.y + step
    wanted = above if target.y <= last.y else below
    if wanted - ASCENT * target.size < top:
        wanted = below
    elif wanted > bottom:
        wanted = above
    return replace(target, y=wanted)


def inside(words: Words, width: float) -> Words:
    """The words pushed back between the two sides of the picture."""
    left, _top, right, _bottom = words.box
    return replace(words, x=words.x + max(0.0, 1 - left) - max(0.0, right - width + 1))


def without_clashes(wanted: Sequence[Words]) -> list[Words]:
    """Those of the words that stand clear of the ones before them in the list; the first matter most."""
    kept: list[Words] = []
    for words in wanted:
        if not any(overlap(words, other) for other in kept):
            kept.append(words)
    return kept
