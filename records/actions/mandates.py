"""Give a mandate: only the acts that carry a board's decision or an opening position call this (decisions.md §3)."""

from typing import Any

from records import clock
from records.actors import Actor
from records.models import Mandate, MandateKind


def give_mandate(*, kind: MandateKind, what: str, subject: Any, reference: str, by: Actor) -> Mandate:
    """A new mandate for `what` on `subject`, good for one row. The calling act checks the permission and records the event."""
    return Mandate.objects.create(
        kind=kind,
        what=what,
        subject_id=str(subject.pk),
        reference=reference[:300],
        by_id=str(by.pk),
        by_name=by.get_full_name(),
        at=clock.now(),
    )
