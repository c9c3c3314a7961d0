"""Pages of one product: links, strategy, budget, boundaries; by form, right and wrong, for whom they are."""

from decimal import Decimal

import pytest

from products.actions.boundaries import use_standard
from products.actions.budget import add_budget_line
from products.actions.links import depend_on, enable_service
from products.actions.strategy import publish_strategy, save_strategy_draft
from products.models import BudgetLine, ProductStrategy, ServiceEnabled, ValueStreamStage
from tests.products.landscape import a_funding_source, a_service, a_standard
from tests.products.test_inventory_actions import TEXTS, another

PLACE, STRATEGY = "/en/products/JSA/place/", "/en/products/JSA/strategy/"
BUDGET, BOUNDARIES = "/en/products/JSA/budget/", "/en/products/JSA/boundaries/"
PAGES = [PLACE, STRATEGY, BUDGET, BOUNDARIES]


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_empty_pages_say_what_is_missing(client_of, page, language):
    assert "JSA" in text_of(client_of("colleague"), page.replace("/en/", f"/{language}/"))


@pytest.mark.parametrize(
    "page", [*PAGES, f"{PLACE}add/service/", f"{STRATEGY}write/", f"{BUDGET}add/", "/en/products/JSA/standards/add/"]
)
def test_stranger_finds_none_of_them(client_of, page):
    assert client_of("stranger").get(page).status_code == 404


@pytest.mark.parametrize(
    "page", [f"{PLACE}add/service/", f"{STRATEGY}write/", f"{BUDGET}add/", "/en/products/JSA/assessments/add/"]
)
def test_colleague_is_refused_with_the_reason(client_of, page):
    assert "It is for" in text_of(client_of("colleague"), page, 403)


def test_service_is_added_and_removed_by_form(cast, client_of):
    client, service = client_of("product_manager"), a_service(cast)
    assert (
        client.post(f"{PLACE}add/service/", {"service-service": service.pk, "service-reason": "It does"}).status_code
        == 303
    )
    link = ServiceEnabled.objects.get()
    assert "It enables one service" in text_of(client, PLACE)
    assert client.post(f"{PLACE}service/{link.pk}/remove/", {"reason": ""}).status_code == 422
    assert client.post(f"{PLACE}service/{link.pk}/remove/", {"reason": "No longer"}).status_code == 303
    assert not ServiceEnabled.objects.exists()


@pytest.mark.parametrize("kind", ["nonsense", "STAGE", "product"])
def test_unknown_kind_of_link_is_not_found(client_of, kind):
    client = client_of("product_manager")
    assert client.get(f"{PLACE}add/{kind}/").status_code == 404
    assert client.get(f"{PLACE}{kind}/3f1c2d68-0000-4000-8000-000000000000/remove/").status_code == 404


def test_entry_of_another_department_cannot_be_chosen(cast, client_of):
    foreign = a_service(cast, "F-1", department=cast.other_department)
    answer = client_of("product_manager").post(f"{PLACE}add/service/", {"service-service": foreign.pk})
    assert answer.status_code == 422


def test_dependencies_read_both_ways(cast, client_of):
    other = another(cast, "PAY")
    depend_on(
        product=cast.product, needs=other, for_what_en="payments", for_what_fr="paiements", by=cast.product_manager
    )
    client = client_of("colleague")
    assert "It depends on one product" in text_of(client, PLACE)
    assert "It is used by" in text_of(client, "/en/products/PAY/place/")


def test_stages_of_a_departmental_product_use_cio_products(cast, client_of):
    another(cast, "BENEFIT", level="departmental", orientation="")
    client, page = client_of("portfolio_manager"), "/en/products/BENEFIT/place/"
    assert client.post(f"{page}add/stage/", {"stage-name_en": "Apply", "stage-name_fr": "Demander"}).status_code == 303
    stage = ValueStreamStage.objects.get()
    assert client.post(f"{page}add/use/", {"use-stage": stage.pk, "use-used": cast.product.pk}).status_code == 303
    assert "Job Seeker Account" in text_of(client, page)
    values = {"name_en": "Apply online", "name_fr": "Demander", "position": 1, "version": 1}
    assert client.post(f"/en/products/BENEFIT/stages/{stage.pk}/", values).status_code == 303
    assert client.post(f"/en/products/BENEFIT/stages/{stage.pk}/remove/", {"reason": "Merged"}).status_code == 303


def test_strategy_is_written_published_and_compared(cast, client_of):
    client = client_of("product_manager")
    assert client.post(f"{STRATEGY}write/", TEXTS | {"version": 0}).status_code == 303
    assert "why en" not in text_of(client_of("colleague"), STRATEGY)
    assert client.post(f"{STRATEGY}publish/", {"version": 1}).status_code == 303
    assert "why en" in text_of(client_of("colleague"), STRATEGY)
    client.post(f"{STRATEGY}write/", TEXTS | {"why_en": "another why", "version": 0})
    assert "<ins>another</ins>" in text_of(client, f"{STRATEGY}1/2/")
    assert client_of("colleague").get(f"{STRATEGY}1/2/").status_code == 404


