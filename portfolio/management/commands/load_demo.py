"""Load the demonstration."""

import gc
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portfolio.demonstration import loading
from portfolio.demonstration.factors import give_factors
from records.seals.authority import ensure_for_demonstration


class Command(BaseCommand):
    help = "Load the demonstration portfolio; does nothing when it is there. Refuses to run in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        ensure_for_demonstration()
        if loading.is_loaded():
            give_factors()  # to whoever got a seat since
            self.stdout.write("The demonstration is there.")
            return
        began = time.monotonic()
        # Thousands of small objects that all stay alive: looking for garbage among them costs a seventh of the time.
        gc.disable()
        loading.load(lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write(f"Loaded in {time.monotonic() - began:.0f} s.")
