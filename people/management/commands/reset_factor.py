"""The second factor of the last administrator, whom no other administrator can help."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions.second_factor import reset_factor
from people.models import Person
from records.actors import SYSTEM
from records.writing import messages_of


class Command(BaseCommand):
    help = (
        "Take away a lost second factor and end the person's sessions. For where no other administrator can do it in the "
        "administration. Exit code 0, or 1 with the reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("reason", help="stands in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        try:
            reset_factor(person=person, by=SYSTEM, reason=options["reason"])
        except ValidationError as error:
            raise CommandError(" ".join(messages_of(error))) from error
