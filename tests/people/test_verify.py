"""The public page and the command that say whether a document is genuine, and nothing else of it."""

import html
from datetime import date
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from people.views import verifying
from records.actions.seals import note_standing
from records.actors import SYSTEM
from tests.pages import tight
from tests.plugins.seals import altered


def asked(client, language="en", **query):
    response = client.get(f"/{language}/verify/", query)
    return response.status_code, html.unescape(response.content.decode())


def sent(client, content, language="en"):
    file = BytesIO(content)
    file.name = "agreement.pdf"
    response = client.post(f"/{language}/verify/", {"file": file})
    return response.status_code, html.unescape(response.content.decode())


def test_anybody_learns_by_number_hash_and_file_that_it_is_genuine(client, sealed):
    for status, page in (
        asked(client, q=sealed.number),
        asked(client, q=sealed.sha256),
        sent(client, bytes(sealed.content)),
    ):
        assert status == 200
        assert "Genuine and in force</h1>" in tight(page)
        assert sealed.number in page
        assert "An agreement" not in page


def test_french_page_says_since_when_it_holds_no_longer(client, sealed):
    note_standing(document=sealed, state="ended", since=date(2026, 9, 30), by=SYSTEM)
    status, page = asked(client, "fr", q=sealed.number)
    assert (status, "2026-09-30" in page, sealed.number in page) == (200, True, True)


def test_superseded_says_so(client, sealed):
    note_standing(document=sealed, state="superseded", since=date(2026, 9, 30), by=SYSTEM)
    page = sent(client, bytes(sealed.content))[1]
    assert ("Genuine, superseded since" in page, "2026-09-30" in page) == (True, True)


def test_altered_and_unknown_reveal_nothing(client, sealed):
    content = bytes(sealed.content)
    status, page = sent(client, altered(content, len(content) // 3))
    assert (status, "Altered" in page, sealed.number in page) == (200, True, False)
    for status, page in (sent(client, b""), sent(client, b"%PDF"), asked(client, q="GH-2222-2222-2222")):
        assert (status, "Unknown" in page) == (200, True)


def test_bad_input_is_answered_in_words(client, sealed, settings):
    settings.UPLOAD_MOST_BYTES = 1000
    assert sent(client, bytes(sealed.content))[0] == 422
    assert asked(client, q="")[0] == 422
    assert asked(client, q="x" * 5000)[0] == 422
    assert client.post("/en/verify/", {"file": "no file"}).status_code == 422
    assert asked(client, q="\x00'\"<script>")[0] in (200, 422)


def test_it_cannot_be_asked_without_end(client, sealed, monkeypatch):
    monkeypatch.setattr(verifying, "MOST_A_MINUTE", 2)
    assert [asked(client, q=sealed.number)[0] for _ in range(3)] == [200, 200, 429]
    assert sent(client, b"x")[0] == 429
    assert client.get("/en/verify/").status_code == 200


def test_command_tells_by_its_exit_code(sealed, tmp_path, capsys):
    path = tmp_path / "agreement.pdf"
    path.write_bytes(bytes(sealed.content))
    call_command("verify_document", path)
    told = capsys.readouterr().out
    assert (sealed.number in told, sealed.seal.fingerprint in told) == (True, True)
    path.write_bytes(altered(bytes(sealed.content), 3000))
    for file in (path, tmp_path / "missing.pdf"):
        with pytest.raises(CommandError) as stopped:
            call_command("verify_document", file)
        assert stopped.value.returncode == 1
