"""The vocabulary of this floor and the allowed moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from records.moves import Moves


class ImportState(TextChoices):
    CHECKING = "checking", _("being checked")
    READY = "ready", _("ready to import")
    REFUSED = "refused", _("not importable")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")


IMPORT_MOVES: Moves = {
    ImportState.CHECKING: {ImportState.READY, ImportState.REFUSED},
    ImportState.READY: {ImportState.APPLYING},
    ImportState.REFUSED: set(),
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.REFUSED},
    ImportState.APPLIED: set(),
}
