"""How many single deliveries a second the endpoint takes: real web workers, real PostgreSQL, beside bare inserts (scale.md).

The senders share the two cores with the workers and the database, so what is measured is less than the workers could take.
"""

import hashlib
import hmac
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from metrics.actions.sources import connect_source, rotate_secret
from metrics.models import DeliverySource
from metrics.storing.pending import apply_pending
from people.models import Person
from portfolio.bench.line import Line
from products.models import Product

NAME = "bench"
CONNECTIONS, SECONDS, WARM = 8, 10.0, 1.0
INSERT = (
    "INSERT INTO metrics_deliverylogentry (source_id, outcome, event, key, reason, detail)"
    " VALUES (%s, 'accepted', 'bench', %s, '', '')"
)
Work = Callable[[], float]  # does one thing and returns how long it took, in seconds


def ingestion(product: Product, by: Person) -> Iterator[Line]:
    """Requests a second over eight connections, and how long one takes on a quiet server."""
    source, secret = _source(product, by)
    floor = _rate([_inserter(source.pk) for _number in range(CONNECTIONS)], SECONDS / 2)[0]
    with _server() as port:
        senders = [_sender(port, source.pk, secret) for _number in range(CONNECTIONS)]
        _rate(senders, WARM)
        rate, _times = _rate(senders, SECONDS)
        _one, times = _rate(senders[:1], WARM * 2)
    apply_pending()
    told = f"{floor:,.0f} bare inserts a second"
    yield Line(f"Ingestion, single events sustained; {told}", rate, "req/s", 200, floor / rate, at_least=True)
    yield Line("Ingestion, one delivery, p95 of a quiet server", statistics.quantiles(times, n=20)[-1] * 1000, "ms", 50)


def _source(product: Product, by: Person) -> tuple[DeliverySource, str]:
    kept = DeliverySource.objects.filter(product=product, name=NAME).first()
    if kept is None:
        return connect_source(product=product, kind="github", name=NAME, by=by)
    return kept, rotate_secret(source=kept, by=by)


def _rate(works: list[Work], seconds: float) -> tuple[float, list[float]]:
    """Calls a second of all `works` at once, and how long each call took."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def keep_on(work: Work) -> None:
        while time.perf_counter() < until:
            times.append(work())

    began = time.perf_counter()
    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(keep_on, works))
    return len(times) / (time.perf_counter() - began), times


def _inserter(source: UUID) -> Work:
    """One row by one statement on a connection of its own: the least that storing anything costs."""
    mine = psycopg.connect(
        **connection.get_connection_params() | {"autocommit": True, "cursor_factory": psycopg.Cursor}
    )

    def insert() -> float:
        began = time.perf_counter()
        mine.execute(INSERT, [source, str(uuid4())])
        return time.perf_counter() - began

    return insert


def _sender(port: int, source: UUID, secret: str) -> Work:
    """One signed deployment status, each a new one, on a connection that stays open."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    numbers = iter(range(int(time.time() * 1000), sys.maxsize))

    def send() -> float:
        body = _event(next(numbers))
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Host": "localhost", "Content-Type": "application/json", "X-GitHub-Event": "deployment_status"}
        headers |= {"X-GitHub-Delivery": str(uuid4()), "X-Hub-Signature-256": f"sha256={signature}"}
        began = time.perf_counter()
        status = _answer(line, f"/deliveries/{source}/", body, headers)
        if status not in (200, 202):
            raise RuntimeError(f"The endpoint answered {status}.")
        return time.perf_counter() - began

    return send


def _answer(line: http.client.HTTPConnection, address: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of one delivery, sent once more when the worker that held the connection was replaced meanwhile."""
    try:
        return _once(line, address, body, headers)
    except (ConnectionError, http.client.HTTPException):
        line.close()
        return _once(line, address, body, headers)


def _once(line: http.client.HTTPConnection, address: str, body: bytes, headers: dict[str, str]) -> int:
    line.request("POST", address, body, headers)
    response = line.getresponse()
    response.read()
    return response.status


def _event(number: int) -> bytes:
    when = "2026-01-05T12:10:00Z"
    deployment = {"id": number, "sha": f"{number:040x}", "environment": "production", "created_at": when}
    status = {"id": number, "state": "success", "created_at": when, "log_url": "https://ci.example/runs/1"}
    repository = {"full_name": "bench/bench", "default_branch": "main"}
    return json.dumps({"deployment": deployment, "deployment_status": status, "repository": repository}).encode()


@contextmanager
def _server() -> Iterator[int]:
    """The web workers as they run for an organisation, on a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = os.environ | {"BIND": f"127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    process = subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web workers did not start.")
