"""A certificate authority made on the spot, and certificates it issues: for the demonstration and the tests.

Anybody who trusts it trusts this machine; a real organisation brings a certificate of its own (docs/how-to).
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from records import clock

BITS = 3072
USAGE = dict.fromkeys(
    ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
     "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    False,
)  # fmt: skip
FILES = {"SEAL_KEY": "key.pem", "SEAL_CERTIFICATE": "certificate.pem", "SEAL_CHAIN": "chain.pem"}
AUTHORITY, AUTHORITY_KEY = "authority.pem", "authority-key.pem"


def issue_certificate(folder: Path, *, organisation: str, years: int = 3) -> None:
    """Put a new key and certificate for `organisation` into `folder`; its authority is made with the first one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    since = clock.now() - timedelta(days=1)
    if not (folder / AUTHORITY).exists():
        _make_authority(folder, organisation, since)
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    signer = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    assert isinstance(signer, rsa.RSAPrivateKey)  # noqa: S101 - we made it
    key = rsa.generate_private_key(65537, BITS)
    certificate = (
        _begun(f"{organisation}, seal", organisation, since, years)
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, SHA256())
    )
    _write(folder / FILES["SEAL_KEY"], _as_pem(key))
    _write(folder / FILES["SEAL_CERTIFICATE"], certificate.public_bytes(serialization.Encoding.PEM))
    _write(folder / FILES["SEAL_CHAIN"], authority.public_bytes(serialization.Encoding.PEM))


def ensure_certificate(folder: Path, *, organisation: str) -> bool:
    """Issue a certificate unless the folder has one; whether it did."""
    if all((folder / name).exists() for name in FILES.values()):
        return False
    issue_certificate(folder, organisation=organisation)
    return True


def ensure_for_demonstration() -> bool:
    """Give the demonstration a certificate of its own, unless it was told of another; whether one was made."""
    folder = Path(settings.SEAL_KEY).parent
    if settings.MODE != "demo" or folder != Path(settings.BASE_DIR) / ".local" / "seal":
        return False
    return ensure_certificate(folder, organisation="Gatehouse demonstration")


def _make_authority(folder: Path, organisation: str, since: datetime) -> None:
    key = rsa.generate_private_key(65537, BITS)
    begun = _begun(f"{organisation}, certificate authority", organisation, since, 20)
    certificate = (
        begun.issuer_name(begun._subject_name)  # type: ignore[arg-type] # its own issuer
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    _write(folder / AUTHORITY_KEY, _as_pem(key))
    _write(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM))


def _begun(name: str, organisation: str, since: datetime, years: int) -> x509.CertificateBuilder:
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "CA"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64]),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=365 * years))
    )


def _usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{**USAGE, **dict.fromkeys(allowed, True)})


def _as_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Only the account that seals may read it."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(path)
