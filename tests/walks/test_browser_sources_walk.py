"""A product manager connects a pipeline, says what a name means, and looks at what was refused."""

import re

import pytest

from metrics.models import DeliverySource
from tests.metrics import payloads
from tests.metrics.sending import Sender
from tests.walks.walk import ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_of_who_connects_a_pipeline(walk, language, width):
    way = walk("product_manager", language, width)
    way.go("source-list", "JSA")
    way.follow("GitHub")
    way.fill(name="Pipeline")
    way.press("Connect it")
    secret = SECRET.search(way.page.locator("main").inner_text())[0]
    way.follow("I have copied it")
    sender = Sender(DeliverySource.objects.get(name="Pipeline"), secret)
    payload = payloads.github_status(environment="blue", production_environment=False)
    assert sender.github("deployment_status", payload).status_code == 202
    assert sender.github("push", payloads.github_push(), secret="guess").status_code == 401
    way.go("source-detail", "JSA", sender.source.pk)
    assert way.words("The signature does not match") in way.page.locator("main").inner_text()
    way.follow("Say what it means")
    way.page.select_option("main [name=env_0_is]", "production")
    way.press("Save the names")
    assert "blue →" in way.page.locator("main").inner_text()
    way.follow("Replace the secret")
    way.press("Make a new secret")
    assert SECRET.search(way.page.locator("main").inner_text())[0] != secret


def test_walk_without_scripts(walk):
    way = walk("it_manager", "en", 1280, scripts=False)
    way.go("source-connect", "JSA", "generic")
    way.press("Connect it")
    assert way.page.locator(".problems").count() == 1
    way.fill(name="Deploy job")
    way.press("Connect it")
    assert SECRET.search(way.page.locator("main").inner_text())
