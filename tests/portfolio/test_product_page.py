"""The product page and its history: what stands there, for whom, in which language, at what cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.actions.declared import declare_month
from people.actions.reference import save_reference
from portfolio.views.product import RECENT
from products.actions.budget import add_budget_line, change_budget_line
from products.actions.links import enable_service, remove_link
from products.actions.products import register_product
from products.actions.strategy import save_strategy_draft
from products.models import BriefVersion, FundingSource
from records import clock
from records.actors import SYSTEM
from records.acts import performing
from records.events import DOCUMENT_SEALED
from records.trail import record
from tests.governance.deciding import stand
from tests.pages import tight
from tests.products.landscape import a_service

PAGE, HISTORY = "/en/products/JSA/", "/en/products/JSA/history/"


def publish_a_brief(product, number=1):
    BriefVersion.objects.create(
        product=product,
        number=number,
        content={},
        sha256="0" * 64,
        published_at=clock.now(),
        published_by_id="x",
        published_by_name="X",
    )


def member(cast, code="JSA-API"):
    return register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code=code,
        name_en=code,
        name_fr=code,
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        parent=cast.product,
    )


def test_page_says_what_is_missing_and_who_is_in_charge(cast, client_of):
    text = tight(client_of("colleague").get(PAGE).content.decode())
    assert "Job Seeker Account: 5 things need attention" in text
    assert cast.head_of_product.name in text
    assert "Never published" in text


def test_published_brief_is_no_longer_owed(cast, client_of):
    publish_a_brief(cast.product)
    assert "Version 1 published" in client_of("colleague").get(PAGE).content.decode()


def test_stranger_finds_neither_page_nor_history(cast, client_of):
    client = client_of("stranger")
    assert [client.get(url).status_code for url in (PAGE, HISTORY)] == [404, 404]


@pytest.mark.parametrize(
    "url",
    [
        "/en/products/NONE/",
        "/en/products/jsa/",
        "/en/products/%00/",
        "/en/products/A B/history/",
        f"{HISTORY}?page=0",
        f"{HISTORY}?page=x",
        f"{HISTORY}?page=99999999999",
    ],
)
def test_impossible_addresses_are_not_found(client_of, url):
    assert client_of("colleague").get(url).status_code == 404


def test_family_stands_as_a_tree(cast, client_of):
    below = member(cast)
    text = client_of("colleague").get(f"/en/products/{below.code}/").content.decode()
    assert "A family of 2 products" in text
    assert 'aria-current="true">JSA-API' in text


def test_page_tells_the_last_acts_and_history_also_what_followed_from_them(cast, client_of):
    enable_service(product=cast.product, service=a_service(cast, "S-9"), by=cast.product_manager)
    with performing():
        for _time in range(RECENT):
            record(DOCUMENT_SEALED, on=cast.product, by=SYSTEM)
    page, history = (tight(client_of("colleague").get(url).content.decode()) for url in (PAGE, HISTORY))
    assert "Gatehouse sealed a document" not in page
    assert "Product Manager added a link" in page
    assert history.count("Gatehouse sealed a document") == RECENT


def test_history_tells_what_changed_and_why(cast, client_of):
    link = enable_service(product=cast.product, service=a_service(cast, "S-9"), by=cast.product_manager)
    remove_link(link=link, by=cast.product_manager, reason="Given to another product")
    text = client_of("colleague").get(HISTORY).content.decode()
    assert "Product Manager removed a link" in text
    assert "<del>S-9 in English</del>" in text
    assert "Given to another product" in text


def test_history_says_durations_and_fiscal_years_as_readers_do(cast, client_of):
    figures = {"deployment_count": 1, "change_count": 3, "lead_time_p50_seconds": Decimal(388_800)}
    declare_month(product=cast.product, month=date(2026, 5, 1), source="Log", by=cast.product_manager, **figures)
    names = {"name_en": "Reference levels", "name_fr": "Niveaux de référence"}
    source = save_reference(entry=FundingSource(department=cast.department, code="REF", **names), by=SYSTEM)
    money = {"fiscal_year": 2026, "source": source, "kind": "cloud", "planned": 1}
    line = add_budget_line(product=cast.product, by=cast.product_manager, **money)
    change_budget_line(line=line, by=cast.product_manager, planned=2)
    text = client_of("colleague").get(HISTORY).content.decode()
    assert "4.5\u00a0days" in text
    assert "2026–27 Reference levels" in text
    assert "388800" not in text


def test_history_reads_in_french(cast, client_of):
    enable_service(product=cast.product, service=a_service(cast, "S-9"), by=cast.product_manager)
    text = client_of("colleague").get("/fr/products/JSA/history/").content.decode()
    assert "S-9 en français" in text


def test_history_of_drafts_is_for_the_team(cast, client_of):
    save_strategy_draft(product=cast.product, by=cast.product_manager, why_en="Not yet said in the open")
    seen = {
        name: "Not yet said" in client_of(name).get(HISTORY).content.decode()
        for name in ("product_owner", "auditor", "colleague")
    }
    assert seen == {"product_owner": True, "auditor": True, "colleague": False}


def test_history_is_filtered_by_topic(cast, client_of):
    text = client_of("colleague").get(f"{HISTORY}?topic=team").content.decode()
    assert "assigned a role" in text
    assert "registered the product" not in text


def test_unknown_topic_is_said(cast, client_of):
    assert "no such filter" in client_of("colleague").get(f"{HISTORY}?topic=nonsense").content.decode()


def test_history_costs_the_same_for_few_and_many_acts(cast, client_of):
    client, url = client_of("colleague"), f"{HISTORY}?topic=product"
    enable_service(product=cast.product, service=a_service(cast, "S-0"), by=cast.product_manager)
    few = count_queries(client, url)
    for number in range(10, 30):
        enable_service(product=cast.product, service=a_service(cast, f"S-{number}"), by=cast.product_manager)
    assert count_queries(client, url) == few


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_stale_brief_is_flagged(cast, client_of):
    publish_a_brief(cast.product)
    later = clock.now().replace(year=clock.now().year + 1)
    client = client_of("oversight")
    with clock.at(later):
        assert "last updated 365 days ago" in client.get(PAGE).content.decode()


def test_closed_product_owes_nothing_any_more(cast, client_of):
    stand(cast.product, "rejected")
    page = client_of("product_manager").get("/en/products/JSA/").content.decode()
    assert "Nothing is expected of a product that is closed." in page
    assert "Never published" not in page
    assert "Nothing is due from your team" in client_of("product_manager").get("/en/").content.decode()
