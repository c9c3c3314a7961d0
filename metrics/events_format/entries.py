"""The three records of `dora-events/1` (dora.md §4), read field by field into the normal form.

Fields that are not named here are ignored, so that a later edition may add some. Nothing that counts has a silent default:
source, id, environment and status are said or the record is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.events_format.fields import Fields
from metrics.normal import Commit, DeploymentRecord, IncidentRecord, ProductRecord
from metrics.states import DeploymentStatus, Environment, IncidentStatus

MOST_KEY, MOST_SOURCE, MOST_ID, MOST_REPO, MOST_TITLE = 100, 100, 200, 200, 200
MOST_COMMITS = 100_000
UNRESOLVED = _("The incident is resolved, so the time of its resolution is expected.")
CRAMPED = _("A deployment holds at most %(most)s commits.")


@dataclass(frozen=True)
class Terms:
    """What is known without the file: `product` need not be said where the feed belongs to one, nor `source` where it has one."""

    names_product: bool = True
    source: str = ""


def deployment(read: Fields, terms: Terms) -> DeploymentRecord | None:
    """The deployment, or None when something in it was found wrong."""
    updated_at = read.time("updated_at", required=True)
    found: dict[str, Any] = {
        "product": read.text("product", MOST_KEY, required=terms.names_product),
        "source": read.text("source", MOST_SOURCE, required=not terms.source) or terms.source,
        "id": read.text("id", MOST_ID, required=True),
        "environment": read.word("environment", Environment.values, required=True),
        "status": read.word("status", DeploymentStatus.values, required=True),
        "started_at": read.time("started_at"),
        "finished_at": read.time("finished_at"),
        "repo": read.text("repo", MOST_REPO),
        "sha": read.sha("sha"),
        "rollback_of": read.text("rollback_of", MOST_ID),
        "unplanned": read.flag("unplanned") or False,
        "voided": read.flag("voided") or False,
        "url": read.address("url"),
        "commits": _commits(read),
    }
    return DeploymentRecord(updated_at=updated_at, **found) if read.is_sound and updated_at else None


def _commits(read: Fields) -> tuple[Commit, ...] | None:
    """The commits told, an empty list included; None where the list is absent and follows from the pushes."""
    told = read.values.get("commits")
    if isinstance(told, tuple) and all(isinstance(each, Commit) for each in told):
        return told
    if isinstance(told, list) and len(told) > MOST_COMMITS:
        read.fault("commits", CRAMPED, most=MOST_COMMITS)
        return None
    items = read.items("commits")
    return None if items is None else tuple(commit(each) for each in items)


def commit(read: Fields) -> Commit:
    """One commit of a deployment."""
    return Commit(
        sha=read.sha("sha", required=True),
        repo=read.text("repo", MOST_REPO),
        committed_at=read.time("committed_at"),
        is_merge=read.flag("is_merge") or False,
    )


def incident(read: Fields, terms: Terms) -> IncidentRecord | None:
    """The incident, or None when something in it was found wrong."""
    updated_at = read.time("updated_at", required=True)
    link = read.inner("deployment")
    found: dict[str, Any] = {
        "product": read.text("product", MOST_KEY, required=terms.names_product),
        "source": read.text("source", MOST_SOURCE, required=not terms.source) or terms.source,
        "id": read.text("id", MOST_ID, required=True),
        "environment": read.word("environment", Environment.values),
        "status": read.word("status", IncidentStatus.values, required=True),
        "started_at": read.time("started_at", required=True),
        "resolved_at": read.time("resolved_at"),
        "deployment_source": link.text("source", MOST_SOURCE, required=True) if link else "",
        "deployment_id": link.text("id", MOST_ID, required=True) if link else "",
        "change_related": read.flag("change_related"),
        "title": read.text("title", 10_000)[:MOST_TITLE],
        "url": read.address("url"),
    }
    if found["status"] == IncidentStatus.RESOLVED and not read.has("resolved_at"):
        read.fault("resolved_at", UNRESOLVED)
    return IncidentRecord(updated_at=updated_at, **found) if read.is_sound and updated_at else None


def product(read: Fields, terms: Terms) -> ProductRecord | None:
    """How a product is measured; what is absent stays as it is, a window that is null means none."""
    key = read.text("key", MOST_KEY, required=terms.names_product)
    found = ProductRecord(
        product=key,
        timezone=read.zone("timezone"),
        has_incident_feed=read.flag("incident_source"),
        attribution_window=read.seconds("attribution_window_seconds"),
        sets_window="attribution_window_seconds" in read.values,
    )
    return found if read.is_sound else None


Entry = DeploymentRecord | IncidentRecord | ProductRecord
READERS: Mapping[str, Callable[[Fields, Terms], Entry | None]] = {
    "product": product,
    "deployment": deployment,
    "incident": incident,
}
PLURALS = {"products": "product", "deployments": "deployment", "incidents": "incident"}
