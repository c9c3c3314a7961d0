"""Reading values out of JSON that promises nothing: a wrong type is a missing value, and what no database keeps is left out."""

import re
from datetime import UTC, datetime
from typing import Any

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?", re.IGNORECASE)
# Outside these years no delivery happened: a clock or a field went wrong.
EARLIEST, LATEST = 1990, 2100
SHA = re.compile(r"[0-9a-f]{7,64}", re.IGNORECASE)


class Incomplete(Exception):
    """A value without which nothing can be recorded is missing or of a wrong type. `place` is its dotted path."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def at(payload: Any, path: str) -> Any:
    """The value at a dotted path, None where there is none."""
    for name in path.split("."):
        if not isinstance(payload, dict):
            return None
        payload = payload.get(name)
    return payload


def text(payload: Any, path: str, limit: int = 200) -> str:
    """Text or a whole number as text, at most `limit` characters; empty where there is none."""
    value = at(payload, path)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return clean(value, limit) if isinstance(value, str) else ""


def clean(value: str, limit: int = 200) -> str:
    """`value` as it can be kept."""
    return UNKEEPABLE.sub("", value).strip()[:limit]


def needed(payload: Any, path: str, limit: int = 200) -> str:
    """As `text`. Raises Incomplete where it is empty."""
    value = text(payload, path, limit)
    if not value:
        raise Incomplete(path)
    return value


def rows(payload: Any, path: str) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it is passed over."""
    value = at(payload, path)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def instant(payload: Any, path: str) -> datetime | None:
    """A moment in UTC, written as ISO 8601 or as GitLab writes it ("2021-04-28 21:50:00 +0200"); without offset it is UTC."""
    value = at(payload, path)
    return parsed(value) if isinstance(value, str) else None


def parsed(value: str) -> datetime | None:
    """The moment `value` writes, None when it writes none."""
    found = INSTANT.fullmatch(value.strip())
    if found is None:
        return None
    day, time, fraction, offset = found.groups()
    zone = "+00:00" if not offset or offset.upper() in ("Z", "UTC") else offset
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{(fraction or '')[:7]}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if EARLIEST <= moment.year < LATEST else None


def needed_instant(payload: Any, path: str) -> datetime:
    """As `instant`. Raises Incomplete where there is none."""
    value = instant(payload, path)
    if value is None:
        raise Incomplete(path)
    return value


def sha(payload: Any, path: str) -> str:
    """A commit's hash in small letters, empty where it is none."""
    value = text(payload, path).lower()
    return value if SHA.fullmatch(value) else ""


def address(payload: Any, path: str) -> str:
    """A web address that may be offered as a link, else empty."""
    value = text(payload, path, limit=501)
    return value if re.match(r"https?://[^\s]+$", value) and len(value) <= 500 else ""
