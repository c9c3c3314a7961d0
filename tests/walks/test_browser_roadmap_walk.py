"""A product manager opens a roadmap, moves a milestone with a reason, and takes the year away on paper (domain.md §4)."""

import pytest

from products import fiscal
from records import clock
from roadmaps.models import Milestone
from tests.walks.walk import words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = {"en": "Alerts by text", "fr": "Alertes par texto"}
WAYS = [
    ("fr", 320, True),
    ("en", 1280, False),
    pytest.param("en", 1280, True, marks=pytest.mark.cross),
    pytest.param("fr", 320, False, marks=pytest.mark.cross),
    pytest.param("en", 320, True, marks=pytest.mark.cross),
    pytest.param("fr", 1280, True, marks=pytest.mark.cross),
]
REASON = "Users asked for it / Demande des utilisateurs"


@pytest.mark.parametrize(("language", "width", "scripts"), WAYS)
def test_walk_from_an_empty_roadmap_to_its_paper(walk, language, width, scripts):
    way = walk("product_manager", language, width, scripts=scripts)
    way.go("roadmap-detail", "JSA")
    way.follow("Open the roadmap")
    way.fill(vision_en="Find work sooner", vision_fr="Trouver du travail plus tôt")
    way.press("Open the roadmap")
    write_case(way)
    milestone = plan(way, fiscal.fiscal_year_of(clock.today()))
    publish_move(way, milestone)
    way.go("roadmap-log", "JSA")
    assert way.page.get_by_text(REASON).count() == 1
    way.go("roadmap-executive", "JSA", milestone.planned_year)
    assert way.page.locator("main").get_by_text(TITLE[language]).count()
    status, pdf = way.bytes_of(way.page.locator("a[href*='/pdf/']").first.get_attribute("href"))
    assert status == 200
    assert TITLE[language] in words_of(pdf)


def write_case(way):
    """One goal with one outcome."""
    way.follow("Add a goal")
    way.fill(name_en="Suitable work", name_fr="Un travail convenable")
    way.click(way.page.locator("main form .actions button").first)
    way.go("outcome-add", "JSA", "A")
    way.fill(name_en="Better matches", name_fr="De meilleurs jumelages", target_on="2027-03-31")
    way.click(way.page.locator("main form .actions button").first)
    assert "/outcomes/A.1/" in way.page.url


def plan(way, year):
    """A milestone in the sixth month of the year, moved one month on by its menu, in the draft."""
    way.go("milestone-add", "JSA", query=f"?year={year}")
    way.fill(title_en=TITLE["en"], title_fr=TITLE["fr"])
    way.page.locator("[name=outcomes]").check()
    month = fiscal.months_of(year)[5]
    way.page.select_option("[name=month]", month.isoformat())
    way.click(way.page.locator("main form .actions button").first)
    way.go("roadmap-plan", "JSA", year)
    way.page.locator("details.moves summary").click()
    way.press("One month later")
    return Milestone.objects.get(title_en=TITLE["en"], month=month)


def publish_move(way, milestone):
    way.go("change-preview", "JSA")
    way.page.locator("[name=reason_kind]").first.check()
    way.fill(reason=REASON)
    way.click(way.page.locator("main form:has(textarea) .actions button"))
    assert "/log/1/" in way.page.url
    milestone.refresh_from_db()
    assert milestone.month == fiscal.months_of(milestone.planned_year)[6]
