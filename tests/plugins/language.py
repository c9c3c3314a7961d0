"""Every test begins in English, whatever language the last page of the test before it was in."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Requests leave their language active in the thread; a server ends them, the test client does not."""
    translation.activate("en")
    yield
    translation.activate("en")
