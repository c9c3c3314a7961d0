"""Seal a document: PAdES baseline B, with a timestamp (B-T) where an authority for that is configured (ETSI EN 319 142-1)."""

import io
from datetime import datetime
from typing import Any

from django.conf import settings

from records import clock
from records.seals.apart import apart
from records.seals.archive import FIELD, Attachment, archived
from records.seals.certificate import Certificate, organisation_certificate, private_key

MOST_BYTES = 512  # of a raw signature: RSA with 4096 bits


def seal(
    pdf: bytes,
    *,
    number: str,
    reason: str,
    attachments: tuple[Attachment, ...] = (),
    certificate: Certificate | None = None,
    moment: datetime | None = None,
) -> bytes:
    """`pdf`, rendered with `archival=True`, as the organisation seals it: no later change goes unnoticed.

    `number` and `reason` stand in the file in the clear. Raises NoCertificate when there is nothing to seal with, and
    what the timestamp authority raises when one is configured and does not answer.
    """
    certificate = certificate or organisation_certificate()
    ready = archived(pdf, number=number, tooltip=reason, attachments=attachments)
    return _signed(ready, certificate, f"{reason} {number}", moment or clock.now())


def _signed(ready: bytes, certificate: Certificate, reason: str, moment: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # here: slow to load, only workers seal
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class AtThatMoment(PdfSigner):
        """Signs by the business clock, like everything else that is recorded."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = moment
            return session

    told = PdfSignatureMetadata(
        field_name=FIELD,
        name=certificate.name,
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = AtThatMoment(told, _signer(certificate), timestamper=_timestamper())
    writer = IncrementalPdfFileWriter(io.BytesIO(ready))
    out = apart(signer.sign_pdf, writer, existing_fields_only=True)
    return bytes(out.getvalue())


def _signer(certificate: Certificate) -> Any:
    from asn1crypto import pem, x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *above = [
        x509.Certificate.load(each) for *_told, each in pem.unarmor(certificate.as_pem().encode(), multiple=True)
    ]
    store = SimpleCertificateStore()
    store.register_multiple(above)
    key = private_key(certificate.key, certificate.password)

    class OwnKey(Signer):
        """Signs with the key as it was read: handing it on as bytes would have it proven sound again each time."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(MOST_BYTES)
            algorithm = getattr(hashes, digest_algorithm.upper())()
            if isinstance(key, rsa.RSAPrivateKey):
                return key.sign(data, padding.PKCS1v15(), algorithm)
            return bytes(key.sign(data, ec.ECDSA(algorithm)))

    return OwnKey(signing_cert=own, cert_registry=store)


def _timestamper() -> Any:
    if not settings.TIMESTAMP_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=settings.TIMESTAMP_TIMEOUT)
