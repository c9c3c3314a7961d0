"""The machinery of list pages: what the address asks for is what is shown, and nothing else."""

import csv
import io

import django_filters
import pytest
from django.core.exceptions import BadRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from people.actions.organisation import register_branch
from people.actions.saved_views import choose_view, delete_view, save_view
from people.listing import Column, Listing, by_name, cell
from people.models import Branch, BranchKind, DefaultView, SavedView
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Refused

pytestmark = pytest.mark.django_db


class BranchFilters(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=BranchKind.choices, label="Kind")
    name = django_filters.CharFilter(field_name="name_en", lookup_expr="icontains", label="Name")

    class Meta:
        model = Branch
        fields = ["kind", "name"]


COLUMNS = [Column("Name", "name"), Column("Acronym", lambda branch: branch.acronym)]


@pytest.fixture
def listing(cast):
    def make(query="", person=None, **values):
        request = RequestFactory().get(f"/en/branches/?{query}")
        request.user = person or cast.colleague
        values = {"filters": BranchFilters, "default_sort": "name", "columns": COLUMNS, **values}
        rows = Branch.objects.filter(department=cast.department)
        return Listing(request, rows, name="branches", sorts={"name": by_name("name"), "acronym": "acronym"}, **values)

    return make


def add_branch(cast, name, number=0, **values):
    values = {"name_fr": name, "kind": BranchKind.PROGRAM, **values}
    return register_branch(department=cast.department, acronym=f"B{number}", name_en=name, by=SYSTEM, **values)


def test_names_are_sorted_by_the_reader_s_language_whatever_the_accents(cast, listing):
    add_branch(cast, "zebra", 1, name_fr="École")
    add_branch(cast, "Apple", 2, name_fr="Zèbre")
    english = [branch.name_en for branch in listing().page if branch.acronym in ("B1", "B2")]
    with translation.override("fr"):
        french = [branch.name_fr for branch in listing("sort=-name").page if branch.acronym in ("B1", "B2")]
    assert english == ["Apple", "zebra"]
    assert french == ["Zèbre", "École"]


def test_a_sort_that_is_not_offered_is_a_bad_request(listing):
    with pytest.raises(BadRequest):
        listing("sort=department__people__password")


def test_pages_of_fifty_know_where_they_are(cast, listing):
    for number in range(60):
        add_branch(cast, f"Branch {number:02}", number)
    shown = listing("page=2&kind=program", page_size=50)
    text = render_to_string("components/_pagination.html", {"page": shown.page, "request": shown.request})
    assert "51–61 of 61" in text
    assert shown.where == "page 2 of 2"
    assert 'href="?kind=program&amp;page=1"' in text


def test_each_filter_that_is_on_can_be_removed(listing):
    shown = listing("kind=program&kind=it&name=branch&page=3&sort=acronym&owner__password=x")
    said = {(chip.label, chip.value): chip.address for chip in shown.chips}
    assert len(said) == 3
    assert said[("Name", "branch")].startswith("?kind=program&kind=it&sort=acronym")
    assert all("page=" not in address for address in said.values())


def test_queries_do_not_grow_with_rows(cast, listing, django_assert_num_queries):
    for number in range(20):
        add_branch(cast, f"Branch {number:02}", number)
    with django_assert_num_queries(3):
        shown = listing("kind=program")
        assert len(list(shown.page)) == 21
        assert shown.views == []


