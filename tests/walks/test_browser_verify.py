"""Anybody checks a sealed document on a telephone, in either language, without signing in (domain.md §6)."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_walk_through_the_answers_about_a_document(walk, sealed):
    altered = bytes(sealed.content).replace(b"%%EOF", b"%%EOE", 1)
    for language in ("en", "fr"):
        way = walk(None, language, 320)
        for query in ("", f"?q={sealed.number}", "?q=GH-2222-2222-2222"):
            assert way.go("verify", query=query) == 200
        way.press("Check the file")
        assert way.page.locator(".problems").count() == 1
        way.page.set_input_files(
            "main [name=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": altered}
        )
        way.press("Check the file")
        assert way.page.locator("section.verdict.altered").count() == 1
