"""The lines of shell that the page and the how-to give really deliver."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from metrics.models import Delivery
from metrics.setup import address_of, example_of
from tests.metrics.sending import connected

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "how-to" / "connect-a-pipeline.md"
JOB = {"CI_JOB_ID": "4711", "CI_COMMIT_SHA": "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"}


def test_guide_and_page_give_the_same_lines(cast):
    source = connected(cast, "generic").source
    (shown,) = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.S)
    assert shown.replace("https://gatehouse.example/deliveries/…/", address_of(source)) == example_of(source)


@pytest.mark.django_db(transaction=True)
def test_lines_deliver_and_deliver_once(cast, live_server, settings):
    settings.SITE_URL = live_server.url
    sender = connected(cast, "generic")
    script = example_of(sender.source).replace("whsec_…", sender.secret)
    for said in ("accepted", "received before"):
        done = subprocess.run(["sh", "-ec", script], env=os.environ | JOB, capture_output=True, text=True, check=True)
        assert said in done.stdout
    (kept,) = Delivery.objects.all()
    (record,) = kept.records
    assert (record["id"], record["source"], record["sha"]) == ("4711", "pipeline", JOB["CI_COMMIT_SHA"])
