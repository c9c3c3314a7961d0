"""What goes over the wire on every page: a strict content policy that the pages themselves keep, and little weight."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

pytestmark = pytest.mark.django_db

FIRST_VISIT = 200_000
QUIET = {"account_logout", "admin:jsi18n"}


class Inline(HTMLParser):
    """Collects what a strict policy would block: style attributes, handlers, scripts and styles without an address."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or re.match("on[a-z]+$", name)]
        if tag == "script" and "src" not in given and given.get("type") not in ("application/json",):
            self.found.append("<script> in the page")
        if tag == "style" and "nonce" not in given:
            self.found.append("<style> in the page")
        if (given.get("href") or "").strip().lower().startswith("javascript:"):
            self.found.append("javascript: address")


def addresses():
    """Every named page that needs nothing, or only the code of a product, to be asked for."""
    found = set()

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.add(f"{namespace}{pattern.name}" if pattern.name else "")
            elif pattern.namespace in (None, "admin"):
                walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)

    walk(get_resolver().url_patterns)
    for name in sorted(found - QUIET - {""}):
        for values in ({}, {"code": "JSA"}):
            try:
                yield reverse(name, kwargs=values)
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("reader", ["product_manager", "admin"])
def test_no_page_breaks_the_policy_it_sends(client_of, reader):
    client, seen = client_of(reader), 0
    client.raise_request_exception = False
    for address in addresses():
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code in (302, 405):
            continue
        checker = Inline()
        checker.feed(answer.content.decode())
        assert checker.found == [], address
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        seen += 1
    assert seen > 5


@pytest.mark.parametrize("address", ["/en/account/login/", "/en/account/password/reset/", "/en/nothing/here/"])
def test_strangers_pages_keep_the_policy(client, address):
    checker = Inline()
    answer = client.get(address)
    checker.feed(answer.content.decode())
    assert checker.found == []
    assert "object-src 'none'" in answer.headers["Content-Security-Policy"]


def test_first_visit_is_light(client_of):
    html = client_of("product_manager").get("/en/").content
    names = re.findall(rb'(?:src|href)="/static/([^"?]+)"', html)
    sizes = {}
    for name in {name.decode() for name in names}:
        with open(finders.find(name), "rb") as file:
            sizes[name] = len(gzip.compress(file.read()))
    assert len(gzip.compress(html)) + sum(sizes.values()) <= FIRST_VISIT, sizes
    assert any(name.endswith(".css") for name in sizes)


def test_static_files_hold_nothing_that_the_pages_may_not():
    with open(finders.find("gatehouse.js")) as file:
        script = file.read()
    assert "eval(" not in script
    assert "innerHTML" not in script
    assert ".style" not in script


def test_one_style_sheet_names_every_colour_once():
    with open(finders.find("gatehouse.css")) as file:
        sheet = file.read()
    head, body = sheet.split("/* ground", 1)
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", body.split("@media print")[0]) == []
    assert len(gzip.compress(sheet.encode())) <= 16_000  # as it travels
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    assert used <= set(re.findall(r"(--[\w-]+):", head)), "a name that is nowhere given"
