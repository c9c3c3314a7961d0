"""Days ahead of a memorandum in force: its end, its next review; who is reminded 120, 60 and 30 days before (domain.md §6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.consequences.next_review import months_after
from governance.models import Mou
from governance.mou import telling
from governance.mou_states import ReviewCycle
from records import clock
from records.actors import Actor

DAYS = ("ends_on", "commences_on", "in_force_from", "review_on")
MARKS = (30, 60, 120)
SOON = timedelta(days=MARKS[-1])
END, REVIEW, TERMINATION = "end", "review", "termination"
LABELS = {END: _("Last day"), REVIEW: _("Next review"), TERMINATION: _("Ends as the parties agreed")}
WORDS = {
    END: gettext_noop("%(product)s: memorandum %(number)s ends on %(day)s, within %(mark)s days. Renew it in time."),
    REVIEW: gettext_noop("%(product)s: memorandum %(number)s is to be reviewed by %(day)s, within %(mark)s days."),
}
MONTHS = {ReviewCycle.YEARLY: 12, ReviewCycle.FOUR_YEARLY: 48}


@dataclass(frozen=True)
class Terms:
    """The days a version names, without the rest of it."""

    ends_on: date | None
    commences_on: date | None
    in_force_from: date | None
    review_cycle: str
    review_on: date | None


def as_terms(told: dict[str, Any]) -> Terms:
    """The terms from what a query said of a version as JSON."""
    days = {name: told[name] and date.fromisoformat(told[name]) for name in DAYS}
    return Terms(review_cycle=told["review_cycle"], **days)


@dataclass(frozen=True)
class Day:
    """One day that matters."""

    what: str
    on: date

    @property
    def label(self) -> str:
        return str(LABELS[self.what])

    @property
    def mark(self) -> int | None:
        """The smallest of 30, 60, 120 days within which it lies; None when it is further off or over."""
        left = (self.on - clock.today()).days
        return next((mark for mark in MARKS if 0 <= left <= mark), None)


def days_ahead(mou: "Mou | Terms") -> list[Day]:
    """The days ahead of a memorandum in force, the next one first."""
    found = []
    if mou.ends_on is not None:
        found.append(Day(END, mou.ends_on))
    review = next_review(mou)
    if review is not None and (mou.ends_on is None or review < mou.ends_on):
        found.append(Day(REVIEW, review))
    return sorted(found, key=lambda day: day.on)


def next_review(mou: "Mou | Terms") -> date | None:
    """The day it is reviewed next: the date it names, else each year or every four years from the day it commenced."""
    today = clock.today()
    if mou.review_cycle == ReviewCycle.ON_DATE:
        return mou.review_on if mou.review_on is not None and mou.review_on >= today else None
    start, months = mou.commences_on or mou.in_force_from, MONTHS[ReviewCycle(mou.review_cycle)]
    if start is None:
        return None
    passed = max(0, (today.year - start.year) * 12 + today.month - start.month) // months
    days = (months_after(start, months * count) for count in (passed or 1, passed + 1, passed + 2))
    return next(day for day in days if day >= today)


def remind(mou: Mou, by: Actor) -> None:
    """Tell everybody concerned of each day that has come within 120, 60 or 30 days: once for each of the three."""
    for day in days_ahead(mou):
        if day.mark is not None:
            key = f"{mou.number}:{day.what}:{day.on}:{day.mark}"
            telling.tell_parties(mou, telling.DUE, WORDS[day.what], by, key=key, day=day.on, mark=day.mark)
