"""The whole view as context, the same for the page and for the PDF."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from people.bilingual import other, reader
from portfolio.executive import measures, milestones, outcomes, projects, releases, risks, situation
from portfolio.executive.drawing import picture
from portfolio.executive.facts import Facts
from portfolio.executive.findings import others_counted, year_finding
from portfolio.executive.lines import lines_of
from products import fiscal
from roadmaps.states import YearState


@dataclass(frozen=True)
class Asked:
    """How the reader wants the year drawn."""

    lanes: str = "goal"
    show_baseline: bool = True
    at: date | None = None
    paper: str = "letter"


def context_of(facts: Facts, asked: Asked) -> dict[str, Any]:
    """Everything the templates show. Raises nothing for an empty year; `lines` is empty then."""
    lines = lines_of(facts, asked.lanes)
    rows = milestones.rows_of(facts, lines)
    label = fiscal.label(facts.year)
    return {
        "product": facts.product,
        "roadmap": facts.roadmap,
        "facts": facts,
        "asked": asked,
        "label": label,
        "title": gettext("%(product)s: roadmap %(year)s") % {"product": facts.product.name, "year": label},
        "state_word": state_word(facts),
        "years": facts.known_years,
        "finding": year_finding(lines, label),
        "picture": picture(facts, lines, asked.lanes, asked.show_baseline, asked.paper) if lines else "",
        "agenda": milestones.agenda_of(facts, rows),
        "groups": milestones.groups_of(facts, rows, asked.lanes),
        "totals": milestones.totals_of(facts, lines),
        "table_finding": milestones.table_finding(len(lines)),
        "elsewhere": elsewhere(facts),
        **_sections(facts, lines),
    }


def _sections(facts: Facts, lines: list) -> dict[str, Any]:
    outcome_rows, measured = outcomes.rows_of(facts), measures.block_of(facts)
    project_rows, release_rows, risk_block = projects.rows(facts), releases.rows_of(facts), risks.block_of(facts)
    roles, budget, value = situation.roles_of(facts), situation.budget_of(facts), situation.value_of(facts, lines)
    return {
        "vision": vision(facts),
        "outcomes": outcome_rows,
        "outcomes_finding": outcomes.finding(outcome_rows),
        "roles": roles,
        "applications": situation.applications_of(facts),
        "budget": budget,
        "situation_finding": situation.situation_finding(facts, roles, budget),
        "value": value,
        "value_finding": situation.value_finding(value, budget),
        "measures": measured.groups,
        "measures_finding": measures.finding(measured),
        "measures_caption": measures.caption(facts),
        "quarter_names": measures.quarter_names(facts),
        "projects": project_rows,
        "projects_finding": projects.finding(project_rows),
        "demand": demand(facts.demands_waiting),
        "releases": release_rows,
        "releases_finding": releases.finding(release_rows),
        "risks": risk_block,
        "risks_finding": risks.finding(risk_block),
    }


def vision(facts: Facts) -> dict[str, str]:
    """The vision with its first sentence as heading, in the reader's language or, marked, in the other one."""
    if facts.roadmap is None:
        return {}
    language = reader() if getattr(facts.roadmap, f"vision_{reader()}") else other(reader())
    first, _stop, rest = getattr(facts.roadmap, f"vision_{language}").strip().partition(". ")
    return {"language": language, "head": first.rstrip("."), "rest": rest} if first else {}


def state_word(facts: Facts) -> str:
    """Approved, endorsed, draft; a year without a plan says so."""
    if not facts.about.state:
        return pgettext("roadmap year", "No plan yet")
    return {
        YearState.DRAFT: pgettext("roadmap year", "Draft"),
        YearState.ENDORSED: pgettext("roadmap year", "Endorsed"),
        YearState.APPROVED: pgettext("roadmap year", "Approved"),
    }[YearState(facts.about.state)]


def elsewhere(facts: Facts) -> list[tuple[int | None, str]]:
    """The other years with what they hold, so that nothing outside this picture is forgotten; None is no year yet."""
    found: list[tuple[int | None, str]] = []
    for year in facts.known_years:
        count = others_counted(facts, year)
        if count and year != facts.year:
            words = ngettext("%(count)s milestone in %(year)s", "%(count)s milestones in %(year)s", count)
            found.append((year, words % {"count": count, "year": fiscal.label(year)}))
    count = others_counted(facts, None)
    if count:
        words = ngettext("%(count)s milestone in no year yet", "%(count)s milestones in no year yet", count)
        found.append((None, words % {"count": count}))
    return found


def demand(count: int) -> str:
    """What others ask of the product and nobody has answered."""
    if not count:
        return ""
    return ngettext("%(count)s request waits for an answer", "%(count)s requests wait for an answer", count) % {
        "count": count
    }
