"""What the endpoint answers, keeps and notes: genuine or not, once or again, readable or not."""

import io
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from metrics.actions.sources import change_source, rotate_secret
from metrics.models import Delivery, DeliveryLogEntry, DeliveryReceipt
from metrics.reasons import detail_of
from records import clock
from tests.metrics import payloads
from tests.metrics.sending import as_body, connected, log_of, standard, stored

KEPT, NOT_KEPT = (1, 1, 1), (0, 0, 0)


@pytest.fixture
def github(cast):
    return connected(cast, "github")


def refused(response, status, code):
    told = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, told["status"]) == (status, status)
    assert told["type"] == f"urn:gatehouse:problem:{code}"
    assert told["title"]
    return told


def test_genuine_delivery_is_taken_with_its_bytes_and_records(github):
    response = github.github("deployment_status", payloads.github_status())
    kept = Delivery.objects.get()
    assert response.status_code == 202
    assert response.json() == {"delivery": kept.pk, "records": 1, "status": "accepted"}
    assert bytes(kept.body) == as_body(payloads.github_status())
    assert (kept.product_id, kept.event) == (github.source.product_id, "deployment_status")
    assert kept.records[0]["finished_at"] == "2026-10-05T12:10:00+00:00"
    assert stored(github.source) == KEPT
    assert log_of(github.source) == [("accepted", "")]


def test_arrivals_and_refusals_carry_the_business_day(github, client_of):
    with clock.at(datetime(2026, 3, 2, 15, tzinfo=UTC)):
        github.github("deployment_status", payloads.github_status())
        github.github("deployment_status", payloads.github_status(), secret="wrong")
        page = (
            client_of("product_manager").get(f"/en/products/JSA/metrics/sources/{github.source.pk}/").content.decode()
        )
    assert {f"{entry.at:%Y-%m-%d}" for entry in DeliveryLogEntry.objects.all()} == {"2026-03-02"}
    assert page.count("2026-03-02") >= 2


def test_taking_a_delivery_costs_two_statements_and_a_copy_three(github):
    for allowed in (2, 3):
        with CaptureQueriesContext(connection) as asked:
            github.github("deployment_status", payloads.github_status(), number="same")
        assert len(asked) == allowed


def test_nothing_of_a_person_is_read(github, client_of):
    client = client_of("product_manager")
    client.cookies["django_language"] = "fr"
    with CaptureQueriesContext(connection) as asked:
        response = github.post(b"{}", client)
    assert response.status_code == 401
    assert not [query for query in asked if "session" in query["sql"] or "people_person" in query["sql"]]
    assert response["Content-Language"] == "en"
    assert not response.cookies


def test_delivery_sent_again_is_kept_once(github):
    first = github.github("push", payloads.github_push(), number="n-1")
    again = github.github("push", payloads.github_push(), number="n-1")
    assert again.status_code == 200
    assert again.json() == {"delivery": first.json()["delivery"], "status": "received before"}
    assert stored(github.source) == KEPT
    assert log_of(github.source) == [("accepted", ""), ("duplicate", "")]


def test_same_number_from_another_source_is_another_delivery(cast, github):
    other = connected(cast, "github", name="other")
    assert github.github("push", payloads.github_push(), number="n-1").status_code == 202
    assert other.github("push", payloads.github_push(), number="n-1").status_code == 202


def test_forged_delivery_does_not_use_up_the_number_of_the_genuine_one(github):
    forged = github.github("push", payloads.github_push(), number="n-1", secret="guess")
    refused(forged, 401, "signature")
    assert stored(github.source) == NOT_KEPT
    assert github.github("push", payloads.github_push(), number="n-1").status_code == 202
    assert log_of(github.source) == [("refused", "signature"), ("accepted", "")]


def test_unsigned_delivery_is_refused_with_the_header_it_lacks(github):
    told = refused(github.post(b"{}"), 401, "unsigned")
    assert told["detail"] == "x-hub-signature-256"


def test_changed_body_is_refused(github):
    body = as_body(payloads.github_push())
    signed = standard(github.secret, body)
    assert github.post(body + b" ", **signed).status_code == 401


