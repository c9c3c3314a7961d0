"""The business clock: what "today" means for dates, deadlines and stamps (domain.md §11).

Set once at process start by BUSINESS_CLOCK, an ISO instant from which the process then lives on; moved inside a block by
`at(...)` when past acts are entered (opening positions, demonstration data, tests). The queue and `recorded_at` use the
database's clock instead, so that a moved business clock never stops the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


@cache
def _offset() -> timedelta:
    if not settings.BUSINESS_CLOCK:
        return timedelta(0)
    try:
        start = datetime.fromisoformat(settings.BUSINESS_CLOCK)
    except ValueError as error:
        raise ImproperlyConfigured(f"BUSINESS_CLOCK must be an ISO instant: {error}") from error
    if start.tzinfo is None:
        raise ImproperlyConfigured("BUSINESS_CLOCK must carry its offset, for example 2026-11-18T09:30:00-05:00.")
    return start - timezone.now()


def now() -> datetime:
    """The business instant, aware."""
    return _moved.get() or timezone.now() + _offset()


def today(zone: str | ZoneInfo | None = None) -> date:
    """The business date in `zone`, by default the installation's."""
    if isinstance(zone, str):
        zone = ZoneInfo(zone)
    return timezone.localtime(now(), zone).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Live at `instant` (aware) inside the block."""
    if instant.tzinfo is None:
        raise ValueError("The business clock takes an aware instant.")
    token = _moved.set(instant)
    try:
        yield
    finally:
        _moved.reset(token)
