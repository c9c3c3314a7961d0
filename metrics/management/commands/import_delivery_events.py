"""Import files of delivery events, whole or not at all (dora.md §6)."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics.events_format import Fault, Readings, located, read_path
from metrics.importing.taking import Taken
from metrics.importing.whole import FileRefused, import_whole
from products.models import Product

HELP = """\
Import deployments, incidents and their products from files in the format dora-events/1.

FILE is one JSON document, JSON Lines of its records, or a folder with products.csv, deployments.csv,
deployment_commits.csv and incidents.csv (docs/reference/dora-events.md has every field). Each file goes in whole or
not at all. Importing the same file again changes nothing: a record replaces the one of the same product, source and
id when its updated_at is greater.

A product is found by its key in delivery events (its delivery settings), else by its code. With --create-products
the missing ones are registered in a department "Trials", their codes made from their keys.

For each file is printed how many records were new, newer, older, duplicate and refused; refused ones with their line
and the reason. What the records change is computed by compile_dora or by the next run of the jobs.

Exit code 0: everything is in. 1: at least one file was refused, and nothing of it is stored. 2: a file could not be read.

  manage.py import_delivery_events events.json
  manage.py import_delivery_events --create-products april/ may.jsonl
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of CSV files")
        parser.add_argument(
            "--create-products", action="store_true", help="register products that are missing, for a trial"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused = [path for path in options["files"] if not self._import(path, options["create_products"])]
        if refused:
            raise CommandError(
                f"Refused, and nothing of it stored: {', '.join(str(path) for path in refused)}.", returncode=1
            )

    def _import(self, path: Path, creates: bool) -> bool:
        """Import one file and say what became of it; whether it went in."""
        try:
            readings, contents = read_path(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}", returncode=2) from error
        try:
            taken, made = import_whole(readings, contents, creates=creates)
        except FileRefused:
            self._tell_faults(path, readings, contents)
            return False
        self._tell(path, readings, taken, made)
        return True

    def _tell(self, path: Path, readings: Readings, taken: Taken, made: list[Product]) -> None:
        counts = taken.counts
        self.stdout.write(
            f"{path}: {counts.new} new, {counts.newer} newer, {counts.older} older, {counts.duplicate} duplicate, 0 refused"
        )
        for product in made:
            self.stdout.write(f"  registered {product.code} for {product.name_en}")
        if taken.settings:
            self.stdout.write(f"  settings changed of {taken.settings} of {readings.counts()['product']} products")

    def _tell_faults(self, path: Path, readings: Readings, contents: dict[str, bytes]) -> None:
        self.stdout.write(f"{path}: 0 new, 0 newer, 0 older, 0 duplicate, {readings.refused} refused")
        for line in told(located(readings.faults, contents), readings.faults.count):
            self.stderr.write(f"  {line}")


def told(faults: list[Fault], count: int) -> Iterator[str]:
    """A line for each fault: file, line, field, reason."""
    for fault in faults:
        place = fault.place
        parts = [place.file, f"line {place.line}" if place.line else "", place.path]
        yield f"{', '.join(part for part in parts if part)}: {fault.reason}"
    if count > len(faults):
        yield f"and {count - len(faults)} more"
