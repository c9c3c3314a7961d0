"""Lists of the inventory: what is found, by whom, in which order, at what cost; the same in CSV."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from products.actions.boundaries import use_standard
from products.actions.links import enable_service, manage_application
from products.actions.products import register_product
from products.models import Product
from records.identity import new_id
from tests.products.landscape import (
    a_capability,
    a_portfolio,
    a_program,
    a_service,
    a_standard,
    an_application,
)

LISTS = [
    "/en/products/",
    "/en/portfolios/",
    "/en/programs/",
    "/en/services/",
    "/en/capabilities/",
    "/en/applications/",
    "/en/standards/",
]
MAKERS = [a_portfolio, a_program, a_service, a_capability, an_application, a_standard]


def product(cast, code, name_en="", name_fr="", **values):
    values = {"level": "cio", "orientation": "internal", "sponsoring_branch": cast.branch} | values
    return register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code=code,
        name_en=name_en or code,
        name_fr=name_fr or code,
        **values,
    )


def many_products(cast, count):
    """Rows as an import would leave them, written at once because only their number matters here."""
    rows = [
        Product(
            id=new_id(),
            department=cast.department,
            sponsoring_branch=cast.branch,
            code=f"N{number:05}",
            version=1,
            name_en=f"Product {number}",
            name_fr=f"Produit {number}",
            level="cio",
            orientation="internal",
        )
        for number in range(count)
    ]
    for row in rows:
        row.head_id = row.pk
    QuerySet.bulk_create(Product.objects.all(), rows, batch_size=500)


def text_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_list_shows_what_matters_of_a_product(cast, client_of):
    text = text_of(client_of("colleague"), "/en/products/")
    assert "Job Seeker Account" in text
    assert cast.head_of_product.name in text
    assert "One product" in text


@pytest.mark.parametrize("url", LISTS)
def test_stranger_finds_nothing_in_lists_counts_search_or_export(cast, client_of, url):
    for make in MAKERS:
        make(cast, "SECRET-1")
    client = client_of("stranger")
    for query in ("", "?q=SECRET", "?q=Job", "?format=csv", f"?department={cast.department.pk}", "?department=all"):
        text = text_of(client, url + query)
        assert "SECRET" not in text.replace("q=SECRET", "").replace('value="SECRET"', "").replace("Search: SECRET", "")
        assert "Job Seeker" not in text


def test_stranger_finds_no_page_of_an_entry(cast, client_of):
    client, names = (
        client_of("stranger"),
        ["portfolios", "programs", "services", "capabilities", "applications", "standards"],
    )
    entries = [make(cast) for make in MAKERS]
    assert [client.get(f"/en/{name}/{entry.pk}/").status_code for name, entry in zip(names, entries, strict=True)] == [
        404
    ] * 6
    assert client_of("colleague").get(f"/en/services/{entries[2].pk}/").status_code == 200


def test_search_knows_no_accents_and_no_capitals(cast, client_of):
    product(cast, "EDU", "Learning", "Éducation et élèves")
    text = text_of(client_of("colleague"), "/fr/products/?q=ELEVES+education")
    assert "Éducation et élèves" in text
    assert "Compte du chercheur" not in text


def test_names_are_sorted_in_the_reader_s_language(cast, client_of):
    product(cast, "A1", "Zebra", "Abeille")
    product(cast, "A2", "Apple", "Éclair")
    text = text_of(client_of("colleague"), "/fr/products/?sort=name")
    assert text.index("Abeille") < text.index("Compte du") < text.index("Éclair")


@pytest.mark.parametrize("url", LISTS)
def test_sort_off_the_list_is_a_bad_request(cast, client_of, url):
    assert client_of("colleague").get(f"{url}?sort=department__code").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "phase=flying",
        "branch=x",
        "portfolio=3",
        "page=zz",
        "q=%00",
        "department=x",
        "level=&page=-4",
        "q=" + "a" * 500,
        "heads=maybe",
    ],
)
def test_impossible_filters_never_break_the_list(cast, client_of, query):
    assert client_of("oversight").get(f"/en/products/?{query}").status_code == 200


def test_filters_narrow_the_list(cast, client_of):
    product(cast, "OTHER", parent=cast.product)
    client = client_of("portfolio_manager")
    assert ">OTHER<" not in text_of(client, "/en/products/?heads=on")
    assert ">OTHER<" in text_of(client, "/en/products/?heads=")
    assert "No product matches" in text_of(client, "/en/products/?phase=retire")
    assert ">OTHER<" in text_of(client_of("product_manager"), "/en/products/?mine=on")
    assert "No product matches" in text_of(client_of("colleague"), "/en/products/?mine=on")


def test_csv_holds_the_filtered_rows_and_no_formula(cast, client_of):
    product(cast, "FORMULA", "=1+1", "=1+1")
    text = text_of(client_of("colleague"), "/en/products/?format=csv&q=formula")
    assert "'=1+1" in text
    assert "JSA" not in text
    assert "Responsable de produit" in text_of(client_of("colleague"), "/fr/products/?format=csv")


@pytest.mark.parametrize("url", ["/en/products/", "/en/services/"])
def test_list_costs_the_same_for_ten_and_a_thousand_rows(cast, client_of, url):
    for number in range(3):
        a_service(cast, f"S-{number}")
        product(cast, f"P-{number}")
    client = client_of("product_manager")
    few = queries(client, url)
    many_products(cast, 1000)
    for number in range(10, 60):
        a_service(cast, f"S-{number}")
    assert queries(client, url) == few
    assert few <= 8 + 4


def test_service_page_names_the_products_that_enable_it(cast, client_of):
    service = a_service(cast)
    enable_service(product=cast.product, service=service, by=cast.product_manager)
    client = client_of("colleague")
    assert "One product enables it" in text_of(client, f"/en/services/{service.pk}/")
    assert "One product enables them" in text_of(client, f"/en/programs/{service.program_id}/")


def test_application_and_standard_pages_say_who_has_them(cast, client_of):
    application, standard = an_application(cast), a_standard(cast, state="retirement")
    manage_application(product=cast.product, application=application, by=cast.product_manager)
    use_standard(product=cast.product, standard=standard, by=cast.it_manager)
    client = client_of("colleague")
    assert "One product team manages it" in text_of(client, f"/en/applications/{application.pk}/")
    assert "No plan" in text_of(client, f"/en/standards/{standard.pk}/")


def test_capability_model_stands_as_a_tree(cast, client_of):
    top = a_capability(cast, "C-1")
    below = a_capability(cast, "C-1-1", parent=top)
    text = text_of(client_of("colleague"), "/en/capabilities/tree/")
    assert text.index("C-1 in English") < text.index("C-1-1 in English")
    assert "C-1 in English" in text_of(client_of("colleague"), f"/en/capabilities/{below.pk}/")
    assert a_portfolio(cast).name in text_of(client_of("colleague"), "/en/portfolios/")


@pytest.mark.parametrize("url", ["/en/services/xyz/", "/en/services/3f1c2d68-0000-4000-8000-000000000000/"])
def test_malformed_or_unknown_key_is_not_found(client_of, url):
    assert client_of("colleague").get(url).status_code == 404
