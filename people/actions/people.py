"""Invite, change, deactivate people; nobody types another's password (domain.md §1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import events
from people.actions.capacities import grant_capacity
from people.models import Appointment, Branch, Department, Person
from people.permissions import Verdict, may_administer, require
from people.sessions import sessions_of
from people.states import CapacityKind, ScopeKind
from records import clock, jobs
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save


@act
def invite_person(
    *,
    email: str,
    name: str,
    department: Department,
    by: Actor,
    branch: Branch | None = None,
    title_en: str = "",
    title_fr: str = "",
    executive_level: str = "",
    language: str = "en",
    is_administrator: bool = False,
) -> Person:
    """Register a person and send the invitation by which they choose their own password."""
    require(by_administrator(by))
    person = Person(
        email=email,
        name=name,
        department=department,
        branch=branch,
        title_en=title_en,
        title_fr=title_fr,
        executive_level=executive_level,
        language=language,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    person.set_unusable_password()
    changes = save(person, by=by)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(events.PERSON_INVITED, on=person, by=by, changes=changes)
    jobs.enqueue("people.invite", str(person.pk), {"person": str(person.pk)}, by=by)
    return person


@act
def change_person(*, person: Person, by: Actor, expected: int | None = None, **values: Any) -> Person:
    """Change what is known of a person; e-mail and activity have their own acts."""
    require(by_administrator(by, person))
    for name, value in values.items():
        setattr(person, name, value)
    if person.pk == by.pk and not (person.is_staff and person.is_superuser):
        raise ValidationError(_("You cannot take the administration away from yourself."))
    changes = save(person, by=by, expected=expected)
    if changes:
        record(events.PERSON_CHANGED, on=person, by=by, changes=changes)
    return person


@act
def change_email(*, person: Person, email: str, by: Actor, reason: str = "") -> Person:
    """Give a person another address to sign in with. Their sessions end; reset links already sent stop working."""
    require(by_administrator(by, person))
    person.email = email
    changes = save(person, by=by)
    if changes:
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        record(events.PERSON_EMAIL_CHANGED, on=person, by=by, changes=changes, reason=reason)
        end_sessions(person)
    return person


@act
def invite_again(*, person: Person, by: Actor) -> None:
    """Send the invitation once more, to somebody who has not chosen a password yet."""
    require(by_administrator(by, person))
    if person.has_usable_password() or not person.is_active:
        raise ValidationError(_("Only somebody who was invited and has not chosen a password yet is invited again."))
    record(events.PERSON_INVITED_AGAIN, on=person, by=by)
    jobs.enqueue("people.invite", f"{person.pk}:{clock.now().isoformat()}", {"person": str(person.pk)}, by=by)


@act
def deactivate_person(*, person: Person, by: Actor, reason: str, left_on: date | None = None) -> Person:
    """End a person's access at once: no new sign-in, every session ended. Roles are ended by their own acts."""
    require(by_administrator(by, person))
    if person.pk == by.pk:
        raise ValidationError(_("You cannot deactivate yourself; another administrator can."))
    person.is_active, person.departed_on = False, left_on
    record(events.PERSON_DEACTIVATED, on=person, by=by, changes=save(person, by=by), reason=reason)
    end_sessions(person)
    return person


@act
def deactivate_people(*, people: Iterable[Person], by: Actor, reason: str, left_on: date | None = None) -> None:
    """End the access of several people, all or none."""
    for person in people:
        deactivate_person(person=person, by=by, reason=reason, left_on=left_on)


@act
def reactivate_people(*, people: Iterable[Person], by: Actor, reason: str) -> None:
    """Give access back to several people, all or none."""
    for person in people:
        reactivate_person(person=person, by=by, reason=reason)


@act
def reactivate_person(*, person: Person, by: Actor, reason: str) -> Person:
    """Give access back."""
    require(by_administrator(by, person))
    person.is_active, person.departed_on = True, None
    record(events.PERSON_REACTIVATED, on=person, by=by, changes=save(person, by=by), reason=reason)
    return person


@act
def appoint_person(
    *,
    person: Person,
    kind: str,
    starts_on: date,
    by: Actor,
    department: Department | None = None,
    branch: Branch | None = None,
    portfolio_id: Any = None,
    ends_on: date | None = None,
) -> Appointment:
    """Give a dated office. Its scope is the branch, the portfolio or the department named, else every department."""
    require(by_administrator(by, person))
    appointment = Appointment(
        person=person,
        kind=kind,
        department=department,
        branch=branch,
        portfolio_id=portfolio_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(events.PERSON_APPOINTED, on=appointment, by=by, changes=save(appointment, by=by))
    _grant(appointment)
    return appointment


@act
def end_appointment(*, appointment: Appointment, ends_on: date, by: Actor, reason: str = "") -> Appointment:
    """Let an office end on a day, the last one that counts."""
    require(by_administrator(by, appointment.person))
    appointment.ends_on = ends_on
    record(events.APPOINTMENT_ENDED, on=appointment, by=by, changes=save(appointment, by=by), reason=reason)
    _grant(appointment)
    return appointment


@act
def end_appointments(*, appointments: Iterable[Appointment], ends_on: date, by: Actor, reason: str = "") -> None:
    """Let several offices end on a day, all or none."""
    for appointment in appointments:
        end_appointment(appointment=appointment, ends_on=ends_on, by=by, reason=reason)


def _grant(appointment: Appointment) -> None:
    scope, key = ScopeKind.ALL, None
    if appointment.kind in (CapacityKind.SPONSOR, CapacityKind.DIRECTOR_GENERAL):
        scope, key = ScopeKind.BRANCH, appointment.branch_id
    elif appointment.portfolio_id:
        scope, key = ScopeKind.PORTFOLIO, appointment.portfolio_id
    elif appointment.department_id:
        scope, key = ScopeKind.DEPARTMENT, appointment.department_id
    grant_capacity(
        person=appointment.person,
        kind=appointment.kind,
        scope=scope,
        scope_id=key,
        starts_on=appointment.starts_on,
        ends_on=appointment.ends_on,
        source=appointment,
    )


@act
def choose_language(*, person: Person, language: str, by: Actor) -> Person:
    """Set the language of one's pages and mail. Raises ValidationError for a language there is not."""
    require(by_oneself(by, person))
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    person.language = language
    changes = save(person, by=by)
    if changes:
        record(events.LANGUAGE_CHOSEN, on=person, by=by, changes=changes)
    return person


@act
def note_password_chosen(*, person: Person, by: Actor) -> None:
    """Leave a trace of a password that was changed or reset; of the password itself nothing is kept."""
    require(by_oneself(by, person))
    record(events.PASSWORD_CHOSEN, on=person, by=by)


def by_oneself(by: Actor, person: Person) -> Verdict:
    """What concerns a person alone is theirs alone."""
    if by.pk == person.pk and person.is_active:
        return Verdict(True)
    return Verdict(False, _("Only the person concerned can do this."), person, by)


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere."""
    for session in sessions_of(person):
        session.delete()


def by_administrator(by: Actor, subject: Any = None) -> Any:
    from records.actors import SystemActor

    return Verdict(True) if isinstance(by, SystemActor) else may_administer(by, subject)
