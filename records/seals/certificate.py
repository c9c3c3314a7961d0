"""The organisation's certificate: key, certificate and the chain above it, from the settings (decisions.md §2).

Read anew for each sealing, so that a renewed certificate serves from the next document on without a restart.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from django.conf import settings
from django.utils.translation import gettext as _

from records import clock


class NoCertificate(Exception):
    """There is nothing to seal with; the message says what to set or to renew."""


@dataclass(frozen=True)
class Certificate:
    """What seals. `chain` is the authority that issued it and those above, nearest first; the last one is the root."""

    own: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: bytes
    password: bytes | None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as 64 hexadecimal digits."""
        return self.own.fingerprint(SHA256()).hex()

    @property
    def name(self) -> str:
        """For whom it was issued, as people read it."""
        return str(self.own.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)

    def as_pem(self) -> str:
        """The certificate and its chain, to be kept beside what it sealed."""
        return "".join(each.public_bytes(Encoding.PEM).decode() for each in (self.own, *self.chain))


def organisation_certificate() -> Certificate:
    """The certificate in use. Raises NoCertificate when it is not set, cannot be read, or is not valid now."""
    paths = {name: getattr(settings, name) for name in ("SEAL_CERTIFICATE", "SEAL_KEY", "SEAL_CHAIN")}
    if not all(paths.values()):
        raise NoCertificate(
            _("Nothing can be sealed: set SEAL_CERTIFICATE, SEAL_KEY and SEAL_CHAIN to the organisation's files.")
        )
    try:
        found = _read(paths)
    except (OSError, ValueError, TypeError) as error:
        raise NoCertificate(_("The organisation's certificate cannot be read: %(why)s") % {"why": error}) from error
    _must_serve(found)
    return found


def _read(paths: dict[str, Any]) -> Certificate:
    content = {name: Path(path).read_bytes() for name, path in paths.items()}
    return Certificate(
        own=x509.load_pem_x509_certificate(content["SEAL_CERTIFICATE"]),
        chain=tuple(x509.load_pem_x509_certificates(content["SEAL_CHAIN"])),
        key=content["SEAL_KEY"],
        password=settings.SEAL_KEY_PASSWORD.encode() or None,
    )


@lru_cache(maxsize=4)
def private_key(content: bytes, password: bytes | None) -> Any:
    """The key in a PEM file. Kept, because proving that a key is sound takes longer than signing with it."""
    return load_pem_private_key(content, password)


def is_configured() -> bool:
    """Whether this installation says what it seals with; whether that serves shows when it seals."""
    return bool(settings.SEAL_CERTIFICATE and Path(settings.SEAL_CERTIFICATE).exists())


def _must_serve(found: Certificate) -> None:
    """The key fits the certificate, and the certificate is valid today."""
    if private_key(found.key, found.password).public_key() != found.own.public_key():
        raise NoCertificate(_("SEAL_KEY is not the key of SEAL_CERTIFICATE."))
    now = clock.now()
    if not found.own.not_valid_before_utc <= now <= found.own.not_valid_after_utc:
        raise NoCertificate(
            _("The organisation's certificate is valid from %(first)s to %(last)s, not today: renew it.")
            % {
                "first": f"{found.own.not_valid_before_utc:%Y-%m-%d}",
                "last": f"{found.own.not_valid_after_utc:%Y-%m-%d}",
            }
        )
