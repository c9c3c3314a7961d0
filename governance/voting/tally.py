"""The count of one point: quorum, votes, whether the board's rule is met (domain.md §5, decisions.md §13).

Quorum is a count of seats. Seats set aside (recused, or barred because they submitted it or belong to the team) leave the
base. Abstaining counts for the quorum and not for the majority.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from governance.states import Choice, Outcome, Rule

if TYPE_CHECKING:
    from governance.models import AgendaPoint


@dataclass(frozen=True)
class Tally:
    """How a point stands, or stood when its vote closed. Counts are of seats."""

    eligible: int
    recused: int
    present: int
    quorum: int
    for_: int
    against: int
    abstained: int
    rule: str
    chair_casts: bool = False
    chair_choice: str = ""

    @property
    def base(self) -> int:
        """Seats that may vote on this point."""
        return self.eligible - self.recused

    @property
    def voted(self) -> int:
        return self.for_ + self.against + self.abstained

    @property
    def missing(self) -> int:
        """How many seats the quorum still wants; 0 when it is reached."""
        return max(0, self.quorum - self.present)

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.quorum

    @property
    def is_tie(self) -> bool:
        return self.for_ == self.against

    @property
    def casting(self) -> bool:
        """Whether the chair's casting vote turned a tie into a majority."""
        breaks = self.chair_casts and self.chair_choice == Choice.FOR
        return self.rule == Rule.MAJORITY and self.is_tie and breaks

    @property
    def passes(self) -> bool:
        """Whether the ask is carried. Where the chair decides on advice this is the advice."""
        if not self.has_quorum:
            return False
        if self.rule == Rule.CONSENSUS:
            return self.against == 0 and self.for_ > 0
        return self.for_ > self.against or self.casting

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Tally":
        """The tally as it was kept at the close; what else stands beside it is left out."""
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__})


CARRIED = (Outcome.APPROVED, Outcome.WITH_CONDITIONS, Outcome.DEFERRED)
NOT_CARRIED = (Outcome.RETURNED, Outcome.DEFERRED, Outcome.REJECTED)


def outcomes_allowed(tally: Tally) -> tuple[Outcome, ...]:
    """Which decisions may be recorded on this tally: none without quorum; any where the chair decides on advice."""
    if not tally.has_quorum:
        return ()
    if tally.rule == Rule.CHAIR:
        return tuple(Outcome)
    return CARRIED if tally.passes else NOT_CARRIED


def tally_of(point: "AgendaPoint") -> Tally:
    """The tally of a point: as kept at the close, else as it stands now."""
    from governance.voting.sitting import sitting_of

    return Tally.from_json(point.tally) if point.tally else sitting_of(point).tally()
