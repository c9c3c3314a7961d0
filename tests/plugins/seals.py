"""An organisation's certificate for the tests: made once per run, because finding its primes takes a moment."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.template import engines

from records import clock
from records.actions.seals import Paper, seal_document
from records.actors import SYSTEM
from records.models import Document
from records.pdf import render_pdf
from records.seals import authority
from records.seals.archive import Attachment

TEXT = b'{"schema":1,"said":"Nous convenons"}'
PAGE = """{% extends "paper.html" %}{% block title %}An agreement{% endblock %}{% block content %}<h1>An agreement</h1>
<p>Number {{ number }}. See <a href="https://example.invalid/">the act</a>.</p>
<table><thead><tr><th>Who</th></tr></thead><tbody><tr><th>Us</th></tr></tbody></table>
<section lang="fr"><h2>Une entente</h2><p>Été</p></section>{% endblock %}"""


@pytest.fixture(scope="session")
def certificate_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and one certificate, issued two years ago for three."""
    folder = tmp_path_factory.mktemp("seal")
    with clock.at(clock.now() - timedelta(days=730)):
        authority.issue_certificate(folder, organisation="Department of Trials")
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


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """A small agreement in two languages, with its text inside."""
    template = engines["django"].from_string(PAGE)
    monkeypatch.setattr("records.pdf.render_to_string", lambda name, context: template.render(context))

    def render(number: str) -> bytes:
        return render_pdf("", {"number": number}, language="en", archival=True)

    attachment = Attachment("text.json", TEXT, "application/json", "The text agreed on", "Source")
    told = {"kind": "trial", "subject_id": "1", "language": "en", "title": "An agreement", "reason": "Sealed by trial"}
    return Paper(**told, render=render, text_sha256=hashlib.sha256(TEXT).hexdigest(), attachments=(attachment,))


@pytest.fixture
def sealed(db: None, sealing: Path, paper: Paper) -> Document:
    """That agreement, sealed."""
    return seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)


def altered(content: bytes, place: int) -> bytes:
    """The same bytes but for one bit."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
