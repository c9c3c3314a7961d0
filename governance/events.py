"""Audit event names of this floor."""

from django.utils.translation import gettext_noop as _

BOARD_REGISTERED = _("board registered")
BOARD_CHANGED = _("board changed")
COMPETENCE_GIVEN = _("kind of decision given to a board")
COMPETENCE_WITHDRAWN = _("kind of decision taken from a board")
SEAT_TAKEN = _("seat on a board taken")
SEAT_ENDED = _("seat on a board ended")
