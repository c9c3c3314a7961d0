"""The executive view as people meet it: what it says, to whom, of which year and of which day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from products.actions.products import register_product
from records import clock
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, approve, move, open_with_outcome

FRAME = ("django_session", "people_person", "people_capacity", "people_notice", '"people_department"."id" = ')


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def outcome(cast):
    return open_with_outcome(cast)


def address(name="roadmap-executive", year=2026, language="en", code="JSA"):
    with translation.override(language):
        return reverse(name, args=[code, year])


def page(client, language="en", year=2026, **query):
    response = client.get(address(year=year, language=language), query)
    return response, " ".join(response.content.decode().split())


def test_view_says_its_finding_and_numbers_its_milestones(client_of, cast, outcome):
    add_milestones(outcome, cast, 6)
    approve(outcome, cast)
    response, text = page(client_of("executive"))
    assert response.status_code == 200
    assert "None of six milestones is released yet. None has moved later, none is at risk." in text
    assert "<strong>Approved</strong>" in text
    assert 'id="m6"' in text
    assert 'role="img"' in text
    assert "Nobody asks twice" in text


def test_view_speaks_french(client_of, cast, outcome):
    add_milestones(outcome, cast, 6)
    _response, text = page(client_of("executive"), language="fr")
    assert "Aucun des six jalons n’est encore livré." in text
    assert "Alertes par texto 1" in text
    assert "Alerts by text" not in text


def test_milestone_moved_out_of_the_year_is_carried_out_and_yesterday_still_shows_february(client_of, cast, outcome):
    february = add_milestones(outcome, cast, 11)[10]
    approve(outcome, cast)
    move(february, date(2027, 4, 1), cast, "The partner is late")
    client = client_of("executive")
    _response, now = page(client)
    assert "+2 mo, was 2027-02" in now
    assert "carried out to 2027–28" in now
    assert "The partner is late" in now
    _response, before = page(client, at="2026-10-06")
    assert "As it stood on" in before
    assert "+2 mo" not in before
    assert "The partner is late" not in before
    assert '<td class="keep">2027-02</td>' in before
    _response, next_year = page(client, year=2027)
    assert "carried in from 2026–27" in next_year


def test_strangers_find_nothing(client_of, cast, outcome):
    client = client_of("stranger")
    for name in ("roadmap-executive", "roadmap-executive-pdf"):
        assert client.get(address(name)).status_code == 404


@pytest.mark.parametrize("year", [1999, 2024, 3000])
def test_year_that_is_not_there_names_those_that_are(client_of, cast, outcome, year):
    response, text = page(client_of("executive"), year=year)
    assert response.status_code == 404
    for there in (2026, 2027, 2028):
        assert address(year=there) in text


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "2027-01-01"])
def test_bad_day_is_said_and_kept_and_today_is_shown(client_of, cast, outcome, typed):
    add_milestones(outcome, cast, 2)
    response, text = page(client_of("executive"), at=typed)
    assert response.status_code == 422
    assert "This page shows today." in text
    assert f'value="{typed}"' in text
    assert 'id="m2"' in text


def test_day_before_the_roadmap_says_so(client_of, cast, outcome):
    response, text = page(client_of("executive"), at="2026-01-01")
    assert response.status_code == 200
    assert "There was no roadmap on" in text


def test_empty_year_offers_the_next_step_to_those_who_may(client_of, cast, outcome):
    _response, mine = page(client_of("product_manager"), year=2027)
    _response, theirs = page(client_of("executive"), year=2027)
    assert "No milestone is planned in 2027–28." in mine
    assert '<svg class="year"' not in mine
    assert "The Head of Product, a Product Manager or a Product Owner can do that." in theirs


def test_product_without_roadmap_says_what_one_is(client_of, cast):
    response, text = page(client_of("executive"))
    assert response.status_code == 200
    assert "This product has no roadmap yet" in text


def test_member_leads_to_its_head_and_current_to_this_year(client_of, cast, outcome):
    register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code="JSA-M",
        name_en="Mobile",
        name_fr="Mobile",
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        parent=cast.product,
    )
    client = client_of("executive")
    assert client.get(address(code="JSA-M"), {"lanes": "state"}).url == f"{address()}?lanes=state"
    assert client.get(reverse("roadmap-current", args=["JSA-M"])).url == address()


@pytest.mark.parametrize("lanes", ["goal", "outcome", "kind", "state", "<script>"])
def test_lanes_come_from_a_list(client_of, cast, outcome, lanes):
    add_milestones(outcome, cast, 3)
    response, text = page(client_of("executive"), lanes=lanes, baseline="off")
    assert response.status_code == 200
    assert "Show approved months" in text
    assert "<script>" not in text.split("<main")[1].split("</main>")[0]


def queries_of(client) -> int:
    """Queries beside the frame (decisions.md §20)."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(address()).status_code == 200
    statements = [each["sql"] for each in found.captured_queries]
    return sum(sql.startswith("SELECT") and not any(f'FROM "{name}' in sql for name in FRAME[:4]) for sql in statements)


def test_queries_do_not_grow_with_milestones(client_of, cast, outcome):
    client = client_of("executive")
    add_milestones(outcome, cast, 10)
    few = queries_of(client)
    add_milestones(outcome, cast, 110)
    assert queries_of(client) == few
    assert few <= 11  # ten of the view; the frame reads the reader's department
