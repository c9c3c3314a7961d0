"""What a fiscal year of a roadmap promises: what a board is asked to approve, and what its approval freezes (domain.md §4)."""

from typing import Any

from records.trail import as_json
from roadmaps.models import Milestone, RoadmapYear
from roadmaps.states import MilestoneState

# Beside the milestone itself: what a baseline keeps of each.
PROMISED = ("month", "title_en", "title_fr", "cost_salary", "cost_non_salary")


def promise_told(year: RoadmapYear) -> list[dict[str, Any]]:
    """Every milestone of the year as it stands now, as JSON, by month and order; cancelled ones are not promised. One query."""
    rows = Milestone.objects.filter(roadmap=year.roadmap_id).in_year(year.year)
    promised = rows.exclude(state=MilestoneState.CANCELLED).order_by("month", "rank", "pk")
    return [{name: as_json(value) for name, value in row.items()} for row in promised.values("id", *PROMISED)]
