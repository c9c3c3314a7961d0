"""Open a roadmap, set its vision, confirm its order (domain.md §4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.models import Roadmap
from roadmaps.permissions import may_confirm_order, may_edit_roadmap, may_open_roadmap


def hold(roadmap: Roadmap) -> Roadmap:
    """The roadmap's row, locked until the act ends: letters, numbers and places are given out one after the other."""
    return Roadmap.objects.select_for_update(of=("self",)).select_related("product__department").get(pk=roadmap.pk)


@act
def open_roadmap(*, product: Product, horizon_from: int, by: Actor, horizon_years: int = 3, **values: Any) -> Roadmap:
    """Give the head of a family its roadmap. `horizon_from` is a fiscal year; `values` may hold vision_en, vision_fr."""
    require(may_open_roadmap(by, product))
    if not product.is_head:
        raise ValidationError(_("A roadmap belongs to the product that heads its family."))
    roadmap = Roadmap(product=product, horizon_from=horizon_from, horizon_years=horizon_years, **values)
    record(events.ROADMAP_OPENED, on=roadmap, by=by, changes=save(roadmap, by=by))
    return roadmap


@act
def set_vision(*, roadmap: Roadmap, by: Actor, expected: int | None = None, **values: Any) -> Roadmap:
    """Change vision_en, vision_fr, horizon_from or horizon_years."""
    require(may_edit_roadmap(by, roadmap))
    for name, value in values.items():
        setattr(roadmap, name, value)
    changes = save(roadmap, by=by, expected=expected)
    if changes:
        record(events.ROADMAP_CHANGED, on=roadmap, by=by, changes=changes)
    return roadmap


@act
def confirm_order(*, roadmap: Roadmap, by: Actor) -> Roadmap:
    """The Product Owner stands for the order of the next six months."""
    require(may_confirm_order(by, roadmap))
    roadmap = hold(roadmap)
    roadmap.order_confirmed_on, roadmap.order_confirmed_by_name = clock.today(), by.get_full_name()
    changes = save(roadmap, by=by)
    record(events.ORDER_CONFIRMED, on=roadmap, by=by, changes=changes)
    return roadmap