def test_strategy_with_a_gap_is_not_published(cast, client_of):
    draft = save_strategy_draft(product=cast.product, by=cast.product_manager, why_en="Only this")
    client = client_of("product_manager")
    assert "Still empty" in text_of(client, f"{STRATEGY}publish/")
    assert client.post(f"{STRATEGY}publish/", {"version": draft.version}).status_code == 422
    assert ProductStrategy.objects.get().state == "draft"


def test_two_writers_of_a_strategy_lose_nothing(cast, client_of):
    save_strategy_draft(product=cast.product, by=cast.head_of_product, **TEXTS)
    answer = client_of("product_manager").post(f"{STRATEGY}write/", TEXTS | {"why_en": "Mine", "version": 0})
    assert answer.status_code in (409, 422)
    assert "Mine" in answer.content.decode()


@pytest.mark.parametrize("page", ["9/", "publish/", "1/2/", "99999999999999999999/"])
def test_strategy_that_is_not_there_is_not_found(cast, client_of, page):
    assert client_of("product_manager").get(STRATEGY + page).status_code == 404


def test_member_of_a_family_has_no_strategy_and_no_budget(cast, client_of):
    another(cast, "JSA-API", parent=cast.product)
    client = client_of("colleague")
    assert [
        client.get(f"/en/products/JSA-API/{page}/").status_code for page in ("strategy", "budget", "boundaries")
    ] == [404, 404, 200]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,250,000.50", "1250000.50"),
        ("1 250 000,50 $", "1250000.50"),
        ("$900", "900"),
        ("1,250", "1250"),
        ("12,5", "12.5"),
    ],
)
def test_amounts_are_read_as_either_language_writes_them(cast, client_of, typed, amount):
    values = {"fiscal_year": 2026, "source": a_funding_source(cast).pk, "kind": "cloud", "planned": typed}
    assert client_of("cfo").post(f"{BUDGET}add/", values).status_code == 303
    assert BudgetLine.objects.get().planned == Decimal(amount)


@pytest.mark.parametrize(
    "values",
    [
        {"planned": "-1"},
        {"planned": "much"},
        {"planned": "9" * 20},
        {"fiscal_year": "1066"},
        {"fiscal_year": "x"},
        {"kind": "gold"},
        {"actual": "5"},
        {"actual_to": "2026-02-31"},
    ],
)
def test_impossible_budget_is_named_and_kept(cast, client_of, values):
    base = {
        "fiscal_year": 2026,
        "source": a_funding_source(cast).pk,
        "kind": "cloud",
        "planned": "10",
        "reason": "Typed with care",
    }
    answer = client_of("cfo").post(f"{BUDGET}add/", base | values)
    assert answer.status_code == 422
    assert "Typed with care" in answer.content.decode()


def test_budget_says_what_is_not_reported(cast, client_of):
    add_budget_line(
        product=cast.product,
        by=cast.cfo,
        fiscal_year=2026,
        source=a_funding_source(cast),
        kind="cloud",
        planned=Decimal(1250000),
    )
    assert "$1,250,000" in text_of(client_of("colleague"), BUDGET)
    assert "1\u00a0250\u00a0000\u00a0$" in text_of(client_of("colleague"), BUDGET.replace("/en/", "/fr/"))
    assert "$0" not in text_of(client_of("colleague"), BUDGET)


def test_standard_to_leave_is_a_warning_until_there_is_a_plan(cast, client_of):
    use = use_standard(product=cast.product, standard=a_standard(cast, state="containment"), by=cast.it_manager)
    client = client_of("it_manager")
    assert "One technology standard must be left and has no plan" in text_of(client, BOUNDARIES)
    values = {"plan_en": "Replace it", "plan_fr": "La remplacer", "leave_by": "2027-03-31", "version": use.version}
    assert client.post(f"/en/products/JSA/standards/{use.pk}/", values).status_code == 303
    assert "has no plan" not in text_of(client, BOUNDARIES)


def test_assessment_is_recorded_by_form(cast, client_of):
    client = client_of("security_champion")
    wrong = client.post("/en/products/JSA/assessments/add/", {"kind": "pia", "state": "approved"})
    assert wrong.status_code == 422
    right = {
        "kind": "pia",
        "state": "approved",
        "reference": "PIA-7",
        "assessed_on": "2026-05-01",
        "next_review_on": "2027-05-01",
    }
    assert client.post("/en/products/JSA/assessments/add/", right).status_code == 303
    assert "PIA-7" in text_of(client, BOUNDARIES)


def test_published_strategy_is_met_on_the_product_page(cast, client_of):
    publish_strategy(
        strategy=save_strategy_draft(product=cast.product, by=cast.product_manager, **TEXTS), by=cast.product_manager
    )
    enable_service(product=cast.product, service=a_service(cast), by=cast.product_manager)
    assert "4 things need attention" in text_of(client_of("colleague"), "/en/products/JSA/")
