"""Keep the capacity table in step with the rows that give capacities; called inside their actions only."""

from datetime import date
from uuid import UUID

from people.models import Capacity, Person
from people.permissions import forget_standing
from people.states import ScopeKind
from records.models import Governed


def grant_capacity(
    *,
    person: Person,
    kind: str,
    scope: str,
    scope_id: UUID | None,
    starts_on: date,
    ends_on: date | None,
    source: Governed,
) -> None:
    """Write (or move the dates of) the capacity that `source` gives. One row per source, kind and scope."""
    Capacity.objects.update_or_create(
        source_kind=source._meta.label_lower,
        source_id=source.pk,
        kind=kind,
        scope_id=scope_id,
        defaults={"person": person, "scope": ScopeKind(scope), "starts_on": starts_on, "ends_on": ends_on},
    )
    forget_standing(person)


def withdraw_capacity(*, source: Governed) -> None:
    """Take back what `source` gave, as if it had never been (only for sources removed before they took effect)."""
    Capacity.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk).delete()
