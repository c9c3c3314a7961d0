"""Who is signed in, read once a request together with the department that stands in the frame of every page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Person
from people.second_factor import obliged


class PersonBackend(AuthenticationBackend):
    """As the library's; the person comes with their department and with whether they must have a second factor for what
    they sign, which spares every page two questions."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("department").annotate(is_obliged=obliged()).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
