"""Compute and close months by hand; the nightly job does the same."""

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics.compiling import compile_months
from metrics.storing.pending import apply_pending
from metrics.telling import measured_products
from records import clock


def month(text: str) -> date:
    """2026-05 as the first day of that month; refused otherwise."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        raise ArgumentTypeError(f"{text!r} is not a month; write it as 2026-05")
    return date(int(text[:4]), int(text[5:]), 1)


class Command(BaseCommand):
    help = (
        "Compute the delivery measures of the months named (the last finished month when none is), keep a revision of each "
        "that differs from its current one, and close the months whose closing day has come. Running it again changes "
        "nothing. Closed months whose new figures wait for approval are left as they are. Exit code 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", type=month, metavar="YYYY-MM", help="one month")
        parser.add_argument("--from", type=month, dest="first", metavar="YYYY-MM", help="the first of several months")
        parser.add_argument("--to", type=month, dest="last", metavar="YYYY-MM", help="the last of several months")
        parser.add_argument(
            "--product", nargs="+", metavar="CODE", help="only these products (all measured ones by default)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = span(options)
        products = measured_products(options["product"])
        apply_pending()
        outcome, held = compile_months(first=first, last=last, products=[each.product_id for each in products])
        self.stdout.write(f"{outcome.compiled} compiled, {outcome.changed} changed, {outcome.unchanged} unchanged")
        if held:
            self.stdout.write(f"{held} closed months left as they are: their new figures wait for approval")


def span(options: dict[str, Any]) -> tuple[date, date]:
    """The months asked for. CommandError when the options contradict each other."""
    one, first, last = options.get("month"), options["first"], options["last"]
    if one and (first or last):
        raise CommandError("Name one month with --month, or several with --from and --to.")
    if bool(first) != bool(last):
        raise CommandError("--from and --to go together.")
    if first and first > last:
        raise CommandError("--from lies after --to.")
    if first:
        return first, last
    one = one or (clock.today().replace(day=1) - date.resolution).replace(day=1)
    return one, one
