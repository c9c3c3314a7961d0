"""Where a timestamp authority is configured, its time goes into the seal; while it is silent, nothing is sealed."""

import io
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys, pem, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from records.actions.seals import seal_document
from records.actors import SYSTEM
from records.models import Document
from records.seals import authority


@pytest.fixture
def timestamp_authority(sealing, settings):
    """A real one on loopback, which signs with the key of the tests' authority."""
    key = load_pem_private_key((sealing / authority.AUTHORITY_KEY).read_bytes(), None)
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    _kind, _heads, certificate = pem.unarmor((sealing / authority.AUTHORITY).read_bytes())
    stamper = DummyTimeStamper(x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(plain))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def test_seal_carries_the_time_of_the_authority(db, timestamp_authority, paper):
    document = seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)
    signature = PdfFileReader(io.BytesIO(bytes(document.content))).embedded_regular_signatures[0]
    beside = {each["type"].native for each in signature.signer_info["unsigned_attrs"]}
    assert (beside, document.seal.is_timestamped) == ({"signature_time_stamp_token"}, True)


def test_while_it_is_silent_nothing_is_kept(db, sealing, settings, paper):
    settings.TIMESTAMP_URL, settings.TIMESTAMP_TIMEOUT = "http://127.0.0.1:9/", 2
    with pytest.raises(TimestampRequestError):
        seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)
    assert Document.objects.count() == 0
