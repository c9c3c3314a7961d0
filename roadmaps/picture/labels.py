"""What each milestone says at which level of detail, and the shapes its label can take.

Levels, from rich to poor: everything; without the small marks; summaries only for what is still ahead; titles; titles
only for what is still open; titles only where attention is due (moved, at risk, gate); numbers; small numbers, two to
a month. What is left out stands in the table under the same number, and what is done gives way to what is ahead.
A label stands right of its mark, flush left. Every width in CAPS gives one shape, unless it breaks as another does.
"""

from dataclasses import dataclass, replace

from roadmaps.picture.course import Course, course_of, is_unscheduled, project_course
from roadmaps.picture.grid import AFTER, END, GHOST, MONTH, RADIUS, WIDTH, mark_place
from roadmaps.picture.measure import measure, wrap
from roadmaps.picture.occupancy import Box, box
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureMilestone, PictureProject, PictureYear

LEVELS = ("all", "summaries", "ahead", "titles", "open", "attention", "numbers", "small")
TITLES = ("title", "off")
SUMMARIES = (*TITLES, "summary", "warning")
ALL = (*SUMMARIES, "flag")
CAPS = (130, 150, 170, 190, 220, 250)
SMALL = 6.5  # radius of a mark at the last level
Line = tuple[str, str]  # kind of type, words
EMPTY: Line = ("title", "")


@dataclass(frozen=True)
class Shape:
    """One way to draw one item: how far it stands from its place, what it occupies and the lines of its label."""

    offset: float
    boxes: tuple[Box, ...]
    rows: int
    end: float
    lines: tuple[Line, ...] = ()
    beside: bool = False  # number and title on one line


@dataclass(frozen=True)
class Entry:
    """A milestone or a project on its way into a lane."""

    order: tuple[float, int]
    course: Course
    texts: tuple[Line, ...]
    number: str = ""
    warned: bool = False
    attention: bool = True
    done: bool = False  # released or cancelled
    slots: bool = False  # has no month: takes the first free place from left to right
    milestone: PictureMilestone | None = None

    def lines_at(self, level: str) -> tuple[Line, ...]:
        kinds = self._kinds(level)
        return tuple(line for line in self.texts if line[0] in kinds)

    def _kinds(self, level: str) -> tuple[str, ...]:
        if not self.number:  # projects are few; what they expect is why they are here
            return ALL if level == "all" else ("title", "warning")
        if level == "ahead":
            return TITLES if self.done else SUMMARIES
        if level == "open":
            return () if self.done and not self.attention else TITLES
        if level == "attention":
            return TITLES if self.attention else ()
        return {"all": ALL, "summaries": SUMMARIES, "titles": TITLES}.get(level, ())


def milestone_entry(milestone: PictureMilestone, year: PictureYear, words: PictureWords) -> Entry:
    course = course_of(milestone, words, year.show_baseline)
    done = milestone.state in ("released", "cancelled")
    warned = bool(milestone.warning) and not done
    texts = [("off" if milestone.state == "cancelled" else "title", milestone.title), ("summary", milestone.summary)]
    if warned:
        texts.append(("warning", words.at_risk.format(reason=milestone.warning)))
    texts.append(("flag", flags_of(milestone, year, words)))
    return Entry(
        order=(course.left, milestone.number),
        course=course,
        texts=tuple(line for line in texts if line[1]),
        number=str(milestone.number),
        warned=warned,
        attention=warned or milestone.gate or bool(course.way),
        done=done,
        slots=is_unscheduled(milestone),
        milestone=milestone,
    )


def flags_of(milestone: PictureMilestone, year: PictureYear, words: PictureWords) -> str:
    """The small marks of one milestone as one line of words, the first with a capital."""
    flags = [milestone.note]
    if milestone.month is not None and milestone.month >= 12:
        month, calendar_year = year.calendar(milestone.month)
        flags.append(words.now.format(month=words.months[month - 1], year=calendar_year))
    flags.append(words.non_discretionary if milestone.non_discretionary else "")
    if milestone.dependencies:
        several = words.dependencies.format(count=milestone.dependencies)
        flags.append(words.one_dependency if milestone.dependencies == 1 else several)
    flags.append(words.part_of.format(project=milestone.project) if milestone.project else "")
    line = " · ".join(flag for flag in flags if flag)
    return line[:1].upper() + line[1:]


