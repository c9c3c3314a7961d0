"""What a signatory says by signing, in the language the text was read in; kept with the signature word for word."""

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

ACCEPTED = gettext_noop(
    "I have read this memorandum of understanding in full and I accept every term of it for the branch for which I sign."
)


def accepted_words(language: str) -> str:
    """The sentence in `language`."""
    with translation.override(language):
        return gettext(ACCEPTED)
