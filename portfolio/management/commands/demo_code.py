"""Print what somebody's authenticator app shows in the demonstration."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.second_factor import STEP_SECONDS
from portfolio.demonstration.factors import code_for, give_factors


class Command(BaseCommand):
    help = "Print a code for the second step of signing in as EMAIL. Refuses outside the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Codes are printed in the demonstration only.")
        give_factors()  # to who got a seat a moment ago
        try:
            code = code_for(options["email"])
            while code is None:
                self.stderr.write("Both codes of this half minute were used; one moment.")
                time.sleep(STEP_SECONDS - time.time() % STEP_SECONDS)
                code = code_for(options["email"])
        except Authenticator.DoesNotExist as error:
            raise CommandError(f"{options['email']} has no second factor; the password is enough.") from error
        self.stdout.write(code)