@pytest.mark.parametrize("wrong", ["sha256=", "sha1=abc", "é" * 20, "sha256=" + "0" * 64])
def test_strange_signature_is_refused(github, wrong):
    refused(github.post(b"{}", **{"X-Hub-Signature-256": wrong}), 401, "signature")


def test_both_secrets_are_good_while_one_is_replaced(cast, github):
    new = rotate_secret(source=github.source, by=cast.product_manager)
    assert github.github("ping", {}, secret=github.secret).status_code == 202
    assert github.github("ping", {}, secret=new).status_code == 202
    with clock.at(clock.now() + timedelta(hours=25)):
        assert github.github("ping", {}, secret=github.secret).status_code == 401
        assert github.github("ping", {}, secret=new).status_code == 202


def test_replacing_at_once_ends_the_old_secret_at_once(cast, github):
    new = rotate_secret(source=github.source, by=cast.product_manager, overlap=timedelta(0))
    assert github.github("ping", {}).status_code == 401
    assert github.github("ping", {}, secret=new).status_code == 202


def test_secret_sealed_with_an_older_key_still_opens(github, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key " * 8
    assert github.github("ping", {}).status_code == 202
    settings.SECRET_KEY_FALLBACKS = []
    refused(github.github("ping", {}), 503, "sealed")


def test_ping_is_kept_and_says_so(github):
    told = github.github("ping", {"zen": "Design for failure.", "hook_id": 1}).json()
    assert (told["status"], told["reason"]) == ("ignored", "ping")
    assert stored(github.source) == (1, 1, 0)


@pytest.mark.django_db
def test_unknown_source_is_not_found():
    refused(
        Client().post(f"/deliveries/{uuid.uuid4()}/", b"{}", content_type="application/json"), 404, "unknown-source"
    )
    refused(Client().post("/deliveries/nothing/", b"{}", content_type="application/json"), 404, "unknown-source")


def test_retired_source_is_gone_until_it_is_taken_up_again(cast, github):
    change_source(source=github.source, by=cast.product_manager, is_active=False)
    refused(github.github("ping", {}), 410, "retired-source")
    change_source(source=github.source, by=cast.product_manager, is_active=True)
    assert github.github("ping", {}).status_code == 202


def test_only_post_is_answered(github):
    response = Client().get(github.address)
    refused(response, 405, "method")
    assert response["Allow"] == "POST"


def test_address_without_its_last_slash_is_the_same(github):
    response = Client().post(github.address.rstrip("/"), b"{}", content_type="application/json")
    assert response.status_code == 401


def test_problem_is_told_in_the_language_that_is_asked_for(github):
    english = github.post(b"{}", **{"Accept-Language": "de, en;q=0.8, fr;q=0.5"})
    french = github.post(b"{}", **{"Accept-Language": "fr-CA, en;q=0.8"})
    assert english.json()["title"] == "The delivery is not signed"
    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid-json"),
        (b"{", "invalid-json"),
        (b"\xff\xfe\x00", "invalid-json"),
        (b'{"a": NaN}', "invalid-json"),
        (b"[" * 100_000, "invalid-json"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "invalid-json"),
        (b"[]", "not-an-object"),
        (b'"text"', "not-an-object"),
        (b"null", "not-an-object"),
    ],
)
def test_body_that_is_no_json_object_is_refused_and_its_number_stays_free(github, body, code):
    refused(github.github("push", body, number="n-1"), 400, code)
    assert stored(github.source) == NOT_KEPT
    assert github.github("push", payloads.github_push(), number="n-1").status_code == 202


def test_github_may_wrap_its_json_in_a_form(github):
    from urllib.parse import urlencode

    body = urlencode({"payload": as_body(payloads.github_push()).decode()}).encode()
    response = github.github("push", body, content_type="application/x-www-form-urlencoded")
    assert response.json()["records"] == 1


def test_body_over_its_cap_is_refused_unread(cast, github):
    gitlab = connected(cast, "gitlab", name="gitlab")
    big = as_body({"fill": "x" * 1_000_000})
    refused(gitlab.gitlab(big), 413, "too-large")
    assert log_of(gitlab.source) == [("refused", "too_large")]
    # More than the framework takes for forms, less than GitHub's limit.
    assert github.github("push", as_body(payloads.github_push(fill="x" * 3_000_000))).status_code == 202


