"""Let a former SECRET_KEY go: seal what it sealed with the new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.actions.sources import reseal_secrets
from people.actions.second_factor import reseal_factors
from records.actors import SYSTEM
from records.acts import performing
from records.sealing import Unsealable


class Command(BaseCommand):
    help = (
        "Seal the secrets of delivery sources and of second factors with the present SECRET_KEY. Run it after SECRET_KEY "
        "changed and the former key stands in SECRET_KEY_FALLBACKS; afterwards that one may go. "
        "Exit code 1 when no key opens a secret."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with performing():
                done = reseal_secrets(by=SYSTEM) + reseal_factors(by=SYSTEM)
        except Unsealable as error:
            raise CommandError("A secret opens with no key of this installation; nothing was changed.") from error
        self.stdout.write(f"{done} secrets sealed anew.")
