"""What each vendor's deliveries read as, and that nothing a vendor might send brings a reader down."""

import copy
from datetime import UTC, datetime, timedelta

import pytest

from metrics import adapters
from metrics.adapters import fields
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.environments import environment_of
from metrics.normal import from_json, to_json
from tests.metrics import payloads
from tests.metrics.payloads import BEFORE, DIGEST, FIRST, SHA
from tests.metrics.sending import as_body


def feed(kind, **values):
    return Feed(name="pipeline", kind=kind, **values)


def read(kind, payload, headers=None, **values):
    arrival = Arrival(headers or {}, as_body(payload), payload)
    return adapters.read(arrival, feed(kind, **values))


def github(event, payload, **values):
    return read("github", payload, {"x-github-event": event}, **values)


def record(reading):
    (found,) = reading.records
    assert from_json(to_json(found)) == found
    return found


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestGitHub:
    def test_successful_status_is_a_finished_deployment(self):
        found = record(github("deployment_status", payloads.github_status()))
        assert (found.source, found.id, found.environment, found.status) == ("pipeline", "1", "production", "success")
        assert (found.repo, found.sha, found.url) == ("acme/job-seeker", SHA, "https://ci.example/run/1")
        assert (found.started_at, found.finished_at) == (at("2026-10-05T12:00:00"), at("2026-10-05T12:10:00"))
        assert found.commits is None

    @pytest.mark.parametrize(
        ("state", "status"),
        [("error", "failure"), ("failure", "failure"), ("queued", "queued"), ("pending", "queued"), ("odd", "other")],
    )
    def test_state_becomes_status(self, state, status):
        found = record(github("deployment_status", payloads.github_status(state)))
        assert found.status == status
        assert (found.finished_at is not None) == (status == "failure")

    def test_inactive_says_nothing(self):
        reading = github("deployment_status", payloads.github_status("inactive"))
        assert (reading.records, reading.reason) == ((), "superseded")

    def test_later_stage_of_the_same_second_is_the_newer_version(self):
        states = ["queued", "in_progress", "success"]
        moments = [record(github("deployment_status", payloads.github_status(state))).updated_at for state in states]
        created = record(github("deployment", payloads.github_deployment(created_at="2026-10-05T12:10:00Z"))).updated_at
        assert sorted([created, *moments]) == [created, *moments]
        assert len({created, *moments}) == 4
        assert moments[-1] - created < timedelta(milliseconds=1)

    def test_push_tells_commits_with_their_parents_and_merges(self):
        commits = record(github("push", payloads.github_push())).commits
        assert [(each.sha, each.parent, each.is_merge) for each in commits] == [
            (FIRST, BEFORE, False),
            (SHA, FIRST, True),
        ]
        assert commits[0].committed_at == at("2026-10-01T13:00:00")

    def test_forced_push_does_not_continue_what_was_there(self):
        reading = github("push", payloads.github_push(forced=True))
        assert record(reading).commits[0].parent == ""
        assert reading.reason == "commits_left_out"

    def test_first_push_of_a_branch_has_no_parent(self):
        reading = github("push", payloads.github_push(before="0" * 40))
        assert (record(reading).commits[0].parent, reading.reason) == ("", "")

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"ref": "refs/heads/feature"}, "other_branch"),
            ({"ref": "refs/tags/main"}, "other_branch"),
            ({"deleted": True, "after": "0" * 40}, "branch_deleted"),
            ({"commits": []}, "no_commits"),
        ],
    )
    def test_other_pushes_tell_nothing(self, values, reason):
        assert github("push", payloads.github_push(**values)).reason == reason

    def test_release_counts_only_where_it_was_said_to(self):
        assert github("release", payloads.github_release()).reason == "releases_not_counted"
        found = record(github("release", payloads.github_release(), counts_releases=True))
        assert (found.id, found.environment, found.status) == ("v1.2.0", "production", "success")
        assert found.finished_at == at("2026-10-05T12:00:00")
        for values in ({"draft": True}, {"prerelease": True}):
            assert github("release", payloads.github_release(**values), counts_releases=True).reason == "not_final"
        created = payloads.github_release("created")
        assert github("release", created, counts_releases=True).reason == "unmapped_action"

    def test_workflow_counts_when_it_is_said_to_deploy(self):
        assert github("workflow_run", payloads.github_run()).reason == "unmapped_workflow"
        found = record(github("workflow_run", payloads.github_run(), workflows={"Deploy": "staging"}))
        assert (found.id, found.environment, found.status, found.sha) == ("30433642-2", "staging", "success", SHA)
        requested = payloads.github_run() | {"action": "requested"}
        assert github("workflow_run", requested, workflows={"Deploy": "staging"}).reason == "unmapped_action"

    def test_issue_with_the_label_is_an_incident(self):
        found = record(github("issues", payloads.github_issue(labels=("bug", "Incident"))))
        assert (found.id, found.status, found.title) == ("acme/job-seeker#12", "open", "Sign-in fails")
        assert (found.environment, found.resolved_at, found.is_partial) == ("", None, False)
        closed = payloads.github_issue("closed", state="closed", closed_at="2026-10-05T15:00:00Z")
        assert record(github("issues", closed)).resolved_at == at("2026-10-05T15:00:00")
        reopened = payloads.github_issue("reopened", closed_at="2026-10-05T15:00:00Z")
        assert (record(github("issues", reopened)).status, record(github("issues", reopened)).resolved_at) == (
            "open",
            None,
        )

    def test_issue_that_loses_the_label_is_cancelled(self):
        assert record(github("issues", payloads.github_issue("unlabeled", (), "incident"))).status == "cancelled"
        assert github("issues", payloads.github_issue("unlabeled", (), "bug")).reason == "no_incident_label"
        assert github("issues", payloads.github_issue("opened", ("bug",))).reason == "no_incident_label"

    def test_other_repository_and_other_events_tell_nothing(self):
        assert github("push", payloads.github_push(), repository="acme/other").reason == "other_repository"
        assert github("push", payloads.github_push(), repository="ACME/Job-Seeker").records
        assert github("star", {}).reason == "unmapped_event"


