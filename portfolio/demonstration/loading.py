"""Load the whole demonstration, or say that it is there."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from people.models import Department
from people.notices import Telling, telling
from portfolio.demonstration import deliveries
from portfolio.demonstration.analyses import AnalysesStory, announce_practice
from portfolio.demonstration.asks import AsksStory, register_projects
from portfolio.demonstration.boards import build_boards
from portfolio.demonstration.factors import give_factors
from portfolio.demonstration.kpis import KpiStory
from portfolio.demonstration.meetings import MeetingsStory
from portfolio.demonstration.memoranda import MemorandaStory
from portfolio.demonstration.noticed import read_now_and_then
from portfolio.demonstration.organisation import build_organisation
from portfolio.demonstration.pages import PagesStory
from portfolio.demonstration.plans import read_plan
from portfolio.demonstration.products import open_positions, register, staff
from portfolio.demonstration.reading import read
from portfolio.demonstration.reviews import ReviewsStory
from portfolio.demonstration.risks import RisksStory
from portfolio.demonstration.roadmaps import RoadmapStory
from portfolio.demonstration.teams import TeamStory, ordinary_team
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import Place, World
from records import identity

SEED = 20_261_118
# Products whose roadmap has a file of its own; the short ones share a file.
OWN_FILE = ("JOBS", "PAY", "SIGNIN", "MOBILE", "APPRENT", "GRANTS", "DATAHUB", "NOTICES", "CASE", "HARBOUR", "TIDES")
SHORT = ("BATCH", "VOICE", "PERMIT", "INSPECT")
# Brief, three approved years and a plan for the next, every role, money, strategy and boundaries.
COMPLETE = ("JOBS", "PAY", "SIGNIN", "MOBILE", "APPRENT", "GRANTS", "DATAHUB", "HARBOUR", "TIDES")


def is_loaded() -> bool:
    """Whether the demonstration's departments are in the database."""
    return Department.objects.filter(code__in=[told["code"] for told in read("organisation")["departments"]]).exists()


def load(tell: Callable[[str], Any], only: Collection[str] | None = None) -> World:
    """Tell the whole story, all or nothing, with the same keys every time; `only` leaves the roadmaps of others out.

    `tell` gets one line a product and one a calendar year.
    """
    world, timeline = World(), Timeline()
    with transaction.atomic(), identity.repeatable(SEED):
        with telling(Telling.NOBODY):  # what everybody knew before there was a system to tell them
            build_organisation(world)
            build_boards(world)
        tell(f"{len(world.places)} departments, {len(world.people)} people")
        register_projects(world, timeline)
        announce_practice(world, timeline)
        stories: dict[str, RoadmapStory] = {}
        with telling(Telling.NOBODY):
            for place in world.places.values():
                _products(world, place, timeline, stories, only, tell)
        for story in stories.values():
            AsksStory(story, stories, _team_of(world, story.plan.code)).tell()
        RisksStory(world, timeline, only).tell()
        before_boards = ReviewsStory(world, timeline, only)
        before_boards.tell()
        MeetingsStory(world, timeline, before_boards).tell()
        MemorandaStory(world, timeline, only).tell()
        deliveries.connect(world, timeline, only)
        read_now_and_then(world, timeline)
        with telling(Telling.WITHOUT_MAIL):
            timeline.play(lambda year: tell(f"The acts of {year}"))
        deliveries.arrive(world, tell, only)
        give_factors()
    return world


def _products(
    world: World,
    place: Place,
    timeline: Timeline,
    stories: dict[str, RoadmapStory],
    only: Collection[str] | None,
    tell: Callable[[str], Any],
) -> None:
    told_products = read(f"products_{place.department.code}")["products"]
    for told in told_products:
        register(world, place, told)
    for told in told_products:
        staff(world, place, told)
        open_positions(world, place, told, timeline)
        code = told["code"]
        if only is None or code in only:
            _story(world, place, told, timeline, stories)
        tell(f"{code:10} {told['name_en']}")


def _story(
    world: World, place: Place, told: dict[str, Any], timeline: Timeline, stories: dict[str, RoadmapStory]
) -> None:
    code = told["code"]
    team = _team_of(world, code)
    if team:
        TeamStory(world, place, told, team, timeline).tell()
    if code in OWN_FILE or code in SHORT:
        plan = read_plan(code, read(f"roadmap_{code.lower()}") if code in OWN_FILE else read("roadmap_others")[code])
        stories[code] = RoadmapStory(world, place, plan, timeline)
        stories[code].tell()
        AnalysesStory(stories[code]).tell()
        PagesStory(world, place, code, team, timeline).tell(plan)
    if code in COMPLETE:
        KpiStory(world, code, timeline).tell()


def _team_of(world: World, code: str) -> dict[str, Any]:
    """What is told about a team; empty for a product whose brief nobody has begun."""
    if code == "JOBS":
        return read("team_jobs")
    for place in world.places.values():
        extra = read(f"teams_{place.department.code}").get(code)
        if extra is not None:
            told = next(each for each in read(f"products_{place.department.code}")["products"] if each["code"] == code)
            return ordinary_team(world, told, extra)
    return {}
