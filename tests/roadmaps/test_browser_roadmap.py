"""A product manager moves a milestone and publishes the move, in both languages and at both widths, with axe on every page."""

import pytest
from django.urls import reverse

from roadmaps.actions.goals import add_goal
from roadmaps.models import Milestone
from tests.plugins.browser import ALL, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(live_server, language, name, *args) -> str:
    return live_server.url + reverse(name, args=args).replace("/en/", f"/{language}/")


@pytest.mark.parametrize(("language", "width"), ALL)
def test_milestone_moves_by_its_menu(browser_page, live_server, axe, cast, approved, milestone, language, width):
    page = browser_page("product_manager", width=width, language=language)
    code = cast.product.code
    problems = []
    page.goto(address(live_server, language, "roadmap-plan", code, 2026))
    page.locator("details.moves summary").first.click()
    problems += axe(page)
    page.locator("button[name=months][value='1']").first.click()
    page.goto(address(live_server, language, "change-preview", code))
    problems += axe(page)
    page.locator("input[name=reason_kind][value=learned]").check()
    page.fill("textarea[name=reason]", "Because")
    page.locator("form:has(textarea) button[type=submit]").click()
    problems += axe(page)
    assert "/log/1/" in page.url
    assert Milestone.objects.get(pk=milestone.pk).month.month == 3
    assert problems == []
    assert sideways(page) <= width


@pytest.mark.parametrize(("language", "width"), ALL)
def test_pages_of_the_roadmap_are_clean(browser_page, live_server, axe, cast, approved, milestone, language, width):
    page = browser_page("product_manager", width=width, language=language)
    code = cast.product.code
    names = [
        ("roadmap-detail", code),
        ("roadmap-log", code),
        ("outcome-detail", code, "A", 1),
        ("goal-add", code),
        ("milestone-detail", code, milestone.pk),
        ("milestone-move", code, milestone.pk),
        ("milestone-add", code),
        ("release-list", code),
        ("demand-list",),
        ("project-list",),
        ("feedback-list", code),
        ("expectation-list", code),
    ]
    found = {}
    for name, *args in names:
        page.goto(address(live_server, language, name, *args))
        found[name] = (axe(page), sideways(page) <= width)
    assert found == {name: ([], True) for name, *_args in names}


def test_milestone_is_dragged_by_keyboard(browser_page, live_server, axe, cast, approved, milestone):
    page = browser_page("product_manager")
    page.goto(address(live_server, "en", "roadmap-plan", cast.product.code, 2026))
    grip = page.locator("button.grip").first
    for key in (" ", "ArrowRight", "ArrowRight", "ArrowLeft"):
        grip.press(key)
    assert "March 2027" in page.locator("[data-board] [role=status]").text_content()
    assert axe(page) == []
    with page.expect_navigation():
        grip.press("Enter")
    assert "moved from February 2027 to March 2027" in page.content()


def test_milestone_is_dragged_by_pointer_onto_a_lane(browser_page, live_server, cast, roadmap, approved, milestone):
    lane = add_goal(roadmap=roadmap, by=cast.product_manager, name_en="Second lane", name_fr="Deuxième couloir")
    page = browser_page("product_manager")
    page.goto(address(live_server, "en", "roadmap-plan", cast.product.code, 2026))
    with page.expect_navigation():
        page.locator("button.grip").first.drag_to(page.locator(f"[data-lane='{lane.pk}']"))
    assert "goes from lane A to lane B" in page.content()
