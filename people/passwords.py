"""What a password may not be made of (trust.md S-18): long ones are guessed by the words of the place, said again and again."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Without accents and gaps; longer words first, so that "motdepasse" goes before "passe".
WORDS = (
    "motdepasse", "passphrase", "passwords", "password", "passe", "mot", "secret", "letmein", "changezmoi", "changeme",
    "gatehouse", "administrateur", "administrator", "admin", "welcome", "bienvenue", "bonjour", "hello", "canada",
    "gouvernement", "government", "ministere", "departement", "department", "services", "service", "produit", "product",
    "feuilleroute", "roadmap", "azertyuiop", "azerty", "qwertyuiop", "qwerty", "qwertz", "asdfgh", "printemps", "automne",
    "hiver", "ete", "spring", "summer", "autumn", "winter",
)  # fmt: skip
KNOWN = re.compile("|".join(WORDS))
LEAST = 8  # letters and figures beside such words
LEAST_DIFFERENT = 5


class OwnWords:
    """Refuses what is little more than words of this place, or a few characters again and again."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where hardly anything is left without those words and the figures at the end."""
        plain = unicodedata.normalize("NFKD", password.lower())
        letters = "".join(each for each in plain if each.isalnum())
        left = KNOWN.sub("", letters).rstrip("0123456789")
        if len(set(letters)) < LEAST_DIFFERENT or len(left) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_of_known_words")

    def get_help_text(self) -> str:
        return _(
            "Your password is little more than a word everybody tries first. Take several words that only you would put together."
        )
