"""Changes to a live product: each passes gates of its own while the product stays in operation (domain.md §5)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.gates.opening import is_live
from governance.models import ProductChange
from governance.permissions import may_begin_change
from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save


@act
def begin_change(*, product: Product, by: Actor, **texts: Any) -> ProductChange:
    """Begin a change in Strategy. `texts`: name_en, name_fr, summary_en, summary_fr. Conflict unless the product is live."""
    require(may_begin_change(by, product))
    if not product.is_head:
        raise ValidationError(_("Toll-gates belong to the head of the family."))
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    if not is_live(product):
        raise OutOfTurn(
            _("Only a product in Operate or Improve takes changes; this one is in %(phase)s.")
            % {"phase": product.get_phase_display()}
        )
    change = ProductChange(product=product, phase_since=clock.today(product.department.time_zone), **texts)
    record(events.CHANGE_BEGUN, on=change, by=by, changes=save(change, by=by))
    return change
