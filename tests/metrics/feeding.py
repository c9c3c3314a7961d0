"""From the reference's plain events to stored facts: what the tests of figures share."""

from metrics.actions.settings import change_settings
from metrics.models import DoraSnapshot
from metrics.normal import Commit, CommitsRecord, DeploymentRecord, IncidentRecord
from metrics.storing import store
from records.actors import SYSTEM

REPO = "acme/app"


def commit(told):
    return Commit(
        sha=told["sha"],
        repo=REPO,
        committed_at=told["committed_at"],
        is_merge=told.get("is_merge", False),
        parent=told.get("parent", ""),
    )


def deployment(told):
    return DeploymentRecord(
        source=told["source"],
        id=told["id"],
        environment=told["environment"],
        status=told["status"],
        updated_at=told["updated_at"],
        finished_at=told["finished_at"],
        repo=REPO,
        sha=told["sha"],
        rollback_of=told["rollback_of"] or "",
        unplanned=told["unplanned"],
        voided=told["voided"],
        commits=None if told["commits"] is None else tuple(commit(each) for each in told["commits"]),
    )


def incident(told):
    source, name = told["deployment"] or ("", "")
    return IncidentRecord(
        source=told["source"],
        id=told["id"],
        status=told["status"],
        updated_at=told["updated_at"],
        environment=told["environment"] or "",
        started_at=told["started_at"],
        resolved_at=told["resolved_at"],
        deployment_source=source,
        deployment_id=name,
        change_related=told["change_related"],
    )


def push(told):
    return CommitsRecord(commits=tuple(commit(each) for each in told))


def measured(product, *, zone="UTC", feed=True, window=30 * 86_400):
    """Have the product measured so."""
    change_settings(product=product, by=SYSTEM, timezone=zone, has_incident_feed=feed, attribution_window=window)


def feed_with(product, records, **kwargs):
    return store([(product.pk, record) for record in records], **kwargs)


def row(product, month, *, scope="product", period="month"):
    """The current figures of a month, or None."""
    rows = DoraSnapshot.objects.filter(product=product, scope=scope, period=period, starts_on=month)
    return rows.order_by("-revision").first()


def differences(found, expected):
    """The columns that differ, seconds compared to the millisecond."""
    wrong = {}
    for name, value in expected.items():
        has = getattr(found, name)
        near = value is not None and has is not None and name.endswith("_seconds") and abs(float(has) - value) < 0.00051
        if has != value and not near:
            wrong[name] = (has, value)
    return wrong
