"""The pages by which a team keeps its roadmap: what they show, what they refuse, what strangers find."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation

from products.actions.products import register_product
from roadmaps.actions.change_sets import draft_change, move_milestone, reprioritise
from roadmaps.actions.demand import propose_demand
from roadmaps.actions.feedback import keep_feedback
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import record_reading
from roadmaps.actions.projects import register_project, state_expectation
from roadmaps.actions.releases import plan_release
from roadmaps.models import ChangeSet, Milestone, ParallelProject
from roadmaps.placing import Move
from tests.pages import tight

WHY = {"reason_kind": "learned", "reason": "Users asked for the map first."}


@pytest.fixture
def project(cast) -> ParallelProject:
    return register_project(
        department=cast.department,
        by=cast.portfolio_manager,
        code="SRV",
        name_en="Server upgrade",
        name_fr="Mise à niveau des serveurs",
        kind="investment",
        sponsor="A. Sponsor",
        manager="B. Manager",
    )


@pytest.fixture
def full(roadmap, milestone, approved, cast, project):
    """A roadmap with one of everything; returns every address that reads it."""
    by = cast.product_manager
    demand = propose_demand(
        roadmap=roadmap, by=by, title_en="Faster server", title_fr="Serveur rapide", origin="project", project=project
    )
    keep_feedback(roadmap=roadmap, by=by, text="Too slow", language="en", source="Survey")
    state_expectation(
        roadmap=roadmap,
        project=project,
        expected_month=date(2026, 9, 1),
        milestone=milestone,
        by=by,
        what_en="Alerts",
        what_fr="Alertes",
    )
    release = plan_release(
        roadmap=roadmap,
        by=by,
        number="4.1",
        goal_en="Alerts",
        goal_fr="Alertes",
        planned_on=date(2027, 2, 9),
        milestones=[milestone],
    )
    change = reprioritise(roadmap=roadmap, moves=[Move(milestone, months=2)], by=by, **WHY)
    code = cast.product.code
    return {
        "roadmap-detail": [code],
        "roadmap-log": [code],
        "roadmap-plan": [code, 2026],
        "outcome-detail": [code, "A", 1],
        "outcome-pdf": [code, "A", 1],
        "milestone-detail": [code, milestone.pk],
        "change-detail": [code, change.number],
        "release-list": [code],
        "release-detail": [code, release.pk],
        "demand-detail": [code, demand.pk],
        "feedback-list": [code],
        "expectation-list": [code],
        "project-detail": [project.pk],
    }


def addresses(full) -> list[str]:
    return [reverse(name, args=args) for name, args in full.items()]


@pytest.mark.parametrize("reader", ["product_manager", "colleague", "executive"])
def test_pages_show_to_everyone_of_the_department(full, client_of, reader):
    client = client_of(reader)
    assert {address: client.get(address).status_code for address in addresses(full)} == dict.fromkeys(
        addresses(full), 200
    )


def test_pages_are_absent_for_a_stranger(full, client_of):
    client = client_of("stranger")
    assert {client.get(address).status_code for address in addresses(full)} == {404}
    assert "Faster server" not in client.get(reverse("demand-list")).content.decode()
    assert "Server upgrade" not in client.get(reverse("project-list")).content.decode()


def test_pages_speak_french(full, client_of):
    client = client_of("product_manager")
    for address in addresses(full):
        page = client.get(address.replace("/en/", "/fr/"))
        assert page.status_code == 200
        if "pdf" not in address:
            assert '<html lang="fr">' in page.content.decode()


FORMS = [
    "roadmap-change",
    "goal-add",
    "milestone-add",
    "demand-add",
    "feedback-add",
    "expectation-add",
    "project-add-beside",
    "release-add",
]


@pytest.mark.parametrize("name", FORMS)
def test_empty_form_comes_back_with_422_and_changes_nothing(full, client_of, cast, name):
    address = reverse(name, args=[cast.product.code])
    client = client_of("product_manager")
    assert client.get(address).status_code == 200
    sent = {"version": "1", "name_en": "", "horizon_from": "1066"}
    assert client.post(address, sent).status_code == 422


@pytest.mark.parametrize("name", FORMS)
def test_forms_refuse_a_colleague_with_the_reason(full, client_of, cast, name):
    page = client_of("colleague").get(reverse(name, args=[cast.product.code]))
    assert page.status_code == 403
    assert "Product Manager" in page.content.decode()


def test_roadmap_without_rows_says_what_it_is_and_who_opens_it(cast, client_of):
    address = reverse("roadmap-detail", args=[cast.product.code])
    assert "Open the roadmap" in client_of("product_manager").get(address).content.decode()
    assert "Product Manager" in client_of("colleague").get(address).content.decode()


def test_roadmap_opens_by_form(cast, client_of):
    address = reverse("roadmap-open", args=[cast.product.code])
    answer = client_of("product_manager").post(
        address, {"vision_en": "Sooner", "horizon_from": "2026", "horizon_years": "3"}
    )
    assert answer.status_code == 303
    assert client_of("colleague").get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("asked", "status"), [("1850", 404), ("2099", 404)])
def test_year_that_is_not_there_is_404_with_the_years_there_are(full, client_of, cast, asked, status):
    page = client_of("colleague").get(reverse("roadmap-plan", args=[cast.product.code, int(asked)]))
    assert page.status_code == status
    assert reverse("roadmap-plan", args=[cast.product.code, 2026]) in page.content.decode()


@pytest.mark.parametrize(
    ("day", "status"), [("2026-13-45", 422), ("yesterday", 422), ("2030-01-01", 422), ("2020-01-01", 404)]
)
def test_day_that_cannot_be_shown_says_so(full, client_of, cast, day, status):
    page = client_of("colleague").get(reverse("roadmap-detail", args=[cast.product.code]), {"at": day})
    assert page.status_code == status
    assert reverse("roadmap-plan", args=[cast.product.code, 2026]) in page.content.decode()


def test_plan_of_yesterday_still_shows_february_in_both_languages(full, client_of, cast):
    address = reverse("roadmap-plan", args=[cast.product.code, 2026])
    client = client_of("colleague")
    assert "February 2027, planned" in tight(client.get(address, {"at": "2026-11-17"}).content.decode())
    assert "février 2027" in client.get(address.replace("/en/", "/fr/"), {"at": "2026-11-17"}).content.decode().lower()
    assert "carried out" in client.get(address).content.decode()


def test_log_reads_like_a_history(full, client_of, cast):
    page = client_of("colleague").get(reverse("roadmap-log", args=[cast.product.code])).content.decode()
    assert "moved from February 2027 to April 2027 (+2 months, carried out of 2026–\u206027)" in page
    assert WHY["reason"] in page


def test_project_that_expects_otherwise_reads_so(full, client_of, cast):
    page = client_of("colleague").get(reverse("expectation-list", args=[cast.product.code])).content.decode()
    assert "Server upgrade expects 2026-09, roadmap says 2027-04: project to adjust" in page


def test_goal_change_over_a_stale_version_shows_both_texts(goal, client_of, cast):
    address = reverse("goal-change", args=[cast.product.code, "A"])
    first = {"name_en": "One", "name_fr": "Un", "version": goal.version}
    assert client_of("product_owner").post(address, first).status_code == 303
    answer = client_of("product_manager").post(address, {**first, "name_en": "Two"})
    assert answer.status_code == 409
    assert {"One", "Two"} <= set(answer.content.decode().replace(">", "\n").replace("<", "\n").split("\n"))


def test_form_sent_twice_adds_one_goal(roadmap, client_of, cast):
    address = reverse("goal-add", args=[cast.product.code])
    client = client_of("product_manager")
    sent = {"name_en": "One", "name_fr": "Un", "form_token": "a1b2c3"}
    answers = [client.post(address, sent).status_code for _time in range(2)]
    assert answers == [303, 303]
    assert roadmap.goals.count() == 1


def test_draft_of_another_author_is_invisible(roadmap, milestone, client_of, cast):
    draft = draft_change(roadmap=roadmap, by=cast.product_manager)
    move_milestone(change_set=draft, move=Move(milestone, months=1), by=cast.product_manager)
    board = reverse("roadmap-plan", args=[cast.product.code, 2026])
    assert "In your draft" in client_of("product_manager").get(board).content.decode()
    assert "In your draft" not in client_of("product_owner").get(board).content.decode()
    assert (
        "Your draft is empty"
        in client_of("product_owner").get(reverse("change-preview", args=[cast.product.code])).content.decode()
    )


@pytest.mark.parametrize(
    "sent", [{"months": "1"}, {"month": "2027-03-01"}, {"month": "2027-03-01", "year": "2026", "goal": "keep"}]
)
def test_button_and_form_give_the_same_row(roadmap, milestone, client_of, cast, sent):
    client, code = client_of("product_manager"), cast.product.code
    moved = client.post(reverse("milestone-move", args=[code, milestone.pk]), sent)
    assert moved.status_code == 303
    preview = reverse("change-preview", args=[code])
    assert "moved from February 2027 to March 2027 (+1 month)" in client.get(preview).content.decode()
    published = client.post(preview, WHY)
    assert published.status_code == 303
    assert "is published" in client.get(published["Location"]).content.decode()
    found = Milestone.objects.get(pk=milestone.pk)
    assert (found.planned_year, found.month, found.goal_id, found.rank) == (
        2026,
        date(2027, 3, 1),
        milestone.goal_id,
        milestone.rank,
    )


def test_case_of_an_outcome_is_one_page_however_much_serves_it(roadmap, outcome, client_of, cast):
    by = cast.product_manager
    for place in range(24):
        title = {"title_en": f"One of many steps on the way, {place}", "title_fr": f"Un pas sur le chemin, {place}"}
        add_milestone(roadmap=roadmap, by=by, outcomes=[outcome], **title)
    for month in range(1, 11):
        record_reading(outcome=outcome, by=by, read_on=date(2026, month, 1), value=month, source="Survey")
    with translation.override("fr"):
        paper = reverse("outcome-pdf", args=[cast.product.code, "A", 1])
    with pikepdf.open(BytesIO(client_of("product_manager").get(paper).content)) as document:
        assert len(document.pages) == 1


def test_change_is_taken_back_by_button(full, client_of, cast, milestone):
    client = client_of("product_manager")
    answer = client.post(reverse("change-undo", args=[cast.product.code, 1]))
    assert answer.status_code == 303
    assert Milestone.objects.get(pk=milestone.pk).month == date(2027, 2, 1)
    assert client.post(reverse("change-undo", args=[cast.product.code, 1])).status_code == 409


def test_taking_back_is_explained_to_each_reader_in_their_language(full, client_of, cast):
    client, code = client_of("product_manager"), cast.product.code
    undo, log = reverse("change-undo", args=[code, 1]), reverse("roadmap-log", args=[code])
    client.post(undo.replace("/en/", "/fr/"))
    newest = ChangeSet.objects.get(undoes__number=1)
    assert (newest.reason, newest.reason_language) == ("", "")
    assert "Change 1 taken back." in client.get(log).content.decode()
    assert "Changement 1 annulé." in client.get(log.replace("/en/", "/fr/")).content.decode()


def test_empty_year_copies_unfinished_milestones_forward(roadmap, milestone, client_of, cast):
    client, code = client_of("product_manager"), cast.product.code
    board = reverse("roadmap-plan", args=[code, 2027])
    assert "Copy the unfinished milestone of last year forward" in client.get(board).content.decode()
    client.post(reverse("copy-forward", args=[code, 2027]))
    client.post(reverse("change-preview", args=[code]), WHY)
    found = Milestone.objects.get(pk=milestone.pk)
    assert (found.planned_year, found.month) == (2027, None)


def test_malformed_key_is_404(roadmap, client_of, cast):
    client = client_of("product_manager")
    base = reverse("roadmap-detail", args=[cast.product.code])
    for tail in (
        "milestones/not-a-key/",
        "outcomes/A.x/",
        "milestones/00000000-0000-4000-8000-000000000000/",
        "outcomes/Z.9/",
        "log/99/",
    ):
        assert client.get(base + tail).status_code == 404


def test_heading_of_a_planned_release_says_so_once(roadmap, cast, client_of):
    release = plan_release(
        roadmap=roadmap, number="4.0", goal_en="G", goal_fr="B", planned_on=date(2027, 2, 9), by=cast.product_manager
    )
    page = client_of("colleague").get(f"/en/products/JSA/releases/{release.pk}/").content.decode()
    assert "Release 4.0" in page
    assert "planned, planned" not in page


def test_releases_of_a_product_without_roadmap_lead_to_where_one_is_opened(cast, client_of):
    response = client_of("colleague").get("/en/products/JSA/releases/")
    assert (response.status_code, response["Location"]) == (302, "/en/products/JSA/roadmap/")


def test_a_past_day_shows_no_demand_and_no_order_of_today(full, client_of):
    address = reverse("roadmap-detail", args=["JSA"])
    today, past = (client_of("product_owner").get(f"{address}{at}").content.decode() for at in ("", "?at=2026-11-01"))
    for said in ("What others ask and expect", "confirmed the order"):
        assert (said in today, said in past) == (True, False)


def test_history_tells_of_which_member_a_release_is(roadmap, cast, client_of):
    below = register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code="JSA-API",
        name_en="Interface",
        name_fr="Interface",
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        parent=cast.product,
    )
    for product, number in ((cast.product, "1.0"), (below, "1.0")):
        plan_release(
            roadmap=roadmap, product=product, by=cast.product_owner, number=number, goal_en="G", goal_fr="B",
            planned_on=date(2026, 12, 1),
        )  # fmt: skip
    text = client_of("colleague").get(reverse("product-history", args=["JSA"])).content.decode()
    assert "planned the release 1.0 (JSA-API)" in text
    assert "planned the release 1.0<" in text
