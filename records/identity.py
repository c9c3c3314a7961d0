"""Keys of governed records: random UUIDs, or a repeatable series while demonstration data are made."""

import random
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_series: ContextVar[random.Random | None] = ContextVar("series", default=None)

# Letters and digits that nobody confuses when a number is read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_id() -> uuid.UUID:
    """A new key."""
    series = _series.get()
    return uuid.UUID(int=series.getrandbits(128), version=4) if series else uuid.uuid4()


def new_number(prefix: str) -> str:
    """An unguessable document number (60 random bits), such as GH-7KQM-2XWP-9DRA."""
    series = _series.get()
    choose = series.choice if series else secrets.choice
    letters = "".join(choose(ALPHABET) for _ in range(12))
    return "-".join([prefix, letters[:4], letters[4:8], letters[8:]])


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Inside the block keys come from a series that is the same for the same `seed`."""
    token = _series.set(random.Random(seed))  # noqa: S311 - repeatable on purpose, never used for secrets
    try:
        yield
    finally:
        _series.reset(token)
