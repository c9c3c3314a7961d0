"""The roadmap of a product family: what it promised, what became of it."""

from roadmaps.models.change import ChangeSet, MilestoneChange
from roadmaps.models.demand import Demand, Feedback, ParallelProject, ProjectExpectation
from roadmaps.models.impact import AnalysisRule, ImpactAnalysis, ImpactEdition, ImpactFinding
from roadmaps.models.milestone import (
    RANK_STEP,
    BaselineEntry,
    Milestone,
    MilestoneDependency,
    MilestoneFunding,
    MilestoneOutcome,
)
from roadmaps.models.release import Release, ReleaseMilestone
from roadmaps.models.roadmap import (
    Baseline,
    Goal,
    Outcome,
    OutcomeAugmentation,
    OutcomeGate,
    OutcomeReading,
    Roadmap,
    RoadmapYear,
)

__all__ = [
    "RANK_STEP",
    "AnalysisRule",
    "Baseline",
    "BaselineEntry",
    "ChangeSet",
    "Demand",
    "Feedback",
    "Goal",
    "ImpactAnalysis",
    "ImpactEdition",
    "ImpactFinding",
    "Milestone",
    "MilestoneChange",
    "MilestoneDependency",
    "MilestoneFunding",
    "MilestoneOutcome",
    "Outcome",
    "OutcomeAugmentation",
    "OutcomeGate",
    "OutcomeReading",
    "ParallelProject",
    "ProjectExpectation",
    "Release",
    "ReleaseMilestone",
    "Roadmap",
    "RoadmapYear",
]
