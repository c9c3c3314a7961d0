"""Incidents: the current version of each, and the deployment it is laid to (dora.md §2.1, §2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from metrics.models import Incident
from metrics.normal import IncidentRecord
from metrics.states import IncidentStatus
from metrics.storing.deployments import Name, State

COLUMNS = (
    "environment",
    "status",
    "updated_at",
    "started_at",
    "resolved_at",
    "link_source",
    "link_external_id",
    "change_related",
    "title",
    "url",
)
UPSERT = f"""
INSERT INTO metrics_incident (product_id, source, external_id, linked_by_team, {", ".join(COLUMNS)})
SELECT p, s, e, false, {", ".join(COLUMNS)}
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[],
    %s::timestamptz[], %s::text[], %s::text[], %s::boolean[], %s::text[], %s::text[])
    AS told(p, s, e, {", ".join(COLUMNS)})
ON CONFLICT (product_id, source, external_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COLUMNS)}
"""  # noqa: S608 - made of the column names above

# The incidents whose deployment may have moved: those that changed, those that name a deployment that changed, and those
# that began after one of the instants, within the window.
CONCERNED = """
SELECT i.id FROM metrics_incident i WHERE i.id = ANY(%(incidents)s)
UNION SELECT i.id FROM metrics_incident i WHERE i.team_deployment_id = ANY(%(deployments)s)
    OR i.attributed_to_id = ANY(%(deployments)s)
UNION SELECT i.id FROM metrics_incident i JOIN metrics_deployment d ON d.id = ANY(%(deployments)s)
    AND i.product_id = d.product_id AND i.link_source = d.source
    AND i.link_external_id IN (d.external_id, 'artifact:' || d.sha)
    WHERE i.link_external_id <> ''
UNION SELECT i.id FROM unnest(%(products)s::uuid[], %(instants)s::timestamptz[]) t(product, at)
    JOIN metrics_deliverysettings s ON s.product_id = t.product
    JOIN metrics_incident i ON i.product_id = t.product AND i.live AND i.started_at >= t.at
        AND i.started_at <= COALESCE(t.at + s.attribution_window * interval '1 second', 'infinity')