def test_body_shorter_than_announced_is_refused(github):
    lost = {"wsgi.input": io.BytesIO(b"{}"), "CONTENT_LENGTH": "50"}
    refused(Client().generic("POST", github.address, b"{}", "application/json", **lost), 400, "cut-off")


def test_refusals_without_a_secret_do_not_fill_the_log(github):
    for _number in range(65):
        github.post(b"{}")
    assert DeliveryLogEntry.objects.filter(source=github.source).count() == 60


def test_very_long_number_is_kept_by_its_hash(github):
    for expected in (202, 200):
        assert github.github("ping", {}, number="n" * 500).status_code == expected


def test_impossible_characters_are_left_out(github):
    payload = payloads.github_status(environment="prod\x00uction", sha="\x00", ref="\ud800")
    assert github.github("deployment_status", payload).status_code == 202
    assert Delivery.objects.get().records[0]["environment"] == "production"


class TestSigned:
    """Standard Webhooks, as GitLab may use them and CDEvents may come with."""

    @pytest.fixture
    def gitlab(self, cast):
        return connected(cast, "gitlab")

    def test_both_ways_of_using_the_secret_are_good(self, gitlab):
        import base64
        import hmac

        assert gitlab.signed(payloads.gitlab_push()).status_code == 202
        body, sent = as_body(payloads.gitlab_push()), str(int(time.time()))
        digest = hmac.new(gitlab.secret.encode(), f"id-2.{sent}.".encode() + body, "sha256").digest()
        signature = "v1,AAAA v2,x v1," + base64.b64encode(digest).decode()
        headers = {"webhook-id": "id-2", "webhook-timestamp": sent, "webhook-signature": signature}
        assert gitlab.post(body, **headers).status_code == 202

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_clock_that_is_off_is_refused(self, gitlab, minutes):
        late = gitlab.signed(payloads.gitlab_push(), number="n-1", at=time.time() + 60 * minutes)
        refused(late, 401, "skew")
        assert gitlab.signed(payloads.gitlab_push(), number="n-1").status_code == 202

    @pytest.mark.parametrize("minutes", [-4, 4])
    def test_clock_that_is_a_little_off_is_good(self, gitlab, minutes):
        assert gitlab.signed(payloads.gitlab_push(), at=time.time() + 60 * minutes).status_code == 202

    @pytest.mark.parametrize("part", ["webhook-id", "webhook-timestamp"])
    def test_signature_covers_number_and_time(self, gitlab, part):
        body = as_body(payloads.gitlab_push())
        headers = standard(gitlab.secret, body)
        changed = "1" + headers[part]
        refused(gitlab.post(body, **(headers | {part: changed})), 401, "signature")
        refused(gitlab.post(body, **{name: each for name, each in headers.items() if name != part}), 401, "unsigned")

    def test_time_that_is_no_number_is_refused(self, gitlab):
        import base64
        import hmac

        key = base64.b64decode(gitlab.secret.removeprefix("whsec_"))
        signature = base64.b64encode(hmac.new(key, b"n.soon.{}", "sha256").digest()).decode()
        headers = {"webhook-id": "n", "webhook-timestamp": "soon", "webhook-signature": f"v1,{signature}"}
        refused(gitlab.post(b"{}", **headers), 401, "timestamp")

    def test_plain_token_of_gitlab(self, gitlab):
        assert gitlab.gitlab(payloads.gitlab_push()).status_code == 202
        refused(gitlab.gitlab(payloads.gitlab_push(), **{"X-Gitlab-Token": "guess"}), 401, "signature")

    def test_delivery_without_a_number_is_known_by_its_bytes(self, gitlab):
        token = {"X-Gitlab-Token": gitlab.secret}
        body = as_body(payloads.gitlab_push())
        assert [gitlab.post(body, **token).status_code for _ in range(2)] == [202, 200]
        assert DeliveryReceipt.objects.get().key.startswith("sha256:")

    def test_bearer_token_of_cdevents(self, cast):
        sender = connected(cast, "cdevents", name="events")
        event = as_body(payloads.cdevent())
        assert sender.post(event, Authorization=f"Bearer {sender.secret}").status_code == 202
        assert sender.post(event, Authorization=f"Bearer {sender.secret}").status_code == 200
        refused(sender.post(event, Authorization="Bearer guess"), 401, "signature")
        refused(sender.post(event, Authorization="Basic eDp5"), 401, "unsigned")
        assert sender.signed(payloads.cdevent(number="e-2")).status_code == 202


