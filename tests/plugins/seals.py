"""An organisation's certificate for the tests: made once per run, because finding its primes takes a moment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from records.seals import authority


@pytest.fixture(scope="session")
def certificate_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and one certificate."""
    folder = tmp_path_factory.mktemp("seal")
    authority.ensure_certificate(folder, organisation="Department of Trials")
    return folder


@pytest.fixture
def sealed_with(settings: object) -> Callable[[Path], None]:
    """Seal with what lies in a folder from here on."""

    def use(folder: Path) -> None:
        for name, file in authority.FILES.items():
            setattr(settings, name, str(folder / file))

    return use


@pytest.fixture
def sealing(sealed_with: Callable[[Path], None], certificate_folder: Path) -> Path:
    """An installation that can seal; the folder of its certificate."""
    sealed_with(certificate_folder)
    return certificate_folder
