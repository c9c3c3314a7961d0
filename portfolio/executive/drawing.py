"""The year as a picture: the lines turned into months and words for `roadmaps.picture`."""

from calendar import monthrange
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from people.bilingual import said
from portfolio.executive import projects
from portfolio.executive.facts import Facts
from portfolio.executive.findings import horizon_note, lane_note, picture_summary, quarter_note
from portfolio.executive.lines import OTHER, Lane, Line, lanes_of
from portfolio.executive.words import day_name, month_digits
from products import fiscal
from roadmaps.picture import (
    HorizonYear,
    PictureLane,
    PictureMilestone,
    PictureProject,
    PictureYear,
    draw_year,
    picture_words,
)
from roadmaps.picture.grid import PAGE_ROOM

HORIZON_MOST = 5  # more years would leave no room for their words


def picture(facts: Facts, lines: list[Line], by: str, show_baseline: bool, paper: str = "letter") -> SafeString:
    """The whole picture as inline SVG, laid out for the page it will stand on."""
    year = picture_year(facts, lines, by, show_baseline)
    svg = draw_year(year, picture_words(), room=PAGE_ROOM[paper])
    return mark_safe(svg)  # nosec B308 # the drawing escapes every word it sets


def picture_year(facts: Facts, lines: list[Line], by: str, show_baseline: bool) -> PictureYear:
    return PictureYear(
        label=fiscal.label(facts.year),
        start_year=facts.year,
        summary=picture_summary(facts, lines),
        first_month=facts.start_month,
        before=fiscal.label(facts.year - 1),
        after=fiscal.label(facts.year + 1),
        lanes=tuple(_lane(lane, lines) for lane in lanes_of(facts, lines, by) if lane.key != OTHER),
        milestones=tuple(_milestone(facts, line) for line in lines),
        projects=tuple(_project(facts, row) for row in projects.rows(facts)),
        horizon=tuple(_horizon(facts, year, lines) for year in _horizon_years(facts)),
        quarter_notes=tuple(_quarter(facts, lines, quarter) for quarter in range(4)),
        unscheduled_note=gettext("wanted, no month yet"),
        today=_today(facts),
        today_label=_today_label(facts),
        show_baseline=show_baseline,
    )


def _lane(lane: Lane, lines: list[Line]) -> PictureLane:
    mine = [line for line in lines if line.lane == lane.key and not line.is_unscheduled]
    return PictureLane(lane.key, lane.name, lane.letter, lane_note(mine))


def _milestone(facts: Facts, line: Line) -> PictureMilestone:
    milestone = line.milestone
    return PictureMilestone(
        number=line.number,
        lane=line.lane,
        month=facts.months_in(milestone.month),
        title=milestone.title,
        summary=milestone.summary,
        state=milestone.state,
        gate=milestone.is_gate,
        warning=milestone.risk_reason if milestone.is_at_risk else "",
        non_discretionary=milestone.is_non_discretionary,
        dependencies=milestone.dependency_count,
        project=milestone.project.name if milestone.project else "",
        note=cancelled_because(line),
        baseline=facts.months_in(milestone.promised_month),
        carried_in=milestone.is_carried_in,
        carried_out=line.is_out and (milestone.carried_to is None or milestone.carried_to > facts.year),
    )


def cancelled_because(line: Line) -> str:
    """Why a milestone was given up, short enough for a label."""
    if not line.reason or len(line.reason) > 60:
        return ""
    return gettext("Cancelled: %(reason)s") % {"reason": line.reason.rstrip(".")}


def _project(facts: Facts, row: "projects.ProjectRow") -> PictureProject:
    return PictureProject(
        name=row.expectation.project.name,
        expected=facts.months_in(row.expectation.expected_month),
        mismatch=row.mismatch,
        note=gettext("%(what)s, confirmed %(day)s")
        % {"what": said(row.expectation, "what"), "day": month_digits(row.expectation.confirmed_on)},
    )


def _horizon_years(facts: Facts) -> list[int]:
    """The horizon with this year in it, never more than fit."""
    years = sorted({*(each.year for each in facts.years), facts.year})
    while len(years) > HORIZON_MOST:
        years.remove(years[0] if facts.year - years[0] > years[-1] - facts.year else years[-1])
    return years


def _horizon(facts: Facts, year: int, lines: list[Line]) -> HorizonYear:
    return HorizonYear(fiscal.label(year), horizon_note(facts, year, lines), year == facts.year)


def _quarter(facts: Facts, lines: list[Line], quarter: int) -> str:
    months = fiscal.months_of(facts.year, facts.start_month)[3 * quarter : 3 * quarter + 3]
    mine = [line for line in lines if line.stands in months]
    if not lines:
        return ""
    return quarter_note(mine, begun=months[0] <= facts.day)


def _today(facts: Facts) -> float | None:
    """Where the day of the view lies, in months from the first of the year; None outside it."""
    if not facts.first_day <= facts.day <= facts.last_day:
        return None
    start = date(facts.day.year, facts.day.month, 1)
    return (facts.months_in(start) or 0) + (facts.day.day - 1) / monthrange(facts.day.year, facts.day.month)[1]


def _today_label(facts: Facts) -> str:
    words = gettext("As of %(day)s") if facts.is_past else gettext("Today, %(day)s")
    return words % {"day": day_name(facts.day)}
