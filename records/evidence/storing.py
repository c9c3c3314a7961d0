"""Where evidence lies: in quarantine under a random name until it was scanned, then beside it; never where a web server looks.

A file is whole on the disk before the row that names it is committed, and goes only after the row that gave it up is. What
a cut upload or a rolled-back act leaves behind is swept a day later.
"""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

QUARANTINE, CLEAN = "quarantine", "evidence"
UNFINISHED = ".part"
A_DAY = 24 * 3600
PRIVATE = 0o700


def folder(name: str) -> Path:
    """One of the two folders, made when it is not there yet. Raises OSError when the disk refuses."""
    path = Path(settings.MEDIA_ROOT) / name
    path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return path


def store(content: bytes) -> str:
    """Write the content to quarantine and return its random name. Raises OSError and leaves nothing when the disk refuses."""
    name = secrets.token_hex(24)
    place = folder(QUARANTINE)
    unfinished = place / f"{name}{UNFINISHED}"
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place / name)
        _remember(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return name


def _remember(place: Path) -> None:
    """Have the disk keep what was renamed in a folder, not only what was written."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place_of(name: str) -> Path | None:
    """Where the file lies, clean or not; None when it is gone."""
    return next((path for each in (CLEAN, QUARANTINE) if (path := folder(each) / name).is_file()), None)


def release(name: str) -> None:
    """Take a file out of quarantine; done already, nothing happens."""
    waiting = folder(QUARANTINE) / name
    if waiting.is_file():
        waiting.rename(folder(CLEAN) / name)
        _remember(folder(CLEAN))


def discard(name: str) -> None:
    """Delete a file wherever it lies."""
    for each in (CLEAN, QUARANTINE):
        (folder(each) / name).unlink(missing_ok=True)


def lying_for_a_day() -> Iterator[Path]:
    """The files that were written more than a day ago by the clock of the disk, whosever they are."""
    before = time.time() - A_DAY
    for each in (QUARANTINE, CLEAN):
        for path in folder(each).iterdir():
            if path.is_file() and path.stat().st_mtime < before:
                yield path
