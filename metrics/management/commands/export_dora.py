"""Write the computed months as CSV: the figures of record, one row per product and month."""

import csv
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics.management.commands.compile_dora import month, span
from metrics.telling import COLUMNS, exported_rows, measured_products


class Command(BaseCommand):
    help = (
        "Write the current figures of the months as CSV to standard output: one row per product and month, empty where "
        "there is nothing to measure, durations in seconds. A month that was never compiled has no row. Exit code 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", type=month, dest="first", metavar="YYYY-MM", required=True, help="the first month"
        )
        parser.add_argument("--to", type=month, dest="last", metavar="YYYY-MM", required=True, help="the last month")
        parser.add_argument(
            "--product", nargs="+", metavar="CODE", help="only these products (all measured ones by default)"
        )
        parser.add_argument("--format", default="csv", help="csv, the only format there is")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] != "csv":
            raise CommandError(f"There is no format {options['format']!r}; the only one is csv.")
        first, last = span(options)
        rows = exported_rows(measured_products(options["product"]), first, last)
        try:
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads (`| head`) has seen enough; what is still held back has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