class TestGitLab:
    def test_deployment_with_its_own_way_of_writing_times(self):
        found = record(read("gitlab", payloads.gitlab_deployment()))
        assert (found.id, found.environment, found.status, found.sha) == ("15", "production", "success", SHA)
        assert found.finished_at == at("2026-10-05T19:50:00")

    @pytest.mark.parametrize(
        ("state", "status"),
        [("created", "queued"), ("running", "in_progress"), ("failed", "failure"), ("canceled", "cancelled")],
    )
    def test_state_becomes_status(self, state, status):
        assert record(read("gitlab", payloads.gitlab_deployment(status=state))).status == status

    def test_push_that_leaves_out_older_commits_says_so(self):
        reading = read("gitlab", payloads.gitlab_push(total_commits_count=40))
        assert reading.reason == "commits_left_out"
        assert [each.parent for each in record(reading).commits] == ["", FIRST]
        assert [each.is_merge for each in record(read("gitlab", payloads.gitlab_push())).commits] == [False, True]

    @pytest.mark.parametrize("kind", ["issue", "incident", "work_item"])
    def test_incident_by_its_type(self, kind):
        found = record(read("gitlab", payloads.gitlab_issue(kind)))
        assert (found.id, found.status, found.started_at) == ("acme/job-seeker#23", "open", at("2026-10-05T13:00:00"))
        closed = {"state": "closed", "action": "close", "closed_at": "2026-10-05T14:00:00Z"}
        assert record(read("gitlab", payloads.gitlab_issue(kind, **closed))).resolved_at == at("2026-10-05T14:00:00")

    def test_incident_by_its_label(self):
        assert record(read("gitlab", payloads.gitlab_issue(labels=["incident"], type="Issue"))).status == "open"
        assert read("gitlab", payloads.gitlab_issue(type="Issue")).reason == "no_incident_label"
        off = payloads.gitlab_issue(type="Issue", previous=["incident"])
        assert record(read("gitlab", off)).status == "cancelled"


