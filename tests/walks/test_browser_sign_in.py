"""Come in by the door, change the language on a deep page, leave (ux.md A2)."""

import pytest

from tests.cast import PASSWORD
from tests.walks.walk import ALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OTHER = {"en": "fr", "fr": "en"}


@pytest.mark.parametrize(("language", "width"), ALL)
def test_walk_in_and_out_by_the_door(walk, cast, language, width):
    way = walk(None, language, width)
    way.go("product-list", query="?q=emploi&sort=-code")
    assert "/account/login/" in way.page.url
    way.fill(login=cast.executive.email, password=PASSWORD)
    way.press("Sign in")
    assert way.page.url.endswith("/products/?q=emploi&sort=-code")
    assert way.page.get_by_role("link", name=cast.product.name_fr if language == "fr" else cast.product.name_en).count()
    way.language = OTHER[language]
    way.page.locator("header a.lang").click()
    way.page.wait_for_url(f"**/{way.language}/products/?q=emploi&sort=-code")
    way.look()
    way.page.get_by_role("button", name=way.words("Sign out")).click()
    way.page.wait_for_url(f"**/{way.language}/account/login/**")
    way.look()
    way.go("product-detail", "JSA")
    assert "/account/login/" in way.page.url
