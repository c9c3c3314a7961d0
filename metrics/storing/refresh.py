"""What follows from stored or corrected events: when changes shipped, whose fault an incident is, which months are stale."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Min

from metrics.models import Deployment
from metrics.states import SnapshotReason
from metrics.storing import changes, incidents
from metrics.storing.deployments import Name, State
from metrics.storing.incidents import IncidentState
from metrics.storing.stale import Stale, mark_months

Instants = list[tuple[UUID, datetime]]
Firsts = dict[UUID, datetime]


@dataclass
class Deployed:
    """Deployments that were written: before and after, the changes they hold or held, each product's first before it."""

    names: set[Name] = field(default_factory=set)
    before: dict[int, State] = field(default_factory=dict)
    after: dict[int, State] = field(default_factory=dict)
    changes: set[int] = field(default_factory=set)
    firsts: Firsts = field(default_factory=dict)

    def instants(self) -> Instants:
        """When they were finished, old and new, as far as they count or counted."""
        return [
            (state.product, state.finished_at)
            for state in [*self.before.values(), *self.after.values()]
            if state.eligible and state.finished_at
        ]


@dataclass
class Fell:
    """Incidents that were written: before and after."""

    before: dict[int, IncidentState] = field(default_factory=dict)
    after: dict[int, IncidentState] = field(default_factory=dict)


def first_deployments(products: Iterable[UUID]) -> Firsts:
    """When each product was first deployed; absent while it never was."""
    found = Deployment.objects.filter(product__in=list(products), eligible=True).order_by()
    return dict(found.values_list("product").annotate(at=Min("finished_at")))


def refresh(
    zones: dict[UUID, str],
    deployed: Deployed,
    fell: Fell,
    *,
    instants: Instants,
    reason: SnapshotReason,
    detail: str = "",
) -> None:
    """Bring what is kept into line with the events and mark the months concerned (the table of dora.md §2.6)."""
    stale = Stale(zones)
    stale.at(instants)
    stale.at(changes.ship(deployed.changes))
    finished = deployed.instants()
    stale.at(finished)
    stale.at(_rollback_targets(deployed))
    stale.at(incidents.attribute(fell.after, deployed.after, finished).instants)
    _mark_incidents(stale, fell)
    _mark_first(stale, deployed)
    mark_months(stale.months, reason=reason, detail=detail)


def _rollback_targets(deployed: Deployed) -> Instants:
    """When the deployments that these roll back, or rolled back, were finished."""
    named = {
        (state.product, state.source, state.rollback_of)
        for state in [*deployed.before.values(), *deployed.after.values()]
        if state.rollback_of
    }
    if not named:
        return []
    rows = sorted(named)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.product_id, d.finished_at FROM metrics_deployment d"
            " JOIN unnest(%s::uuid[], %s::text[], %s::text[]) asked(p, s, e)"
            " ON d.product_id = asked.p AND d.source = asked.s AND d.external_id = asked.e WHERE d.eligible",
            [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
        )
        return list(cursor.fetchall())


def _mark_incidents(stale: Stale, fell: Fell) -> None:
    """From the start to the resolution, old and new: every month's end between them counted the incident as open."""
    for state in [*fell.before.values(), *fell.after.values()]:
        if state.live and state.started_at:
            stale.between(state.product, state.started_at, state.restored_at)
            stale.at([(state.product, state.restored_at)])


def _mark_first(stale: Stale, deployed: Deployed) -> None:
    """Where the first deployment ever has moved: the months that were before it and no longer are, or the other way."""
    now = first_deployments({name[0] for name in deployed.names})
    for product in now.keys() | deployed.firsts.keys():
        before, after = deployed.firsts.get(product), now.get(product)
        if before != after:
            known = [at for at in (before, after) if at]
            stale.between(product, min(known), max(known) if len(known) == 2 else None)


def note_delivery(products: Iterable[UUID], delivery: int) -> None:
    """Remember the highest delivery that reached the facts of the products: the watermark of what is computed next."""
    if delivery:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO metrics_deliverywatermark AS w (product_id, delivery) SELECT unnest(%s::uuid[]), %s"
                " ON CONFLICT (product_id) DO UPDATE SET delivery = GREATEST(w.delivery, excluded.delivery)",
                [list(products), delivery],
            )
