"""A product manager without a pipeline: a file with a mistake, the corrected one, a look, and it counts."""

import pytest

from metrics.models import DeliveryUpload, Deployment
from tests.metrics.events_texts import as_tables
from tests.walks.walk import ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(way, **changed):
    files = as_tables() | {f"{name}.csv": content for name, content in changed.items()}
    way.page.set_input_files(
        "[name=files]", [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files.items()]
    )
    way.press("Upload and look")


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_from_a_mistake_to_what_counts(walk, language, width):
    way = walk("product_manager", language, width)
    way.go("delivery-files", "JSA")
    choose(way, deployments=as_tables()["deployments.csv"].replace(b"production", b"live"))
    assert DeliveryUpload.objects.count() == 0
    assert way.page.locator("main tbody").first.get_by_text("environment").count() == 1
    choose(way)
    assert Deployment.objects.count() == 0
    way.press("Take the file over")
    assert Deployment.objects.count() == 1
    way.follow("To the delivery files")
    assert way.page.get_by_role("row").filter(has_text="deployments.csv").count() == 1
