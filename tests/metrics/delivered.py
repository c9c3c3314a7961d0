"""Events as a source would send them, stored and compiled by the application itself."""

from datetime import date, datetime, timedelta

from metrics.actions.settings import change_settings
from metrics.compiling.work import compile_months
from metrics.normal import Commit, DeploymentRecord, IncidentRecord
from metrics.storing import store
from records.actors import SYSTEM


def deployment(name: str, at: datetime, *leads: timedelta, **values) -> DeploymentRecord:
    """A successful deployment to production at `at`, with one commit for each lead time."""
    commits = tuple(
        Commit(sha=f"{name}{place}".encode().hex().ljust(40, "0")[:40], committed_at=at - lead)
        for place, lead in enumerate(leads)
    )
    told = {"environment": "production", "status": "success", "source": "pipeline", "finished_at": at, "updated_at": at}
    return DeploymentRecord(**{**told, "id": name, "sha": name.encode().hex(), "commits": commits, **values})


def incident(name: str, at: datetime, took: timedelta | None = None, **values) -> IncidentRecord:
    """An incident that began at `at`, resolved after `took` if that is given."""
    told = {"source": "desk", "started_at": at, "updated_at": at, "status": "resolved" if took else "open"}
    return IncidentRecord(**{**told, "id": name, "resolved_at": at + took if took else None, **values})


def deliver(product, *records, timezone: str = "UTC", feed: bool = True) -> None:
    """Store the records of one product."""
    change_settings(product=product, by=SYSTEM, timezone=timezone, has_incident_feed=feed)
    store([(product.pk, record) for record in records])


def compiled(product, first: date, last: date | None = None) -> None:
    """Compute the months, and close those whose closing day has come."""
    compile_months(first=first, last=last or first, products=[product.pk])