def project_entry(project: PictureProject, position: int) -> Entry:
    course = project_course(project)
    texts = (("title", project.name), ("warning", project.mismatch), ("flag", project.note))
    return Entry(
        order=(course.left, position),
        course=course,
        texts=tuple(line for line in texts if line[1]),
        warned=bool(project.mismatch),
        slots=project.expected is None,
    )


def shapes(entry: Entry, level: str) -> list[Shape]:
    """Every way to draw `entry` at `level`, for the layout to choose from."""
    lines = entry.lines_at(level)
    if level == "small" and entry.number:
        return _small_shapes(entry)
    offsets = _slots(entry, 12 if not lines else 4) if entry.slots else [0.0]
    if not lines:
        return [_bare(entry, offset) for offset in offsets]
    found: dict[tuple[float, tuple[Line, ...]], Shape] = {}
    for offset in offsets:
        for cap in CAPS[:4] if entry.slots else CAPS:
            shape = _labelled(entry, lines, cap, offset)
            found.setdefault((offset, shape.lines), shape)
    if entry.course.head and len(lines) == 1 and entry.number:
        return [*found.values(), _in_one_line(entry, *lines)]
    return list(found.values())


def _slots(entry: Entry, count: int) -> list[float]:
    return [column * 12 / count * MONTH for column in range(count)]


def _labelled(entry: Entry, texts: tuple[Line, ...], cap: float, offset: float) -> Shape:
    course = entry.course
    left = course.last + offset + 2 * RADIUS
    beneath = course.tail and WIDTH - left - course.tail < CAPS[0]  # too near the edge to share a line with the way
    width = min(cap, WIDTH - left - (8 if beneath else course.tail))
    lines = tuple((kind, line) for kind, text in texts for line in wrap(kind, text, width))
    lines = (EMPTY, *lines) if beneath else lines
    end = left + max(measure(*line) for line in lines)
    rows = 3 * max(2 if entry.number else 1, len(lines)) + 2  # a number stands under its mark
    label = box(course.stand + offset - RADIUS - 8, min(end + 6, WIDTH), rows)
    return Shape(offset, _with_way(course, offset, label), rows, end, lines)


def _in_one_line(entry: Entry, title: Line) -> Shape:
    """Number and title on the way from or to another year, which takes the row anyway: the lowest label there is."""
    bare = _bare(entry, 0.0)
    end = bare.end + 8 + measure(*title)
    if end > WIDTH - entry.course.tail - 8:
        return _labelled(entry, (title,), CAPS[-1], 0.0)
    own = box(entry.course.stand - RADIUS - 8, end + 6, bare.rows)
    return replace(bare, boxes=_with_way(entry.course, 0.0, own), end=end, lines=(title,), beside=True)


def _bare(entry: Entry, offset: float) -> Shape:
    """A mark with its number beside it."""
    course = entry.course
    end = course.last + offset + RADIUS + 5 + (6 if entry.warned else 0) + measure("count", entry.number)
    own = box(course.stand + offset - RADIUS - 8, end + 6, 5)
    return Shape(offset, _with_way(course, offset, own), 5, end)


def _with_way(course: Course, offset: float, own: Box) -> tuple[Box, ...]:
    if course.way is None:
        return (own,)
    margin = GHOST + 2 if course.ghost == course.left else 2
    return box(course.left + offset - margin, min(course.right + offset + 6, WIDTH), 5), own


def _small_shapes(entry: Entry) -> list[Shape]:
    """Two small marks to a month, without their ways; one that carries a triangle or an arrow may need the whole."""
    width = (
        2 * SMALL
        + 4
        + measure("count", entry.number)
        + (8 if entry.warned else 0)
        + (12 if not entry.course.inside else 0)
    )
    months = range(13) if entry.slots else [0]
    offsets = [month * MONTH + half for month in months for half in (0.0, MONTH / 2) if half + width <= MONTH - 1]
    if entry.slots:
        offsets = [offset for offset in offsets if mark_place(0) + offset + width < END + AFTER - 8]
    found = []
    for offset in offsets or [0.0]:
        left = entry.course.stand + offset - RADIUS - 2
        found.append(Shape(offset, (box(left, left + width, 4),), 4, left + width))
    return found
