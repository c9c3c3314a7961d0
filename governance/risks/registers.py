"""Whose registers a person reads: the same circle as `RiskQuerySet.visible_to`, said of products."""

from django.db.models import QuerySet

from governance.models.risk import READERS, reading
from people.models import Person
from people.permissions import standing
from products import families
from products.models import Product


def with_register(person: Person) -> QuerySet:
    """The products whose risks `person` sees."""
    mine = standing(person)
    if mine.has(READERS):
        return Product.objects.all()
    return Product.objects.filter(reading(mine))


def with_members(product: Product, person: Person) -> QuerySet:
    """The product and what is part of it, as far as `person` reads their risks; the whole family for its head."""
    rows = with_register(person)
    if product.is_head:
        return rows.filter(head_id=product.head_id)
    family = list(Product.objects.filter(head_id=product.head_id))
    return rows.filter(pk__in=[product.pk, *(each.pk for each in families.below(product, family))])
