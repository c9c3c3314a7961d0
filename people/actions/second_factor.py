"""Take a second factor into use, renew recovery codes, give it up; each ends the person's other sessions (S-16, S-19)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import events
from people.actions.people import by_administrator, by_oneself, end_sessions
from people.actions.sessions import end_other_sessions
from people.models import Person
from people.own_notices import factor_changed
from people.permissions import Verdict, require
from people.second_factor import FACTORS, T, hashed, kept_codes, must_have, new_codes, seal, step_of
from records.actors import Actor
from records.acts import act
from records.trail import record


@act
def set_up_factor(*, person: Person, secret: str, code: str, by: Person, session: str | None) -> list[str]:
    """Take the app that holds `secret` into use, in place of an earlier one, once it shows the right `code`.

    Returns the recovery codes, made with the first app; afterwards nobody can read them. Raises ValidationError for a
    wrong code. Every session but the one with the key `session` ends.
    """
    require(by_oneself(by, person))
    step = step_of(secret, code)
    if step is None:
        raise ValidationError({"code": _("This is not the code the app shows now. Wait for the next one and type it.")})
    before = _kinds_of(person)
    Authenticator.objects.filter(user=person, type=T.TOTP).delete()
    Authenticator.objects.create(user=person, type=T.TOTP, data={"secret": seal.seal(secret), "last": step})
    codes = [] if T.RECOVERY_CODES in before else _give_codes(person)
    event = events.FACTOR_MOVED if T.TOTP in before else events.FACTOR_SET_UP
    record(event, on=person, by=by)
    _after_change(person, session, by)
    return codes


@act
def add_key(*, person: Person, name: str, credential: dict[str, Any], by: Person, session: str | None) -> list[str]:
    """Take a security key into use, whose answer the form has checked. Returns recovery codes as `set_up_factor` does."""
    require(by_oneself(by, person))
    before = _kinds_of(person)
    data = {"name": name, "credential": credential}
    Authenticator.objects.create(user=person, type=T.WEBAUTHN, data=data)
    codes = [] if T.RECOVERY_CODES in before else _give_codes(person)
    record(events.KEY_ADDED, on=person, by=by, changes={"key": [None, name]})
    _after_change(person, session, by)
    return codes


@act
def remove_key(*, person: Person, key: int, by: Person, session: str | None) -> None:
    """Forget a security key. The last factor goes with its recovery codes, unless the person must have one.

    Raises ValidationError for a key the person has not.
    """
    require(by_oneself(by, person))
    kinds = _kinds_of(person)
    row = Authenticator.objects.filter(user=person, type=T.WEBAUTHN, pk=key).first()
    if row is None:
        raise ValidationError(_("You have no such key."))
    if sum(kind in FACTORS for kind in kinds) == 1:
        require(may_give_up_factor(by, person))
        Authenticator.objects.filter(user=person, type=T.RECOVERY_CODES).delete()
    row.delete()
    record(events.KEY_REMOVED, on=person, by=by, changes={"key": [row.data["name"], None]})
    _after_change(person, session, by)


@act
def renew_recovery_codes(*, person: Person, by: Person, session: str | None) -> list[str]:
    """New recovery codes in place of all earlier ones. Raises ValidationError without a second factor."""
    require(by_oneself(by, person))
    if not FACTORS & set(_kinds_of(person)):
        raise ValidationError(_("Set up a second factor first; the codes stand in for it."))
    Authenticator.objects.filter(user=person, type=T.RECOVERY_CODES).delete()
    codes = _give_codes(person)
    record(events.RECOVERY_CODES_RENEWED, on=person, by=by)
    _after_change(person, session, by)
    return codes


@act
def give_up_factor(*, person: Person, by: Person, session: str | None) -> None:
    """Sign in with the password alone from now on. Refused to those who must have a second factor."""
    require(may_give_up_factor(by, person))
    if not _kinds_of(person):
        raise ValidationError(_("You have no second factor."))
    Authenticator.objects.filter(user=person).delete()
    record(events.FACTOR_GIVEN_UP, on=person, by=by)
    _after_change(person, session, by)


@act
def reset_factor(*, person: Person, by: Actor, reason: str) -> None:
    """Take away the second factor of somebody who lost it, codes included; who must have one sets it up at next sign-in."""
    require(by_administrator(by, person))
    if person.pk == by.pk:
        raise ValidationError(_("Another administrator does this for you."))
    if not _kinds_of(person):
        raise ValidationError(_("%(name)s has no second factor.") % {"name": person.name})
    Authenticator.objects.filter(user=person).delete()
    record(events.FACTOR_RESET, on=person, by=by, reason=reason)
    factor_changed(person)
    end_sessions(person)


@act
def use_recovery_code(*, person: Person, code: str, by: Person) -> Authenticator | None:
    """Use up one recovery code in place of the app's; None when there is no such code (any more)."""
    require(by_oneself(by, person))
    row = Authenticator.objects.select_for_update().filter(user=person, type=T.RECOVERY_CODES).first()
    given = hashed(code, row.data["salt"]) if row else ""
    if row is None or given not in row.data["hashes"]:
        return None
    row.data["hashes"].remove(given)
    row.save(update_fields=["data"])
    left = len(row.data["hashes"])
    record(events.RECOVERY_CODE_USED, on=person, by=by, changes={"codes": [left + 1, left]})
    return row


@act
def reseal_factors(*, by: Actor) -> int:
    """Seal with the key of today what a former key sealed; returns how many. Raises Unsealable, changing nothing."""
    require(by_administrator(by))
    done = 0
    for row in Authenticator.objects.select_for_update().filter(type=T.TOTP).select_related("user"):
        if not seal.is_of_today(row.data["secret"]):
            row.data["secret"] = seal.seal(seal.unseal(row.data["secret"]))
            row.save(update_fields=["data"])
            record(events.FACTOR_SEALED_ANEW, on=row.user, by=by)
            done += 1
    return done


def may_give_up_factor(by: Person, person: Person) -> Verdict:
    """One's own, unless one holds a seat or administers."""
    if must_have(person):
        reason = _("Who sits on a board or administers keeps a second factor. Move it to another phone instead.")
        return Verdict(False, reason, person, by)
    return by_oneself(by, person)


def _kinds_of(person: Person) -> list[str]:
    """The kinds the person has, their row locked so that two requests do not both set one up."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return list(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def _give_codes(person: Person) -> list[str]:
    codes = new_codes()
    Authenticator.objects.create(user=person, type=T.RECOVERY_CODES, data=kept_codes(codes))
    return codes


def _after_change(person: Person, session: str | None, by: Person) -> None:
    factor_changed(person)
    end_other_sessions(person=person, keep=session, by=by)
