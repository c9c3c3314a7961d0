"""Which changes a deployment holds when its source does not list them (dora.md §2.2, rules 2 and 3).

With the pushes of the branch known, a deployment holds the ancestors of its commit that no earlier eligible deployment of
the repository holds; the first one is the baseline and holds none. Without, it holds its own commit alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from metrics.models import Change, Deployment
from metrics.states import Membership
from metrics.storing.deployments import Link, relink


@dataclass
class Repository:
    """The commits of a product that are known by hash: row, repository and parent of each."""

    rows: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def has_graph(self, sha: str) -> bool:
        return sha in self.rows and self.rows[sha][2] != ""

    def back_from(self, sha: str, seen: set[str]) -> list[str]:
        """`sha` and its known ancestors, up to what was seen before."""
        found = []
        while sha in self.rows and sha not in seen:
            found.append(sha)
            seen.add(sha)
            sha = self.rows[sha][2]
        return found


REACHED = """
SELECT EXISTS (SELECT FROM metrics_deployment d WHERE d.product_id = %(product)s AND d.sha = ANY(%(hashes)s))
    OR EXISTS (SELECT FROM metrics_change c WHERE c.product_id = %(product)s AND c.parent_sha <> ''
        AND c.parent_sha = ANY(%(hashes)s) AND c.sha <> ALL(%(hashes)s))
"""


def is_reached(product: UUID, hashes: set[str]) -> bool:
    """Whether going back from a deployment could come to one of these commits.

    Not so for what was pushed since the last deployment, which is most of what is told: no deployment is made from it and
    no commit before the push follows from it. Then nothing that any deployment holds has changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(REACHED, {"product": product, "hashes": sorted(hashes)})
        return bool(cursor.fetchone()[0])


def derive(product: UUID) -> set[int]:
    """Give every deployment of the product that lists no commits what it holds; the changes whose links moved."""
    derived = Deployment.objects.filter(product=product).exclude(membership=Membership.EXPLICIT).exclude(sha="")
    if not derived.exists():
        return set()
    _know_deployed_commits(product)
    known = Repository(
        {
            sha: (pk, repo, parent)
            for pk, repo, sha, parent in Change.objects.filter(product=product).values_list(
                "pk", "repo", "sha", "parent_sha"
            )
        }
    )
    links, graphs = _walk(_in_order(product), known)
    every = set(derived.values_list("pk", flat=True))
    _say_how(every, graphs)
    return relink(every, links)


class Step(NamedTuple):
    """What the walk needs of a deployment: of a long history even reading all of it takes its time."""

    pk: int
    repo: str
    sha: str
    membership: str


def _in_order(product: UUID) -> Iterable[Step]:
    """The eligible deployments in the order they were finished."""
    rows = Deployment.objects.filter(product=product, eligible=True).order_by("finished_at", "source", "external_id")
    return (Step(*row) for row in rows.values_list(*Step._fields))


def _walk(eligible: Iterable[Step], known: Repository) -> tuple[set[Link], set[int]]:
    """In the order they were finished: what each deployment adds to those before it, and which were derived from pushes."""
    links: set[Link] = set()
    graphs: set[int] = set()
    seen: set[str] = set()
    begun: set[str] = set()
    for row in eligible:
        repo = row.repo or known.rows.get(row.sha, (0, "", ""))[1]
        graph = known.has_graph(row.sha)
        added = known.back_from(row.sha, seen) if graph else [row.sha] * (row.sha in known.rows)
        seen.update(added)
        if row.membership != Membership.EXPLICIT:
            if graph:
                graphs.add(row.pk)
            if not (graph and repo not in begun):
                links |= {(row.pk, known.rows[sha][0]) for sha in added}
        begun.add(repo)
    return links, graphs


def _know_deployed_commits(product: UUID) -> None:
    """A deployed commit that nobody told of becomes a change without a date: it counts once its date is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO metrics_change (product_id, repo, sha, committed_at, is_merge, parent_sha)
            SELECT DISTINCT d.product_id, d.repo, d.sha, NULL::timestamptz, false, ''
            FROM metrics_deployment d
            WHERE d.product_id = %s AND d.membership <> 'explicit' AND d.sha <> ''
                AND NOT EXISTS (SELECT 1 FROM metrics_change c WHERE c.product_id = d.product_id AND c.sha = d.sha)
            ON CONFLICT DO NOTHING
            """,
            [product],
        )


def _say_how(every: set[int], graphs: set[int]) -> None:
    Deployment.objects.filter(pk__in=graphs).exclude(membership=Membership.GRAPH).update(membership=Membership.GRAPH)
    Deployment.objects.filter(pk__in=every - graphs, membership=Membership.GRAPH).update(membership=Membership.ALONE)
