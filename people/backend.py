"""Who is signed in, read once a request together with the department that stands in the frame of every page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Person


class PersonBackend(AuthenticationBackend):
    """As the library's; the person comes with their department, which spares every page a question."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("department").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
