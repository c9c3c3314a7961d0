"""The rows behind each number: exactly those the measures count (dora.md §2.3, §2.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from metrics import events
from metrics.models import Change, Deployment, DoraSnapshot, Incident
from metrics.reading.subject import Subject, bounds
from metrics.states import IncidentStatus, Period
from people.bilingual import reader
from people.listing import Column
from products.models import Product
from records.models import AuditEvent

CORRECTIONS = (
    events.DEPLOYMENT_VOIDED,
    events.DEPLOYMENT_RESTORED,
    events.INCIDENT_LINKED,
    events.INCIDENT_UNLINKED,
    events.INCIDENT_LINK_RELEASED,
)


@dataclass(frozen=True)
class Span:
    """A month of a product or family between two instants, by the clock its figures were computed with."""

    subject: Subject
    month: date
    start: datetime
    end: datetime
    has_feed: bool

    @property
    def products(self) -> tuple[Product, ...]:
        return self.subject.family if self.subject.is_family else (self.subject.product,)


def span_of(subject: Subject, month: date) -> Span:
    """The month as its current figures understand it; before they exist, by the product's settings."""
    rows = DoraSnapshot.objects.filter(
        product=subject.product, scope=subject.scope, period=Period.MONTH, starts_on=month
    ).order_by("-pk")
    feed = bool(subject.settings and subject.settings.has_incident_feed)
    zone, feed = rows.values_list("timezone", "has_incident_feed").first() or (subject.timezone, feed)
    return Span(subject, month, *bounds(month, zone), has_feed=feed)


def deployments(span: Span) -> QuerySet[Deployment]:
    """Eligible deployments that finished in the month, each with whether it failed."""
    found = _in_month(Deployment.objects.all(), span, "finished_at").filter(eligible=True)
    return with_failure(found)


def with_failure(found: QuerySet[Deployment]) -> QuerySet[Deployment]:
    """Each deployment with `failed`: an incident is laid to it, or another eligible deployment rolls it back."""
    blamed = Incident.objects.filter(attributed_to=OuterRef("pk"))
    rollbacks = Deployment.objects.filter(
        product=OuterRef("product"), source=OuterRef("source"), rollback_of=OuterRef("external_id"), eligible=True
    ).exclude(rollback_of=F("external_id"))
    return found.annotate(
        is_blamed=Exists(blamed),
        rolled_back_by=Subquery(rollbacks.order_by("finished_at").values("external_id")[:1]),
    ).annotate(failed=Q(is_blamed=True) | Q(rolled_back_by__isnull=False))


def left_out(span: Span) -> QuerySet[Deployment]:
    """Deployments of the month that the team left out of the measures."""
    return _in_month(Deployment.objects.filter(voided_by_team=True), span, "finished_at").order_by("-finished_at")


def changes(span: Span) -> QuerySet[Change]:
    """Changes first shipped in the month, merges and faulty times left out, with the lead time and what shipped them."""
    holding = Deployment.objects.filter(
        links__change=OuterRef("pk"), eligible=True, finished_at=OuterRef("shipped_at")
    ).order_by("source", "external_id")
    found = _in_month(Change.objects.all(), span, "shipped_at")
    return found.filter(is_merge=False, committed_at__lte=F("shipped_at")).annotate(
        lead=F("shipped_at") - F("committed_at"), shipped_by=Subquery(holding.values("external_id")[:1])
    )


def faulty_changes(span: Span) -> QuerySet[Change]:
    """Changes committed after they were shipped: counted as faults, in no median."""
    return _in_month(Change.objects.filter(is_merge=False, committed_at__gt=F("shipped_at")), span, "shipped_at")


def resolved(span: Span) -> QuerySet[Incident]:
    """Live incidents resolved in the month: the sample of the time to restore."""
    found = _in_month(_live(), span, "resolved_at").filter(status=IncidentStatus.RESOLVED)
    return _timed(found.filter(started_at__lte=F("resolved_at")))


