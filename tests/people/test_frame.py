"""The frame around every page: where one is, the other language, what is shown only to whom it concerns."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import escape

from people.frame import frame, main_place
from people.language import switched
from people.models import Notice
from people.templatetags.pages import page_numbers, problems, status
from records import clock
from tests.pages import tight

pytestmark = pytest.mark.django_db


class Pages:
    """Just enough of a page of a paginator."""

    def __init__(self, number, pages):
        self.number = number
        self.paginator = type("Paginator", (), {"num_pages": pages})


@pytest.mark.parametrize(
    ("path", "place"),
    [("/en/", "home"), ("/fr/products/JSA/brief/", "products"), ("/en/account/", "account"), ("/", "home")],
)
def test_main_place_is_the_first_word_of_the_address(path, place):
    assert main_place(RequestFactory().get(path)) == place


def test_the_place_in_the_navigation_is_marked(client_of):
    page = client_of("colleague").get("/en/account/").content.decode()
    assert '<a href="/en/account/" aria-current="true">' in page


def test_only_administrators_see_the_administration(client_of):
    assert 'href="/en/admin/"' in client_of("admin").get("/en/account/").content.decode()
    assert 'href="/en/admin/"' not in client_of("colleague").get("/en/account/").content.decode()


def test_the_other_language_keeps_page_and_query(client_of):
    page = tight(client_of("colleague").get("/en/account/?a=1&b=2").content.decode())
    assert 'href="/fr/account/?a=1&amp;b=2" lang="fr" hreflang="fr"' in page


def test_signing_out_is_a_form(client_of):
    page = client_of("colleague").get("/en/account/").content.decode()
    assert '<form method="post" action="/en/account/logout/">' in page


def test_strangers_see_no_navigation(client):
    page = client.get("/en/account/login/").content.decode()
    assert 'aria-label="Main"' not in page
    assert "session-warning" not in page


def test_the_frame_costs_few_queries(client_of, django_assert_max_num_queries):
    client = client_of("colleague")
    client.get("/en/about/")
    with django_assert_max_num_queries(4):
        client.get("/en/about/")


def test_unread_notices_are_counted_for_their_person_only(cast):
    from people.frame import frame

    request = RequestFactory().get("/en/")
    Notice.objects.create(person=cast.sponsor, kind="x", text_en="A", text_fr="B", path="/", at=clock.now())
    request.user = cast.sponsor
    assert frame(request)["unread_notices"]() == 1
    request.user = cast.colleague
    assert frame(request)["unread_notices"]() == 0


def test_the_language_button_leads_to_the_same_page_after_the_draft_is_kept():
    with translation.override("en"):
        request = RequestFactory().post("/en/account/?x=1", {"switch_language": "fr"})
        assert switched(request) == "/fr/account/?x=1"
        assert switched(RequestFactory().post("/en/account/", {"switch_language": "//evil.example"})) is None
        assert switched(RequestFactory().post("/en/account/")) is None


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, [1]), (1, 7, [1, 2, 3, 0, 7]), (4, 7, [1, 2, 3, 4, 5, 6, 7]), (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9])],
)
def test_page_numbers_leave_gaps_where_they_are_many(number, pages, shown):
    assert page_numbers(Pages(number, pages)) == shown


def test_a_state_is_a_shape_and_a_word():
    drawn = status("alert", "Late <b>")
    assert 'class="state state-alert"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "Late &lt;b&gt;" in drawn


def test_the_foot_shows_the_version_of_the_site_whatever_the_page_calls_version(settings):
    html = render_to_string("components/about.html", {"site_version": settings.VERSION, "version": "another"})
    assert f"Version {settings.VERSION}" in html


def test_problem_in_djangos_words_names_its_field_away_from_it():
    class Errand(forms.Form):
        place = forms.CharField(label="Place")

    assert problems(Errand({})) == [{"text": "Place: this field is required.", "target": "id_place"}]

    class Journey(forms.Form):
        day = forms.DateField(label="Day of departure")

    assert problems(Journey({"day": "2022-13-01"}))[0]["text"] == "Day of departure: enter a valid date."


def test_unread_notices_can_be_counted_by_any_plural(cast, rf):
    request = rf.get("/fr/")
    request.user = cast.colleague
    words = "{% blocktranslate count n=unread_notices %}one{% plural %}{{ n }} never translated{% endblocktranslate %}"
    with translation.override("fr"):
        assert Template(words).render(Context(frame(request))) == "0 never translated"


@pytest.mark.parametrize(
    ("text", "page", "marked"),
    [
        ("Le risque est connu et la relève est prête.", "en", True),
        ("The risk is known and the relief is ready.", "en", False),
        ("The risk is known <b>and</b> the relief is ready.", "fr", True),
        ("CHG-26-2257", "fr", False),
    ],
)
def test_own_words_carry_their_language_where_it_is_not_the_pages(text, page, marked):
    with translation.override(page):
        told = Template("{{ text|own_words }}").render(Context({"text": text}))
    assert told == (f'<span lang="{"fr" if page == "en" else "en"}">{escape(text)}</span>' if marked else escape(text))
