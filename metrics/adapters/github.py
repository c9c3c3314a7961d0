"""GitHub's webhooks: deployments and their statuses, pushes, releases, issues, workflow runs (dora.md §3.1)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from metrics.adapters import fields
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.environments import environment_of
from metrics.adapters.pushes import branch_of, read_push
from metrics.normal import DeploymentRecord, IncidentRecord, Reading
from metrics.states import DeploymentStatus, Environment, IncidentStatus

S = DeploymentStatus
STATES = {
    "queued": S.QUEUED,
    "pending": S.QUEUED,
    "waiting": S.QUEUED,
    "in_progress": S.IN_PROGRESS,
    "success": S.SUCCESS,
    "failure": S.FAILURE,
    "error": S.FAILURE,
}
CONCLUSIONS = {
    "success": S.SUCCESS,
    "failure": S.FAILURE,
    "timed_out": S.FAILURE,
    "startup_failure": S.FAILURE,
    "cancelled": S.CANCELLED,
    "skipped": S.CANCELLED,
}
FINAL = (S.SUCCESS, S.FAILURE, S.CANCELLED)
# GitHub's times are whole seconds: of two statuses of one second the later stage is the newer version.
STAGE = {S.QUEUED: 1, S.IN_PROGRESS: 2, S.CANCELLED: 3, S.SUCCESS: 4, S.FAILURE: 5}


def key_of(arrival: Arrival) -> str:
    """The same again when GitHub delivers again."""
    return fields.clean(arrival.headers.get("x-github-delivery", "")) or arrival.digest()


def read(arrival: Arrival, feed: Feed) -> Reading:
    """Raises Incomplete."""
    event, payload = fields.clean(arrival.headers.get("x-github-event", ""), 100), arrival.payload
    if event == "ping":
        return Reading(event, reason="ping")
    if event not in READERS:
        return Reading(event, reason="unmapped_event", detail=event)
    repo = fields.text(payload, "repository.full_name")
    if feed.repository and repo.lower() != feed.repository.lower():
        return Reading(event, reason="other_repository", detail=repo)
    return READERS[event](payload, feed, repo)


def version(moment: datetime, status: str) -> datetime:
    """The version clock of a status: its moment and, within that second, its stage."""
    return moment + timedelta(microseconds=STAGE.get(S(status), 0))


def _deployment(payload: Any, feed: Feed, repo: str) -> Reading:
    created = fields.needed_instant(payload, "deployment.created_at")
    return _told("deployment", payload, feed, repo, S.QUEUED, version=created, finished=None)


def _deployment_status(payload: Any, feed: Feed, repo: str) -> Reading:
    state = fields.needed(payload, "deployment_status.state")
    if state == "inactive":
        # GitHub sets it on every deployment that a newer one replaced; it says nothing of this one.
        return Reading("deployment_status", reason="superseded")
    status = STATES.get(state, S.OTHER)
    told = fields.needed_instant(payload, "deployment_status.created_at")
    finished = told if status in FINAL else None
    return _told("deployment_status", payload, feed, repo, status, version=version(told, status), finished=finished)


def _told(
    event: str, payload: Any, feed: Feed, repo: str, status: str, *, version: datetime, finished: datetime | None
) -> Reading:
    name = fields.text(payload, "deployment.environment") or fields.text(payload, "deployment_status.environment")
    hint = Environment.PRODUCTION if fields.at(payload, "deployment.production_environment") is True else ""
    environment, is_known = environment_of(feed, name, hint)
    record = DeploymentRecord(
        source=feed.name,
        id=fields.needed(payload, "deployment.id"),
        environment=environment,
        status=status,
        updated_at=version,
        started_at=fields.instant(payload, "deployment.created_at"),
        finished_at=finished,
        repo=repo,
        sha=fields.sha(payload, "deployment.sha"),
        url=fields.address(payload, "deployment_status.log_url")
        or fields.address(payload, "deployment_status.target_url"),
    )
    return with_environment(event, record, name, is_known)


def with_environment(event: str, record: DeploymentRecord | IncidentRecord, name: str, is_known: bool) -> Reading:
    """The record, and a note when nobody said what its environment is."""
    return Reading(event, (record,), **({} if is_known else {"reason": "unmapped_environment", "detail": name}))


def _push(payload: Any, feed: Feed, repo: str) -> Reading:
    why = branch_of(payload, "repository.default_branch", feed)
    if why:
        return Reading("push", reason=why, detail=fields.text(payload, "ref"))
    last = fields.rows(payload, "commits")[-1:]
    is_cut = bool(last) and fields.sha(last[0], "id") != fields.sha(payload, "after")
    return read_push("push", payload, repo, is_whole=payload.get("forced") is not True and not is_cut)


def _release(payload: Any, feed: Feed, repo: str) -> Reading:
    if not feed.counts_releases:
        return Reading("release", reason="releases_not_counted")
    if payload.get("action") != "published":
        return Reading("release", reason="unmapped_action", detail=fields.text(payload, "action"))
    if fields.at(payload, "release.draft") is True or fields.at(payload, "release.prerelease") is True:
        return Reading("release", reason="not_final")
    published = fields.needed_instant(payload, "release.published_at")
    # What the tag stands on is only told when the release was made from a commit and not from a branch.
    target = fields.sha(payload, "release.target_commitish")
    record = DeploymentRecord(
        source=feed.name,
        id=fields.needed(payload, "release.tag_name"),
        environment=Environment.PRODUCTION,
        status=S.SUCCESS,
        updated_at=published,
        finished_at=published,
        repo=repo,
        sha=target if len(target) >= 40 else "",
        url=fields.address(payload, "release.html_url"),
    )
    return Reading("release", (record,))


def _workflow_run(payload: Any, feed: Feed, repo: str) -> Reading:
    name = fields.text(payload, "workflow_run.name") or fields.text(payload, "workflow.name")
    if payload.get("action") != "completed":
        return Reading("workflow_run", reason="unmapped_action", detail=fields.text(payload, "action"))
    if name not in feed.workflows:
        return Reading("workflow_run", reason="unmapped_workflow", detail=name)
    finished = fields.needed_instant(payload, "workflow_run.updated_at")
    attempt = fields.text(payload, "workflow_run.run_attempt") or "1"
    record = DeploymentRecord(
        source=feed.name,
        id=f"{fields.needed(payload, 'workflow_run.id', 150)}-{attempt[:20]}",
        environment=feed.workflows[name],
        status=CONCLUSIONS.get(fields.text(payload, "workflow_run.conclusion"), S.OTHER),
        updated_at=finished,
        started_at=fields.instant(payload, "workflow_run.run_started_at"),
        finished_at=finished,
        repo=repo,
        sha=fields.sha(payload, "workflow_run.head_sha"),
        url=fields.address(payload, "workflow_run.html_url"),
    )
    return Reading("workflow_run", (record,))


def _issues(payload: Any, feed: Feed, repo: str) -> Reading:
    wanted = feed.incident_label.lower()
    labels = {fields.text(each, "name").lower() for each in fields.rows(payload, "issue.labels")}
    action = fields.text(payload, "action")
    is_taken_off = action == "unlabeled" and fields.text(payload, "label.name").lower() == wanted
    if not wanted or (wanted not in labels and not is_taken_off):
        return Reading("issues", reason="no_incident_label", detail=feed.incident_label)
    is_closed = fields.text(payload, "issue.state") == "closed"
    closed = fields.instant(payload, "issue.closed_at") if is_closed else None
    status = IncidentStatus.RESOLVED if closed else IncidentStatus.OPEN
    if wanted not in labels or action in ("deleted", "transferred"):
        status, closed = IncidentStatus.CANCELLED, None
    record = IncidentRecord(
        source=feed.name,
        id=f"{repo}#{fields.needed(payload, 'issue.number', 20)}"[-200:],
        status=status,
        updated_at=fields.instant(payload, "issue.updated_at") or fields.needed_instant(payload, "issue.created_at"),
        started_at=fields.needed_instant(payload, "issue.created_at"),
        resolved_at=closed,
        title=fields.text(payload, "issue.title"),
        url=fields.address(payload, "issue.html_url"),
    )
    return Reading("issues", (record,))


READERS: dict[str, Callable[[Any, Feed, str], Reading]] = {
    "deployment": _deployment,
    "deployment_status": _deployment_status,
    "push": _push,
    "release": _release,
    "workflow_run": _workflow_run,
    "issues": _issues,
}
