"""What the navigation of a product asks about its reader."""

from typing import Any

from django import template

from products.models import Product
from products.permissions import may_read_risks

register = template.Library()


@register.filter
def reads_risks(person: Any, product: Product) -> bool:
    """Whether the product's risks are there for this reader."""
    return bool(may_read_risks(person, product))