class TestCDEvents:
    @pytest.mark.parametrize("kind", ["service.deployed", "service.upgraded", "service.rolledback"])
    @pytest.mark.parametrize(("version", "specification"), [("0.2.0", "version"), ("0.3.0-draft", "specversion")])
    def test_service_in_an_environment_is_a_deployment(self, kind, version, specification):
        event = payloads.cdevent(kind, version=version, specification=specification)
        found = record(read("cdevents", event))
        assert (found.id, found.environment, found.status, found.sha) == ("e-1", "production", "success", DIGEST)
        assert found.unplanned == (kind == "service.rolledback")
        assert found.finished_at == at("2026-10-05T12:00:00.5")

    def test_binary_and_structured_mode_read_the_same(self):
        event = payloads.cdevent()
        headers = {f"ce-{name}": event["context"][name] for name in ("id", "source", "type")}
        binary = read("cdevents", event, headers)
        structured = read(
            "cdevents", payloads.cloudevent(event), {"content-type": "application/cloudevents+json; charset=utf-8"}
        )
        assert binary == structured == read("cdevents", event)

    def test_key_is_source_and_id_in_either_mode(self):
        event = payloads.cdevent()
        headers = {"ce-id": "e-1", "ce-source": "/cd/prod"}
        whole = payloads.cloudevent(event)
        keys = {
            adapters.key_of(Arrival(headers, b"", event), "cdevents"),
            adapters.key_of(Arrival({"content-type": "application/cloudevents+json"}, b"", whole), "cdevents"),
        }
        assert keys == {"/cd/prod e-1"}

    def test_incident_is_told_moment_by_moment(self):
        start = record(read("cdevents", payloads.cdevent("incident.detected", subject="inc-1", description="Slow")))
        end = record(read("cdevents", payloads.cdevent("incident.resolved", subject="inc-1")))
        assert (start.id, start.status, start.title, start.is_partial) == ("inc-1", "open", "Slow", True)
        assert (start.started_at, start.resolved_at) == (at("2026-10-05T12:00:00.5"), None)
        assert (start.deployment_source, start.deployment_id) == ("pipeline", f"artifact:{DIGEST}")
        assert (end.status, end.started_at, end.resolved_at) == ("resolved", None, at("2026-10-05T12:00:00.5"))

    def test_merged_change_is_a_commit_when_it_is_named_by_one(self):
        (commit,) = record(read("cdevents", payloads.cdevent("change.merged", subject=SHA))).commits
        assert (commit.sha, commit.committed_at) == (SHA, at("2026-10-05T12:00:00.5"))
        assert read("cdevents", payloads.cdevent("change.merged", subject="PR 7")).reason == "no_commit"

    def test_other_events_tell_nothing(self):
        assert read("cdevents", payloads.cdevent("build.finished")).reason == "unmapped_event"


class TestEnvironments:
    @pytest.mark.parametrize(
        ("name", "hint", "meant"),
        [
            ("Production", "", "production"),
            ("prod/eu", "", "production"),
            ("stg", "", "staging"),
            ("www", "staging", "staging"),
        ],
    )
    def test_names_everybody_uses_and_hints(self, name, hint, meant):
        assert environment_of(feed("github"), name, hint) == (meant, True)

    def test_mapping_of_the_source_comes_first(self):
        mapped = feed("github", environments={"Live": "staging"})
        assert environment_of(mapped, "live", "production") == ("staging", True)

    def test_unknown_name_is_other_and_noted(self):
        reading = github("deployment_status", payloads.github_status(environment="blue", production_environment=False))
        assert record(reading).environment == "other"
        assert (reading.reason, reading.detail) == ("unmapped_environment", "blue")


SAMPLES = [
    ("github", "deployment", payloads.github_deployment()),
    ("github", "deployment_status", payloads.github_status()),
    ("github", "push", payloads.github_push()),
    ("github", "release", payloads.github_release()),
    ("github", "issues", payloads.github_issue()),
    ("github", "workflow_run", payloads.github_run()),
    ("gitlab", "", payloads.gitlab_deployment()),
    ("gitlab", "", payloads.gitlab_push()),
    ("gitlab", "", payloads.gitlab_issue()),
    ("cdevents", "", payloads.cdevent()),
    ("cdevents", "", payloads.cdevent("incident.resolved")),
    ("cdevents", "", payloads.cdevent("change.merged")),
    ("cdevents", "", payloads.cloudevent(payloads.cdevent())),
]
STRANGE = [None, True, 0, -1, 1.5, "", "x\x00\ud800", "9" * 600, [], [None, 1, "x", {}], {}, {"id": []}]


def paths(value, above=()):
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from paths(each, (*above, name))


def with_value(payload, path, value):
    changed = copy.deepcopy(payload)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(("kind", "event", "payload"), SAMPLES)
def test_wrong_types_anywhere_are_read_or_passed_over(kind, event, payload):
    """Whatever stands in any place, the reading can be kept: as JSON and in columns of their length."""
    values = {"counts_releases": True, "workflows": {"Deploy": "production"}}
    for path in paths(payload):
        for value in STRANGE if path else []:
            changed = with_value(payload, path, value)
            reading = read(kind, changed, {"x-github-event": event}, **values)
            assert reading.records or reading.reason
            for found in reading.records:
                as_body(to_json(found)).decode().encode()
                assert len(getattr(found, "id", "")) <= 200


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-05T12:00:00Z", "2026-10-05T12:00:00"),
        ("2026-10-05 12:00:00 UTC", "2026-10-05T12:00:00"),
        ("2026-10-05 12:00:00 -0400", "2026-10-05T16:00:00"),
        ("2026-10-05T12:00:00.123456789+02:00", "2026-10-05T10:00:00.123456"),
        ("2026-10-05T12:00:00", "2026-10-05T12:00:00"),
    ],
)
def test_moments_are_read_as_vendors_write_them(text, moment):
    assert fields.parsed(text) == at(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1960-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z",
    ],
)
def test_what_is_no_moment_is_none(text):
    assert fields.parsed(text) is None
