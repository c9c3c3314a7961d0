"""Days ahead of a memorandum in force: its end, its next review; who is reminded 120, 60 and 30 days before (domain.md §6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.consequences.next_review import months_after
from governance.models import Mou, MouReview
from governance.mou import telling
from governance.mou_states import ReviewCycle
from records import clock
from records.actors import Actor

DAYS = ("ends_on", "commences_on", "in_force_from", "review_on", "reviewed_until", "next_on")
MARKS = (30, 60, 120)
SOON = timedelta(days=MARKS[-1])
END, REVIEW, TERMINATION = "end", "review", "termination"
LABELS = {END: _("Last day"), REVIEW: _("Next review"), TERMINATION: _("Ends as the parties agreed")}
WORDS = {
    END: gettext_noop("%(product)s: memorandum %(number)s ends on %(day)s, within %(mark)s days. Renew it in time."),
    REVIEW: gettext_noop("%(product)s: memorandum %(number)s is to be reviewed by %(day)s, within %(mark)s days."),
}
OVERDUE = gettext_noop(
    "%(product)s: memorandum %(number)s was to be reviewed by %(day)s. Note the review once it is done."
)
MONTHS = {ReviewCycle.YEARLY: 12, ReviewCycle.FOUR_YEARLY: 48}


@dataclass(frozen=True)
class Terms:
    """The days a version names, without the rest of it; and which review was noted last: the one that was due on
    `reviewed_until`, with the date after it where it is reviewed on a date."""

    ends_on: date | None
    commences_on: date | None
    in_force_from: date | None
    review_cycle: str
    review_on: date | None
    reviewed_until: date | None = None
    next_on: date | None = None


def terms_of(mou: Mou) -> Terms:
    """The terms of `mou`, with the last review noted of any version of the agreement. One question."""
    last = MouReview.objects.filter(mou__number=mou.number).order_by("-due_on").first()
    return Terms(
        mou.ends_on, mou.commences_on, mou.in_force_from, mou.review_cycle, mou.review_on,
        last.due_on if last else None, last.next_on if last else None,
    )  # fmt: skip


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

    @property
    def is_over(self) -> bool:
        """A review that nobody noted as done."""
        return self.what == REVIEW and self.on < clock.today()


def days_ahead(mou: "Mou | Terms") -> list[Day]:
    """The days ahead of a memorandum in force, the next one first; a review that was not done stays before all of them."""
    mou = terms_of(mou) if isinstance(mou, Mou) else mou
    found = []
    if mou.ends_on is not None:
        found.append(Day(END, mou.ends_on))
    review = next_review(mou)
    if review is not None and (mou.ends_on is None or review < mou.ends_on):
        found.append(Day(REVIEW, review))
    return sorted(found, key=lambda day: day.on)


def next_review(mou: "Mou | Terms") -> date | None:
    """The day it is to be reviewed: the latest that has passed since it is in force and whose review nobody noted, else the
    next one: the date it names, or each year or every four years from the day it commenced."""
    terms = terms_of(mou) if isinstance(mou, Mou) else mou
    days = _days_of_review(terms)
    missed = [day for day in days if day < clock.today() and terms.in_force_from and day >= terms.in_force_from]
    return missed[-1] if missed else next((day for day in days if day >= clock.today()), None)


def _days_of_review(terms: Terms) -> list[date]:
    """The days of review after the last one that was noted, in their order, as far as the one after the next."""
    done, today = terms.reviewed_until or date.min, clock.today()
    if terms.review_cycle == ReviewCycle.ON_DATE:
        return [day for day in (terms.review_on, terms.next_on) if day is not None and day > done]
    start, months = terms.commences_on or terms.in_force_from, MONTHS[ReviewCycle(terms.review_cycle)]
    if start is None:
        return []
    last = max(today, done)
    passed = max(0, (last.year - start.year) * 12 + last.month - start.month) // months
    days = (months_after(start, months * count) for count in range(1, passed + 3))
    return [day for day in days if day > done]


def remind(mou: Mou, by: Actor) -> None:
    """Tell everybody concerned of each day that has come within 120, 60 or 30 days: once for each of the three."""
    for day in days_ahead(mou):
        if day.mark is not None:
            key = f"{mou.number}:{day.what}:{day.on}:{day.mark}"
            telling.tell_parties(mou, telling.DUE, WORDS[day.what], by, key=key, day=day.on, mark=day.mark)
        elif day.is_over:
            telling.tell_parties(mou, telling.DUE, OVERDUE, by, key=f"{mou.number}:{day.on}:over", day=day.on)
