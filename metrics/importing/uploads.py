"""A file that a person uploads: whose records it may hold, and what it would do (issue 3, point 2).

It is read strictly like any other. Beyond that its records belong to the product of the page or to its family, lie in no
future, and say nothing of how a product is measured that this person may not decide.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from metrics.events_format import Fault, Readings, located, read_files
from metrics.events_format.fields import shown
from metrics.events_format.readings import instants
from metrics.importing.matching import Owned, key_field, keys_in, owned, products_by_key, refuse
from metrics.importing.taking import settings_to_change
from metrics.models import DeliverySettings, DeliveryUpload, MetricsPolicy, MonthClosing
from metrics.normal import DeploymentRecord, IncidentRecord, ProductRecord, Record
from metrics.permissions import may_set_measures, may_upload_deliveries
from metrics.storing import Counts, deployments, incidents
from metrics.storing.versions import latest
from people.models import Person
from products.models import Product
from records import clock

MOST_BYTES = 5 * 1024 * 1024
FIRST_ROWS = 10
AHEAD = timedelta(days=1)  # clocks of machines differ; more than that is a mistake
FOREIGN = _("%(key)s is not the key of %(product)s, nor of a product of its family for which you may upload.")
FUTURE = _("%(found)s lies in the future.")
NOT_YOURS = _("This would change how %(product)s is measured, which is for its leads. Leave its record out.")


@dataclass
class Checked:
    """A file that was read and matched; it is sound when `faults` is empty."""

    readings: Readings
    pairs: list[Owned]
    contents: dict[str, bytes]

    @property
    def faults(self) -> list[Fault]:
        return located(self.readings.faults, self.contents)

    @property
    def fault_count(self) -> int:
        return self.readings.faults.count


class UploadRefused(Exception):
    """The file has faults; nothing of it is kept."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("The file has faults.")
        self.checked = checked


def check(contents: dict[str, bytes], product: Product, person: Person) -> Checked:
    """Read the files and hold them against what `person` may upload on the page of `product`."""
    readings = read_files(contents)
    family = {each.pk for each in family_of(product) if may_upload_deliveries(person, each)}
    known = {key: each for key, each in products_by_key(keys_in(readings)).items() if each.pk in family}
    for found in readings.found:
        if found.record.product not in known:
            key = shown(found.record.product)
            refuse(readings, found, key_field(found), FOREIGN, key=key, product=product.code)
    pairs = owned(Readings([each for each in readings.found if each.record.product in known]), known)
    limit = clock.now() + AHEAD
    for each in pairs:
        _check_times(readings, each, limit)
        _check_settings(readings, each, person)
    return Checked(readings, pairs, contents)


def family_of(product: Product) -> Iterable[Product]:
    """The product, and the members of the family it heads."""
    return Product.objects.filter(head_id=product.pk) if product.is_head else [product]


def _check_times(readings: Readings, each: Owned, limit: datetime) -> None:
    for name in ("started_at", "finished_at", "resolved_at", "updated_at"):
        instant = getattr(each.record, name, None)
        if instant is not None and instant > limit:
            refuse(readings, each.found, name, FUTURE, found=f"{instant:%Y-%m-%d %H:%M} UTC")


def _check_settings(readings: Readings, each: Owned, person: Person) -> None:
    if not isinstance(each.record, ProductRecord) or may_set_measures(person, each.product):
        return
    if settings_to_change(each.record, settings_of(each.product)):
        refuse(readings, each.found, "", NOT_YOURS, product=each.product.code)


def settings_of(product: Product) -> DeliverySettings:
    """The product's delivery settings, or, unsaved, those it would be given."""
    found = DeliverySettings.objects.filter(product=product).first()
    zone = MetricsPolicy.objects.values_list("timezone", flat=True).first() or "UTC"
    return found or DeliverySettings(product=product, key=product.code, timezone=zone)


