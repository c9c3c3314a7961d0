"""Words of the picture, measured and broken in the type they are set in.

Everything counts as if it were bold, the wider of the two weights, because forced colours and personal style sheets
change weights. The picture asks for the same words at many widths and levels, so answers are kept.
"""

from functools import lru_cache

from records import typeset
from roadmaps.picture.palette import TYPE_SIZES

NARROWEST_LINE = 40.0


def measure(kind: str, text: str) -> float:
    """Width of `text` in the type of `kind` (a key of TYPE_SIZES), in units of the picture, never too small."""
    return typeset.measure(text, TYPE_SIZES[kind])


@lru_cache(maxsize=8192)
def wrap(kind: str, text: str, width: float) -> tuple[str, ...]:
    """The fewest lines `width` allows, as even as that allows, so that no word is left alone."""
    return tuple(typeset.wrap(text, TYPE_SIZES[kind], max(width, NARROWEST_LINE)))
