"""Indicators as people meet them: adopt, report in either notation, be refused with everything kept, correct, take away."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition, KpiValue, ProductKpi
from records import clock
from tests.pages import tight

NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)
JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def kpi(cast):
    return adopt(cast, "morale", Decimal(4))


def adopt(cast, code, target=None):
    definition = KpiDefinition.objects.get(code=code)
    return adopt_kpi(product=cast.product, definition=definition, target=target, by=cast.product_manager)


def report(cast, kpi, value, period=JULY):
    return enter_value(kpi=kpi, period=period, value=Decimal(value), source="Survey", by=cast.product_manager)


def address(name, kpi=None, language="en"):
    with translation.override(language):
        return reverse(name, args=["JSA", *([kpi.pk] if kpi else [])])


def text(response):
    return " ".join(response.content.decode().split())


def typed(**values):
    return {"period": "2026-07-01", "value": "4.2", "source": "Pulse survey", "note": "", "reason": "", **values}


def test_list_shows_target_quarters_reading_and_trend(client_of, cast, kpi):
    report(cast, kpi, "3.6", date(2026, 4, 1))
    report(cast, kpi, "4.2")
    found = text(client_of("executive").get(address("kpi-list")))
    assert "<h1>Indicators: 1 of 1 is met or on track</h1>" in found
    assert "4.0 or more" in found
    assert '<td class="n">3.6</td><td class="n">4.2</td><td class="n">–</td>' in tight(found)
    assert "Q3 to date" in found
    assert 'Met<span class="sub">Improving</span>' in found


def test_list_costs_the_same_for_many_indicators(client_of, cast, kpi):
    client = client_of("executive")
    client.get(address("kpi-list"))
    with CaptureQueriesContext(connection) as few:
        client.get(address("kpi-list"))
    for code in ("debt", "escaped-defects", "customer-satisfaction"):
        report(cast, adopt(cast, code), 4)
    with CaptureQueriesContext(connection) as many:
        client.get(address("kpi-list"))
    assert len(many) == len(few)


def test_adopting_from_the_catalogue(client_of, cast):
    client = client_of("product_manager")
    debt = KpiDefinition.objects.get(code="debt")
    assert "Days of work that the debts" in text(client.get(address("kpi-adopt")))
    response = client.post(address("kpi-adopt"), {"definition": debt.pk, "target": "40", "owner": "Product Owner"})
    kept = ProductKpi.objects.get()
    assert (response.status_code, response.url) == (303, address("kpi-detail", kept))
    assert (kept.target, kept.owner, kept.starts_on) == (40, cast.product_owner, date(2026, 11, 18))
    assert "Days of work that the debts" not in text(client.get(address("kpi-adopt")))


def test_bad_target_comes_back_with_what_was_typed(client_of, cast):
    definition = KpiDefinition.objects.get(code="customer-satisfaction")
    told = {"definition": definition.pk, "target": "120 %", "owner": "Nobody Known"}
    response = client_of("product_manager").post(address("kpi-adopt"), told)
    assert response.status_code == 422
    assert "Nobody here is called" in text(response)
    assert 'value="120 %"' in text(response)
    told["owner"] = ""
    response = client_of("product_manager").post(address("kpi-adopt"), told)
    assert response.status_code == 422
    assert "This is more than 100" in text(response)
    assert not ProductKpi.objects.exists()


@pytest.mark.parametrize(("language", "value"), [("en", "4.2"), ("en", "4,2"), ("fr", "4,2"), ("fr", "4.2")])
def test_value_is_taken_in_either_notation(client_of, cast, kpi, language, value):
    response = client_of("product_owner").post(address("kpi-value", kpi, language), typed(value=value))
    assert response.status_code == 303
    assert KpiValue.objects.get().value == Decimal("4.2")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "four"}, "Write a figure, for example 1.5 or 1,5."),
        ({"value": ""}, "This field is required."),
        ({"value": "6"}, "This is more than 5.0, the greatest possible value."),
        ({"value": "4.25"}, "Give at most 1 digit after the decimal mark."),
        ({"period": "2027-01-01"}, "one that has not begun cannot be reported"),
        ({"period": "yesterday"}, "Choose one of the periods listed"),
        ({"value": "NaN"}, "Write a figure, for example 1.5 or 1,5."),
        ({"value": "1e9"}, "This is more than 5.0"),
    ],
)
def test_bad_value_is_said_and_everything_kept(client_of, cast, kpi, wrong, said):
    response = client_of("product_owner").post(address("kpi-value", kpi), typed(note="Asked in June", **wrong))
    assert response.status_code == 422
    assert said in text(response)
    assert 'value="Asked in June"' in text(response)
    assert not KpiValue.objects.exists()


def test_period_already_reported_asks_why_and_then_corrects(client_of, cast, kpi):
    report(cast, kpi, "3.9")
    client = client_of("product_owner")
    response = client.post(address("kpi-value", kpi), typed())
    assert response.status_code == 422
    assert "Say why yours replaces it." in text(response)
    assert 'value="4.2"' in text(response)
    response = client.post(address("kpi-value", kpi), typed(reason="Late answers came in"))
    assert response.status_code == 303
    found = text(client.get(address("kpi-detail", kpi)))
    assert "<h1>Morale of the team: 4.2 in Q2 2026–27 (July to September), met</h1>" in found
    assert "Earlier 3.9, entered" in found
    assert "Corrected: Late answers came in" in found


def test_correct_link_opens_the_form_on_its_period(client_of, cast, kpi):
    report(cast, kpi, "3.9")
    found = text(client_of("product_owner").get(address("kpi-value", kpi), {"period": "2026-07-01"}))
    assert '<option value="2026-07-01" selected>Q2 2026–27 (July to September): 3.9 reported' in tight(found)
    assert "The earlier value stays readable" in found


def test_target_changed_meanwhile_shows_both_texts(client_of, cast, kpi):
    client = client_of("product_owner")
    told = {"version": 1, "target": "4,5", "benchmark": "", "owner": ""}
    assert client.post(address("kpi-change", kpi), told).status_code == 303
    response = client.post(address("kpi-change", kpi), {**told, "target": "3"})
    assert response.status_code == 409
    assert "4.5" in text(response)
    assert ProductKpi.objects.get().target == Decimal("4.5")


def test_retiring_needs_a_reason(client_of, cast, kpi):
    client = client_of("product_manager")
    assert client.post(address("kpi-retire", kpi), {"reason": ""}).status_code == 422
    assert client.post(address("kpi-retire", kpi), {"reason": "Asked elsewhere"}).status_code == 303
    assert "No longer kept" in text(client.get(address("kpi-list")))


def test_csv_holds_every_revision_and_no_formula(client_of, cast, kpi):
    report(cast, kpi, "3.9")
    client = client_of("product_owner")
    client.post(address("kpi-value", kpi), typed(reason="Late", source="=cmd()"))
    response = client.get(address("kpi-list"), {"format": "csv"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert [line.split(",")[7:9] for line in lines[1:]] == [["1", "3.9000"], ["2", "4.2000"]]
    assert "'=cmd()" in lines[2]


@pytest.mark.parametrize("year", ["1999", "2031", "soon", "２０２６"])
def test_year_that_cannot_be_is_404(client_of, cast, kpi, year):
    assert client_of("executive").get(address("kpi-list"), {"year": year}).status_code == 404


def test_readers_read_and_others_find_nothing(client_of, cast, kpi):
    assert "Report a value" not in text(client_of("executive").get(address("kpi-detail", kpi)))
    for name in ("kpi-detail", "kpi-value"):
        assert client_of("stranger").get(address(name, kpi)).status_code == 404
    assert client_of("executive").post(address("kpi-value", kpi), typed()).status_code == 403


def test_pages_speak_french(client_of, cast, kpi):
    report(cast, kpi, "4.2")
    client = client_of("product_owner")
    found = text(client.get(address("kpi-list", language="fr")))
    assert "Moral de l’équipe" in found
    assert "4,0 ou plus" in found
    assert "Atteint" in found
    assert "T2 2026-2027 (juillet à septembre)" in text(client.get(address("kpi-detail", kpi, "fr")))
