"""Our own format, `dora-events/1`, as a document or as a single record (dora.md §3.2 and §4): read strictly, or not at all."""

from django.utils.translation import gettext_lazy as _

from metrics.adapters import fields
from metrics.adapters.envelope import Arrival, Feed
from metrics.events_format import Faults, Readings, Terms, read_files
from metrics.normal import SCHEMA, CommitsRecord, Malformed, ProductRecord, Reading

UNKNOWN_PRODUCT = _("This source belongs to %(known)s, not to %(found)s.")


class Faulty(Malformed):
    """Everything that is wrong with a delivery, each with its place."""

    def __init__(self, faults: Faults) -> None:
        first = faults.kept[0]
        super().__init__(first.reason, first.place.path)
        self.faults = faults


def key_of(arrival: Arrival) -> str:
    """The number its sender gave it, which the signature covers."""
    return fields.clean(arrival.headers.get("webhook-id", "")) or arrival.digest()


def read(arrival: Arrival, feed: Feed) -> Reading:
    """Raises Faulty with every fault; nothing of a faulty delivery is used."""
    readings = read_files({"": arrival.body}, Terms(names_product=False, source=feed.name))
    _check_products(readings, feed)
    if readings.faults.count:
        raise Faulty(readings.faults)
    used = tuple(each for each in readings.records if not isinstance(each, ProductRecord))
    if not used:
        return Reading(SCHEMA, reason="settings_not_taken")
    return Reading(SCHEMA, used)


def _check_products(readings: Readings, feed: Feed) -> None:
    """A source speaks for one product; a record may name it, by its key or its code."""
    for found in readings.found:
        name = "" if isinstance(found.record, CommitsRecord) else found.record.product
        if name and feed.keys and name not in feed.keys:
            place = found.place.at("key" if isinstance(found.record, ProductRecord) else "product")
            readings.faults.add(place, UNKNOWN_PRODUCT, known=feed.keys[0], found=name)
