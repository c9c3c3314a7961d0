"""The in-process job runner: for installations without Redis, the demo and one-machine set-ups."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.db.utils import OperationalError

from records import jobs


class Command(BaseCommand):
    help = (
        "Do the work in the outbox as it comes, and promise the daily work. Same rows and guarantees as the Celery "
        "worker. Ends cleanly on SIGTERM or Ctrl-C, after the job in hand. Exit code 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between looks at the queue (default 0.5)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            jobs.enqueue_daily()
            self.stdout.write(f"{jobs.run_due()} jobs done")
            return
        self._run(options["pause"], self._stop_on_signals())

    def _stop_on_signals(self) -> threading.Event:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        return stop

    def _run(self, pause: float, stop: threading.Event) -> None:
        next_daily = 0.0
        while not stop.is_set():
            try:
                if time.monotonic() >= next_daily:
                    jobs.enqueue_daily()
                    next_daily = time.monotonic() + 300
                if not jobs.run_next() and not jobs.enqueue_waiting():
                    stop.wait(pause)
            except (OperationalError, DatabaseError) as error:
                self.stderr.write(f"The database does not answer, trying again: {error}")
                jobs.close_connection()
                stop.wait(2)
