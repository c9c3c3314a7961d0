"""How a memorandum in force stands: days ahead, what left what was signed, an end proposed, money that came (ux.md A7)."""

from dataclasses import dataclass
from typing import Any

from governance.models import Mou, MouReview, MouTermination
from governance.mou.ahead import Day, days_ahead
from governance.mou.changed import Difference, differences, sections_of
from governance.mou.ending import consented_all
from governance.mou.transfers import Money, add, bookings, plan
from governance.mou_states import MouSection, MouState
from people.permissions import may


@dataclass(frozen=True)
class Life:
    """What the page of a version that is or was in force says beside its text."""

    days: list[Day]
    differences: list[Difference]
    proposal: MouTermination | None
    is_agreed: bool
    money: Money
    may_amend: bool
    may_note: bool
    reviews: list[MouReview]

    @property
    def sections(self) -> str:
        """The sections an amendment opens for the differences, as numbers."""
        return ", ".join(str(number) for number in sections_of(self.differences))


def life_of(mou: Mou, person: Any) -> Life | None:
    """None for what was never in force."""
    if mou.state not in MouState.was_in_force():
        return None
    is_live = mou.state == MouState.IN_FORCE
    may_write = is_live and bool(may(person, "write_mou", mou, **mou.product.scopes()))
    proposal = mou.terminations.filter(withdrawn_at=None).first()
    return Life(
        days=days_ahead(mou) if is_live else [],
        differences=differences(mou) if is_live else [],
        proposal=proposal,
        is_agreed=proposal is not None and consented_all(proposal),
        money=add(year.total for year in plan(mou, bookings(mou))),
        may_amend=may_write and not _is_amended(mou),
        may_note=may_write,
        reviews=list(MouReview.objects.filter(mou__number=mou.number).order_by("-due_on")),
    )


def _is_amended(mou: Mou) -> bool:
    return Mou.objects.filter(product=mou.product_id).under_way().exists()


def titles_of(mou: Mou) -> list[tuple[int, str]]:
    """Number and title of the sections a version opened; none for a first version, which opened all."""
    return [(number, str(MouSection(number).label)) for number in sorted(mou.opened_sections)]
