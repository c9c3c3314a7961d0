"""What one department keeps to itself, looked for from the other in every list, search, export, paper and history (S-02)."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from people.actions.people import appoint_person
from people.actions.saved_views import save_view
from people.models import Branch
from people.states import CapacityKind
from products.actions.products import register_product
from products.models import Product
from records.actors import SYSTEM
from tests.attack.everything import MODELS
from tests.attack.markup import texts_of
from tests.attack.town import ADDRESSES, EXPECTED, OURS
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
LISTS = ["home", "product-list", "portfolio-list", "program-list", "service-list", "capability-list", "application-list",
         "standard-list", "capability-tree", "demand-list", "project-list", "account", "product-register"]  # fmt: skip
AT_HOME = ("product_manager", "portfolio_manager", "executive", "auditor", "colleague")
SECRET = "Sekretvorhaben"
FRENCH = "Projet-tenu-secret"


@pytest.fixture(scope="module")
def away(town, django_db_blocker):
    """In the other department: the stranger holds an office there; the town's own texts are known."""
    branch = Branch.objects.filter(department=town.cast.other_department).first()
    office = {"department": town.cast.other_department, "branch": None, "starts_on": SINCE, "by": SYSTEM}
    appoint_person(person=town.cast.stranger, kind=CapacityKind.PORTFOLIO_MANAGER, **office)
    register_product(department=town.cast.other_department, by=town.cast.stranger, code="SEKRET", name_en=SECRET,
                     name_fr=FRENCH, level="cio", orientation="external", sponsoring_branch=branch)  # fmt: skip
    return branch


def told(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")


def stands_in(word, text):
    """Whether the text says it: three letters inside a random token are nobody's product."""
    return word in text and re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text) is not None


def searches(name, text):
    base = reverse(name)
    return [base, f"{base}?q={text}", f"{base}?format=csv", f"{base}?q={text}&format=csv", f"{base}?product={text}"]


def two(name, language):
    """Two of home in turn."""
    turn = LISTS.index(name) * 2 + (language == "fr")
    return {AT_HOME[turn % len(AT_HOME)], AT_HOME[(turn + 2) % len(AT_HOME)]}


def everybody(name, language):
    return AT_HOME


@pytest.mark.parametrize("asking", [two, pytest.param(everybody, marks=pytest.mark.cross)])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", LISTS)
def test_home_sees_nothing_of_the_other_department(town, away, as_, name, language, asking):
    with translation.override(language):
        for who in asking(name, language):
            for address in searches(name, "zzz"):
                answer = told(as_(who).get(address, follow=True))
                assert not [word for word in (SECRET, FRENCH, "SEKRET") if word in answer], (who, address)


def words_of_home(town):
    """Every text by which the home department's records could be recognised, longer than a common word."""
    own = set()
    for model in MODELS:
        if model.__module__.startswith(("products", "roadmaps")):
            for row in model._base_manager.exclude(pk__in=Product.objects.filter(code="SEKRET")):
                own |= {str(getattr(row, field.name)) for field in texts_of(model)}
    return {"JSA", *(text for text in own if len(text) > 11)} - offices()


def offices():
    """The names of capacities, which stand on pages for everybody."""
    named = set()
    for language in ("en", "fr"):
        with translation.override(language):
            named |= {str(kind.label) for kind in CapacityKind}
    return named


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.cross)])
def test_away_sees_nothing_of_home_on_any_page(town, away, as_, language):
    words, leaks = words_of_home(town), {}
    with translation.override(language):
        for name in sorted(set(OURS) - {"account_logout"}):
            for address in searches(name, "zzz") if not ADDRESSES[name] else [town.address(name)]:
                answer = as_("stranger").get(address)
                text = told(answer).replace(address, "")
                found = sorted(word for word in words if stands_in(word, text)) if answer.status_code == 200 else []
                leaks |= {address: found} if found else {}
    assert leaks == {}


def test_refused_addresses_do_not_name_what_they_hide(town, away, as_):
    for name in sorted(set(OURS) - {"account_logout"}):
        if EXPECTED[name].stranger == 404:
            answer = as_("stranger").get(town.address(name))
            assert answer.status_code == 404, name
            assert not [word for word in ("Job Seeker", "Compte du") if word in told(answer)], name


def test_counts_are_those_of_the_reader(town, away, as_):
    stranger = told(as_("stranger").get("/en/products/?format=csv"))
    assert len(stranger.strip().splitlines()) == 2  # the head of the table and their own product
    home = told(as_("colleague").get("/en/products/?format=csv"))
    assert len(home.strip().splitlines()) == 1 + Product.objects.filter(department=town.cast.department).count()


@pytest.mark.parametrize("kind", ["portfolio", "program", "branch", "sponsoring_branch", "service", "department"])
def test_filters_neither_offer_nor_take_what_is_elsewhere(town, away, as_, kind):
    thing = town.world.things.get(kind) or town.cast.branch
    answer = told(as_("stranger").get(f"/en/products/?{kind}={thing.pk}"))
    assert str(thing.pk) not in answer.replace(f"{kind}={thing.pk}", "")
    assert "Job Seeker" not in answer


def test_views_shared_at_home_are_not_offered_elsewhere(town, away, as_):
    save_view(by=town.cast.colleague, page="product-list", name="Shared at home", query="q=x", is_shared=True)
    assert "Shared at home" in told(as_("executive").get("/en/products/"))
    assert "Shared at home" not in told(as_("stranger").get("/en/products/"))
