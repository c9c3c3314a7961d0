"""What a signature says of the bytes around it: for the command line and for proofs, not for the public page.

Reading a PDF that a stranger sends is no work for a web request; there the hash of the file decides (records.seals.verdicts).
"""

import io
from dataclasses import dataclass
from datetime import datetime

from records.seals.apart import apart


@dataclass(frozen=True)
class Checked:
    """Whether the bytes are as they were sealed, whether that covers the whole file, and by whom."""

    is_intact: bool
    covers_all: bool
    is_trusted: bool
    fingerprint: str

    @property
    def holds(self) -> bool:
        return self.is_intact and self.covers_all and self.is_trusted


BROKEN = Checked(is_intact=False, covers_all=False, is_trusted=False, fingerprint="")


def check(content: bytes, *, certificates: str, moment: datetime) -> Checked:
    """Check the seal in `content` against the `certificates` (PEM, the root last) as they counted at `moment`.

    A certificate that has expired since does no harm: the seal was made while it was valid.
    """
    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    *others, root = [x509.Certificate.load(each) for *_told, each in pem.unarmor(certificates.encode(), multiple=True)]
    context = ValidationContext(trust_roots=[root], other_certs=others, moment=moment, allow_fetching=False)
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
        if len(signatures) != 1:
            return BROKEN
        status = apart(validate_pdf_signature, signatures[0], signer_validation_context=context)
    except (PdfError, SignatureValidationError, SigningError, ValueError, KeyError, TypeError, RecursionError):
        return BROKEN
    return Checked(
        is_intact=bool(status.intact and status.valid),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_trusted=bool(status.trusted),
        fingerprint=status.signing_cert.sha256.hex(),
    )
