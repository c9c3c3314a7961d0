"""The words of the picture that are not the product's own, in the reader's language.

The drawing takes them as one plain object, so the library runs without Django; `picture_words` fills it by gettext.
Texts with braces are filled by the drawing. "Released" is the word for milestones, never "delivered".
"""

from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import gettext, pgettext


@dataclass(frozen=True)
class PictureWords:
    months: tuple[str, ...]  # January to December
    short_months: tuple[str, ...]
    quarters: tuple[str, str, str, str]
    horizon: str
    unscheduled: str
    other_lane: str
    projects: str
    projects_note: str
    empty: str  # {year}
    shift: str  # {shift}: "+2", a real minus sign for earlier
    at_risk: str  # {reason}
    now: str  # {month} {year}
    non_discretionary: str
    one_dependency: str
    dependencies: str  # {count}
    part_of: str  # {project}
    planned: str
    in_progress: str
    released: str
    cancelled: str
    gate: str
    risk: str
    moved: str
    carried: str
    project: str


def picture_words() -> PictureWords:
    """The words in the language that is active now."""
    return PictureWords(
        months=tuple(str(MONTHS[month]) for month in range(1, 13)),
        short_months=short_months(),
        quarters=(gettext("Q1"), gettext("Q2"), gettext("Q3"), gettext("Q4")),
        horizon=gettext("Horizon"),
        unscheduled=gettext("Unscheduled"),
        other_lane=gettext("Other milestones"),
        projects=gettext("Parallel projects"),
        projects_note=gettext("read only, from their owners"),
        empty=gettext("No milestones in {year}"),
        shift=gettext("{shift} mo"),
        at_risk=gettext("At risk: {reason}"),
        now=gettext("Now {month} {year}"),
        non_discretionary=gettext("Non-discretionary"),
        one_dependency=gettext("1 dependency"),
        dependencies=gettext("{count} dependencies"),
        part_of=gettext("part of {project}"),
        planned=pgettext("milestone", "Planned"),
        in_progress=pgettext("milestone", "In progress"),
        released=pgettext("milestone", "Released"),
        cancelled=pgettext("milestone", "Cancelled"),
        gate=gettext("Decision gate"),
        risk=gettext("At risk"),
        moved=gettext("Approved month, moved to"),
        carried=gettext("Carried from or to another year"),
        project=gettext("Month a parallel project expects"),
    )


def short_months() -> tuple[str, ...]:
    """Names for a column 68 units wide; shorter than the ordinary name only where that does not fit."""
    return (
        pgettext("short month", "Jan."),
        pgettext("short month", "Feb."),
        pgettext("short month", "March"),
        pgettext("short month", "April"),
        pgettext("short month", "May"),
        pgettext("short month", "June"),
        pgettext("short month", "July"),
        pgettext("short month", "Aug."),
        pgettext("short month", "Sept."),
        pgettext("short month", "Oct."),
        pgettext("short month", "Nov."),
        pgettext("short month", "Dec."),
    )
