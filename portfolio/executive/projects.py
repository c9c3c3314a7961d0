"""Parallel projects beside the year: what they expect and where the roadmap says otherwise.

The roadmap is reality and the project adjusts (domain.md §4), so a difference is said as the project's to adjust.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from portfolio.executive.facts import Expectation, Facts
from portfolio.executive.words import capital, count_word, month_digits
from products import fiscal
from roadmaps.states import MilestoneState


@dataclass(frozen=True)
class ProjectRow:
    expectation: Expectation
    roadmap_says: str
    mismatch: str = ""


def rows(facts: Facts) -> list[ProjectRow]:
    """The expectations that fall into the year, or whose milestone does, by month."""
    mine = [
        each
        for each in facts.expectations
        if fiscal.fiscal_year_of(each.expected_month, facts.start_month) == facts.year
        or (each.milestone and each.milestone.planned_year == facts.year)
    ]
    return [_row(facts, each) for each in sorted(mine, key=lambda each: each.expected_month)]


def _row(facts: Facts, expectation: Expectation) -> ProjectRow:
    milestone = expectation.milestone
    if milestone is None:
        return ProjectRow(
            expectation, gettext("no milestone answers it"), _differs(expectation, gettext("no milestone"))
        )
    if milestone.state == MilestoneState.CANCELLED:
        return ProjectRow(expectation, gettext("cancelled"), _differs(expectation, gettext("cancelled")))
    if milestone.month is None:
        says = fiscal.label(milestone.planned_year) if milestone.planned_year else gettext("no month yet")
        return ProjectRow(expectation, says, _differs(expectation, says))
    says = month_digits(milestone.month)
    return ProjectRow(
        expectation, says, "" if milestone.month <= expectation.expected_month else _differs(expectation, says)
    )


def _differs(expectation: Expectation, says: str) -> str:
    return gettext("%(project)s expects %(expected)s, roadmap says %(says)s: project to adjust") % {
        "project": expectation.project.name,
        "expected": month_digits(expectation.expected_month),
        "says": says,
    }


def finding(found: list[ProjectRow]) -> str:
    """Parallel projects: two of three have to adjust."""
    count = sum(bool(row.mismatch) for row in found)
    if not count:
        return gettext("Parallel projects: all expect what the roadmap says")
    text = ngettext(
        "Parallel projects: %(count)s expectation of %(total)s is for the project to adjust",
        "Parallel projects: %(count)s expectations of %(total)s are for the projects to adjust",
        count,
    )
    return capital(text % {"count": count_word(count, feminine=True), "total": count_word(len(found), feminine=True)})
