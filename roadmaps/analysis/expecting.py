"""What an outcome's hypothesis expects, in words of either language: shown beside a finding and offered as its beginning."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from people.templatetags.gatehouse import figure
from roadmaps.models import Outcome

Pair = dict[str, str]


def in_both(words: Any, *args: Any) -> Pair:
    """What a function says in each language."""
    found = {}
    for language in ("en", "fr"):
        with translation.override(language):
            found[language] = str(words(*args))
    return found


def hypothesis(outcome: Outcome) -> str:
    """The sentence of the one-page case; empty while it is not written."""
    parts = []
    if outcome.believe:
        words = _("We believe that %(believe)s will result in %(result)s.")
        parts.append(words % {"believe": outcome.believe, "result": outcome.result})
    if outcome.metric:
        words = _("We will know when %(metric)s goes from %(before)s to %(after)s %(unit)s") % _goal(outcome)
        parts.append(f"{words.rstrip()} {_by(outcome)}".rstrip() + ".")
    return " ".join(parts)


def expected(outcome: Outcome) -> str:
    """What the measure should do, else the result hoped for: the first text of "expected"."""
    if not outcome.metric:
        return outcome.result
    words = _("%(metric)s: from %(before)s to %(after)s %(unit)s") % _goal(outcome)
    return f"{words.rstrip()} {_by(outcome)}".rstrip()


def last_reading(outcome: Outcome) -> str:
    """The latest measured value of the outcome with its day and source; empty when nothing was measured."""
    reading = max(outcome.readings.all(), key=lambda each: each.read_on, default=None)
    if reading is None:
        return ""
    told = {"value": figure(reading.value), "unit": outcome.unit, "day": reading.read_on, "source": reading.source}
    return (_("Last measured: %(value)s %(unit)s on %(day)s (%(source)s)") % told).replace("  ", " ")


def _goal(outcome: Outcome) -> dict[str, str]:
    before, after = figure(outcome.baseline), figure(outcome.target)
    return {"metric": outcome.metric, "before": before, "after": after, "unit": outcome.unit}


def _by(outcome: Outcome) -> str:
    return _("by %(day)s") % {"day": outcome.target_on.isoformat()} if outcome.target_on else ""
