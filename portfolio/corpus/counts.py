"""How many rows each size of the corpus has (decisions.md §30, scale.md)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Rows to make. A fifth of the products are members of a family; milestones are dealt to the heads in turn."""

    departments: int = 1
    people: int = 10
    products: int = 10
    milestones: int = 100
    brief_versions: int = 10
    projects: int = 10
    risks: int = 10  # each with six scores
    revisions: int = 1  # states kept of each milestone, the present one included
    measured: int = 0  # products whose deliveries are followed
    deployments: int = 0  # of all of them together, about; each brings some twelve rows with it
    months: int = 14  # of deliveries, beside the running one; a tenth of the products began a year ago
    compiled: int = 14  # months whose measures are computed at once

    def __post_init__(self) -> None:
        if self.people < 7 * self.departments:
            raise ValueError("A department of the corpus needs at least seven people.")


SIZES = {
    "tiny": Counts(
        departments=1,
        people=20,
        products=20,
        milestones=200,
        brief_versions=20,
        projects=20,
        risks=60,
        revisions=2,
        measured=10,
        deployments=400,
    ),
    "small": Counts(
        departments=4,
        people=500,
        products=100,
        milestones=2_000,
        brief_versions=170,
        projects=60,
        risks=200,
        revisions=2,
        measured=100,
        deployments=6_000,
        months=24,
    ),
    "branch": Counts(
        departments=6,
        people=2_000,
        products=500,
        milestones=20_000,
        brief_versions=2_500,
        projects=300,
        risks=10_000,
        revisions=3,
        measured=500,
        deployments=80_000,
        months=60,
    ),
    # For measuring the measures (dora.md §5): five million rows of deliveries, little else, and nothing computed yet.
    "delivery": Counts(
        departments=20,
        people=500,
        products=2_000,
        milestones=2_000,
        brief_versions=2_000,
        projects=60,
        measured=2_000,
        deployments=420_000,
        months=60,
        compiled=0,
    ),
    "nation": Counts(
        departments=40,
        people=20_000,
        products=5_000,
        milestones=200_000,
        brief_versions=65_000,
        projects=3_000,
        risks=100_000,
        revisions=4,
        measured=5_000,
        deployments=800_000,
        months=60,
    ),
}
