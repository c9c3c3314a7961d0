"""The grid everything hangs from, in units of the picture; 1200 units are 1200 pixels, or one letter page's width.

A month begins at `month_edge(month)`; its name, its marks and their labels share that left edge, so the eye runs down
a month without a ruler. Lines of words stand on one baseline grid: heights are multiples of ROW, a third of LEAD.
"""

WIDTH = 1200.0
GUTTER = 188.0  # lane names, and the way of what comes from an earlier year
AFTER = 112.0  # labels of the last month run out here uncut; the way of what leaves for a later year
END = WIDTH - AFTER
MONTH = (END - GUTTER) / 12
RADIUS = 9.0  # of a mark
GHOST = 6.0  # of the small mark of an approved month
LEAD = 14.5  # from line to line
ROW = LEAD / 3
FIRST_LINE = LEAD + 3  # from the top of a box to the middle of its mark
BEFORE = GUTTER - 68  # where the way from an earlier year begins

# Heights one page leaves for the picture, head and key included, at full width in landscape.
PAGE_ROOM = {"letter": 826.0, "a4": 740.0, "a3": 760.0}


def month_edge(month: float) -> float:
    return GUTTER + month * MONTH


def mark_place(month: int) -> float:
    """Centre of a mark that stands in `month`."""
    return month_edge(month) + RADIUS + 5
