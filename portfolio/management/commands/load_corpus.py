"""Load the corpus for measuring."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portfolio.corpus import loading
from portfolio.corpus.counts import SIZES


class Command(BaseCommand):
    help = (
        "Fill the database with a large, regular portfolio for measuring. The rows are always the same. "
        "In production it wants --yes, because the rows stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="small")
        parser.add_argument("--yes", action="store_true", help="also in production")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["yes"]:
            raise CommandError("This is production. Say --yes to fill it with made-up rows that cannot be taken out.")
        if loading.is_loaded():
            raise CommandError("There is a corpus in this database already.")
        counts = SIZES[options["size"]]
        self.stdout.write(f"Making {counts}")
        loading.load(counts, lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write("Done.")
