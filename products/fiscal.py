"""Fiscal years: April to March by default, any first month by department (domain.md §1).

A fiscal year is named by the calendar year it starts in: 2026 is 2026–27 in English, 2026-2027 in French. Months are dates
on the first of the month, never instants, so no time zone can move one.
"""

from datetime import date

from people.bilingual import reader

FIRST_YEAR, LAST_YEAR = 2000, 2100


def first_day(year: int, start_month: int = 4) -> date:
    """The day fiscal year `year` begins."""
    return date(year, start_month, 1)


def fiscal_year_of(day: date, start_month: int = 4) -> int:
    """The fiscal year `day` lies in: 2026-03-31 is 2025, 2026-04-01 is 2026 (April start)."""
    return day.year if day.month >= start_month else day.year - 1


def months_of(year: int, start_month: int = 4) -> list[date]:
    """The twelve months of the year, each as its first day."""
    return [add_months(first_day(year, start_month), offset) for offset in range(12)]


def add_months(month: date, count: int) -> date:
    """`month` (a first of month) moved by `count` months."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """How many months `later` lies after `earlier`; negative when before."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def quarter_of(month: date, start_month: int = 4) -> int:
    """The quarter of the fiscal year, 1 to 4."""
    return (month.month - start_month) % 12 // 3 + 1


def label(year: int, language: str | None = None) -> str:
    """2026–27 in English, 2026-2027 in French."""
    if (language or reader()) == "fr":
        return f"{year}-{year + 1}"
    return f"{year}–{(year + 1) % 100:02d}"


def unbroken(year: int) -> str:
    """The label within a sentence: no line ends after its hyphen or dash, and searching the page still finds it."""
    return label(year).replace("-", "-\u2060").replace("–", "–\u2060")


def is_possible(year: int) -> bool:
    """Whether the software keeps such a year at all."""
    return FIRST_YEAR <= year <= LAST_YEAR
