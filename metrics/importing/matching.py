"""Whose records a file holds: its product keys and the products they mean (dora.md §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.events_format import Found, Readings
from metrics.events_format.fields import shown
from metrics.models import DeliverySettings
from metrics.normal import ProductRecord, Record
from products.models import Product

UNKNOWN = _("There is no product %(key)s. Expected the code of a product, or its key in delivery events.")


@dataclass(frozen=True)
class Owned:
    """A record, where it stands, and the product it belongs to."""

    product: Product
    found: Found

    @property
    def record(self) -> Record:
        return self.found.record


def products_by_key(keys: Iterable[str]) -> dict[str, Product]:
    """Key → product: by the key in its delivery settings, else by its code, else by the code in capitals."""
    wanted = set(keys)
    named = DeliverySettings.objects.filter(key__in=wanted).select_related("product")
    by_settings = {each.key: each.product for each in named}
    coded = Product.objects.filter(code__in=wanted | {key.upper() for key in wanted})
    by_code = {each.code: each for each in coded}
    found = {key: by_settings.get(key) or by_code.get(key) or by_code.get(key.upper()) for key in wanted}
    return {key: product for key, product in found.items() if product is not None}


def keys_in(readings: Readings) -> list[str]:
    """The product keys of a file, each once, in its order."""
    return list(dict.fromkeys(each.record.product for each in readings.found))


def owned(readings: Readings, known: dict[str, Product]) -> list[Owned]:
    """The records with their products; a key nobody knows becomes a fault of the record."""
    pairs = []
    for found in readings.found:
        product = known.get(found.record.product)
        if product is None:
            refuse(readings, found, key_field(found), UNKNOWN, key=shown(found.record.product))
        else:
            pairs.append(Owned(product, found))
    return pairs


def key_field(found: Found) -> str:
    """The field that names the product."""
    return "key" if isinstance(found.record, ProductRecord) else "product"


def refuse(readings: Readings, found: Found, name: str, message: Any, /, **params: Any) -> None:
    """Note a fault that only shows beyond the file."""
    readings.faults.add(found.place.at(name), message, **params)
