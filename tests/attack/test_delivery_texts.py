"""Markup, addresses that run and formulas in everything a pipeline or a file may tell, on every page and file that shows it."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from metrics import adapters
from metrics.adapters.envelope import Arrival, Feed
from metrics.compiling import compile_stale
from metrics.models import Change, DeliveryLogEntry, DeliveryUpload, Deployment, Incident
from tests.attack.markup import TAG, TEXTS, found_alive
from tests.attack.test_exports import FORMULA, STARTS
from tests.attack.test_forms import who_may
from tests.attack.town import ADDRESSES, OURS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
PAGES = sorted(name for name in OURS if name.startswith(("metrics", "delivery", "source", "incident", "deployment",
                                                         "month", "restatement", "kpi")))  # fmt: skip
PAGES += ["product-detail", "product-history", "roadmap-executive", "home"]
WRITTEN = {
    Deployment: ("source", "external_id", "repo", "rollback_of"),
    Incident: ("source", "external_id", "link_source", "link_external_id", "title"),
    Change: ("repo",),
    DeliveryLogEntry: ("event", "key", "reason", "detail"),
    DeliveryUpload: ("name",),
}


def write(row, text):
    for name in WRITTEN[type(row)]:
        setattr(row, name, text[: row._meta.get_field(name).max_length])


def spoil(town, text):
    """Have every text that machines told be `text`."""
    product, source = town.cast.product, town.world.things["source"]
    DeliveryLogEntry.objects.create(source=source, outcome="ignored", reason="unmapped_environment", detail=text[:500])
    DeliveryLogEntry.objects.create(source=source, outcome="refused", reason="signature")
    change = Change.objects.create(product=product, sha="a" * 40, shipped_at=AT, committed_at=AT - timedelta(hours=1))
    Deployment.objects.get(external_id="d1").links.create(change=change)
    Incident.objects.update(resolved_at=AT + timedelta(hours=1), status="resolved")
    for model in WRITTEN:
        for row in model._base_manager.all():
            write(row, text)
            model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in WRITTEN[model]})
    upload = DeliveryUpload.objects.get()
    upload.preview |= {
        "files": [[text, 10]],
        "deployments": [[product.code, text, text, "production", "success", AT.isoformat(), 1]],
        "incidents": [[product.code, text, text, "open", AT.isoformat(), ""]],
    }
    upload.save()
    compile_stale()


# Each text in one of the two languages, in turn; `make security` shows it in the other as well.
SHOWN = [
    pytest.param(language, text, marks=[pytest.mark.cross] if (turn + place) % 2 else [])
    for turn, text in enumerate(TEXTS)
    for place, language in enumerate(["en", "fr"])
]


@pytest.mark.parametrize(("language", "text"), SHOWN)
def test_what_machines_told_is_shown_as_text(town, as_, text, language):
    spoil(town, text)
    alive, shown = {}, set()
    with translation.override(language):
        for name in PAGES:
            answer = as_(who_may(name)).get(town.address(name))
            if answer.get("Content-Type", "").startswith("text/html") and answer.content:
                html = answer.content.decode()
                shown |= {name} if TAG in html else set()
                alive |= {name: found} if (found := found_alive(html)) else {}
    assert alive == {}
    assert {"delivery-deployments", "delivery-incidents", "source-detail", "delivery-file"} <= shown


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_what_machines_told_is_a_formula(town, as_, start):
    spoil(town, f"{start}{FORMULA}")
    for name in ("delivery-deployments", "delivery-changes", "delivery-incidents", "source-detail", "metrics-csv"):
        query = {"format": "csv", **({"of": "failures"} if name == "delivery-incidents" else {})}
        answer = as_("product_manager").get(town.address(name), query)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        bad = [cell for row in rows for cell in row if cell.startswith(tuple(STARTS))]
        assert (answer["Content-Type"][:8], bad) == ("text/csv", []), name


RUNNING = [
    "javascript:zq()",
    "JaVaScRiPt:zq()",
    "data:text/html,zq",
    "//zq.example/",
    "https://x/ onmouseover=zq()",
    "\tjavascript:zq",
]


@pytest.mark.parametrize("address", RUNNING)
def test_addresses_that_run_are_never_kept(address):
    issue = {"action": "opened", "repository": {"full_name": "a/b"}, "issue": {
        "number": 1, "title": "T", "html_url": address, "created_at": "2026-05-04T12:00:00Z", "state": "open",
        "updated_at": "2026-05-04T12:00:00Z", "labels": [{"name": "incident"}]}}  # fmt: skip
    body = json.dumps(issue).encode()
    feed = Feed(name="n", kind="github", repository="", default_branch="main", incident_label="incident",
                counts_releases=False, keys=("JSA",), environments={}, workflows={})  # fmt: skip
    read = adapters.read(Arrival({"x-github-event": "issues", "x-github-delivery": "1"}, body, issue), feed)
    assert [record.url for record in read.records] == [""]


def test_the_other_department_learns_nothing_of_deliveries(town, as_):
    spoil(town, "Verschwiegen")
    for name in sorted(PAGES):
        answers = [as_("stranger").get(town.address(name), query) for query in ({}, {"format": "csv"})]
        for answer in answers:
            text = (b"".join(answer) if answer.streaming else answer.content).decode()
            assert "Verschwiegen" not in text, name
            assert answer.status_code == 404 or "JSA" not in ADDRESSES[name], name


@pytest.mark.parametrize("name", ["deployment-void", "deployment-restore", "incident-link"])
@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_a_number_that_no_row_has_is_not_found(town, as_, name, pk):
    assert as_("product_manager").get(reverse(name, args=["JSA", pk])).status_code == 404


@pytest.mark.parametrize("month", ["0000-01", "1900-01", "1969-11", "2026-13", "2299-12", "9999-12", "2026-1"])
def test_months_without_deliveries_are_not_found(town, as_, month):
    for page in ("", "deployments/", "changes/", "incidents/", "approve/"):
        assert as_("product_manager").get(f"/en/products/JSA/metrics/{month}/{page}").status_code == 404