def foretell(pairs: list[Owned]) -> Counts:
    """What would become of the records if they were taken over now."""
    told: list[tuple[UUID, Record]] = [(each.product.pk, each.record) for each in pairs]
    deployed = [
        ((product, record.source, record.id), deployments.comparable(record))
        for product, record in told
        if isinstance(record, DeploymentRecord)
    ]
    fell = [
        ((product, record.source, record.id), incidents.comparable(record))
        for product, record in told
        if isinstance(record, IncidentRecord)
    ]
    kept = deployments.as_records(deployments.rows_of(name for name, _record in deployed))
    _versions, counts = latest(deployed, kept)
    kept_incidents = incidents.as_records(incidents.rows_of(name for name, _record in fell))
    _versions_of_incidents, more = latest(fell, kept_incidents, incidents.merge)
    counts.add(more)
    return counts


def preview(checked: Checked) -> dict[str, Any]:
    """What the page shows before the file is taken over, as it is kept with the upload."""
    records = [each.record for each in checked.pairs]
    commits = sum(len(each.commits or ()) for each in records if isinstance(each, DeploymentRecord))
    return {
        "files": [[name, len(content)] for name, content in checked.contents.items()],
        "sha256": hashlib.sha256(b"".join(checked.contents.values())).hexdigest(),
        "kinds": {**checked.readings.counts(), "commit": commits},
        "effects": vars(foretell(checked.pairs)),
        "months": _months(checked.pairs),
        "settings": _settings(checked.pairs),
        "deployments": [_deployment(each) for each in _of(checked.pairs, DeploymentRecord)],
        "incidents": [_incident(each) for each in _of(checked.pairs, IncidentRecord)],
    }


def _of(pairs: list[Owned], kind: type[Record]) -> list[Owned]:
    return [each for each in pairs if isinstance(each.record, kind)][:FIRST_ROWS]


def _months(pairs: list[Owned]) -> list[list[Any]]:
    """(product code, month, records that fall into it, whether it is closed), months in the product's own time zone."""
    zones = {each.product: _zone(each.product, pairs) for each in {pair.product: pair for pair in pairs}.values()}
    found = Counter(
        (each.product.code, f"{at.astimezone(zones[each.product]):%Y-%m}")
        for each in pairs
        for at in instants([each.record])
    )
    closings = MonthClosing.objects.filter(product__in=zones).values_list("product__code", "month")
    closed = {(code, f"{month:%Y-%m}") for code, month in closings}
    return [[*place, count, place in closed] for place, count in sorted(found.items())]


def _zone(product: Product, pairs: list[Owned]) -> ZoneInfo:
    """The zone the product will have: the file may set it."""
    said = [
        each.record.timezone for each in pairs if isinstance(each.record, ProductRecord) and each.product == product
    ]
    return ZoneInfo(next((zone for zone in reversed(said) if zone), settings_of(product).timezone))


def _settings(pairs: list[Owned]) -> list[list[Any]]:
    """(product code, field, before, after) of each setting the file changes."""
    lines = []
    for each in pairs:
        if isinstance(each.record, ProductRecord):
            before = settings_of(each.product)
            for name, value in settings_to_change(each.record, before).items():
                lines.append([each.product.code, name, getattr(before, name), value])
    return lines


def _deployment(each: Owned) -> list[Any]:
    record = each.record
    assert isinstance(record, DeploymentRecord)  # noqa: S101 - chosen by its kind
    commits = None if record.commits is None else len(record.commits)
    return [
        each.product.code,
        record.source,
        record.id,
        record.environment,
        record.status,
        _iso(record.finished_at),
        commits,
    ]


def _incident(each: Owned) -> list[Any]:
    record = each.record
    assert isinstance(record, IncidentRecord)  # noqa: S101 - chosen by its kind
    return [
        each.product.code,
        record.source,
        record.id,
        record.status,
        _iso(record.started_at),
        _iso(record.resolved_at),
    ]


def _iso(instant: datetime | None) -> str:
    return instant.astimezone(UTC).isoformat() if instant else ""


def contents_of(upload: DeliveryUpload) -> dict[str, bytes]:
    """The files of an upload, name → bytes; its body holds them one after the other."""
    body, at, found = bytes(upload.body), 0, {}
    for name, size in upload.preview["files"]:
        found[name] = body[at : at + size]
        at += size
    return found
