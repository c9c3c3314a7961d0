"""Connecting a source and watching it: who may, what is kept of the secret, what the pages say."""

import json
import re
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.actions.sources import Meaning, change_source, connect_source, map_source, rotate_secret
from metrics.models import DeliverySettings, DeliverySource, Deployment, Incident, SourceSecret
from metrics.reasons import IGNORED, NOTES, PROBLEMS
from products.actions.products import register_product
from records import clock
from records.jobs import run_due
from records.models import AuditEvent
from records.refusals import Conflict, Refused, Stale
from tests.metrics import payloads
from tests.metrics.sending import connected

SOURCES = "/en/products/JSA/metrics/sources/"


@pytest.fixture
def github(cast):
    return connected(cast, "github", name="GitHub")


def posted(client, address, **values):
    """Send the form of a page as a browser would: with the token it carries."""
    page = client.get(address).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    hidden = dict(re.findall(r'type="hidden" name="(version|(?:env|run)_[^"]+)" value="([^"]*)"', page))
    return client.post(address, hidden | {"form_token": token} | values)


def test_connecting_shows_the_secret_once(client_of):
    client = client_of("product_manager")
    answer = posted(
        client, f"{SOURCES}connect/github/", name="Pipeline", default_branch="main", incident_label="incident"
    )
    source = DeliverySource.objects.get(name="Pipeline")
    assert (answer.status_code, answer["Location"]) == (303, f"{SOURCES}{source.pk}/secret/")
    page = client.get(answer["Location"])
    secret = re.search(r"whsec_[A-Za-z0-9+/=]{44}", page.content.decode())[0]
    assert "no-store" in page["Cache-Control"]
    assert f"/deliveries/{source.pk}/" in page.content.decode()
    assert "whsec_" not in client.get(answer["Location"]).content.decode().replace("whsec_…", "")
    assert len(secret) == 50


def test_secret_is_nowhere_in_the_database(cast, client_of, github):
    rotate_secret(source=github.source, by=cast.product_manager)
    raw = github.secret.removeprefix("whsec_")
    rows = [*SourceSecret.objects.all(), *SourceSecret.history.all(), *AuditEvent.objects.all()]
    assert len(SourceSecret.objects.all()) == 2
    assert raw not in serializers.serialize("json", rows)
    assert "sealed" not in {field.name for field in SourceSecret.history.model._meta.fields}


def test_acts_are_recorded_by_whom(cast, github):
    change_source(source=github.source, by=cast.it_manager, repository="acme/app", reason="One repository")
    map_source(source=github.source, by=cast.it_manager, environments=[Meaning("blue", "production")])
    rotate_secret(source=github.source, by=cast.it_manager)
    events = AuditEvent.objects.filter(subject_kind="metrics.deliverysource").order_by("pk")
    assert [each.event for each in events] == [
        "delivery source connected",
        "delivery source changed",
        "delivery source changed",
        "secret of a delivery source replaced",
    ]
    assert events[1].changes == {"repository": ["", "acme/app"]}
    assert events[2].changes == {"environment blue": [None, "production"]}


@pytest.mark.parametrize("who", ["product_owner", "colleague", "auditor", "stranger"])
def test_others_may_not_connect_or_replace(cast, github, who):
    by = cast.people[who]
    with pytest.raises(Refused):
        connect_source(product=cast.product, kind="github", name="Mine", by=by)
    for act in (change_source, rotate_secret, map_source):
        with pytest.raises(Refused):
            act(source=github.source, by=by)


def test_name_is_unique_in_its_product_and_stays(cast, github):
    with pytest.raises(ValidationError) as found:
        connect_source(product=cast.product, kind="gitlab", name="GitHub", by=cast.product_manager)
    assert "This product has a source of this name." in str(found.value)
    with pytest.raises(TypeError):
        change_source(source=github.source, by=cast.product_manager, name="Other")


def test_source_of_incidents_turns_none_into_zero(cast):
    assert not DeliverySettings.objects.filter(product=cast.product, has_incident_feed=True).exists()
    sender = connected(cast, "github", reports_incidents=True)
    assert DeliverySettings.objects.get(product=cast.product).has_incident_feed
    change_source(source=sender.source, by=cast.product_manager, reports_incidents=False)
    assert DeliverySettings.objects.get(product=cast.product).has_incident_feed


