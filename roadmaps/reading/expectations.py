"""What parallel projects expect and what the roadmap says; the roadmap is reality, the project adjusts (domain.md §4)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from roadmaps.models import Milestone, ParallelProject, ProjectExpectation
from roadmaps.reading.asof import gathered, states_of
from roadmaps.reading.values import ProjectAt, Spoken


def mismatch_words(project: str, expected: date, month: date | None) -> str:
    """ "Project X expects 2026-09, roadmap says 2026-11: project to adjust"; empty when they agree."""
    if month == expected:
        return ""
    says = {
        "project": project,
        "expected": f"{expected:%Y-%m}",
        "month": f"{month:%Y-%m}" if month else _("no month yet"),
    }
    if month is not None and month < expected:
        return _("%(project)s expects %(expected)s, roadmap says %(month)s: earlier than needed") % says
    return _("%(project)s expects %(expected)s, roadmap says %(month)s: project to adjust") % says


@dataclass(frozen=True)
class ExpectationAt(Spoken):
    """`milestone_month` is the roadmap's answer; `is_answered` tells "no milestone yet" from "milestone without a month"."""

    id: UUID
    version: int
    what_en: str
    what_fr: str
    expected_month: date
    confirmed_on: date
    project: ProjectAt
    milestone_id: UUID | None
    milestone_month: date | None

    @property
    def is_answered(self) -> bool:
        return self.milestone_id is not None

    @property
    def mismatch(self) -> str:
        if not self.is_answered:
            return _("%(project)s expects %(expected)s; no milestone answers yet") % {
                "project": self.project.name,
                "expected": f"{self.expected_month:%Y-%m}",
            }
        return mismatch_words(self.project.name, self.expected_month, self.milestone_month)


def expectations(roadmap_id: UUID, at: datetime | None) -> tuple[ExpectationAt, ...]:
    """Every expectation by its month, in one query."""
    rows = states_of(ProjectExpectation, at).filter(roadmap_id=roadmap_id)
    projects = states_of(ParallelProject, at).filter(id=OuterRef("project_id"))
    rows = rows.annotate(
        projects=gathered(projects, "id", "code", "name_en", "name_fr"),
        answers=gathered(states_of(Milestone, at).filter(id=OuterRef("milestone_id")), "month"),
    )
    return tuple(_made(row) for row in rows.order_by("expected_month", "id") if row.projects)


def _made(row: Any) -> ExpectationAt:
    project = row.projects[0]
    month = row.answers[0]["month"] if row.answers else None
    return ExpectationAt(
        row.id,
        row.version,
        row.what_en,
        row.what_fr,
        row.expected_month,
        row.confirmed_on,
        ProjectAt(UUID(project["id"]), project["code"], project["name_en"], project["name_fr"]),
        row.milestone_id,
        date.fromisoformat(month) if month else None,
    )
