"""What one picture shows: a roadmap year in the words of one language, without a database.

Months are counted from the first month of the fiscal year: 0 to 11 lie in the year, negative ones in an earlier year,
12 and more in a later one. `None` means that no month is set. Standard: the executive view of the investment plan
(one fiscal year by month under its quarters, lanes, outcome summaries, carried in and out, approved months, projects).
"""

from dataclasses import dataclass

STATES = ("planned", "in_progress", "released", "cancelled")


@dataclass(frozen=True)
class PictureLane:
    """One row of the picture: a goal with its letter, or a program, product or state without one."""

    key: str
    name: str
    letter: str = ""
    note: str = ""


@dataclass(frozen=True)
class PictureMilestone:
    number: int
    lane: str  # key of its lane
    month: int | None
    title: str
    summary: str = ""  # outcome sought, at most 60 characters
    state: str = "planned"  # one of STATES
    gate: bool = False  # a decision, drawn as an octagon
    warning: str = ""  # why it is at risk
    non_discretionary: bool = False
    dependencies: int = 0
    project: str = ""  # the project it is part of
    note: str = ""  # one more fact for the label, such as why it was cancelled
    baseline: int | None = None  # month approved; None when nothing was approved
    carried_in: bool = False  # comes from another year though its baseline does not say so
    carried_out: bool = False  # leaves for a later year without a month there


@dataclass(frozen=True)
class PictureProject:
    """A parallel project: read-only, drawn where it expects the product, saying where the roadmap differs."""

    name: str
    expected: int | None
    start: int | None = None  # first month of its work, when known: then a bar is drawn
    mismatch: str = ""  # "Project X expects 2026-09, roadmap says 2026-11: project to adjust"
    note: str = ""  # owner, last confirmed


@dataclass(frozen=True)
class HorizonYear:
    label: str
    theme: str = ""
    current: bool = False


@dataclass(frozen=True)
class PictureYear:
    label: str  # "2026–27"
    start_year: int  # calendar year of the first month
    summary: str  # the accessible name: counts, slips, risks, what is next
    first_month: int = 4  # 1 to 12
    before: str = ""  # label of the year before
    after: str = ""
    lanes: tuple[PictureLane, ...] = ()
    milestones: tuple[PictureMilestone, ...] = ()
    projects: tuple[PictureProject, ...] = ()
    horizon: tuple[HorizonYear, ...] = ()
    quarter_notes: tuple[str, ...] = ("", "", "", "")
    unscheduled_note: str = ""
    today: float | None = None  # in months from the start, 7.57 is past the middle of the eighth
    today_label: str = ""  # "Today, 18 November"
    show_baseline: bool = True

    def calendar(self, month: int) -> tuple[int, int]:
        """Calendar month (1 to 12) and year of a month of this picture."""
        years, month_before = divmod(self.first_month - 1 + month, 12)
        return month_before + 1, self.start_year + years
