"""Take the records of a file in: raw bytes kept, settings changed, facts stored; inside the caller's act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from metrics.actions.settings import change_settings, ensure_settings
from metrics.importing.matching import Owned
from metrics.models import Delivery, DeliverySettings
from metrics.normal import ProductRecord
from metrics.states import SnapshotReason
from metrics.storing import Counts, store
from products.models import Product
from records.actors import Actor


@dataclass
class Taken:
    """What became of the records of a file. `settings` counts products whose settings changed."""

    counts: Counts = field(default_factory=Counts)
    settings: int = 0


def wanted_settings(record: ProductRecord) -> dict[str, Any]:
    """The fields of DeliverySettings that a product's record sets; what it leaves out stays as it is."""
    wanted: dict[str, Any] = {}
    if record.timezone is not None:
        wanted["timezone"] = record.timezone
    if record.has_incident_feed is not None:
        wanted["has_incident_feed"] = record.has_incident_feed
    if record.sets_window:
        wanted["attribution_window"] = record.attribution_window
    return wanted


def settings_to_change(record: ProductRecord, settings: DeliverySettings) -> dict[str, Any]:
    """Of those, the ones that differ."""
    return {name: value for name, value in wanted_settings(record).items() if getattr(settings, name) != value}


def take_in(pairs: list[Owned], contents: dict[str, bytes], *, by: Actor, reason: SnapshotReason) -> Taken:
    """Keep the files as they came and store their records, settings first. ValidationError where settings are impossible."""
    taken = Taken()
    delivery = _keep(contents, {each.product for each in pairs})
    for product in _in_order(each.product for each in pairs):
        ensure_settings(product=product, by=by)
    for each in pairs:
        if isinstance(each.record, ProductRecord):
            taken.settings += _change(each.product, each.record, by)
    told = [(each.product.pk, each.record) for each in pairs if not isinstance(each.record, ProductRecord)]
    if told:
        taken.counts = store(told, delivery=delivery, reason=reason)
    return taken


def _in_order(products: Iterable[Product]) -> list[Product]:
    """Each product once, in the one order in which they are locked."""
    return [each for _key, each in sorted({each.pk: each for each in products}.items())]


def _change(product: Product, record: ProductRecord, by: Actor) -> bool:
    changed = settings_to_change(record, DeliverySettings.objects.get(product=product))
    if changed:
        change_settings(product=product, by=by, **changed)
    return bool(changed)


def _keep(contents: dict[str, bytes], products: set[Product]) -> int:
    """Store the bytes as raw deliveries; the number of the last is the watermark of what follows from them."""
    number = 0
    product = next(iter(products)) if len(products) == 1 else None
    for name, content in contents.items():
        number = Delivery.objects.create(product=product, event=f"file {name}"[:100], body=content).pk
    return number
