"""Delivery files on the product's page: uploaded, looked at, taken over whole and once; every bad row told."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from metrics.actions.settings import ensure_settings
from metrics.models import Delivery, DeliverySettings, DeliveryUpload, Deployment, MonthClosing, StaleMonth
from products.actions.products import change_product, register_product
from records.models import AuditEvent
from tests.metrics.events_texts import DEPLOYMENT, INCIDENT, PRODUCT, as_json, as_tables, document
from tests.pages import tight

FILES = "/en/products/JSA/metrics/files/"


def upload(client, files, address=FILES):
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    return client.post(address, {"files": sent})


def upload_json(client, **lists):
    return upload(client, {"events.json": as_json(**lists)})


def text_of(answer):
    return tight(answer.content.decode())


@pytest.fixture
def client(client_of):
    return client_of("product_manager")


def test_file_is_looked_at_then_taken_over_once(cast, client):
    answer = upload_json(client)
    assert answer.status_code == 303
    page = text_of(client.get(answer["Location"]))
    for words in ("The file can be taken over", "1 deployment, 1 change, 1 incident", "2026-04", "2026-05", "INC-7"):
        assert words in page
    assert (Deployment.objects.count(), Delivery.objects.count()) == (0, 0)
    for _click in range(2):
        assert client.post(f"{answer['Location']}take-over/").status_code == 303
    assert (Deployment.objects.count(), Delivery.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(chain=cast.product.chain(), event="delivery file taken over").count() == 1
    assert StaleMonth.objects.filter(product=cast.product).exists()
    assert "The file is taken over" in text_of(client.get(answer["Location"]))


def test_same_file_again_says_that_it_brings_nothing(cast, client):
    first = upload_json(client)["Location"]
    client.post(f"{first}take-over/")
    page = text_of(client.get(upload_json(client)["Location"]))
    assert "The file brings nothing new" in page
    assert "Take the file over" not in page
    assert "2 delivery files were uploaded" in text_of(client.get(FILES))


def test_tables_are_uploaded_together(cast, client):
    answer = upload(client, as_tables())
    client.post(f"{answer['Location']}take-over/")
    assert Deployment.objects.get().changes.count() == 1
    assert DeliverySettings.objects.get(product=cast.product).timezone == "America/Toronto"
    assert DeliveryUpload.objects.get().name == "products.csv, deployments.csv, deployment_commits.csv, incidents.csv"


def test_closed_month_is_named_before_it_is_restated(cast, client):
    client.post(f"{upload_json(client)['Location']}take-over/")
    call_command("compile_dora", "--month", "2026-04")
    assert MonthClosing.objects.filter(product=cast.product).count() == 1
    late = {**DEPLOYMENT, "id": "40", "finished_at": "2026-04-02T10:00:00Z"}
    page = text_of(client.get(upload_json(client, deployments=[DEPLOYMENT, late])["Location"]))
    assert "(2, closed)" in page
    assert "Closed months are restated" in page


def test_settings_a_file_changes_are_shown_first(cast, client):
    page = text_of(client.get(upload_json(client)["Location"]))
    assert "UTC → America/Toronto" in page
    assert "2592000 → 86400" in page


def test_bad_row_in_the_middle_is_told_and_nothing_is_kept(cast, client):
    head, row = as_tables()["deployments.csv"].splitlines()
    bad = row.replace(b"production", b"live")
    answer = upload(client, {"deployments.csv": b"\n".join([head, row, bad, row])})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "One problem in the file; nothing of it is stored" in page
    assert '<td class="num" data-label="Line: ">3</td>' in page
    assert "“live” is not known here. Expected one of: production" in page
    assert DeliveryUpload.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("events.json", b"", 422, "The file is empty."),
        ("events.json", b"\x89PNG\r\n\x1a\n\x00", 422, "This is no text file"),
        ("events.json", '{"é": 1}'.encode("latin-1"), 422, "not in UTF-8"),
        ("deployments.csv", b"\xff\xfea\x00", 422, "UTF-16"),
        ("notes.csv", b"a,b\n1,2\n", 422, "Neither its name nor its first row"),
        ("events.json", b" " * (5 * 1024 * 1024 + 1), 413, "larger than 5 MB"),
        ("events.json", b"[" * 200_000, 422, "nested too deeply"),
        ("deployments.csv", as_tables()["deployments.csv"].split(b"\n")[0] + b"\na" * 20_000, 422, "10000 problems"),
    ],
)
def test_file_that_is_none_is_refused(cast, client, name, content, status, words):
    answer = upload(client, {name: content})
    assert answer.status_code == status
    assert words in text_of(answer)
    assert DeliveryUpload.objects.count() == 0


def test_no_file_too_many_and_two_of_a_name_are_refused(cast, client):
    table = as_tables()["deployments.csv"]
    assert client.post(FILES, {}).status_code == 422
    assert upload(client, {f"{number}.csv": table for number in range(5)}).status_code == 422
    answer = client.post(FILES, {"files": [SimpleUploadedFile("a.csv", table), SimpleUploadedFile("a.csv", table)]})
    assert (answer.status_code, "the same name" in text_of(answer)) == (422, True)


def test_formula_in_a_table_is_text(cast, client):
    table = as_tables()["deployments.csv"].replace(b",41,", b",=HYPERLINK(1),")
    answer = upload(client, {"deployments.csv": table})
    client.post(f"{answer['Location']}take-over/")
    assert Deployment.objects.get().external_id == "=HYPERLINK(1)"


def test_record_of_another_product_is_refused_with_its_place(cast, client):
    other = {**DEPLOYMENT, "product": "PAY"}
    register(cast, "PAY")
    page = text_of(upload_json(client, deployments=[DEPLOYMENT, other]))
    assert "deployments[1].product" in page
    assert "“PAY” is not the key of JSA" in page


def test_record_of_a_member_of_the_family_is_taken(cast, client):
    member = register(cast, "JSA-WEB", parent=cast.product)
    answer = upload_json(client, deployments=[{**DEPLOYMENT, "product": "jsa-web"}], incidents=[])
    assert "JSA-WEB" in text_of(client.get(answer["Location"]))
    client.post(f"{answer['Location']}take-over/")
    assert Deployment.objects.get().product == member


def test_page_of_a_member_takes_nothing_of_its_head(cast, client):
    register(cast, "JSA-WEB", parent=cast.product)
    answer = upload(client, {"e.json": as_json()}, "/en/products/JSA-WEB/metrics/files/")
    assert (answer.status_code, "is not the key of JSA-WEB" in text_of(answer)) == (422, True)


def register(cast, code, **values):
    return register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code=code,
        name_en=code,
        name_fr=code,
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        **values,
    )


def test_times_in_the_future_are_refused(cast, client):
    page = text_of(upload_json(client, deployments=[{**DEPLOYMENT, "updated_at": "2199-01-01T00:00:00Z"}]))
    assert "2199-01-01 00:00 UTC lies in the future." in page


def test_settings_are_for_the_leads(cast, client_of):
    owner = client_of("product_owner")
    page = text_of(upload_json(owner))
    assert "This would change how JSA is measured, which is for its leads." in page
    assert upload_json(owner, products=[]).status_code == 303
    ensure_settings(product=cast.product, by=cast.product_manager)
    same = {**PRODUCT, "timezone": "UTC", "incident_source": False, "attribution_window_seconds": 2592000}
    assert upload_json(owner, products=[same]).status_code == 303


def test_file_that_no_longer_fits_is_not_taken_over(cast, client):
    member = register(cast, "JSA-WEB", parent=cast.product)
    address = upload_json(client, deployments=[{**DEPLOYMENT, "product": "JSA-WEB"}], incidents=[])["Location"]
    change_product(product=member, by=cast.portfolio_manager, parent=None)
    answer = client.post(f"{address}take-over/")
    assert (answer.status_code, Deployment.objects.count()) == (409, 0)
    assert "The file no longer fits" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "page", "sent"), [("auditor", 200, 403), ("support_manager", 200, 403), ("sponsor", 403, 403)]
)
def test_only_some_upload(cast, client_of, name, page, sent):
    client = client_of(name)
    assert (client.get(FILES).status_code, upload_json(client).status_code) == (page, sent)
    assert DeliveryUpload.objects.count() == 0


def test_stranger_finds_nothing(cast, client, client_of):
    address = upload_json(client)["Location"]
    stranger = client_of("stranger")
    assert [stranger.get(each).status_code for each in (FILES, address)] == [404, 404]
    assert stranger.post(f"{address}take-over/").status_code == 404


def test_templates_are_read_as_they_are_downloaded(cast, client):
    for name, content in as_tables().items():
        answer = client.get(f"{FILES}templates/{name}")
        assert answer.status_code == 200
        assert set(content.split(b"\n")[0].split(b",")) <= set(answer.content.strip().split(b","))
    assert client.get(f"{FILES}templates/other.csv").status_code == 404


def test_page_reads_in_french(cast, client):
    answer = client.post("/fr/products/JSA/metrics/files/", {"files": [SimpleUploadedFile("e.json", b"{}")]})
    assert answer.status_code == 422
    assert '<html lang="fr"' in text_of(answer)


def test_document_of_one_line_is_told_without_a_line(cast, client):
    content = json.dumps(document(incidents=[{**INCIDENT, "resolved_at": None}])).encode()
    assert '<td class="num" data-label="Line: ">–</td>' in text_of(upload(client, {"e.json": content}))