def test_third_secret_ends_the_first(cast, github):
    rotate_secret(source=github.source, by=cast.product_manager)
    rotate_secret(source=github.source, by=cast.product_manager, overlap=timedelta(hours=1))
    valid = [each for each in github.source.secrets.all() if each.is_valid(clock.now() + timedelta(seconds=1))]
    assert len(valid) == 2


def test_mapped_name_decides_what_arrives_next(cast, github):
    payload = payloads.github_status(environment="blue", production_environment=False)
    assert github.github("deployment_status", payload).json()["reason"] == "unmapped_environment"
    map_source(
        source=github.source,
        by=cast.product_manager,
        environments=[Meaning("Blue", "production")],
        workflows=[Meaning("Deploy", "production")],
    )
    assert "reason" not in github.github("deployment_status", payload).json()
    assert github.github("workflow_run", payloads.github_run()).json()["records"] == 1


def test_what_arrived_before_is_read_again_with_its_meaning(cast, github):
    by = cast.product_manager
    unknown = {"environment": "blue", "production_environment": False}
    github.github("deployment_status", payloads.github_status(**unknown))
    github.github("workflow_run", payloads.github_run())
    github.github("issues", payloads.github_issue(labels=("outage",)))
    run_due()
    assert [each.environment for each in Deployment.objects.all()] == ["other"]
    map_source(
        source=github.source,
        by=by,
        environments=[Meaning("blue", "production")],
        workflows=[Meaning("Deploy", "staging")],
    )
    change_source(source=github.source, by=by, incident_label="outage")
    run_due()
    assert sorted(each.environment for each in Deployment.objects.all()) == ["production", "staging"]
    assert Incident.objects.get().external_id == "acme/job-seeker#12"


def test_mapping_that_moved_on_is_not_written_over(cast, github):
    by = cast.product_manager
    map_source(source=github.source, by=by, environments=[Meaning("blue", "production")])
    row = github.source.environments.get()
    map_source(source=github.source, by=by, environments=[Meaning("blue", "staging", row.pk, row.version)])
    with pytest.raises(Stale):
        map_source(source=github.source, by=by, environments=[Meaning("blue", "testing", row.pk, row.version)])
    map_source(source=github.source, by=by, environments=[Meaning("", "", row.pk, row.version)])
    with pytest.raises(Conflict):
        map_source(source=github.source, by=by, environments=[Meaning("blue", "testing", row.pk, row.version)])


def test_names_are_mapped_on_their_page(client_of, github):
    github.github("deployment_status", payloads.github_status(environment="blue", production_environment=False))
    client, address = client_of("it_manager"), f"{SOURCES}{github.source.pk}/names/"
    assert 'value="blue"' in client.get(address).content.decode()
    answer = posted(client, address, env_0_name="blue", env_0_is="production", run_0_name="Deploy", run_0_is="staging")
    assert answer.status_code == 303
    assert list(github.source.environments.values_list("name", "environment")) == [("blue", "production")]
    assert list(github.source.workflows.values_list("name", "environment")) == [("Deploy", "staging")]
    key = github.source.environments.get().pk.hex
    gone = {f"env_{key}_name": "", f"env_{key}_is": "production"}
    assert posted(client, address, **gone).status_code == 303
    assert not github.source.environments.exists()


def test_name_without_meaning_or_twice_comes_back_with_what_was_typed(client_of, github):
    client, address = client_of("it_manager"), f"{SOURCES}{github.source.pk}/names/"
    lacking = posted(client, address, env_0_name="green", env_0_is="")
    assert (lacking.status_code, b"Say which of our environments this is." in lacking.content) == (422, True)
    twice = posted(client, address, env_0_name="a", env_0_is="other", env_1_name="a", env_1_is="other")
    assert (twice.status_code, b"This name stands here twice." in twice.content) == (422, True)
    assert b'value="a"' in twice.content
    strange = posted(client, address, env_0_name="a\x00", env_0_is="mars")
    assert strange.status_code == 422


