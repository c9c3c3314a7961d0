"""Which long passwords are refused all the same."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.cast import PASSWORD


@pytest.mark.parametrize(
    "password",
    ["Gatehouse-Gatehouse-1", "Mot de passe 2026!", "passwordpassword!!", "Ministère du Canada 1867", "aaaaaaaaaaaaaaaaaa",
     "1234567890123456789", "Bienvenue au Ministère"],
)  # fmt: skip
def test_words_everybody_tries_first_are_no_password(password):
    with pytest.raises(ValidationError, match="several words"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "harbour lantern 1867 maple", "une phrase bien longue 1867", "password of my goat's aunt",
     "héron bleu tôt" * 5,
     "東京都庁の窓から見える富士山は青い", "9f2c77a1be04d3586c1e"],
)  # fmt: skip
def test_other_long_ones_are(password):
    validate_password(password)
