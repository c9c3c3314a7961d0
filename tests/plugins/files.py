"""Uploads of the tests lie in a folder of their own; and a real clamd, which knows one signature, for those about malware."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

# The harmless test file of the anti-malware industry, as hexadecimal digits: no copy of it stands in the repository.
EICAR = bytes.fromhex(
    "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e54495649525553"
    "2d544553542d46494c452124482b482a"
)


@pytest.fixture(scope="session", autouse=True)
def media_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test writes into the checkout."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture
def media(tmp_path: Path, settings: object) -> Path:
    """An empty folder for the uploads of one test."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return settings.MEDIA_ROOT  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a running clamd, stopped after the run."""
    folder = tmp_path_factory.mktemp("clamd")
    address = folder / "clamd.sock"
    (folder / "database").mkdir()
    (folder / "database" / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:0:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder / 'database'}\nLocalSocket {address}\nForeground yes\nMaxThreads 2\n"
    )
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([program, f"--config-file={folder / 'clamd.conf'}"], stdout=log, stderr=log)
    try:
        _wait_for(address, process)
        yield str(address)
    finally:
        process.kill()
        process.wait()


def _wait_for(address: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.socket(socket.AF_UNIX) as talk:
                talk.connect(str(address))
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"clamd did not start; see {address.with_name('log')}")


@pytest.fixture
def scanned(settings: object, clamd: str) -> object:
    """An installation with that scanner."""
    settings.SCANNER, settings.CLAMAV_ADDRESS = "clamav", clamd  # type: ignore[attr-defined]
    return settings
