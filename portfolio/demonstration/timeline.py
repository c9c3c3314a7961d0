"""Acts of the whole story in the order they happened, each performed at its own instant and in its author's language."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from people.models import Person
from portfolio.demonstration.reading import moment
from portfolio.demonstration.world import working_day
from records import clock

LATEST = timedelta(hours=8)


@dataclass
class Timeline:
    """Acts gathered in any order; `play` performs them by day, and within a day in the order they were gathered."""

    acts: list[tuple[date, int, Person, Callable[[], Any]]] = field(default_factory=list)

    def add(self, day: date, by: Person, do: Callable[[], Any]) -> None:
        """Let `by` do something on `day`, or on the Monday after a weekend."""
        self.acts.append((working_day(day), len(self.acts), by, do))

    def play(self, tell: Callable[[int], Any]) -> None:
        """Perform every act. `tell` gets each calendar year as it begins."""
        done: Counter[date] = Counter()
        year = 0
        for day, _order, by, do in sorted(self.acts, key=lambda act: act[:2]):
            if day.year != year:
                year = day.year
                tell(year)
            done[day] += 1
            with clock.at(_instant(day, done[day])), translation.override(by.language):
                do()


def _instant(day: date, count: int) -> datetime:
    """From nine in the morning, two minutes and a bit apart, never after five."""
    return moment(day, 9) + min(timedelta(seconds=137 * count), LATEST)
