"""Deployments: the current version of each, and the changes it holds (dora.md §2.1, §2.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from metrics.models import Deployment
from metrics.normal import Commit, DeploymentRecord
from metrics.states import Membership
from metrics.storing.changes import Key

Name = tuple[UUID, str, str]  # product, source, id
Link = tuple[int, int]  # deployment, change

COLUMNS = (
    "environment",
    "status",
    "updated_at",
    "started_at",
    "finished_at",
    "repo",
    "sha",
    "rollback_of",
    "unplanned",
    "voided",
    "url",
)
UPSERT = f"""
INSERT INTO metrics_deployment (product_id, source, external_id, voided_by_team, membership, {", ".join(COLUMNS)})
SELECT p, s, e, false, m, environment, status, updated_at, started_at, finished_at, repo, sha, rollback_of, unplanned,
    voided, url
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[],
    %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::boolean[], %s::boolean[], %s::text[])
    AS told(p, s, e, m, {", ".join(COLUMNS)})
ON CONFLICT (product_id, source, external_id) DO UPDATE SET
    membership = excluded.membership, {", ".join(f"{name} = excluded.{name}" for name in COLUMNS)}
"""  # noqa: S608 - made of the column names above


@dataclass(frozen=True)
class State:
    """What the measures see of a deployment."""

    id: int
    product: UUID
    source: str
    external_id: str
    eligible: bool
    finished_at: datetime | None
    rollback_of: str


def states(rows: Iterable[int]) -> dict[int, State]:
    """The deployments as they stand, by row."""
    found = Deployment.objects.filter(pk__in=list(rows)).values_list(
        "pk", "product_id", "source", "external_id", "eligible", "finished_at", "rollback_of"
    )
    return {values[0]: State(*values) for values in found}


def rows_of(names: Iterable[Name]) -> dict[Name, Deployment]:
    """The rows that exist, by name."""
    told = sorted(set(names))
    if not told:
        return {}
    rows = Deployment.objects.raw(
        "SELECT d.* FROM metrics_deployment d JOIN unnest(%s::uuid[], %s::text[], %s::text[]) asked(p, s, e)"
        " ON d.product_id = asked.p AND d.source = asked.s AND d.external_id = asked.e",
        [[name[0] for name in told], [name[1] for name in told], [name[2] for name in told]],
    )
    return {(row.product_id, row.source, row.external_id): row for row in rows}


def as_records(rows: dict[Name, Deployment]) -> dict[Name, DeploymentRecord]:
    """The rows as the records they came from, their explicit commits by repository and hash."""
    held = _held([row.pk for row in rows.values() if row.membership == Membership.EXPLICIT])
    return {
        name: DeploymentRecord(
            source=row.source,
            id=row.external_id,
            commits=bare(held[row.pk]) if row.membership == Membership.EXPLICIT else None,
            **{column: getattr(row, column) for column in COLUMNS},
        )
        for name, row in rows.items()
    }


def bare(commits: Iterable[Commit] | None) -> tuple[Commit, ...] | None:
    """Which commits, without what is told of them, in one order: how two lists are compared."""
    if commits is None:
        return None
    return tuple(
        sorted({Commit(sha=each.sha.lower(), repo=each.repo) for each in commits}, key=lambda c: (c.repo, c.sha))
    )


def comparable(record: DeploymentRecord) -> DeploymentRecord:
    """The record without what is kept elsewhere: its product, and the dates of its commits."""
    return replace(record, product="", sha=record.sha.lower(), commits=bare(record.commits))


def _held(deployments: list[int]) -> dict[int, list[Commit]]:
    found: dict[int, list[Commit]] = defaultdict(list)
    if deployments:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT l.deployment_id, c.repo, c.sha FROM metrics_deploymentchange l JOIN metrics_change c"
                " ON c.id = l.change_id WHERE l.deployment_id = ANY(%s)",
                [deployments],
            )
            for deployment, repo, sha in cursor.fetchall():
                found[deployment].append(Commit(sha=sha, repo=repo))
    return found


def upsert(versions: dict[Name, DeploymentRecord]) -> None:
    """Write these versions. Their links follow with `relink`, or from the pushes."""
    names = sorted(versions)
    if not names:
        return
    records = [versions[name] for name in names]
    columns: list[list[object]] = [
        [name[0] for name in names],
        [name[1] for name in names],
        [name[2] for name in names],
        [Membership.ALONE.value if record.commits is None else Membership.EXPLICIT.value for record in records],
    ]
    columns += [[getattr(record, column) for record in records] for column in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, columns)


def explicit_links(
    versions: dict[Name, DeploymentRecord], rows: dict[Name, Deployment], ids: dict[Key, int]
) -> tuple[set[int], set[Link]]:
    """Which deployments say themselves what they hold, and the links they want."""
    told = {name: record for name, record in versions.items() if record.commits is not None}
    wanted = {
        (rows[name].pk, ids[name[0], commit.repo, commit.sha.lower()])
        for name, record in told.items()
        for commit in record.commits or ()
    }
    return {rows[name].pk for name in told}, wanted


def relink(deployments: set[int], wanted: set[Link]) -> set[int]:
    """Give the deployments exactly the wanted links; the changes whose links were added or taken away."""
    if not deployments:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT deployment_id, change_id FROM metrics_deploymentchange WHERE deployment_id = ANY(%s)",
            [sorted(deployments)],
        )
        present = set(cursor.fetchall())
        gone, come = sorted(present - wanted), sorted(wanted - present)
        if gone:
            cursor.execute(
                "DELETE FROM metrics_deploymentchange l USING unnest(%s::bigint[], %s::bigint[]) gone(d, c)"
                " WHERE l.deployment_id = gone.d AND l.change_id = gone.c",
                [[link[0] for link in gone], [link[1] for link in gone]],
            )
        if come:
            cursor.execute(
                "INSERT INTO metrics_deploymentchange (deployment_id, change_id)"
                " SELECT * FROM unnest(%s::bigint[], %s::bigint[])",
                [[link[0] for link in come], [link[1] for link in come]],
            )
    return {change for _deployment, change in [*gone, *come]}


def changes_in(deployments: Iterable[int]) -> set[int]:
    """Every change that one of the deployments holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT change_id FROM metrics_deploymentchange WHERE deployment_id = ANY(%s)",
            [sorted(deployments)],
        )
        return {change for (change,) in cursor.fetchall()}
