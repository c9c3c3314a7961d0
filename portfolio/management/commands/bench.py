"""Time the pages on a large corpus, in a database of its own."""

import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portfolio.bench.deliveries import deliveries
from portfolio.bench.measures import measure
from portfolio.bench.scene import counts_of, prepare
from portfolio.corpus import loading
from portfolio.corpus.counts import SIZES

DATABASE = "gatehouse_bench"
# Five million rows of deliveries: their own database, which takes minutes to make, and their own measurements.
DELIVERY = "delivery"


class Command(BaseCommand):
    help = (
        "Measure pages on a large corpus in the database gatehouse_bench, which is kept for the next run; --fresh makes "
        "it anew. Prints each value beside its target and beside a floor of the same run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="small")
        parser.add_argument("--fresh", action="store_true", help="make the database anew")
        parser.add_argument("--here", action="store_true", help="measure in the database of this process")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Pages are measured in a demonstration, never in production.")
        if options["here"]:
            self._measure(options["size"])
            return
        mine = os.environ.get("DATABASE_URL", "")
        owner = os.environ.get("DATABASE_OWNER_URL") or mine
        if not owner:
            raise CommandError('Run it as: make bench, or make manage ARGS="bench".')
        size = options["size"]
        name = f"{DATABASE}_{DELIVERY}" if size == DELIVERY else DATABASE
        if make_database(owner, size, name, fresh=options["fresh"]):
            self.stdout.write("Preparing tables")
        self._run(renamed(owner, name), "migrate", "-v", "0")
        self._run(renamed(mine, name), "bench", "--here", "--size", size)

    def _measure(self, size: str) -> None:
        if size == DELIVERY:
            self._measure_deliveries()
            return
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Preparing the corpus ({size})")
        scene = prepare(counts_of(size), lambda line: self.stdout.write(f"  {line}"))
        self._sweep()
        for line in measure(scene):
            self.stdout.write(str(line))

    def _measure_deliveries(self) -> None:
        if not loading.is_loaded():
            self.stdout.write("Preparing five million rows of deliveries; this takes minutes, and once")
            loading.load(SIZES[DELIVERY], lambda line: self.stdout.write(f"  {line}"))
        self._sweep()
        for line in deliveries():
            self.stdout.write(str(line))

    def _sweep(self) -> None:
        if owner := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
            sweep(renamed(owner, str(settings.DATABASES["default"]["NAME"])))

    def _run(self, database: str, *arguments: str) -> None:
        variables = os.environ | {"DATABASE_URL": database}
        subprocess.run([sys.executable, "manage.py", *arguments], env=variables, check=True)


def renamed(address: str, name: str = DATABASE) -> str:
    """The same server, the database of the measurements."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def sweep(owner: str) -> None:
    """Count the rows, and clear away what the last run took back: the server does both by itself, but in its own time."""
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute("VACUUM (ANALYZE)")


def make_database(owner: str, size: str, name: str = DATABASE, *, fresh: bool) -> bool:
    """Make the database unless one of this size is there; whether it was made. The size is noted on it."""
    note = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(owner, dbname="postgres", autocommit=True) as server:
        kept = server.execute(note, [name]).fetchone()
        if kept and kept[0] == size and not fresh:
            return False
        # Without FORCE, which asks for rights over other roles' sessions; the server itself sends autovacuum away.
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        server.execute(f"COMMENT ON DATABASE {name} IS '{size}'")
    return True
