"""The phase of a product: moved by a toll-gate decision and by nothing else (domain.md §2, decisions.md §3).

This is the one writer. The opening position of a product that ran before the system has its own, once; the database
itself refuses a phase that changes without a mandate of its own.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products import events
from products.models import Product
from products.states import PHASE_MOVES, Phase
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate, MandateKind
from records.moves import check_move
from records.refusals import OutOfTurn, Refused
from records.trail import record
from records.writing import save

MANDATE = "phase"  # what a mandate is for that moves a phase


@act
def move_phase(*, product: Product, phase: str, mandate: Mandate, by: Actor) -> Product:
    """Move the head of a family to `phase` by a decision's `mandate`.

    Refused when the mandate rests on no decision, is for something else or moved this product before; Conflict when the
    product cannot come to `phase` from where it stands.
    """
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    check_mandate(mandate, what=MANDATE, subject_id=str(product.pk), by=by, on=product)
    if not product.is_head:
        raise ValidationError({"phase": _("A family passes its gates as one: its head moves.")})
    if Product.history.filter(phase_mandate_id=mandate.pk).exists():
        raise OutOfTurn(_("This decision moved the product already."))
    check_move(PHASE_MOVES, product.phase, phase)
    product.phase, product.phase_since, product.phase_mandate = Phase(phase), clock.today(), mandate
    record(events.PHASE_MOVED, on=product, by=by, changes=save(product, by=by), reason=mandate.reference)
    return product


def check_mandate(mandate: Mandate, *, what: str, subject_id: str, by: Actor, on: object) -> None:
    """Refused unless `mandate`, as it stands in the database, is a board's decision for `what` about this very subject."""
    kept = Mandate.objects.filter(pk=mandate.pk, kind=MandateKind.DECISION, what=what).first()
    if kept is None:
        raise Refused(_("Only a board’s decision does this."), subject=on, by=by)
    if kept.subject_id != subject_id:
        raise Refused(_("This decision is about something else."), subject=on, by=by)
