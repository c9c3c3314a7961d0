"""Reading a roadmap as it stands or stood: `RoadmapAt(roadmap, at)`, plain frozen values, few queries."""

from roadmaps.reading.at import RoadmapAt
from roadmaps.reading.expectations import ExpectationAt
from roadmaps.reading.values import (
    FundingAt,
    GoalAt,
    MeasureAt,
    MilestoneAt,
    OutcomeAt,
    ProjectAt,
    WaitsFor,
    YearAt,
    YearPlan,
)

__all__ = [
    "ExpectationAt",
    "FundingAt",
    "GoalAt",
    "MeasureAt",
    "MilestoneAt",
    "OutcomeAt",
    "ProjectAt",
    "RoadmapAt",
    "WaitsFor",
    "YearAt",
    "YearPlan",
]