def test_csv_has_every_filtered_row_in_the_reader_s_language(cast, listing):
    for number in range(55):
        add_branch(cast, f"Branch {number:02}", number, name_fr=f"Direction {number:02}")
    add_branch(cast, "=HYPERLINK(1)", 99, name_fr="=HYPERLINK(1)")
    with translation.override("fr"):
        content = b"".join(listing("kind=program&format=csv&page=2").answer("branches")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["Name", "Acronym"]
    assert len(rows) == 1 + 57
    assert ["'=HYPERLINK(1)", "B99"] in rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\x00=1"])
def test_cells_are_never_formulas(text):
    assert cell(text).startswith("'")


def test_numbers_stay_numbers():
    assert cell(-5) == -5
    assert cell(None) == ""


def test_head_shows_filters_chips_and_count(cast, listing):
    shown = listing("kind=it&sort=acronym")
    html = render_to_string("components/list_head.html", {"listing": shown, "request": shown.request})
    assert 'name="kind"' in html
    assert "Clear all filters" in html
    assert "1 of 1" in html
    assert "format=csv" in html


def test_shared_views_reach_the_department_and_no_further(cast, listing):
    save_view(by=cast.sponsor, page="branches", name="IT only", query="kind=it", is_shared=True)
    save_view(by=cast.sponsor, page="branches", name="Mine", query="kind=program")
    assert [view.name for view in listing(person=cast.colleague).views] == ["IT only"]
    assert [view.name for view in listing(person=cast.sponsor).views] == ["IT only", "Mine"]
    assert listing(person=cast.stranger).views == []


def test_saving_under_the_same_name_replaces(cast):
    save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it")
    save_view(by=cast.sponsor, page="branches", name=" IT ", query="kind=it&sort=acronym")
    assert SavedView.objects.get().query == "kind=it&sort=acronym"
    assert AuditEvent.objects.filter(event="view saved").count() == 2


def test_only_the_owner_deletes_a_view(cast):
    view = save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it", is_shared=True)
    with pytest.raises(Refused, match="Sponsor"):
        delete_view(view=view, by=cast.colleague)
    delete_view(view=view, by=cast.sponsor)
    assert not SavedView.objects.exists()


def test_list_opens_with_the_view_its_reader_chose_until_it_is_cleared(cast, listing):
    view = save_view(by=cast.sponsor, page="branches", name="IT only", query="kind=it", is_shared=True)
    choose_view(view=view, by=cast.colleague)
    assert listing(person=cast.colleague).answer("branches")["Location"] == "/en/branches/?kind=it"
    assert listing(person=cast.sponsor).answer("branches") is None
    shown = listing("kind=it", person=cast.colleague)
    assert shown.answer("branches") is None
    assert shown.clear_address == shown.chips[0].address == "?view=all"
    whole = listing("view=all", person=cast.colleague)
    assert (whole.answer("branches"), whole.query) == (None, "")


def test_another_choice_replaces_the_first_and_can_be_taken_back(cast, listing):
    first = save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it")
    second = save_view(by=cast.sponsor, page="branches", name="Programs", query="kind=program")
    for view in (first, second):
        choose_view(view=view, by=cast.sponsor)
    assert listing(person=cast.sponsor).default_view == second
    choose_view(view=first, by=cast.sponsor, is_default=False)
    assert listing(person=cast.sponsor).default_view == second
    choose_view(view=second, by=cast.sponsor, is_default=False)
    assert listing(person=cast.sponsor).default_view is None
    assert AuditEvent.objects.filter(event="view chosen for opening").count() == 4


def test_chosen_view_that_is_deleted_or_no_longer_shared_opens_nothing(cast, listing):
    view = save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it", is_shared=True)
    choose_view(view=view, by=cast.colleague)
    save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it")
    assert listing(person=cast.colleague).answer("branches") is None
    view.refresh_from_db()
    with pytest.raises(Refused, match="not shared"):
        choose_view(view=view, by=cast.colleague)
    delete_view(view=view, by=cast.sponsor)
    assert not DefaultView.objects.exists()


def test_view_in_an_order_the_list_no_longer_has_does_not_shut_the_list(cast, listing):
    view = save_view(by=cast.sponsor, page="branches", name="Old", query="sort=colour")
    choose_view(view=view, by=cast.sponsor)
    assert listing(person=cast.sponsor).answer("branches") is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_view_is_chosen_and_taken_back_from_the_list(cast, client_of, language):
    client, path = client_of("sponsor"), f"/{language}/programs/"
    given = {"page": "program-list", "name": "All", "query": "department=all", "back": path}
    client.post(f"/{language}/views/", given)
    view = SavedView.objects.get()
    choose = f"/{language}/views/{view.pk}/choose/"
    assert choose in client.get(f"{path}?department=all").content.decode()
    client.post(choose, {"page": "program-list", "back": path, "on": "1"})
    assert client.get(path)["Location"] == f"{path}?department=all"
    client.post(choose, {"page": "program-list", "back": path})
    assert client.get(path).status_code == 200
    assert client_of("stranger").post(choose, {"page": "program-list", "back": path}).status_code == 404


def test_view_can_be_saved_and_chosen_at_once(cast, client_of):
    given = {"page": "branches", "name": "IT", "query": "kind=it", "back": "/en/", "is_default": "on"}
    client_of("sponsor").post("/en/views/", given)
    assert DefaultView.objects.get().person == cast.sponsor


def test_view_page_saves_and_goes_back_to_the_list(cast, client_of):
    answer = client_of("sponsor").post(
        "/en/views/", {"page": "branches", "name": "IT", "query": "kind=it", "back": "/en/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/en/?kind=it")


def test_view_page_never_leaves_the_site(cast, client_of):
    answer = client_of("sponsor").post("/en/views/", {"page": "branches", "name": "IT", "back": "//evil.example/"})
    assert answer["Location"].startswith("/en/")


def test_view_without_a_name_keeps_the_rest_and_says_so(cast, client_of):
    answer = client_of("sponsor").post("/fr/views/", {"page": "branches", "query": "kind=it", "back": "/fr/"})
    assert answer.status_code == 422
    assert 'value="kind=it"' in answer.content.decode()


def test_a_stranger_cannot_delete_what_they_cannot_see(cast, client_of):
    view = save_view(by=cast.sponsor, page="branches", name="IT", query="kind=it", is_shared=True)
    path = f"/en/views/{view.pk}/delete/"
    assert client_of("stranger").post(path, {"page": "branches", "back": "/en/"}).status_code == 404
    assert client_of("colleague").post(path, {"page": "branches", "back": "/en/"}).status_code == 403
    assert client_of("sponsor").post(path, {"page": "branches", "back": "/en/"}).status_code == 302
