"""Risks of the cast's product, reached by walking the actions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from governance.actions.risk_mitigations import NewMitigation
from governance.actions.risks import register_risk

SAID = {
    "given_en": "French postings are indexed as English",
    "event_en": "French matches are poorer than English ones",
    "consequence_en": "complaints about equal service",
}
DIT = {
    "given_fr": "les offres en français sont indexées comme des offres en anglais",
    "event_fr": "le jumelage soit moins bon en français",
    "consequence_fr": "des plaintes sur l’égalité de service",
}
SCORES = {"inherent": (4, 5), "current": (4, 4), "residual": (2, 4)}


def noon(day: date | str) -> datetime:
    """An instant to live at: records.clock.at(noon("2026-05-01"))."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZoneInfo("America/Toronto"))


def a_risk(cast, **values):
    """An open risk, raised by the Product Manager: current 16, high; no strategy yet."""
    by = values.pop("by", cast.product_manager)
    given = {"product": cast.product, "category": "technology", "scores": SCORES, **SAID, **values}
    return register_risk(by=by, **given)


def an_activity(cast, **values):
    """What a strategy to mitigate or to prepare needs."""
    return NewMitigation(**{"owner": cast.it_manager, "due_on": date(2099, 1, 1), "what_en": "Index anew", **values})
