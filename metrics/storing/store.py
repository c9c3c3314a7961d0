"""Store the records of one delivery among the facts, and mark what must be computed anew."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from metrics.models import DeliverySettings
from metrics.normal import Commit, CommitsRecord, DeploymentRecord, IncidentRecord, Record
from metrics.states import SnapshotReason
from metrics.storing import changes, deployments, incidents, refresh
from metrics.storing.deployments import Name
from metrics.storing.membership import derive, is_reached
from metrics.storing.versions import Counts, latest

Told = Sequence[tuple[UUID, Record]]


def lock_products(products: Iterable[UUID]) -> dict[UUID, DeliverySettings]:
    """Take the delivery settings of the products, in one order, until the transaction ends; they must exist."""
    rows = (
        DeliverySettings.objects.select_for_update(no_key=True).filter(product__in=set(products)).order_by("product_id")
    )
    return {row.product_id: row for row in rows}


@transaction.atomic
def store(
    told: Told, *, delivery: int = 0, reason: SnapshotReason = SnapshotReason.LATE_EVENT, detail: str = ""
) -> Counts:
    """Add deployments, incidents and commits, each (product, record); what became of them.

    Settings of products (`ProductRecord`) are the affair of an act and are refused here with TypeError. LookupError when a
    product has no delivery settings yet. `delivery` is the number of the raw delivery, the watermark of what is computed.
    """
    if unknown := {type(record).__name__ for _product, record in told} - {
        "DeploymentRecord",
        "IncidentRecord",
        "CommitsRecord",
    }:
        raise TypeError(f"Not stored here: {', '.join(sorted(unknown))}.")
    settings = lock_products({product for product, _record in told})
    if missing := {product for product, _record in told} - settings.keys():
        raise LookupError(f"No delivery settings for {sorted(map(str, missing))}.")
    touched = changes.upsert(_commits(told))
    counts, deployed = _store_deployments(told)
    more, fell = _store_incidents(told)
    counts.add(more)
    redeployed = {name[0] for name in deployed.names}
    reached = {
        product for product, hashes in touched.hashes.items() if product in redeployed or is_reached(product, hashes)
    }
    for product in sorted(redeployed | reached):
        deployed.changes |= derive(product)
    refresh.refresh(
        {product: row.timezone for product, row in settings.items()},
        deployed,
        fell,
        instants=touched.instants,
        reason=reason,
        detail=detail,
    )
    refresh.note_delivery(settings.keys(), delivery)
    return counts


def _commits(told: Told) -> Iterable[tuple[UUID, Commit]]:
    """Every commit told, by whichever record; older versions of a deployment tell of commits as well."""
    for product, record in told:
        if isinstance(record, CommitsRecord | DeploymentRecord):
            yield from ((product, commit) for commit in record.commits or ())


def _store_deployments(told: Told) -> tuple[Counts, refresh.Deployed]:
    records = [(product, record) for product, record in told if isinstance(record, DeploymentRecord)]
    named: list[tuple[Name, DeploymentRecord]] = [
        ((product, record.source, record.id), deployments.comparable(record)) for product, record in records
    ]
    rows = deployments.rows_of(name for name, _record in named)
    versions, counts = latest(named, deployments.as_records(rows))
    before = deployments.states(row.pk for name, row in rows.items() if name in versions)
    firsts = refresh.first_deployments({name[0] for name in versions})
    deployments.upsert(versions)
    rows = deployments.rows_of(versions)
    ids = changes.keys_to_ids(
        {(name[0], each.repo, each.sha) for name, record in versions.items() for each in record.commits or ()}
    )
    said, wanted = deployments.explicit_links(versions, rows, ids)
    moved = deployments.relink(said, wanted)
    every = [row.pk for row in rows.values()]
    moved |= deployments.changes_in(every)
    return counts, refresh.Deployed(set(versions), before, deployments.states(every), moved, firsts)


def _store_incidents(told: Told) -> tuple[Counts, refresh.Fell]:
    named = [
        ((product, record.source, record.id), incidents.comparable(record))
        for product, record in told
        if isinstance(record, IncidentRecord)
    ]
    rows = incidents.rows_of(name for name, _record in named)
    versions, counts = latest(named, incidents.as_records(rows), incidents.merge)
    before = incidents.states(row.pk for name, row in rows.items() if name in versions)
    incidents.upsert(versions)
    after = incidents.states(row.pk for row in incidents.rows_of(versions).values())
    return counts, refresh.Fell(before, after)
