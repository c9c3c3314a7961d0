"""Print who to sign in as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portfolio.demonstration.factors import with_factor
from portfolio.demonstration.organisation import PASSWORD
from portfolio.demonstration.sign_ins import sign_ins


class Command(BaseCommand):
    help = "Print one sign-in per member of the demonstration's cast, and the password they share."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration has no sign-ins in production.")
        found, coded = sign_ins(), with_factor()
        email, part = max(len(each.email) for each in found), max(len(each.part) for each in found)
        self.stdout.write(f"Everybody's password: {PASSWORD}\n\n")
        for each in found:
            mark = "*" if each.email in coded else " "
            self.stdout.write(f"  {each.email:<{email}} {mark} {each.part:<{part}}  {each.hint}")
        if coded:
            self.stdout.write('\n* also gives a code, which this prints: make manage ARGS="demo_code E-MAIL"')
