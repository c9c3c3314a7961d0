"""GitLab's webhooks: deployments, pushes, issues and work items (dora.md §3.1)."""

from collections.abc import Callable
from typing import Any

from metrics.adapters import fields
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.environments import environment_of
from metrics.adapters.github import FINAL, version, with_environment
from metrics.adapters.pushes import branch_of, read_push
from metrics.normal import DeploymentRecord, IncidentRecord, Reading
from metrics.states import DeploymentStatus, IncidentStatus

S = DeploymentStatus
STATES = {
    "created": S.QUEUED,
    "blocked": S.QUEUED,
    "running": S.IN_PROGRESS,
    "success": S.SUCCESS,
    "failed": S.FAILURE,
    "canceled": S.CANCELLED,
    "skipped": S.CANCELLED,
}


def key_of(arrival: Arrival) -> str:
    """The key GitLab gives each delivery and keeps when it tries again; older versions give none."""
    given = arrival.headers.get("idempotency-key") or arrival.headers.get("webhook-id") or ""
    return fields.clean(given) or arrival.digest()


def read(arrival: Arrival, feed: Feed) -> Reading:
    """Raises Incomplete."""
    payload = arrival.payload
    event = fields.text(payload, "object_kind", 100) or fields.clean(arrival.headers.get("x-gitlab-event", ""), 100)
    if event not in READERS:
        return Reading(event, reason="unmapped_event", detail=event)
    repo = fields.text(payload, "project.path_with_namespace")
    if feed.repository and repo.lower() != feed.repository.lower():
        return Reading(event, reason="other_repository", detail=repo)
    return READERS[event](payload, feed, repo)


def _deployment(payload: Any, feed: Feed, repo: str) -> Reading:
    name = fields.text(payload, "environment")
    environment, is_known = environment_of(feed, name, fields.text(payload, "environment_tier"))
    status = STATES.get(fields.needed(payload, "status"), S.OTHER)
    changed = fields.needed_instant(payload, "status_changed_at")
    record = DeploymentRecord(
        source=feed.name,
        id=fields.needed(payload, "deployment_id"),
        environment=environment,
        status=status,
        updated_at=version(changed, status),
        finished_at=changed if status in FINAL else None,
        repo=repo,
        sha=_whole_sha(payload),
        url=fields.address(payload, "deployable_url"),
    )
    return with_environment("deployment", record, name, is_known)


def _whole_sha(payload: Any) -> str:
    """The payload has only `short_sha`; the address of the commit ends in the whole hash."""
    tail = fields.text(payload, "commit_url", 500).rstrip("/").rsplit("/", 1)[-1].lower()
    return tail if len(tail) >= 40 and fields.SHA.fullmatch(tail) else fields.sha(payload, "short_sha")


def _push(payload: Any, feed: Feed, repo: str) -> Reading:
    why = branch_of(payload, "project.default_branch", feed)
    if why:
        return Reading("push", reason=why, detail=fields.text(payload, "ref"))
    total = payload.get("total_commits_count")
    is_whole = not isinstance(total, int) or total <= len(fields.rows(payload, "commits"))
    return read_push("push", payload, repo, is_whole=is_whole)


def _issue(payload: Any, feed: Feed, repo: str) -> Reading:
    event = fields.text(payload, "object_kind")
    wanted = feed.incident_label.lower()
    is_incident = fields.text(payload, "object_attributes.type").lower() == "incident" or event == "incident"
    is_labelled = bool(wanted) and wanted in _labels(payload, "labels") | _labels(payload, "object_attributes.labels")
    was_labelled = bool(wanted) and wanted in _labels(payload, "changes.labels.previous")
    if not (is_incident or is_labelled or was_labelled):
        return Reading(event, reason="no_incident_label", detail=feed.incident_label)
    closed = fields.instant(payload, "object_attributes.closed_at")
    if fields.text(payload, "object_attributes.state") == "opened" or _action(payload) in ("open", "reopen"):
        closed = None
    status = IncidentStatus.RESOLVED if closed else IncidentStatus.OPEN
    if not (is_incident or is_labelled):
        status, closed = IncidentStatus.CANCELLED, None
    number = fields.text(payload, "object_attributes.iid", 20) or fields.needed(payload, "object_attributes.id", 20)
    started = fields.needed_instant(payload, "object_attributes.created_at")
    record = IncidentRecord(
        source=feed.name,
        id=f"{repo}#{number}"[-200:],
        status=status,
        updated_at=fields.instant(payload, "object_attributes.updated_at") or closed or started,
        started_at=started,
        resolved_at=closed,
        title=fields.text(payload, "object_attributes.title"),
        url=fields.address(payload, "object_attributes.url"),
    )
    return Reading(event, (record,))


def _action(payload: Any) -> str:
    return fields.text(payload, "object_attributes.action")


def _labels(payload: Any, path: str) -> set[str]:
    return {fields.text(each, "title").lower() for each in fields.rows(payload, path)}


READERS: dict[str, Callable[[Any, Feed, str], Reading]] = {
    "deployment": _deployment,
    "push": _push,
    "issue": _issue,
    "incident": _issue,
    "work_item": _issue,
}
