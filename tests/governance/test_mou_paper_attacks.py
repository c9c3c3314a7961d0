"""What somebody writes into a memorandum is words on paper: nothing is fetched, run, attached or drawn (S-08, S-09)."""

import io
import resource
import socket
import subprocess
import time

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from governance.actions.mous import answer_prompt
from governance.models import Mou
from governance.mou.canonical import content_of
from governance.mou.paper import paper_of
from governance.mou_states import ClauseKind
from records.pdf import html_of
from records.typesetter import OwnFilesOnly, typeset
from tests.governance.memoranda import written_mou

ATTACKS = (
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png">',
    '<link rel="attachment" href="file:///etc/passwd"><link rel="stylesheet" href="http://127.0.0.1:9/">',
    "<style>@import url(http://127.0.0.1:9/); @page{size:99999mm} *{display:none}</style>",
    "<script>app.alert(1)</script><iframe src=file:///etc/passwd></iframe><object data=file:///etc/passwd></object>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "{% include '/etc/passwd' %}{{ settings.SECRET_KEY }} </section></body></html>",
    "a" * 3000,
)


@pytest.fixture
def attacked(cast):
    mou = written_mou(cast)
    clause = mou.template.clauses.filter(kind=ClauseKind.PROMPT).first()
    words = "\n".join(ATTACKS)
    answer_prompt(mou=mou, clause=clause, by=cast.product_manager, text_en=words, text_fr=words)
    cast.product.name_en = '<b onclick="x">Job</b>'
    return Mou.objects.get(pk=mou.pk)


def test_it_is_words_and_nothing_is_fetched(attacked, monkeypatch):
    asked = []
    fetch = OwnFilesOnly.fetch
    monkeypatch.setattr(OwnFilesOnly, "fetch", lambda self, url, headers=None: asked.append(url) or fetch(self, url))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("A document reached out."))
    content = typeset(html_of("pdf/mou.html", paper_of(content_of(attacked)), language="en"), "pdf/a-3a")
    assert [url for url in asked if not url.startswith("paper:")] == []
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.attachments) == 0
        kinds = {str(each.get("/S")) for each in document.objects if isinstance(each, pikepdf.Dictionary)}
        assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}
        assert {tuple(map(int, page.mediabox)) for page in document.pages} == {(0, 0, 612, 792)}
    said = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    assert all(words in said for words in ("file:///etc/passwd", "{% include", "<script>"))
    assert "root:" not in said


def test_more_text_than_anybody_reads_is_refused_before_it_is_set(cast):
    mou = written_mou(cast)
    clause = mou.template.clauses.filter(kind=ClauseKind.PROMPT).first()
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ValidationError, match="characters"):
        answer_prompt(mou=mou, clause=clause, by=cast.product_manager, text_en="x " * 2_500_000, text_fr="x")
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
