"""People: departments, branches, people, sign-in, permissions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people import accounts, jobs, own_notices, stepup  # noqa: F401 - kinds of work and of notices register

        accounts.trace_passwords()
        stepup.greet_confirmed()
