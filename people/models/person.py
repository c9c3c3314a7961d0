"""People, invited by an administrator; the e-mail address is the login (domain.md §1)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models.organisation import Branch, Department
from records.models import Governed, GovernedQuerySet


class PersonManager(BaseUserManager.from_queryset(GovernedQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail whatever its capitals. Creation goes through people.actions."""

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email__iexact=email)


class Person(Bilingual, AbstractBaseUser, PermissionsMixin, Governed):
    """Somebody who signs in. Never deleted: deactivated, with the sessions ended at once."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    title_en, title_fr = pair(_("title"), blank=True)
    executive_level = models.CharField(
        _("executive level"), max_length=10, blank=True, help_text=_("For example EX-01, or empty.")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="people", verbose_name=_("department")
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("branch")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the administration"), default=False)
    departed_on = models.DateField(_("left on"), null=True, blank=True)

    NO_HISTORY = ("password", "last_login")

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_once_any_case",
                violation_error_message=_("Somebody has this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=models.Q(departed_on__isnull=True) | models.Q(is_active=False),
                name="person_departed_is_inactive",
                violation_error_message=_("Somebody who left cannot be active."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"department:{self.department_id}"

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email).strip()
        super().clean()

    def natural_key(self) -> tuple[Any, ...]:
        return (self.email,)
