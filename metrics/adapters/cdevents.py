"""CDEvents in CloudEvents, binary or structured (dora.md §3.1).

Types end in a version of their own and are matched without it; the context of specification 0.4 has `version`, that of 0.5
`specversion`, and neither matters here. Each event is a record of its own, because CDEvents name no deployment: only the
service, its environment and the artifact.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from metrics.adapters import fields
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.environments import environment_of
from metrics.adapters.github import with_environment
from metrics.normal import Commit, CommitsRecord, DeploymentRecord, IncidentRecord, Reading
from metrics.states import DeploymentStatus, IncidentStatus

STRUCTURED = "application/cloudevents+json"
TYPE = re.compile(r"dev\.cdevents\.(?P<subject>[a-z]+)\.(?P<predicate>[a-z]+)(\..*)?")


def event_of(arrival: Arrival) -> dict[str, Any]:
    """The CDEvent itself: the whole body in binary mode, `data` of the envelope in structured mode."""
    kind = arrival.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == STRUCTURED or ("data" in arrival.payload and "specversion" in arrival.payload):
        data = arrival.payload.get("data")
        return data if isinstance(data, dict) else {}
    return arrival.payload


def _attribute(arrival: Arrival, event: Any, name: str) -> str:
    """An attribute of the CloudEvent, else the CDEvent's own context, of which it is a copy."""
    if event is not arrival.payload:
        return fields.text(arrival.payload, name, 500) or fields.text(event, f"context.{name}", 500)
    return fields.clean(arrival.headers.get(f"ce-{name}", ""), 500) or fields.text(event, f"context.{name}", 500)


def key_of(arrival: Arrival) -> str:
    """CloudEvents: source and id together are unique."""
    event = event_of(arrival)
    number = _attribute(arrival, event, "id")
    return f"{_attribute(arrival, event, 'source')} {number}" if number else arrival.digest()


def read(arrival: Arrival, feed: Feed) -> Reading:
    """Raises Incomplete."""
    event = event_of(arrival)
    full = _attribute(arrival, event, "type")
    found = TYPE.fullmatch(full)
    name = f"{found['subject']}.{found['predicate']}" if found else full[:100]
    if name not in READERS:
        return Reading(name, reason="unmapped_event", detail=name)
    return READERS[name](name, _Event(event, _attribute(arrival, event, "id")), feed)


class _Event:
    """What the readers take from an event."""

    def __init__(self, event: dict[str, Any], number: str) -> None:
        self.event, self.number = event, number
        self.at = fields.needed_instant(event, "context.timestamp")
        self.environment = fields.text(event, "subject.content.environment.id")
        self.subject = fields.text(event, "subject.id")

    def content(self, path: str) -> str:
        return fields.text(self.event, f"subject.content.{path}", 500)

    def custom(self, name: str) -> str:
        return fields.text(self.event, f"customData.{name}")


def sha_of(package: str) -> str:
    """The version in a package URL such as pkg:oci/app@sha256%3A0b31… when it is a hash, else empty."""
    version = unquote(package.rpartition("@")[2]).partition("?")[0].partition("#")[0].removeprefix("sha256:").lower()
    return version if "@" in package and fields.SHA.fullmatch(version) else ""


def _service(name: str, event: _Event, feed: Feed) -> Reading:
    environment, is_known = environment_of(feed, event.environment)
    if not event.number:
        raise fields.Incomplete("context.id")
    record = DeploymentRecord(
        source=feed.name,
        id=event.number[:200],
        environment=environment,
        status=DeploymentStatus.SUCCESS,
        updated_at=event.at,
        finished_at=event.at,
        repo=feed.repository,
        sha=sha_of(event.content("artifactId")),
        rollback_of=event.custom("rollback_of"),
        unplanned=name == "service.rolledback",
    )
    return with_environment(name, record, event.environment, is_known)


def _change_merged(name: str, event: _Event, feed: Feed) -> Reading:
    sha = fields.sha(event.event, "subject.id")
    if not sha:
        return Reading(name, reason="no_commit", detail=event.subject)
    return Reading(name, (CommitsRecord((Commit(sha=sha, repo=feed.repository, committed_at=event.at),)),))


def _incident(name: str, event: _Event, feed: Feed) -> Reading:
    environment, is_known = environment_of(feed, event.environment) if event.environment else ("", True)
    is_over = name == "incident.resolved"
    # An incident names the artifact it fell on; which deployment brought it is found where the facts are.
    artifact = sha_of(event.content("artifactId"))
    linked = event.custom("deployment_id") or (f"artifact:{artifact}" if artifact else "")
    record = IncidentRecord(
        source=feed.name,
        id=fields.needed(event.event, "subject.id"),
        status=IncidentStatus.RESOLVED if is_over else IncidentStatus.OPEN,
        updated_at=event.at,
        environment=environment,
        started_at=None if is_over else event.at,
        resolved_at=event.at if is_over else None,
        deployment_source=feed.name if linked else "",
        deployment_id=linked,
        title=event.content("description")[:200],
        is_partial=True,
    )
    return with_environment(name, record, event.environment, is_known)


READERS: dict[str, Callable[[str, _Event, Feed], Reading]] = {
    "service.deployed": _service,
    "service.upgraded": _service,
    "service.rolledback": _service,
    "change.merged": _change_merged,
    "incident.detected": _incident,
    "incident.reported": _incident,
    "incident.resolved": _incident,
}
