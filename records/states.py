"""States of this floor's records, and which follows which."""

from django.db.models import TextChoices
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
