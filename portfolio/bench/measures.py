"""The measurements and their targets (scale.md; budgets of queries count beside the frame's four)."""

import gc
import gzip
import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metrics.models import Change, Deployment, Incident
from metrics.states import IncidentStatus
from people.models import Person
from portfolio.bench.ingestion import ingestion
from portfolio.bench.line import Line
from portfolio.bench.risks import matrices
from portfolio.bench.scene import Scene
from portfolio.bench.sealing import sealings
from products.lists.filters import EVERYWHERE
from products.models import Product
from products.urls import LISTS
from records.pdf import forget_papers

ROUNDS, FRAME = 9, 4
BUSY = "C-00008"  # deploys often, and is a head without members
MEASURED = date(2026, 10, 1)
WITHIN = (datetime(2026, 10, 3, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC))  # of that month in every time zone
DELIVERIES = ("delivery-deployments", "delivery-changes", "delivery-incidents")
COMPARED = ("product-list", "demand-list", "project-list", *LISTS)
BACKEND = "people.backend.PersonBackend"
ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')


def measure(scene: Scene) -> Iterator[Line]:
    """Every measurement: how long pages take, what they cost, what the endpoint of deliveries takes."""
    gc.collect()
    gc.freeze()  # as a worker does at its start (config/gunicorn.py)
    yield from times(scene)
    yield from costs(scene)
    yield from ingestion(scene.product, scene.manager)
    yield from sealings(scene.product, scene.manager)


def times(scene: Scene) -> Iterator[Line]:
    """Milliseconds of warm pages; they mean something only beside the floor of the same run."""
    far, near = _client(scene.far), _client(scene.near)
    view = reverse("roadmap-executive", args=[scene.product.code, scene.year])
    page = reverse("product-detail", args=[scene.product.code])
    yield from _timed("Product list, 5,000 products", far, everywhere("product-list"), 300)
    yield from _timed("Product list, page 90", far, everywhere("product-list") + "&page=90", 300)
    yield from _timed("Demand list of every department", far, everywhere("demand-list"), 300)
    yield from _timed("Product page", near, page, 250)
    yield from _timed("Executive view, 60 milestones", near, view, 350)
    yield from matrices(far)
    yield from _timed("Delivery measures of a month", far, measures_page(BUSY), 250)
    pdf = reverse("roadmap-executive-pdf", args=[scene.product.code, scene.year])
    yield from _timed("Executive view as PDF, 60 milestones, warm", near, pdf, 1_500, rounds=3)


def costs(scene: Scene) -> Iterator[Line]:
    """Queries and bytes, the same on every machine."""
    far, near = _client(scene.far), _client(scene.near)
    view = reverse("roadmap-executive", args=[scene.product.code, scene.year])
    page = reverse("product-detail", args=[scene.product.code])
    yield Line("Product page beside the frame", _queries(near, page) - FRAME, "queries", 15)
    yield Line("Executive view beside the frame", _queries(near, view) - FRAME, "queries", 10)
    yield Line("First visit, executive view, compressed", _first_visit(near, view) / 1024, "KB", 200)
    for name in COMPARED:
        few, many = _queries(near, everywhere(name)), _queries(far, everywhere(name))
        yield Line(f"{name}: queries for a full page, {few} for ten rows", many, "queries", few)
    few, many = _queries(near, everywhere("risk-overview")), _queries(far, everywhere("risk-overview"))
    yield Line(f"risk-overview: queries for a full page, {few} for ten risks", many, "queries", few)
    quiet = quietest()
    for name in ("metrics-month", *DELIVERIES):
        few, many = (_queries(far, measures_page(code, name)) for code in (quiet, BUSY))
        yield Line(f"{name}: queries with many events, {few} with few", many, "queries", few)


def quietest() -> str:
    """The product that deployed least in the month among those that have something on every list of deliveries.

    A page without a row asks less than one with a single row, so a product without any would promise too much.
    """
    known = Product.objects.filter(parent=None, members=None).exclude(code=BUSY)
    there: dict[Any, dict[str, Any]] = {
        Deployment: {"finished_at__range": WITHIN, "eligible": True},
        Change: {"shipped_at__range": WITHIN, "is_merge": False},
        Incident: {"resolved_at__range": WITHIN, "live": True, "status": IncidentStatus.RESOLVED},
    }
    for model, asked in there.items():
        known = known.filter(Exists(model.objects.filter(product=OuterRef("pk"), **asked)))
    deployed = Deployment.objects.filter(product=OuterRef("pk"), **there[Deployment]).order_by()
    many = Subquery(deployed.values("product").annotate(many=Count("pk")).values("many"))
    return str(known.order_by(many, "code").values_list("code", flat=True)[0])


def measures_page(code: str, name: str = "metrics-month") -> str:
    """A page of the last finished month of the corpus' deliveries."""
    return reverse(name, args=[code, MEASURED])


def everywhere(name: str) -> str:
    """The list over every department its reader reads; most begin with the reader's own."""
    return f"{reverse(name)}?department={EVERYWHERE}"


def _client(person: Person) -> Client:
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(person, backend=BACKEND)
    return client


def _timed(what: str, client: Client, address: str, target: float, rounds: int = ROUNDS) -> Iterator[Line]:
    """Median milliseconds of a warm page, and how many times the floor of as many bytes."""
    size = len(_get(client, address).content)
    took = _median(lambda: _get(client, address), rounds)
    yield Line(what, took, "ms", target, took / _median(lambda: floor(size), rounds))


def _get(client: Client, address: str) -> Any:
    """A page made for this reader: no paper is kept from the last one."""
    forget_papers()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return response


def _median(do: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        do()
        return (time.perf_counter() - began) * 1000

    return statistics.median(once() for _round in range(rounds))


def floor(size: int) -> HttpResponse:
    """The least a page can cost: one trivial query and a template of as many bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(engines["django"].from_string("{{ text }}").render({"text": "x" * size}))


def _queries(client: Client, address: str) -> int:
    _get(client, address)
    with CaptureQueriesContext(connection) as caught:
        _get(client, address)
    return len(caught)


def _first_visit(client: Client, address: str) -> int:
    """Bytes of the page and of every file of ours it names, compressed."""
    response = _get(client, address)
    content = response.content
    packed = response.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(content) if packed else content).decode()
    total = len(content) if packed else len(gzip.compress(content))
    return total + sum(_compressed(path.removeprefix("/static/")) for path in set(ASSET.findall(text)))


def _compressed(name: str) -> int:
    collected = staticfiles_storage.exists(name)
    path = Path(staticfiles_storage.path(name) if collected else str(finders.find(name)))
    return len(gzip.compress(path.read_bytes()))
