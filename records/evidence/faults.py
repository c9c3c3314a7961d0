"""Words that several checks of a file's structure need."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def damaged() -> ValidationError:
    return ValidationError(_("The file is damaged or cut off. Save it again and try once more."))


def mixed() -> ValidationError:
    return ValidationError(
        _("Something else stands before or after the document in this file. Save it again and try once more.")
    )


def locked() -> ValidationError:
    return ValidationError(_("The file has a password, so it cannot be checked. Save it without one."))


def unpacks_too_far() -> ValidationError:
    return ValidationError(_("The file unpacks to far more than a document does. It is not kept here."))


def not_of(kind: str) -> ValidationError:
    """For a file whose name and content disagree; `kind` is its extension."""
    return ValidationError(_("This is not what its name says: the content is not %(kind)s.") % {"kind": kind.upper()})
