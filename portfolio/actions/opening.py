"""The opening position of a product that ran before the system: once, audited, with a mandate for each thing it sets
(domain.md §2, decisions.md §3)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products import events
from products.models import Product, ProductStatus
from products.permissions import may_open_position
from products.states import Phase, StatusState
from records import clock
from records.actions.mandates import give_mandate
from records.actors import Actor
from records.acts import act
from records.models import MandateKind
from records.refusals import Conflict
from records.trail import record
from records.writing import save
from roadmaps.actions.years import MANDATE as YEAR
from roadmaps.actions.years import approve_year
from roadmaps.models import RoadmapYear

RUNNING = (Phase.STRATEGY, Phase.DESIGN, Phase.TRANSITION, Phase.OPERATE, Phase.IMPROVE, Phase.RETIRE)


@act
def open_position(
    *, product: Product, by: Actor, phase: str, phase_since: date, reason: str, granted_on: date | None = None,
    expires_on: date | None = None, year: RoadmapYear | None = None, approved_on: date | None = None,
    paper_mou_location: str = "",
) -> Product:  # fmt: skip
    """Enter where the head of a family stands. `reason` is the paper decision it rests on.

    `granted_on` and `expires_on` give product status; `year` is approved as of `approved_on` with its baseline frozen.
    Conflict when the product has an opening position, or its phase moved by decision. ValidationError for wrong dates.
    """
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    require(may_open_position(by, product))
    _check(product, phase, phase_since, granted_on, expires_on, year, approved_on, reason)
    product.phase, product.phase_since = Phase(phase), phase_since
    product.phase_mandate = give_mandate(
        kind=MandateKind.OPENING, what="phase", subject=product, reference=reason, by=by
    )
    if paper_mou_location:
        product.paper_mou_location = paper_mou_location
    record(events.POSITION_OPENED, on=product, by=by, changes=save(product, by=by), reason=reason)
    if granted_on:
        _grant_status(product, by, granted_on, expires_on, reason)
    if year is not None:
        mandate = give_mandate(kind=MandateKind.OPENING, what=YEAR, subject=product, reference=reason, by=by)
        approve_year(year=year, mandate=mandate, approved_on=approved_on, by=by)
    return product


def _check(product: Product, phase: str, since: date, granted: date | None, expires: date | None, year: RoadmapYear | None,
           approved: date | None, reason: str) -> None:  # fmt: skip
    if product.phase_mandate_id is not None:
        raise Conflict(_("This product has its opening position already; from now on only decisions move it."))
    errors = {
        "phase_since": _not_future(since),
        "granted_on": _not_future(granted),
        "approved_on": _not_future(approved),
    }
    if not product.is_head:
        errors["phase"] = _("Only the head of a family has an opening position.")
    elif phase not in RUNNING:
        errors["phase"] = _("Choose the phase the product is in.")
    if bool(granted) != bool(expires):
        errors["expires_on"] = _("Product status has the day it was granted and the day it lasts until.")
    elif granted and expires and expires <= granted:
        errors["expires_on"] = _("It cannot end before it starts.")
    if year is not None and year.roadmap.product_id != product.pk:
        errors["year"] = _("This roadmap year belongs to another product.")
    if not reason.strip():
        errors["reason"] = _("Say which decision on paper this rests on.")
    found = {name: message for name, message in errors.items() if message}
    if found:
        raise ValidationError(found)


def _not_future(day: date | None) -> str:
    return _("This day has not come yet.") if day and day > clock.today() else ""


def _grant_status(product: Product, by: Actor, granted_on: date, expires_on: date | None, reason: str) -> None:
    mandate = give_mandate(kind=MandateKind.OPENING, what="product status", subject=product, reference=reason, by=by)
    status = ProductStatus(
        product=product, state=StatusState.GRANTED, granted_on=granted_on, expires_on=expires_on, mandate=mandate
    )
    record(events.STATUS_GRANTED, on=status, by=by, changes=save(status, by=by), reason=reason)
