"""Who walks: a member of the cast, in one language and width."""

from collections.abc import Callable, Iterator

import pytest

from tests.walks.walk import Walk


@pytest.fixture
def walk(browser_page, live_server, cast, axe) -> Iterator[Callable[..., Walk]]:
    """Begin a walk: `walk(name, language, width)`; at the end no page that was looked at may have a problem."""
    begun: list[Walk] = []

    def begin(name: str | None, language: str, width: int, *, scripts: bool = True) -> Walk:
        page = browser_page(name, width=width, language=language, scripts=scripts)
        begun.append(Walk(page, live_server.url, language, axe if scripts else None))
        return begun[-1]

    yield begin
    assert [each.problems for each in begun if each.problems] == []
