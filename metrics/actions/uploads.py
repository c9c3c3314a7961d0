"""Upload files of delivery events and take them over: looked at first, whole or not at all, once."""

from django.utils.translation import gettext as _

from metrics import events
from metrics.importing.taking import Taken, take_in
from metrics.importing.uploads import UploadRefused, check, contents_of, preview
from metrics.models import DeliveryUpload
from metrics.permissions import may_upload_deliveries
from metrics.states import SnapshotReason
from people.models import Person
from people.permissions import require
from products.models import Product
from records import clock
from records.acts import act
from records.refusals import Conflict
from records.trail import record


@act
def upload_deliveries(*, product: Product, contents: dict[str, bytes], by: Person) -> DeliveryUpload:
    """Keep files (name → bytes) with their preview; nothing counts yet. Raises UploadRefused with every fault."""
    require(may_upload_deliveries(by, product))
    checked = check(contents, product, by)
    if checked.fault_count:
        raise UploadRefused(checked)
    upload = DeliveryUpload(
        product=product,
        name=", ".join(contents)[:200],
        body=b"".join(contents.values()),
        preview=preview(checked),
        uploaded_at=clock.now(),
        uploaded_by_id=str(by.pk),
        uploaded_by_name=by.get_full_name(),
    )
    upload.save(force_insert=True)
    changes = {"file": [None, upload.name], "sha256": [None, upload.preview["sha256"]]}
    record(events.DELIVERIES_UPLOADED, on=upload, by=by, changes=changes)
    return upload


@act
def take_over_deliveries(*, upload: DeliveryUpload, by: Person) -> DeliveryUpload:
    """Store the records of an upload; a second time changes nothing. Conflict when the file no longer fits."""
    upload = DeliveryUpload.objects.select_for_update(of=("self",)).select_related("product").get(pk=upload.pk)
    require(may_upload_deliveries(by, upload.product))
    if upload.applied_at is not None:
        return upload
    checked = check(contents_of(upload), upload.product, by)
    if checked.fault_count:
        reason = _("The file no longer fits, and nothing of it was taken over: %(reason)s")
        raise Conflict(reason % {"reason": checked.faults[0].reason})
    taken = take_in(checked.pairs, checked.contents, by=by, reason=SnapshotReason.LATE_EVENT)
    upload.preview["effects"] = vars(taken.counts)
    upload.applied_at, upload.applied_by_id = clock.now(), str(by.pk)
    upload.applied_by_name = by.get_full_name()
    upload.save()
    record(events.DELIVERIES_TAKEN_OVER, on=upload, by=by, changes=_changes(upload, taken))
    return upload


def _changes(upload: DeliveryUpload, taken: Taken) -> dict[str, list[object]]:
    counts = {name: [None, count] for name, count in vars(taken.counts).items() if count}
    return {"file": [None, upload.name], **counts}
