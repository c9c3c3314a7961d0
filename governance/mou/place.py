"""Which memorandum governs a product today, and its place in the Product Team Brief (domain.md §2, §3)."""

from datetime import date

from governance.models import Mou
from governance.mou_states import MouState
from products.brief.mou import register_locator
from products.models import Product
from records import clock


def governing(product: Product, day: date | None = None) -> Mou | None:
    """The version that binds on `day`, today unless said. One that everybody signed and that begins later does not yet; the
    one that it supersedes does until then."""
    day = day or clock.today()
    begun = Mou.objects.filter(product_id=product.head_id, in_force_from__lte=day)
    return (
        begun.in_force().first()
        or begun.filter(state=MouState.SUPERSEDED, ended_on__gte=day).order_by("-ended_on").first()
    )


@register_locator
def place_of(product: Product) -> str:
    """Number and version of the memorandum that governs `product`, or an empty text."""
    mou = governing(product)
    return str(mou) if mou else ""
