"""What is loaded once stays: looking through it for garbage again and again is time without a finding."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@given(st.none())
def nothing(value: None) -> None:
    """A property of nothing."""


def pytest_collection() -> None:
    # For the first property of a process hypothesis looks through all objects there are: seconds once everything is loaded.
    nothing()
