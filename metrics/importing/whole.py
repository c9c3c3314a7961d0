"""Import one file by order of the operator: whole or not at all, products for a trial included."""

from django.core.exceptions import ValidationError

from metrics.actions.trials import register_for_trial
from metrics.events_format import Readings
from metrics.importing.matching import Owned, keys_in, owned, products_by_key
from metrics.importing.taking import Taken, take_in
from metrics.states import SnapshotReason
from products.models import Product
from records.actors import SYSTEM
from records.acts import performing
from records.refusals import Conflict
from records.writing import messages_of


class FileRefused(Exception):
    """Nothing of the file is stored; its readings say why."""


def import_whole(readings: Readings, contents: dict[str, bytes], *, creates: bool) -> tuple[Taken, list[Product]]:
    """Store all records of a file; what became of them, and the products that were made where it `creates`.

    Raises FileRefused when one record cannot be stored, with the reasons among the faults of `readings`.
    """
    if readings.faults.count:
        _match(readings, [] if creates else None, is_trial_run=True)
        raise FileRefused
    made: list[Product] = []
    try:
        with performing():
            pairs = _match(readings, made if creates else None)
            if readings.faults.count:
                raise FileRefused
            return take_in(pairs, contents, by=SYSTEM, reason=SnapshotReason.BACKFILL), made
    except ValidationError as error:
        readings.refuse_all(" ".join(messages_of(error)))
    except Conflict as error:
        readings.refuse_all(str(error))
    raise FileRefused


def _match(readings: Readings, made: list[Product] | None, *, is_trial_run: bool = False) -> list[Owned]:
    """The records with their products; those that are missing are registered unless `made` is None or nothing is kept."""
    known = products_by_key(keys_in(readings))
    if made is not None:
        missing = [key for key in keys_in(readings) if key not in known]
        known |= {key: Product() if is_trial_run else register_for_trial(key=key, by=SYSTEM) for key in missing}
        made += [known[key] for key in missing]
    return owned(readings, known)
