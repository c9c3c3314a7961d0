"""An agreement as amended to a day: which version bound then, and which one wrote each of its sections last (ux.md A7)."""

from datetime import date

from django.db.models import Q

from governance.models import Mou
from governance.mou.versions import editions_of
from governance.mou_states import MouSection, MouState
from products.models import Product


def in_force_on(product: Product, day: date) -> Mou | None:
    """The version that bound on `day`. On the day a newer one took over, the newer one; on the day it was ended, none."""
    begun = Mou.objects.filter(product_id=product.head_id, state__in=MouState.was_in_force(), in_force_from__lte=day)
    lasts = Q(ended_on__isnull=True) | Q(ended_on__gt=day) | Q(ended_on=day) & ~Q(state=MouState.TERMINATED)
    return begun.filter(lasts).order_by("-in_force_from", "-created_at").first()


def amended_by(mou: Mou) -> dict[int, Mou]:
    """Section → the version up to `mou` that wrote it last."""
    found: dict[int, Mou] = {}
    for each in editions_of(mou):
        for section in each.opened_sections if each.is_amendment else MouSection.values:
            found[int(section)] = each
    return found
