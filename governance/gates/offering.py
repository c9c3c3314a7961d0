"""Which of the system's own records a person may freeze for a review (decisions.md §2)."""

from collections.abc import Iterable

from governance.models import Review
from people.models import Person
from records import frozen
from records.frozen import Choice


def offers(review: Review, person: Person, kinds: Iterable[str] | None = None) -> dict[str, list[Choice]]:
    """Kind → the records of the product that `person` may freeze now; all kinds unless some are named."""
    wanted = set(frozen.KINDS) if kinds is None else set(kinds) & set(frozen.KINDS)
    return {kind: frozen.choices(kind, review.product, person) for kind in frozen.KINDS if kind in wanted}
