"""Computing the measures: which cells, the one statement, levels (dora.md §2.4–2.8)."""

from metrics.compiling.cells import Cell, cells_missing, months_between
from metrics.compiling.run import METHOD, Outcome, compile_cells, compile_groups
from metrics.compiling.work import close_due, compile_missing, compile_months, compile_stale

__all__ = [
    "METHOD",
    "Cell",
    "Outcome",
    "cells_missing",
    "close_due",
    "compile_cells",
    "compile_groups",
    "compile_missing",
    "compile_months",
    "compile_stale",
    "months_between",
]