"""

# dora.md §2.3: the team's word first, then the source's, then the last eligible deployment before it within the window.
# A source may name an artifact instead of a deployment: then the last one before the incident that brought it, if any did.
ATTRIBUTE = """
WITH told AS (
    SELECT i.id, i.product_id, i.attributed_to_id AS before, i.resolved_at, CASE
        WHEN NOT i.live OR i.change_related IS FALSE THEN NULL
        WHEN i.linked_by_team THEN (SELECT d.id FROM metrics_deployment d WHERE d.id = i.team_deployment_id AND d.eligible)
        WHEN i.link_external_id LIKE 'artifact:%%' THEN COALESCE((
            SELECT d.id FROM metrics_deployment d WHERE d.product_id = i.product_id AND d.source = i.link_source
                AND 'artifact:' || d.sha = i.link_external_id AND d.eligible AND d.finished_at <= i.started_at
            ORDER BY d.finished_at DESC, d.external_id DESC LIMIT 1), last.id)
        WHEN i.link_external_id <> '' THEN (
            SELECT d.id FROM metrics_deployment d WHERE d.product_id = i.product_id AND d.source = i.link_source
                AND d.external_id = i.link_external_id AND d.eligible)
        ELSE last.id END AS after
    FROM metrics_incident i
    JOIN metrics_deliverysettings s ON s.product_id = i.product_id
    LEFT JOIN LATERAL (
        SELECT d.id FROM metrics_deployment d
        WHERE d.product_id = i.product_id AND d.eligible AND d.finished_at <= i.started_at
            AND (s.attribution_window IS NULL
                OR i.started_at - d.finished_at <= s.attribution_window * interval '1 second')
        ORDER BY d.finished_at DESC, d.source DESC, d.external_id DESC LIMIT 1
    ) last ON (i.link_external_id = '' OR i.link_external_id LIKE 'artifact:%%') AND NOT i.linked_by_team
    WHERE i.id = ANY(%s)
), written AS (
    UPDATE metrics_incident i SET attributed_to_id = told.after FROM told
    WHERE i.id = told.id AND told.before IS DISTINCT FROM told.after
)
SELECT told.product_id, told.before IS DISTINCT FROM told.after, told.resolved_at, old.finished_at, new.finished_at
FROM told LEFT JOIN metrics_deployment old ON old.id = told.before LEFT JOIN metrics_deployment new ON new.id = told.after
"""


@dataclass(frozen=True)
class IncidentState:
    """What the measures see of an incident."""

    id: int
    product: UUID
    live: bool
    status: str
    started_at: datetime | None
    resolved_at: datetime | None

    @property
    def restored_at(self) -> datetime | None:
        """When it was resolved, while it is."""
        return self.resolved_at if self.live and self.status == IncidentStatus.RESOLVED else None


def states(rows: Iterable[int]) -> dict[int, IncidentState]:
    """The incidents as they stand, by row."""
    names = ("pk", "product_id", "live", "status", "started_at", "resolved_at")
    found = Incident.objects.filter(pk__in=list(rows)).values_list(*names)
    return {values[0]: IncidentState(*values) for values in found}


def rows_of(names: Iterable[Name]) -> dict[Name, Incident]:
    """The rows that exist, by name."""
    told = sorted(set(names))
    if not told:
        return {}
    rows = Incident.objects.raw(
        "SELECT i.* FROM metrics_incident i JOIN unnest(%s::uuid[], %s::text[], %s::text[]) asked(p, s, e)"
        " ON i.product_id = asked.p AND i.source = asked.s AND i.external_id = asked.e",
        [[name[0] for name in told], [name[1] for name in told], [name[2] for name in told]],
    )
    return {(row.product_id, row.source, row.external_id): row for row in rows}


def as_records(rows: dict[Name, Incident]) -> dict[Name, IncidentRecord]:
    """The rows as the records they came from."""
    return {
        name: IncidentRecord(
            source=row.source,
            id=row.external_id,
            environment=row.environment,
            status=row.status,
            updated_at=row.updated_at,
            started_at=row.started_at,
            resolved_at=row.resolved_at,
            deployment_source=row.link_source,
            deployment_id=row.link_external_id,
            change_related=row.change_related,
            title=row.title,
            url=row.url,
        )
        for name, row in rows.items()
    }


def comparable(record: IncidentRecord) -> IncidentRecord:
    """The record without what is kept elsewhere; a resolution counts only while the incident is resolved."""
    resolved = record.resolved_at if record.status == IncidentStatus.RESOLVED or record.is_partial else None
    return replace(record, product="", resolved_at=resolved)


def merge(before: IncidentRecord, told: IncidentRecord) -> IncidentRecord:
    """A source that tells one moment at a time: the earliest start and the latest resolution, in whatever order they came."""
    if not told.is_partial:
        return told
    starts = [each.started_at for each in (before, told) if each.started_at]
    ends = [each.resolved_at for each in (before, told) if each.resolved_at]
    named = told if told.deployment_id else before
    return replace(
        told,
        is_partial=False,
        started_at=min(starts, default=None),
        resolved_at=max(ends, default=None),
        status=IncidentStatus.RESOLVED.value if ends else IncidentStatus.OPEN.value,
        environment=told.environment or before.environment,
        deployment_source=named.deployment_source,
        deployment_id=named.deployment_id,
        change_related=before.change_related if told.change_related is None else told.change_related,
        title=told.title or before.title,
        url=told.url or before.url,
        updated_at=max(before.updated_at, told.updated_at),
    )


def upsert(versions: dict[Name, IncidentRecord]) -> None:
    """Write these versions."""
    names = sorted(versions)
    if not names:
        return
    records = [versions[name] for name in names]
    fields = {"link_source": "deployment_source", "link_external_id": "deployment_id"}
    columns: list[list[object]] = [[name[place] for name in names] for place in range(3)]
    columns += [[getattr(record, fields.get(column, column)) for record in records] for column in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, columns)


@dataclass(frozen=True)
class Moved:
    """Instants whose months the attribution of incidents concerns."""

    instants: list[tuple[UUID, datetime]]


def attribute(incidents: Iterable[int], moved: dict[int, State], instants: list[tuple[UUID, datetime]]) -> Moved:
    """Lay incidents to their deployments anew: those given, and those that `moved` deployments may concern.

    `instants` are the old and new times at which those deployments were finished.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            CONCERNED,
            {
                "incidents": list(incidents),
                "deployments": list(moved),
                "products": [product for product, _at in instants],
                "instants": [at for _product, at in instants],
            },
        )
        concerned = [pk for (pk,) in cursor.fetchall()]
        if not concerned:
            return Moved([])
        cursor.execute(ATTRIBUTE, [concerned])
        told = cursor.fetchall()
    found = []
    for product, differs, resolved_at, old, new in told:
        # The time to recover is counted from the deployment, so its month is concerned even if only that one moved.
        found += [(product, at) for at in ((resolved_at, old, new) if differs else (resolved_at,)) if at]
    return Moved(found)
