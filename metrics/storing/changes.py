"""Changes: the earliest date ever told, and when each was first in production (dora.md §2.1, §2.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from metrics.normal import Commit

Key = tuple[UUID, str, str]  # product, repository, hash in lower case

UPSERT = """
INSERT INTO metrics_change AS c (product_id, repo, sha, committed_at, is_merge, parent_sha)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::boolean[], %s::text[])
ON CONFLICT (product_id, repo, sha) DO UPDATE SET
    committed_at = LEAST(c.committed_at, excluded.committed_at),
    is_merge = c.is_merge OR excluded.is_merge,
    parent_sha = CASE WHEN c.parent_sha = '' THEN excluded.parent_sha ELSE c.parent_sha END
WHERE LEAST(c.committed_at, excluded.committed_at) IS DISTINCT FROM c.committed_at
    OR (excluded.is_merge AND NOT c.is_merge)
    OR (c.parent_sha = '' AND excluded.parent_sha <> '')
RETURNING c.product_id, c.sha, c.shipped_at
"""

# When each change was first in an eligible deployment; only rows that differ are written.
SHIP = """
WITH told AS (
    SELECT c.id, c.product_id, c.shipped_at AS before, first.at AS after
    FROM unnest(%s::bigint[]) AS asked(id)
    JOIN metrics_change c ON c.id = asked.id
    CROSS JOIN LATERAL (
        SELECT min(d.finished_at) AS at FROM metrics_deploymentchange l
        JOIN metrics_deployment d ON d.id = l.deployment_id AND d.eligible
        WHERE l.change_id = c.id
    ) first
    WHERE c.shipped_at IS DISTINCT FROM first.at
), written AS (
    UPDATE metrics_change c SET shipped_at = told.after FROM told WHERE c.id = told.id
)
SELECT product_id, before, after FROM told
"""


@dataclass(frozen=True)
class Touched:
    """Changes that were new or told differently: the hashes of each product, and the instants whose months that concerns."""

    hashes: dict[UUID, set[str]]
    instants: list[tuple[UUID, datetime]]


def upsert(told: Iterable[tuple[UUID, Commit]]) -> Touched:
    """Add commits and what is newly known of those that are there."""
    joined: dict[Key, Commit] = {}
    for product, commit in told:
        key = (product, commit.repo, commit.sha.lower())
        joined[key] = _join(joined[key], commit) if key in joined else commit
    if not joined:
        return Touched({}, [])
    # Sorted, so that two writers would never take the same rows in a different order.
    rows = sorted(joined)
    columns: list[list[object]] = [
        [key[0] for key in rows],
        [key[1] for key in rows],
        [key[2] for key in rows],
        [joined[key].committed_at for key in rows],
        [joined[key].is_merge for key in rows],
        [joined[key].parent.lower() for key in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, tuple(columns))
        written = cursor.fetchall()
    hashes: dict[UUID, set[str]] = defaultdict(set)
    for product, sha, _shipped in written:
        hashes[product].add(sha)
    return Touched(hashes, [(product, shipped) for product, _sha, shipped in written if shipped])


def _join(one: Commit, other: Commit) -> Commit:
    dates = [each.committed_at for each in (one, other) if each.committed_at]
    return Commit(
        sha=one.sha,
        repo=one.repo,
        committed_at=min(dates, default=None),
        is_merge=one.is_merge or other.is_merge,
        parent=one.parent or other.parent,
    )


def keys_to_ids(keys: set[Key]) -> dict[Key, int]:
    """The row of each key that exists."""
    if not keys:
        return {}
    rows = sorted(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.product_id, c.repo, c.sha, c.id FROM unnest(%s::uuid[], %s::text[], %s::text[]) asked(product, repo, sha)"
            " JOIN metrics_change c ON c.product_id = asked.product AND c.repo = asked.repo AND c.sha = asked.sha",
            [[key[0] for key in rows], [key[1] for key in rows], [key[2] for key in rows]],
        )
        return {(product, repo, sha): pk for product, repo, sha, pk in cursor.fetchall()}


def ship(changes: set[int]) -> list[tuple[UUID, datetime]]:
    """Set when each of the changes was first in production; the instants, old and new, of those that moved."""
    if not changes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SHIP, [sorted(changes)])
        moved = cursor.fetchall()
    return [(product, at) for product, before, after in moved for at in (before, after) if at]
