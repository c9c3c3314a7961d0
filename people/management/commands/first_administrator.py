"""The one account that nobody can be there to invite."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions.organisation import register_department
from people.actions.people import invite_person
from people.jobs import invitation_link
from people.models import Department, Person
from records.actors import SYSTEM
from records.acts import performing
from records.refusals import Conflict
from records.writing import messages_of


class Command(BaseCommand):
    help = (
        "Invite the first administrator of a new installation and print the link, good once, by which that person chooses a "
        "password. Registers the department when its code is new (change its names in the administration). Refuses once an "
        "administrator exists: from then on administrators invite. Exit code 0, or 1 with the reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("department", help="code of the department, for example DWS")

    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.filter(is_superuser=True, is_active=True).exists():
            raise CommandError("There is an administrator already, who can invite others.")
        try:
            with performing():
                person = self._invite(options["email"], options["name"], options["department"])
        except ValidationError as error:
            raise CommandError(" ".join(messages_of(error))) from error
        except Conflict as error:
            raise CommandError(str(error.reason)) from error
        self.stdout.write(invitation_link(person))

    def _invite(self, email: str, name: str, code: str) -> Person:
        department = Department.objects.filter(code=code).first() or register_department(
            code=code, name_en=code, name_fr=code, by=SYSTEM
        )
        return invite_person(email=email, name=name, department=department, is_administrator=True, by=SYSTEM)
