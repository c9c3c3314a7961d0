"""The documentation names what is there and nothing that is gone: settings, commands, pages, cited rules."""

import re

import pytest
from django.core.management import get_commands

from tests.config.house import BASE, PACKAGES, modules

DOCS = BASE / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), BASE / "README.md", BASE / "CHANGELOG.md"])
CITATION = re.compile(
    r"\b(domain|ux|decisions|trust|dora|architecture)\.md((?:,? ?(?:and )?(?:§ ?[\d.]*\d(?:–[\d.]*\d)?|\b[A-Z]\d+|\b[RS]-\d+))+)"
)


def read(name):
    return (BASE / name).read_text()


def targets():
    """The commands that `make` alone lists."""
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.M))


@pytest.mark.parametrize("page", ["README.md", "docs/reference/commands.md"])
def test_make_targets_are_told(page):
    told = set(re.findall(r"^\| `make ([a-z-]+)", read(page), re.M))
    assert targets() - {"help"} <= told <= targets()


def test_management_commands_are_told():
    ours = {name for name, package in get_commands().items() if package in PACKAGES}
    assert set(re.findall(r"`([a-z]+(?:_[a-z]+)*)(?: [^`]*)?`", commands_told())) >= ours
    assert set(re.findall(r"`([a-z]+_[a-z_]+)", commands_told())) <= ours


def commands_told():
    rows = read("docs/reference/commands.md").split("## manage.py")[1].splitlines()
    return "\n".join(row.split(" | ")[0] for row in rows if row.startswith("| `"))


def test_settings_are_told():
    told = {name for row in re.findall(r"^\| (`[A-Z].*?) \|", read("docs/reference/settings.md"), re.M)
            for name in re.findall(r"`([A-Z_]+)`", row)}  # fmt: skip
    asked = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', read("config/settings.py")))
    asked |= set(re.findall(r'environ\.get\("([A-Z_]+)"', read("config/gunicorn.py")))
    asked |= set(re.findall(r'variables\.get\("([A-Z_]+)"', read("config/local.py")))
    assert told == asked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(BASE)))
def test_links_lead_somewhere(page):
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_first():
    told = {(DOCS / link).resolve() for link in re.findall(r"\]\(([^)]+)\)", read("docs/README.md"))}
    assert {page for page in DOCS.rglob("*.md") if page.name != "README.md"} == told


def test_cited_rules_are_told():
    told = told_rules()
    assert {rule for path in modules() for rule in cited(path.read_text())} - told == set()


def cited(text):
    """("domain", "5"), ("trust", "S-12") …; of a range both ends; lines of trust.md may stand beside another page."""
    for page, places in CITATION.findall(text):
        for place in re.findall(r"[A-Z]-?\d+|[\d.]*\d", places):
            yield ("trust" if "-" in place else page, place)


def told_rules():
    """What the first column of each table of docs/reference/rules.md names; single lines name the rest."""
    found = {("architecture", "7")}
    for page, part in re.findall(r"^## (\w+)\.md(.*?)(?=^## |\Z)", read("docs/reference/rules.md"), re.M | re.S):
        for first in re.findall(r"^\| ([^|]+) \|", part, re.M):
            found |= {(page, place.strip()) for place in first.split(",")}
    return found | {("dora", "3.1"), ("dora", "3.2")}
