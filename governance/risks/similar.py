"""Risks whose statement resembles another one: a hint against saying the same thing twice, in either language."""

from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, FloatField, Value
from django.db.models.functions import Concat, Greatest, Lower

from governance.models import Risk
from governance.models.risk import RiskQuerySet
from people.bilingual import LANGUAGES

# How much two texts must share; found by trying pairs that people took for the same risk and pairs that they did not.
ENOUGH = 0.36
MOST = 5


def similar_risks(said: Any, among: RiskQuerySet) -> list[Risk]:
    """Those `among` whose event, or whole statement, resembles that of `said` (a risk, saved or not), the closest first."""
    measures = [measure for language in LANGUAGES for measure in _measures(said, language)]
    if not measures:
        return []
    closeness = Greatest(*measures, Value(0.0), output_field=FloatField())
    found = among.exclude(pk=said.pk).annotate(closeness=closeness).filter(closeness__gte=ENOUGH)
    return list(found.order_by("-closeness", "number")[:MOST])


def _measures(said: Any, language: str) -> list[Any]:
    parts = [getattr(said, f"{name}_{language}").strip() for name in ("given", "event", "consequence")]
    if not parts[1]:
        return []
    whole = Concat(F(f"given_{language}"), Value(" "), F(f"event_{language}"), Value(" "), F(f"consequence_{language}"))
    pairs = [(F(f"event_{language}"), parts[1]), (whole, " ".join(parts))]
    return [TrigramSimilarity(_plain(column), _plain(Value(text))) for column, text in pairs]


def _plain(text: Any) -> Any:
    """Accents and capitals do not count."""
    return Unaccent(Lower(text))
