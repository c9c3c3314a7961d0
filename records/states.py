"""States of this floor's records, and which follows which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.moves import Moves


class EvidenceState(TextChoices):
    WAITING = "waiting", pgettext_lazy("evidence file", "waiting for scan")
    CLEAN = "clean", pgettext_lazy("evidence file", "checked")
    REFUSED = "refused", pgettext_lazy("evidence file", "refused")


EVIDENCE_MOVES: Moves = {
    EvidenceState.WAITING: {EvidenceState.CLEAN, EvidenceState.REFUSED},
    EvidenceState.CLEAN: set(),
    EvidenceState.REFUSED: set(),
}


class StandingState(TextChoices):
    """Whether what a sealed document says still holds."""

    CURRENT = "current", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", _("no longer in force")


STANDING_MOVES: Moves = {
    StandingState.CURRENT: {StandingState.SUPERSEDED, StandingState.ENDED},
    StandingState.SUPERSEDED: {StandingState.ENDED},
    StandingState.ENDED: set(),
}
