"""Who proves a condition and who verifies it; each verdict carries its reason (domain.md §5, trust.md S-05)."""

from typing import Any

from django.utils.translation import gettext as _

from governance.models import Condition
from governance.states import SeatRole
from people.models import Person
from people.permissions import Verdict, may
from records import clock


def may_give_proof(person: Any, condition: Condition) -> Verdict:
    """The owner, and the team's leads for the owner; never the one who verifies."""
    if person.pk == condition.verifier_id:
        return Verdict(False, _("You verify this condition, so somebody else proves it."), condition, person)
    if person.pk == condition.owner_id and person.is_active:
        return Verdict(True)
    verdict = may(person, "close_condition", condition, **condition.review.product.scopes())
    if verdict:
        return verdict
    words = _("You cannot do this here. It is for the owner of the condition, %(owner)s, and the leads of the team.")
    return Verdict(False, words % {"owner": condition.owner.name}, condition, person)


def may_verify_proof(person: Any, condition: Condition) -> Verdict:
    """The verifier alone, and only for a proof that somebody else gave; once the verifier has left, the chair of the board that
    asked for it."""
    if person.pk == condition.owner_id or str(person.pk) == condition.proven_by_id:
        return Verdict(False, _("Nobody verifies a condition or a proof of their own."), condition, person)
    if person.pk == condition.verifier_id and person.is_active:
        return Verdict(True)
    board = condition.review.board
    if not condition.verifier.is_active and board is not None:
        return may(person, "record_decision", condition, board=board.pk)
    words = _("You cannot do this here. It is for the verifier of the condition, %(verifier)s.")
    return Verdict(False, words % {"verifier": condition.verifier.name}, condition, person)


def verifiers(condition: Condition) -> list[Person]:
    """Who judges a proof today: the verifier, or the chair where the verifier has left."""
    board = condition.review.board
    if condition.verifier.is_active or board is None:
        return [condition.verifier]
    seats = board.seats.on(clock.today()).filter(role=SeatRole.CHAIR)  # type: ignore[attr-defined]
    return [seat.person for seat in seats.select_related("person")]
