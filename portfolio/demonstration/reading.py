"""Read the demonstration's data files: TOML, with tables of one row a line and columns parted by a bar."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DATA = Path(__file__).resolve().parent / "data"
ZONE = ZoneInfo("America/Toronto")
Row = dict[str, str]


@cache
def read(name: str) -> dict[str, Any]:
    """The content of data file `name`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def rows(text: str, *columns: str) -> Iterator[Row]:
    """Each line of a table as column → text. Columns left out at the end are empty; ValueError for one too many."""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise ValueError(f"More than {len(columns)} columns: {line.strip()}")
        yield dict(zip(columns, cells + [""] * len(columns), strict=False))


def day(text: str) -> date | None:
    """An ISO date; 2026-11 is the first of November; None for empty text."""
    if not text:
        return None
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def moment(when: date, hour: int = 10, minute: int = 0) -> datetime:
    """An instant of a working day where the departments are."""
    return datetime.combine(when, time(hour, minute), ZONE)
