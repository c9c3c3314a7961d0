"""Audit event names of this floor."""

from django.utils.translation import gettext_noop as _

BOARD_REGISTERED = _("board registered")
BOARD_CHANGED = _("board changed")
COMPETENCE_GIVEN = _("kind of decision given to a board")
COMPETENCE_WITHDRAWN = _("kind of decision taken from a board")
SEAT_TAKEN = _("seat on a board taken")
SEAT_ENDED = _("seat on a board ended")
CHANGE_BEGUN = _("change to the product begun")
REVIEW_BEGUN = _("review begun")
REVIEW_CHANGED = _("review changed")
REVIEW_SUBMITTED = _("review submitted")
REVIEW_WITHDRAWN = _("review withdrawn")
ARTEFACT_ATTACHED = _("artefact attached")
ARTEFACT_RENEWED = _("artefact frozen anew")
ARTEFACT_REMOVED = _("artefact removed")
CONDITION_PROPOSED = _("condition proposed")
CONDITION_DROPPED = _("condition dropped")
