"""Who looks for malware: ClamAV over its socket, or nobody where an installation says so (SCANNER; trust.md S-12).

Only a clear answer counts. Silence, an error and a limit all mean that nothing is known, and what is not known is not
handed out.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS = 5, 30
STEP = 64 * 1024
LONGEST_ANSWER = 4_096
DEFAULT_PORT = 3310


class ScannerSilent(Exception):
    """The scanner cannot be reached, or gave no clear answer: try again later."""


@dataclass(frozen=True)
class Finding:
    """What the scanner said. `malware` is its name for what it found, empty when it found nothing."""

    malware: str
    scanner: str


def is_scanned() -> bool:
    """Whether this installation has a scanner at all."""
    return settings.SCANNER != "none"


def scan(path: Path) -> Finding:
    """Have the file looked through. Raises ScannerSilent when there is no clear answer, OSError when it cannot be read."""
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(STEP), b"")
        answer = _asked(b"INSTREAM", [struct.pack("!L", len(chunk)) + chunk for chunk in chunks])
    what = answer.removeprefix("stream: ")
    if what == "OK":
        return Finding("", version())
    if what.endswith(" FOUND"):
        return Finding(what.removesuffix(" FOUND"), version())
    raise ScannerSilent(f"the scanner answered {answer[:200]!r}")


def version() -> str:
    """The scanner with its version and that of its signatures, as it says itself."""
    return _asked(b"VERSION", [])[:200]


def _asked(command: bytes, chunks: list[bytes]) -> str:
    try:
        with _connected() as talk:
            talk.sendall(b"z" + command + b"\0")
            for chunk in chunks:
                talk.sendall(chunk)
            if chunks or command == b"INSTREAM":
                talk.sendall(struct.pack("!L", 0))
            return _answer(talk)
    except OSError as error:
        raise ScannerSilent(f"the scanner does not answer: {error}") from error


def _connected() -> socket.socket:
    address = settings.CLAMAV_ADDRESS.removeprefix("unix:").removeprefix("tcp://")
    if address.startswith("/"):
        talk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        talk.settimeout(CONNECT_SECONDS)
        try:
            talk.connect(address)
        except OSError:
            talk.close()
            raise
    else:
        host, _colon, port = address.rpartition(":") if ":" in address else (address, "", str(DEFAULT_PORT))
        talk = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    talk.settimeout(ANSWER_SECONDS)
    return talk


def _answer(talk: socket.socket) -> str:
    """Up to the NUL byte that ends it. Raises ScannerSilent when the connection ends before."""
    said = b""
    while not said.endswith(b"\0"):
        part = talk.recv(LONGEST_ANSWER)
        if not part or len(said) > LONGEST_ANSWER:
            raise ScannerSilent(f"the scanner broke off after {said[:200]!r}")
        said += part
    return said[:-1].decode("utf-8", "replace").strip()
