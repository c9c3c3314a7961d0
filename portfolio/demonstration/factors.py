"""Second factors of the demonstration's people: the same ones every time, and the code that each shows now (decisions.md §29)."""

import base64
import hashlib
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q

from people.actions.second_factor import set_up_factor
from people.models import Person
from people.notices import Telling, telling
from people.second_factor import SEATS, TOLERANCE, T, code_at, must_have, seal, step_now
from portfolio.demonstration.reading import moment
from records import clock

GIVEN_ON = date(2026, 11, 16)


def give_factors() -> int:
    """An authenticator app to everybody who must have one and has none; how many were given."""
    obliged = Q(is_staff=True) | Q(capacities__kind__in=SEATS)
    without = Person.objects.filter(obliged, is_active=True).exclude(authenticator__type=T.TOTP).distinct()
    waiting = [person for person in without.order_by("email") if must_have(person)]
    for person in waiting:
        secret = secret_for(person.email)
        with clock.at(moment(GIVEN_ON, 9)), telling(Telling.NOBODY):
            set_up_factor(
                person=person, secret=secret, code=code_at(secret, step_now() - TOLERANCE), by=person, session=None
            )
    return len(waiting)


def secret_for(email: str) -> str:
    """What the app of this address holds in every demonstration."""
    return base64.b32encode(hashlib.sha256(f"gatehouse demonstration {email}".encode()).digest()[:20]).decode()


def code_for(email: str) -> str | None:
    """A code the app of this address shows now and that was not used yet; None when one must wait half a minute.

    Raises Authenticator.DoesNotExist for an address without an app.
    """
    row = Authenticator.objects.get(user__email__iexact=email, type=T.TOTP)
    step = max(step_now(), row.data["last"] + 1)
    return code_at(seal.unseal(row.data["secret"]), step) if step <= step_now() + TOLERANCE else None


def with_factor() -> set[str]:
    """The addresses that also need a code to sign in."""
    return set(Authenticator.objects.filter(type=T.TOTP).values_list("user__email", flat=True))
