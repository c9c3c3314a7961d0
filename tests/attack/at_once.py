"""Real threads with connections of their own, let go in the same moment or made to meet at one locked row."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponse

from records.refusals import Conflict
from tests.plugins.cast import client_for

WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
"""


def _alone(call: Callable[[], Any]) -> Any:
    """What `call` returns, or how it was told that it may not or came too late; any other exception is a fault."""
    try:
        return call()
    except (Conflict, ValidationError) as told:
        return told
    finally:
        connection.close()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Let all calls go at the same moment; their answers in the same order."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        ready.wait()
        return _alone(call)

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def meeting_at(row: Any, *calls: Callable[[], Any]) -> list[Any]:
    """Hold `row` until each call, one after the other, waits for it: they go on in that order, each with what it read before."""
    with ThreadPoolExecutor(len(calls)) as threads:
        with transaction.atomic():
            type(row)._base_manager.select_for_update().get(pk=row.pk)
            running = []
            for call in calls:
                running.append(threads.submit(_alone, call))
                _until(len(running))
        return [each.result() for each in running]


def _until(waiting: int) -> None:
    for _look in range(1_000):
        with connection.cursor() as cursor:
            # The list of connections is remembered for the length of a transaction unless it is forgotten first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= waiting:
                return
        time.sleep(0.01)
    raise AssertionError("Nobody came to wait for the row.")


def sender(person: Any, address: str, data: dict[str, Any]) -> Callable[[], HttpResponse]:
    """A form on its way: signed in already, sent when called."""
    client = client_for(person, raise_request_exception=False)
    return lambda: client.post(address, data)
