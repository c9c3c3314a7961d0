"""Where a memorandum stands on its way, "step 3 of 5", and whose turn it is, as everybody who may read it sees (ux.md A7)."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import Mou, Review
from governance.mou.frozen import voices_of
from governance.mou.turns import signing_of
from governance.mou.waited_for import people_for, writers_of
from governance.mou_states import MouState

STEPS: tuple[Any, ...] = (
    pgettext_lazy("step of an MOU", "Written"),
    pgettext_lazy("step of an MOU", "Validated"),
    pgettext_lazy("step of an MOU", "Approved"),
    pgettext_lazy("step of an MOU", "Signed"),
    pgettext_lazy("step of an MOU", "In force"),
)
WRITTEN, VALIDATED, APPROVED, SIGNED, IN_FORCE = range(1, 6)


@dataclass(frozen=True)
class Course:
    """`at` is the step that is to be done now, 1 to 5; 0 for what left the way. `whose` names who is waited for."""

    at: int
    what: str = ""
    whose: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(STEPS)

    @property
    def steps(self) -> list[tuple[int, Any, str]]:
        """Number, title, and "done", "now" or "later"."""
        said = [(number, title) for number, title in enumerate(STEPS, start=1)]
        end = self.at == IN_FORCE
        return [
            (number, title, "done" if number < self.at or end else "now" if number == self.at else "later")
            for number, title in said
        ]


def course_of(mou: Mou) -> Course:
    """The course of `mou` today. About six questions."""
    if mou.state == MouState.DRAFT:
        return Course(WRITTEN, str(_("to be written and sent for review")), _names(writers_of(mou)))
    if mou.state == MouState.IN_REVIEW:
        return _in_review(mou)
    if mou.state == MouState.APPROVED:
        return Course(SIGNED, str(_("to be sent out for signature")), _names(writers_of(mou)))
    if mou.state == MouState.OUT_FOR_SIGNATURE:
        whose = [each.official.person.name for each in signing_of(mou).now]
        return Course(SIGNED, str(_("to be signed")), whose)
    return Course(IN_FORCE if mou.state in MouState.was_in_force() else 0)


def _in_review(mou: Mou) -> Course:
    silent = [each for each in voices_of(mou) if not each.agrees]
    if silent:
        names = [name for each in silent for name in _names(people_for(mou, each))[:2]]
        return Course(VALIDATED, str(_("to be validated")), list(dict.fromkeys(names)))
    review = Review.objects.live().filter(mou=mou).select_related("board").first()
    if review is not None and review.board is not None:
        return Course(APPROVED, str(_("to be decided")), [str(review.board)])
    return Course(APPROVED, str(_("to be put before the committee")), _names(writers_of(mou)))


def _names(people: Any) -> list[str]:
    return [each.name for each in people[:4]]