def test_page_of_a_source_says_what_arrived(client_of, github):
    client, address = client_of("auditor"), f"{SOURCES}{github.source.pk}/"
    assert "Nothing has arrived" in client.get(address).content.decode()
    github.github("push", payloads.github_push(ref="refs/heads/other"))
    github.github("push", payloads.github_push(), secret="guess")
    page = client.get(address).content.decode()
    assert "one delivery was refused in 30 days" in page
    assert "The signature does not match" in page
    assert "Not the default branch" in page
    only = client.get(f"{address}?outcome=ignored").content.decode()
    assert "The signature does not match" not in only
    csv = b"".join(client.get(f"{address}?format=csv").streaming_content).decode()
    assert "The signature does not match" in csv


def test_page_of_a_source_asks_as_much_for_many_lines_as_for_few(client_of, github):
    client, address = client_of("auditor"), f"{SOURCES}{github.source.pk}/"
    client.get(address)
    counts = []
    for number in (3, 30):
        for _each in range(number):
            github.github("ping", {})
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


@pytest.mark.parametrize(("who", "words"), [("auditor", "Delivery sources"), ("it_manager", "Connect a pipeline")])
def test_measures_lead_to_the_sources_who_may_see_them(client_of, who, words):
    page = client_of(who).get("/en/products/JSA/metrics/").content.decode()
    assert f'href="{SOURCES}">{words}</a>' in page


def test_list_of_sources_in_french(client_of, github):
    page = client_of("product_manager").get(SOURCES.replace("/en/", "/fr/"))
    assert page.status_code == 200
    assert "GitHub" in page.content.decode()


def test_secret_is_replaced_on_its_page(client_of, github):
    client, address = client_of("change_coordinator"), f"{SOURCES}{github.source.pk}/rotate/"
    answer = posted(client, address, overlap="1")
    assert answer.status_code == 303
    assert "whsec_" in client.get(answer["Location"]).content.decode()
    assert github.github("ping", {}).status_code == 202
    assert posted(client, address, overlap="999").status_code == 422


def test_source_is_retired_with_a_reason_and_taken_up_again(client_of, github):
    client, address = client_of("product_manager"), f"{SOURCES}{github.source.pk}/retire/"
    assert posted(client, address, reason="").status_code == 422
    assert posted(client, address, reason="Moved to GitLab").status_code == 303
    assert github.github("ping", {}).status_code == 410
    assert "is retired" in client.get(f"{SOURCES}{github.source.pk}/").content.decode()
    assert posted(client, address, reason="Back again").status_code == 303
    assert github.github("ping", {}).status_code == 202


def test_changing_says_why_and_keeps_the_name(client_of, github):
    client, address = client_of("product_manager"), f"{SOURCES}{github.source.pk}/change/"
    assert 'name="name"' not in client.get(address).content.decode()
    values = {"repository": "acme/app", "default_branch": "main", "incident_label": "outage", "reason": "New label"}
    assert posted(client, address, **values).status_code == 303
    github.source.refresh_from_db()
    assert (github.source.incident_label, github.source.name) == ("outage", "GitHub")
    assert AuditEvent.objects.filter(event="delivery source changed", reason="New label").exists()


def test_every_code_has_words_and_fits_its_column():
    codes = [*PROBLEMS, *IGNORED, *NOTES]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= 40
    assert json.dumps(codes)


def test_head_of_a_family_is_told_of_the_sources_of_its_members(cast, client_of):
    by = cast.portfolio_manager
    member = register_product(
        department=cast.department, by=by, code="JSA-APP", name_en="Job app", name_fr="Appli emploi", parent=cast.product,
        level="cio", orientation="external", sponsoring_branch=cast.branch,
    )  # fmt: skip
    connect_source(product=member, kind="github", name="App pipeline", by=cast.product_manager)
    page = client_of("product_manager").get(SOURCES).content.decode()
    assert "The products of the family have their own sources" in page
    assert "/en/products/JSA-APP/metrics/sources/" in page
    assert "No pipeline is connected yet" not in page
