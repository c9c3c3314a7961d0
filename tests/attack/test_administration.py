"""Hostile questions to the administration: refused or answered with nothing, never a failing server, never a trace (S-10)."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.attack.everything import governed_rows

pytestmark = pytest.mark.django_db
# Each list has its own search, filters and columns: what reaches those is asked of every list.
QUERIES = [
    "q=%00",
    "o=99.-99.x.1.1.1",
    "is_active__exact=zzz",
    "pk__in=a,b,c",
]
# What all lists answer by the same code is dealt out among them: each question meets one list in sixteen, and all of them in
# `make security`.
QUERIES_IN_TURN = [
    "p=99999999999999999999",
    "q=%FF%FE",
    "department__id__exact=%00",
    "at__year=99999999999999999999",
    "owner__password__startswith=a",
    "password__startswith=pbkdf2",
    "department__people__password__startswith=a",
    "p=-1",
    "p=%00",
    "q=" + "x%20" * 3_000,
    "o=%00",
    "e=1",
    "all=",
    "all=1&list_filter=1",
    "_facets=1&_popup=1&_to_field=password",
    "_to_field=password",
    "is_active__exact=%00",
    "department__id__exact=zzz",
    "starts_on__gte=9999-99-99",
    "at__year=10000",
    "starts_on__year=99999999999999999999",
    "id__regex=(a%2B)%2B%24",
    "name_en__isnull=zzz",
    "_changelist_filters=" + "%25" * 500,
]
KEYS = ["a_00b", "00000000-0000-0000-0000-000000000000"]
KEYS_IN_TURN = ["%FF", "9" * 60, "zzz", "0", "-1", "_00", "_2F", "_22_27", "\u202e", "x" * 3_000]
TURNS = 16
ONLY_MADE_BY_ACTS = {
    f"{model._meta.label}"
    for model, page in admin.site._registry.items()
    if not any((url.name or "").endswith("_add") for url in page.get_urls())
}
PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)


def dealt(in_turn, model):
    """This page's share of what is asked in turn."""
    return in_turn[PAGES.index(model) % TURNS :: TURNS]


def everything(in_turn, model):
    return in_turn


SHARES = pytest.mark.parametrize("share", [dealt, pytest.param(everything, marks=pytest.mark.cross)])


def base(model):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


@SHARES
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_no_question_to_a_list_fails_the_server(town, as_, model, share):
    address, before = reverse(f"{base(model)}_changelist"), governed_rows()
    questions = [*QUERIES, *share(QUERIES_IN_TURN, model)]
    found = {query[:60]: as_("admin").get(f"{address}?{query}").status_code for query in questions}
    assert {query: status for query, status in found.items() if status >= 500} == {}
    assert governed_rows() == before


@SHARES
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_no_key_fails_the_server(town, as_, model, share):
    before, found = governed_rows(), {}
    for kind in ("change", "history"):
        for key in [*KEYS, *share(KEYS_IN_TURN, model)]:
            address = reverse(f"{base(model)}_change", args=["KEY"]).replace("KEY/change", f"{key}/{kind}")
            found[kind, key[:20]] = as_("admin").get(address).status_code
            found[kind, "sent", key[:20]] = as_("admin").post(address, {"_save": "1", "version": "\x00"}).status_code
    assert {asked: status for asked, status in found.items() if status >= 500} == {}
    assert governed_rows() == before


NONSENSE = ["a\x00b", "9" * 400, "\u202e", "x" * 100_000, "[]", "-1"]


def half(nonsense, model):
    return nonsense[PAGES.index(model) % 2 :: 2]


@pytest.mark.parametrize("share", [half, pytest.param(everything, marks=pytest.mark.cross)])
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_no_form_fails_the_server(town, as_, model, share):
    keys = [(), model._base_manager.values_list("pk").first()]
    pages = [reverse(f"{base(model)}_{name}", args=key) for name, key in zip(("add", "change"), keys, strict=True)
             if key is not None and (key or model._meta.label not in ONLY_MADE_BY_ACTS)]  # fmt: skip
    for nonsense in share(NONSENSE, model):
        fields = {field.name: nonsense for field in model._meta.concrete_fields}
        for address in pages:
            assert as_("admin").post(address, fields).status_code < 500, (address, nonsense[:20])


LOOKUPS = [
    "",
    "app_label=people&model_name=person&field_name=password&term=a",
    "app_label=%00&model_name=%00&field_name=%00",
    "term=%00&app_label=products&model_name=product&field_name=department",
    "page=99999999999999999999&app_label=products&model_name=product&field_name=department",
]


@pytest.mark.parametrize("query", LOOKUPS)
def test_lookups_answer_only_what_a_form_asks(town, as_, query):
    answer = as_("admin").get(f"/en/admin/autocomplete/?{query}")
    assert answer.status_code in (200, 400, 403, 404)
    assert answer.status_code == 200 or "results" not in answer.content.decode()


PEEKING = [
    "owner__password__startswith=a",
    "password__startswith=p",
    "department__people__password=a",
    "password__regex=a",
]


@pytest.mark.parametrize("query", PEEKING)
def test_passwords_cannot_be_asked_for_by_their_beginning(town, as_, query):
    answer = as_("admin").get(f"/en/admin/people/person/?{query}")
    assert answer.status_code in (302, 400)