def still_open(span: Span) -> QuerySet[Incident]:
    """Live incidents that began before the end of the month and were not resolved by then."""
    ended = Q(status=IncidentStatus.RESOLVED, resolved_at__lt=span.end)
    return _timed(_of_product(_live(), span).filter(started_at__lt=span.end).exclude(ended))


def blamed(span: Span) -> QuerySet[Incident]:
    """Incidents laid to the deployments of the month: what makes them failed."""
    return _timed(_of_product(Incident.objects.all(), span).filter(attributed_to__in=deployments(span).values("pk")))


def _live() -> QuerySet[Incident]:
    return Incident.objects.filter(live=True)


def _timed(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return found.select_related("attributed_to").annotate(took=F("resolved_at") - F("started_at"))


def _of_product(found: QuerySet, span: Span) -> QuerySet:
    return found.filter(product__in=span.products).select_related("product")


def _in_month(found: QuerySet, span: Span, field: str) -> QuerySet:
    return _of_product(found, span).filter(**{f"{field}__gte": span.start, f"{field}__lt": span.end})


def corrections(span: Span, kind: str, keys: list[int]) -> dict[str, AuditEvent]:
    """Key of a row → the last correction of it: who, when, why."""
    found = AuditEvent.objects.filter(
        chain__in=[product.chain() for product in span.products],
        subject_kind=kind,
        subject_id__in=[str(key) for key in keys],
        event__in=CORRECTIONS,
    )
    return {event.subject_id: event for event in found.order_by("number")}


def incidents_of(span: Span, keys: list[int]) -> dict[int, list[Incident]]:
    """Deployment → the incidents laid to it."""
    found: dict[int, list[Incident]] = {}
    laid = Incident.objects.filter(product__in=span.products, attributed_to__in=keys)
    for incident in laid.order_by("started_at"):
        found.setdefault(incident.attributed_to_id, []).append(incident)  # type: ignore[arg-type]
    return found


def _yes_no(value: bool) -> str:
    return {"en": ("no", "yes"), "fr": ("non", "oui")}[reader()][value]


DEPLOYMENT_COLUMNS = [
    Column(_("Product"), "product.code"),
    Column(_("Deployment"), "external_id"),
    Column(_("Source"), "source"),
    Column(_("Finished"), lambda row: row.finished_at.isoformat(timespec="seconds")),
    Column(_("Commit"), "sha"),
    Column(_("Failed"), lambda row: _yes_no(row.failed)),
    Column(_("Rolled back by"), lambda row: row.rolled_back_by or ""),
    Column(_("Rolls back"), "rollback_of"),
    Column(_("Unplanned"), lambda row: _yes_no(row.unplanned)),
]
CHANGE_COLUMNS = [
    Column(_("Product"), "product.code"),
    Column(pgettext_lazy("delivery", "Change"), "sha"),
    Column(_("Repository"), "repo"),
    Column(_("Committed"), lambda row: row.committed_at.isoformat(timespec="seconds")),
    Column(_("Shipped"), lambda row: row.shipped_at.isoformat(timespec="seconds")),
    Column(_("Lead time, seconds"), lambda row: f"{row.lead.total_seconds():.3f}"),
    Column(_("Shipped by"), lambda row: row.shipped_by or ""),
]
INCIDENT_COLUMNS = [
    Column(_("Product"), "product.code"),
    Column(_("Incident"), "external_id"),
    Column(_("Title"), "title"),
    Column(_("Source"), "source"),
    Column(_("Started"), lambda row: row.started_at.isoformat(timespec="seconds") if row.started_at else ""),
    Column(_("Resolved"), lambda row: row.resolved_at.isoformat(timespec="seconds") if row.resolved_at else ""),
    Column(_("Time to restore, seconds"), lambda row: "" if row.took is None else f"{row.took.total_seconds():.3f}"),
    Column(_("Laid to deployment"), lambda row: row.attributed_to.external_id if row.attributed_to else ""),
]
