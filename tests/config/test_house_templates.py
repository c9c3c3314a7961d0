"""Templates: nothing inline, every visible word translated, every form protected and sent once."""

import re

import pytest

from tests.config.house import BASE, short

TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
# Files that are no page of the application: SVG and paper get their text from Python, already translated.
TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}|{{.*?}}|{#.*?#}", re.S)
BLOCKS = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
# Words that are the same in both languages, or the other language's own name.
SAME = {
    "Français",
    "English",
    "Gatehouse",
    "PDF",
    "CSV",
    "XLSX",
    "ICS",
    "iCal",
    "EN",
    "FR",
    "GH",
    "doctype",
    "html",
    "CO",
}


@pytest.fixture(params=TEMPLATES, ids=short)
def template(request):
    return request.param.read_text()


def test_template_has_nothing_inline(template):
    assert not re.search(r"<style\b", template)
    assert not re.search(r"\sstyle\s*=", template)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", template)
    assert not re.search(r"<script\b(?![^>]*\b(src|type=\"application/json\"))", template)
    assert "javascript:" not in template


def test_posted_form_is_protected_and_sent_once(template):
    for form in re.findall(r"<form\b.*?</form>", template, re.S):
        if re.search(r"method=[\"']?post", form, re.I):
            assert "{% csrf_token %}" in form
            assert "{% form_token %}" in form or "{% url 'account_" in form, "signing in and out are no acts of ours"


def test_what_renews_itself_says_so():
    """Else a page left open would keep its reader signed in (trust.md S-16)."""
    for text in (template.read_text() for template in TEMPLATES):
        assert text.count('hx-trigger="every') == text.count("""hx-headers='{"Renews-Itself": "yes"}'""")


def test_visible_text_is_translated(template):
    text = without_translated(template)
    attributes = re.findall(r"\b(?:title|alt|placeholder|aria-label)=\"([^\"]*)\"", text)
    shown = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.S)
    visible = re.sub(r"<[^>]*>", " ", shown)
    words = set(re.findall(r"&\w+;|[^\W\d_]{2,}", " ".join([visible, *attributes])))
    assert {word for word in words if not word.startswith("&")} - SAME == set()


def test_label_of_a_cell_ends_with_its_colon(template):
    """On a narrow screen the label stands before the value in one line; French sets a space before its colon."""
    labels = re.findall(r'data-label="((?:{%.*?%}|{{.*?}}|[^"])+)"', template, re.S)
    assert [label for label in labels if not label.endswith("{% colon %}")] == []


def without_translated(template):
    """The template without its tags and without what stands between the tags of a translated or commented block."""
    for start, end in BLOCKS.items():
        template = re.sub(rf"{{%-?\s*{start}\b.*?{{%-?\s*{end}\s*-?%}}", " ", template, flags=re.S)
    template = re.sub(
        r"{%\s*block (bodyclass|coltype|class)\s*%}.*?{%\s*endblock\s*\w*\s*%}", " ", template, flags=re.S
    )
    return TAG.sub(" ", template)
