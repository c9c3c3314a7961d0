"""Departments, branches, people, and the work that waits, for administrators. No page sets or shows a password."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.actions import organisation
from people.actions import people as acts
from people.actions.jobs import retry_jobs
from people.actions.second_factor import reset_factor
from people.models import Branch, Capacity, Department, Person
from people.reference_admin import INTO_USE, OUT_OF_USE
from people.second_factor import factor_of
from records.administration import Deed, NothingForm, ReadOnlyAdmin, ReasonForm, RecordAdmin, RecordForm
from records.jobs import KINDS
from records.models import Job, JobState

ORGANISATION, PEOPLE = _("Organisation"), _("People")


@admin.register(Department)
class DepartmentAdmin(RecordAdmin):
    group = ORGANISATION
    list_display = ("code", "name_en", "name_fr", "fiscal_start_month", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name_en", "name_fr")
    deeds = (OUT_OF_USE, INTO_USE)

    def add(self, *, by: Any, values: dict[str, Any]) -> Department:
        return organisation.register_department(by=by, **values)

    def change(self, record: Department, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        organisation.change_department(department=record, by=by, expected=seen, **values)


@admin.register(Branch)
class BranchAdmin(RecordAdmin):
    group = ORGANISATION
    list_display = ("acronym", "name_en", "name_fr", "kind", "department", "is_active")
    list_filter = ("is_active", "kind", ("department", admin.RelatedOnlyFieldListFilter))
    search_fields = ("acronym", "name_en", "name_fr")
    deeds = (OUT_OF_USE, INTO_USE)

    def add(self, *, by: Any, values: dict[str, Any]) -> Branch:
        return organisation.register_branch(by=by, **values)

    def change(self, record: Branch, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        organisation.change_branch(branch=record, by=by, expected=seen, **values)


class PersonForm(RecordForm):
    """What an administrator says of a person. The address is given once here; afterwards it has its own act."""

    is_administrator = forms.BooleanField(
        label=_("Administrator"),
        required=False,
        help_text=_("Keeps people and reference data. Gives no vote, signature or decision anywhere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_administrator", self.instance.is_superuser)


class LeavingForm(ReasonForm):
    left_on = forms.DateField(
        label=_("Left on"), required=False, help_text=_("YYYY-MM-DD; empty when the person stays in the organisation.")
    )


class EmailForm(ReasonForm):
    email = forms.EmailField(label=_("New e-mail address"))
    field_order = ("email", "reason")


def _deactivate(people: list[Person], *, by: Any, **values: Any) -> None:
    acts.deactivate_people(people=people, by=by, **values)


def _reactivate(people: list[Person], *, by: Any, reason: str) -> None:
    acts.reactivate_people(people=people, by=by, reason=reason)


def _change_email(people: list[Person], *, by: Any, email: str, reason: str) -> None:
    acts.change_email(person=people[0], email=email, by=by, reason=reason)


def _invite_again(people: list[Person], *, by: Any) -> None:
    acts.invite_again(person=people[0], by=by)


def _reset_factor(people: list[Person], *, by: Any, reason: str) -> None:
    reset_factor(person=people[0], by=by, reason=reason)


def is_waited_for(person: Person) -> bool:
    """Whether the person was invited and has not chosen a password yet."""
    return person.is_active and not person.has_usable_password()


class StandingFilter(admin.SimpleListFilter):
    title = _("access")
    parameter_name = "access"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("active", _("active")),
            ("invited", _("invited")),
            ("ended", _("ended")),
            ("admin", _("administrators")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = {
            "active": {"is_active": True},
            "invited": {"is_active": True, "password__startswith": "!"},
            "ended": {"is_active": False},
            "admin": {"is_active": True, "is_superuser": True},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    group = PEOPLE
    form = PersonForm
    list_display = ("name", "email", "job_title", "department", "branch", "access")
    list_filter = (StandingFilter, ("department", admin.RelatedOnlyFieldListFilter), "language")
    search_fields = ("name", "email", "title_en", "title_fr")
    deeds = (
        Deed("invite-again", _("Send the invitation again"), _invite_again, _("The invitation is on its way."),
             form=NothingForm, fits=is_waited_for, many=False),
        Deed("change-email", _("Change the e-mail address"), _change_email, _("The e-mail address was changed."),
             form=EmailForm, many=False,
             warning=_("The person signs in with the new address from now on; their sessions end.")),
        Deed("reset-factor", _("Take away the second factor"), _reset_factor, _("The second factor is taken away."),
             fits=lambda person: factor_of(person) is not None, many=False,
             warning=_("For somebody who lost the phone and the recovery codes. Be sure who asks. Their sessions end; who "
                       "must have a second factor sets up a new one at the next sign-in.")),
        Deed("deactivate", _("Deactivate"), _deactivate, _("Deactivated: %(count)d."), form=LeavingForm,
             fits=lambda person: person.is_active,
             warning=_("Access ends at once, with every session. Roles are ended on their product. Nothing is deleted.")),
        Deed("reactivate", _("Give access back"), _reactivate, _("Access given back: %(count)d."),
             fits=lambda person: not person.is_active),
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        known = (
            "name",
            "title_en",
            "title_fr",
            "executive_level",
            "department",
            "branch",
            "language",
            "is_administrator",
            "version_seen",
        )
        return ("email", "access", *known) if obj else ("email", *known)

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        return ("email", "access") if obj else ()

    @admin.display(description=_("title"))
    def job_title(self, person: Person) -> str:
        return person.title

    @admin.display(description=_("access"))
    def access(self, person: Person) -> Any:
        if not person.is_active:
            return _("ended %(day)s") % {"day": person.departed_on} if person.departed_on else _("ended")
        if is_waited_for(person):
            return _("invited, has not chosen a password yet")
        return _("administrator") if person.is_superuser else _("active")

    def add(self, *, by: Any, values: dict[str, Any]) -> Person:
        return acts.invite_person(by=by, **values)

    def change(self, record: Person, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        values["is_staff"] = values["is_superuser"] = values.pop("is_administrator")
        acts.change_person(person=record, by=by, expected=seen, **values)


@admin.register(Capacity)
class CapacityAdmin(ReadOnlyAdmin):
    group = PEOPLE
    list_display = ("person", "kind", "scope", "starts_on", "ends_on", "source_kind")
    list_filter = ("kind", "scope")
    search_fields = ("person__name", "person__email")
    ordering = ("person__name", "kind")


def _retry(jobs: list[Job], *, by: Any, reason: str) -> None:
    retry_jobs(jobs=jobs, by=by, reason=reason)


class KindOfWorkFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, kind) for kind in sorted(KINDS)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    group = _("Jobs")
    list_display = ("kind", "dedupe_key", "state", "attempts", "queued_at", "finished_at", "trouble")
    list_filter = ("state", KindOfWorkFilter)
    search_fields = ("dedupe_key", "kind")
    exclude = ("id",)
    deeds = (
        Deed("retry", _("Try again"), _retry, _("Queued again: %(count)d."),
             fits=lambda job: job.state == JobState.PARKED,
             warning=_("The work is queued with all its attempts. Read the last error first.")),
    )  # fmt: skip

    @admin.display(description=_("last error"))
    def trouble(self, job: Job) -> str:
        return job.last_error[:120]
