"""What an outcome's hypothesis expects, in words of either language: shown beside a finding and offered as its beginning."""

from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from people.bilingual import reader
from people.templatetags.gatehouse import NO_BREAK, figure
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
        parts.append(f"{words.strip()} {_by(outcome)}".strip() + ".")
    return " ".join(parts)


def expected(outcome: Outcome) -> str:
    """What the measure should do, else the result hoped for: the first text of "expected"."""
    if not outcome.metric:
        return outcome.result
    words = _("%(metric)s: from %(before)s to %(after)s %(unit)s") % _goal(outcome)
    return f"{words.strip()} {_by(outcome)}".strip()


def last_reading(outcome: Outcome) -> str:
    """The latest measured value of the outcome with its day and source; empty when nothing was measured."""
    reading = max(outcome.readings.all(), key=lambda each: each.read_on, default=None)
    if reading is None:
        return ""
    told = {
        "value": _counted(reading.value, outcome.unit),
        "unit": "",
        "day": reading.read_on,
        "source": reading.source,
    }
    return (_("Last measured: %(value)s %(unit)s on %(day)s (%(source)s)") % told).replace("  ", " ")


def _goal(outcome: Outcome) -> dict[str, str]:
    """The figures of the hypothesis; the unit stands with the second one, so that no line ends between them."""
    after = _counted(outcome.target, outcome.unit)
    return {"metric": outcome.metric, "before": figure(outcome.baseline), "after": after, "unit": ""}


def _counted(value: Decimal | None, unit: str) -> str:
    """60%, 60 %, 14 interviews."""
    if unit == "%":
        return f"{figure(value)}{NO_BREAK if reader() == 'fr' else ''}%"
    return f"{figure(value)}{NO_BREAK}{unit}" if unit else figure(value)


def _by(outcome: Outcome) -> str:
    return _("by %(day)s") % {"day": outcome.target_on.isoformat()} if outcome.target_on else ""
