"""The headings of the year: sentences that say what the data say, in correct singular and plural (README of the look)."""

from django.utils.translation import gettext, ngettext

from portfolio.executive.facts import Facts
from portfolio.executive.lines import Line
from portfolio.executive.words import capital, count_word, joined, milestones_counted, month_name, sentence
from products import fiscal
from roadmaps.states import MilestoneState


def year_finding(lines: list[Line], label: str) -> str:
    """What an executive wants to know first: how much is released, what has slipped, what is at risk."""
    if not lines:
        return gettext("No milestone is planned in %(year)s.") % {"year": label}
    return " ".join(part for part in (_released(lines), _trouble(lines)) if part)


def _released(lines: list[Line]) -> str:
    total, released = len(lines), sum(line.milestone.state == MilestoneState.RELEASED for line in lines)
    if released == 0:
        text = ngettext(
            "The one milestone is not released yet.", "None of %(total)s milestones is released yet.", total
        )
    elif released == total:
        text = ngettext("The one milestone is released.", "All %(total)s milestones are released.", total)
    else:
        text = ngettext(
            "%(count)s of %(total)s milestones is released.",
            "%(count)s of %(total)s milestones are released.",
            released,
        )
    return capital(text % {"count": count_word(released), "total": count_word(total)})


def _trouble(lines: list[Line]) -> str:
    later, risk = sum(line.is_later for line in lines), sum(line.milestone.is_at_risk for line in lines)
    parts = []
    if later:
        parts.append(ngettext("%(count)s has moved later", "%(count)s have moved later", later) % _said(later))
    if risk:
        parts.append(ngettext("%(count)s is at risk", "%(count)s are at risk", risk) % _said(risk))
    if parts:
        return sentence(joined(parts))
    promised = any(line.milestone.promised_year is not None for line in lines)
    return gettext("None has moved later, none is at risk.") if promised else gettext("None is at risk.")


def _said(count: int) -> dict[str, str]:
    return {"count": count_word(count)}


def lane_note(lines: list[Line]) -> str:
    """3 of 6 released."""
    released = sum(line.milestone.state == MilestoneState.RELEASED for line in lines)
    return ngettext("%(count)s of %(total)s released", "%(count)s of %(total)s released", released) % {
        "count": released,
        "total": len(lines),
    }


def quarter_note(lines: list[Line], begun: bool) -> str:
    """What a quarter brings; a quarter that brings nothing says so, because every quarter should deliver."""
    inside = [line for line in lines if not line.is_out]
    released = sum(line.milestone.state == MilestoneState.RELEASED for line in inside)
    open_ones = sum(line.milestone.is_open for line in inside)
    out = sum(line.is_out for line in lines)
    parts = [_quarter_says(released, open_ones, begun)]
    if out:
        parts.append(ngettext("%(count)s carried out", "%(count)s carried out", out) % {"count": out})
    if not any(parts):
        return gettext("nothing planned")
    return ", ".join(part for part in parts if part)


def _quarter_says(released: int, open_ones: int, begun: bool) -> str:
    if released:
        return ngettext("%(count)s of %(total)s released", "%(count)s of %(total)s released", released) % {
            "count": released,
            "total": released + open_ones,
        }
    if open_ones and begun:
        return ngettext("none released yet, %(count)s open", "none released yet, %(count)s open", open_ones) % {
            "count": open_ones
        }
    return ngettext("%(count)s planned", "%(count)s planned", open_ones) % {"count": open_ones} if open_ones else ""


def picture_summary(facts: Facts, lines: list[Line]) -> str:
    """The accessible name of the picture: counts, slips, risks, what is next."""
    label = fiscal.label(facts.year)
    parts = [
        gettext("Roadmap %(year)s, %(product)s: %(milestones)s, %(states)s.")
        % {
            "year": label,
            "product": facts.product.name,
            "milestones": milestones_counted(len(lines)),
            "states": _states_counted(lines),
        }
        if lines
        else gettext("Roadmap %(year)s, %(product)s: no milestones.") % {"year": label, "product": facts.product.name},
        _moves_counted(lines),
        _next(facts, lines),
    ]
    if lines:
        parts.append(gettext("The table of milestones gives every fact."))
    return " ".join(part for part in parts if part)


def _states_counted(lines: list[Line]) -> str:
    parts = []
    for state in MilestoneState:
        count = sum(line.milestone.state == state for line in lines)
        if count:
            parts.append(_state_counted(state, count))
    unscheduled = sum(line.is_unscheduled for line in lines)
    if unscheduled:
        parts.append(ngettext("%(count)s unscheduled", "%(count)s unscheduled", unscheduled) % {"count": unscheduled})
    return ", ".join(parts)


def _state_counted(state: MilestoneState, count: int) -> str:
    words = {
        MilestoneState.PLANNED: ngettext("%(count)s planned", "%(count)s planned", count),
        MilestoneState.IN_PROGRESS: ngettext("%(count)s in progress", "%(count)s in progress", count),
        MilestoneState.RELEASED: ngettext("%(count)s released", "%(count)s released", count),
        MilestoneState.CANCELLED: ngettext("%(count)s cancelled", "%(count)s cancelled", count),
    }
    return words[state] % {"count": count}


def _moves_counted(lines: list[Line]) -> str:
    later, earlier = sum(line.is_later for line in lines), sum(line.is_earlier for line in lines)
    risk = sum(line.milestone.is_at_risk for line in lines)
    parts = []
    if later:
        parts.append(ngettext("%(count)s moved later", "%(count)s moved later", later) % {"count": later})
    if earlier:
        parts.append(ngettext("%(count)s moved earlier", "%(count)s moved earlier", earlier) % {"count": earlier})
    if risk:
        parts.append(ngettext("%(count)s at risk", "%(count)s at risk", risk) % {"count": risk})
    return sentence(", ".join(parts))


def _next(facts: Facts, lines: list[Line]) -> str:
    """The open milestone whose month is nearest from now on."""
    this_month = facts.day.replace(day=1)
    ahead = [
        (month, line.number, line)
        for line in lines
        if line.milestone.is_open and not line.is_out and (month := line.milestone.month) and month >= this_month
    ]
    if not ahead:
        return ""
    month, _number, line = min(ahead, key=lambda each: each[:2])
    return gettext("Next: %(title)s, %(month)s.") % {"title": line.milestone.title, "month": month_name(month)}


def horizon_note(facts: Facts, year: int, lines: list[Line]) -> str:
    """What a year of the horizon holds, in a few words."""
    if year == facts.year:
        total, released = len(lines), sum(line.milestone.state == MilestoneState.RELEASED for line in lines)
    else:
        placed = [each for each in facts.milestones if each.planned_year == year]
        total, released = len(placed), sum(each.state == MilestoneState.RELEASED for each in placed)
    if not total:
        return gettext("nothing planned yet")
    if released:
        return ngettext("%(count)s of %(total)s released", "%(count)s of %(total)s released", released) % {
            "count": released,
            "total": total,
        }
    return ngettext("%(count)s planned", "%(count)s planned", total) % {"count": total}


def others_counted(facts: Facts, year: int | None) -> int:
    return sum(each.planned_year == year for each in facts.milestones)
