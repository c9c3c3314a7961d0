"""Queries stay the same for ten and for a thousand milestones; places stay unique when two people act at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records import clock
from roadmaps.actions.change_sets import reprioritise
from roadmaps.actions.milestones import add_milestone
from roadmaps.models import RANK_STEP, Milestone
from roadmaps.placing import Move
from roadmaps.reading import RoadmapAt
from tests.cast import make_cast
from tests.roadmaps.conftest import NOVEMBER, goal, outcome, roadmap  # noqa: F401

YEAR_QUERIES = 7


def many(roadmap, goal, count: int) -> None:  # noqa: F811
    """Rows in bulk, beside the one writer: only their number matters here."""
    first = Milestone.objects.filter(roadmap=roadmap).count() + 1
    rows = [
        Milestone(
            roadmap=roadmap,
            goal=goal,
            title_en=f"M {each}",
            title_fr=f"J {each}",
            planned_year=2026,
            planned_from=date(2026, 4, 1),
            month=date(2026, 4 + each % 9, 1),
            rank=(first + each) * RANK_STEP,
        )
        for each in range(count)
    ]
    QuerySet(Milestone).bulk_create(rows)


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


@pytest.mark.parametrize("at", [None, NOVEMBER])
def test_year_costs_the_same_however_many_milestones(roadmap, goal, at):  # noqa: F811
    many(roadmap, goal, 10)
    few = queries_of(lambda: RoadmapAt(roadmap, at).year(2026).milestones)
    many(roadmap, goal, 1000)
    assert queries_of(lambda: RoadmapAt(roadmap, at).year(2026).milestones) == few <= YEAR_QUERIES


@pytest.mark.parametrize("name", ["roadmap-detail", "roadmap-plan"])
def test_page_costs_the_same_however_many_milestones(roadmap, goal, cast, client_of, name):  # noqa: F811
    client = client_of("product_manager")
    address = reverse(name, args=[cast.product.code, *([2026] if name == "roadmap-plan" else [])])
    many(roadmap, goal, 10)
    client.get(address)
    few = queries_of(lambda: client.get(address))
    many(roadmap, goal, 300)
    assert queries_of(lambda: client.get(address)) == few


def in_thread(act):
    """Run one act as a request would, on a connection and at an hour of its own."""
    try:
        with clock.at(NOVEMBER):
            return act()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_places_stay_unique_when_two_people_act_at_once():
    cast = make_cast()
    from roadmaps.actions.roadmap import open_roadmap

    road = open_roadmap(product=cast.product, horizon_from=2026, by=cast.product_manager)
    rows = [
        add_milestone(
            roadmap=road,
            by=cast.product_manager,
            title_en=f"M{each}",
            title_fr=f"J{each}",
            planned_year=2026,
            month=date(2026, 12, 1),
        )
        for each in range(4)
    ]

    def top(row, by):
        return lambda: reprioritise(
            roadmap=road, moves=[Move(row, order="top")], by=by, reason_kind="learned", reason="Race"
        )

    def add(by):
        return lambda: add_milestone(roadmap=road, by=by, title_en="New", title_fr="Nouveau")

    todo = [
        top(rows[2], cast.product_manager),
        top(rows[3], cast.product_owner),
        add(cast.product_manager),
        add(cast.product_owner),
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(in_thread, todo))
    ranks = list(Milestone.objects.filter(roadmap=road).values_list("rank", flat=True))
    assert len(set(ranks)) == len(ranks) == 6
