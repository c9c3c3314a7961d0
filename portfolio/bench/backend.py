"""What the database does for a piece of work: its time, its processor and its memory, the latter where it runs here."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

Kind = tuple[str, str]  # the scope and the period that a statement computes; empty for any other


@dataclass
class Cost:
    """Seconds of the statements, by what they computed; seconds of the processor and most megabytes, 0 where not known."""

    by_kind: dict[Kind, float] = field(default_factory=dict)
    processor: float = 0
    megabytes: float = 0

    @property
    def seconds(self) -> float:
        return sum(self.by_kind.values())

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        kind = (params.get("scope", ""), params.get("unit", "")) if isinstance(params, dict) else ("", "")
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.by_kind[kind] = self.by_kind.get(kind, 0) + time.perf_counter() - began


@contextmanager
def timed() -> Iterator[Cost]:
    """The seconds of the block's statements, in the session that is there."""
    cost = Cost()
    with connection.execute_wrapper(cost):
        yield cost


@contextmanager
def observed() -> Iterator[Cost]:
    """The cost of the block's statements in a session of its own, so that its memory is that of the block alone."""
    connection.close()
    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.info.backend_pid}")
    ended = threading.Event()
    with timed() as cost:
        watch = threading.Thread(target=_watch, args=(process, ended, cost))
        watch.start()
        try:
            yield cost
        finally:
            ended.set()
            watch.join()


def _watch(process: Path, ended: threading.Event, cost: Cost) -> None:
    """Look every now and then until the block has ended, and once more."""
    began = _processor(process)
    while _is_here(process):
        cost.processor = _processor(process) - began
        cost.megabytes = max(cost.megabytes, _own_memory(process))
        if ended.wait(0.02):
            return


def _is_here(process: Path) -> bool:
    """Whether the session is a process of this machine; a number alone could be anybody's."""
    try:
        return b"postgres" in (process / "cmdline").read_bytes()
    except OSError:
        return False


def _own_memory(process: Path) -> float:
    """Megabytes without the buffers that all sessions share."""
    lines = (process / "status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def _processor(process: Path) -> float:
    if not _is_here(process):
        return 0
    numbers = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
