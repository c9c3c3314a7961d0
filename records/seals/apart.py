"""Call what begins an event loop of its own: the signing library does, and the caller's thread may have one running already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def apart(do: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What `do` answers, or raises, in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(do, *given, **named).result()