@pytest.mark.django_db(transaction=True)
def test_copies_at_the_same_time_are_kept_once(cast):
    sender = connected(cast, "github")
    answers = []

    def send(ready):
        try:
            ready.wait()
            answers.append(sender.github("push", payloads.github_push(), number="n-1").status_code)
        finally:
            connections.close_all()

    ready = threading.Barrier(6)
    threads = [threading.Thread(target=send, args=(ready,)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 5 + [202]
    assert stored(sender.source) == KEPT


class TestOwnFormat:
    """`dora-events/1`: strict, with every fault and its place."""

    @pytest.fixture
    def own(self, cast):
        return connected(cast, "generic")

    def deployment(self, **values):
        found = {"id": "d-1", "environment": "production", "status": "success", "sha": "abcdef0"}
        times = {"finished_at": "2026-10-05T12:00:00Z", "updated_at": "2026-10-05T12:00:00Z"}
        return found | times | values

    def document(self, *deployments):
        return {"schema": "dora-events/1", "deployments": list(deployments)}

    def test_document_and_single_record_are_taken(self, own):
        first = own.signed(self.document(self.deployment(), self.deployment(id="d-2", source="other", product="JSA")))
        assert (first.status_code, first.json()["records"]) == (202, 2)
        second = own.signed({"kind": "deployment"} | self.deployment(id="d-3"))
        assert (second.status_code, second.json()["records"]) == (202, 1)
        kept = [record["source"] for each in Delivery.objects.order_by("id") for record in each.records]
        assert kept == ["pipeline", "other", "pipeline"]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"environment": "prod"}, "deployments[0].environment"),
            ({"finished_at": "2026-10-05T12:00:00"}, "deployments[0].finished_at"),
            ({"status": 7}, "deployments[0].status"),
            ({"product": "OTHER"}, "deployments[0].product"),
            ({"id": "a\x00b"}, "deployments[0].id"),
            ({"id": "\ud800"}, "deployments[0].id"),
        ],
    )
    def test_fault_is_named_with_its_place_and_nothing_is_kept(self, own, values, field):
        response = own.signed(self.document(self.deployment(**values)), number="n-1")
        told = refused(response, 422, "malformed")
        assert [each["field"] for each in told["errors"]] == [field]
        assert stored(own.source) == NOT_KEPT
        assert own.signed(self.document(self.deployment()), number="n-1").status_code == 202

    def test_every_fault_is_told_and_logged_in_both_languages(self, own):
        response = own.signed(self.document(self.deployment(status="done"), self.deployment(environment="prod")))
        assert len(refused(response, 422, "malformed")["errors"]) == 2
        detail = DeliveryLogEntry.objects.get().detail
        assert "deployments[0].status" in detail_of(detail, "en")
        assert "deployments[1].environment" in detail_of(detail, "fr")

    def test_unknown_record_is_refused(self, own):
        refused(own.signed({"kind": "party", "id": "1"}), 422, "malformed")
        refused(own.signed({"schema": "dora-events/1"}), 422, "malformed")

    def test_settings_of_the_product_are_not_taken_from_a_pipeline(self, own):
        response = own.signed({"schema": "dora-events/1", "products": [{"key": "JSA", "timezone": "UTC"}]})
        assert response.json()["reason"] == "settings_not_taken"

    def test_replay_with_another_time_is_refused(self, own):
        body = as_body(self.document(self.deployment()))
        headers = standard(own.secret, body, "n-1")
        assert own.post(body, **headers).status_code == 202
        assert own.post(body, **headers).status_code == 200
        later = headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}
        refused(own.post(body, **later), 401, "signature")
        refused(own.post(body, **(headers | {"webhook-id": "n-2"})), 401, "signature")

    def test_body_over_a_megabyte_is_refused(self, own):
        refused(
            own.signed(self.document(self.deployment(url="https://x.example/" + "x" * 1_000_000))), 413, "too-large"
        )
