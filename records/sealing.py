"""Secrets at rest: sealed with keys of one purpose each, derived from SECRET_KEY (trust.md S-27).

After SECRET_KEY changed, what was sealed before opens with a key of SECRET_KEY_FALLBACKS; new secrets use the new one.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(Exception):
    """No key of this installation opens it: SECRET_KEY changed without keeping the old one as a fallback."""


class Seal:
    """Seals and opens what serves one `purpose`; what another purpose sealed stays closed."""

    def __init__(self, purpose: bytes) -> None:
        self.purpose = purpose

    def seal(self, text: str) -> str:
        """`text` sealed with the key of today."""
        return _box(_keys(), self.purpose).encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises Unsealable."""
        try:
            return _box(_keys(), self.purpose).decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unsealable from error

    def is_of_today(self, sealed: str) -> bool:
        """Whether the key of today sealed it, so that it outlives the fallbacks."""
        try:
            _box(_keys()[:1], self.purpose).decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=16)
def _box(keys: tuple[str, ...], purpose: bytes) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
