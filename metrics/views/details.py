"""The deployments, changes and incidents behind the numbers of a month, as pages and as files."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property

from metrics.permissions import may_correct_delivery
from metrics.reading import details
from metrics.reading.subject import subject_of
from people.listing import Column, Listing
from products.views.lookup import visible_product

INCIDENTS = {"resolved": details.resolved, "open": details.still_open, "failures": details.blamed}


class Detail:
    """One list of one month: the rows, what stands beside them, who may correct them. `?family=1` asks for the family's."""

    def __init__(self, request: HttpRequest, code: str, month: date) -> None:
        self.request, self.month = request, month
        self.product = visible_product(request, code)
        self.subject = subject_of(self.product, request.user, alone=request.GET.get("family") != "1")
        if month > self.subject.running:
            raise Http404
        self.span = details.span_of(self.subject, month)

    @cached_property
    def base(self) -> dict[str, Any]:
        may_correct = may_correct_delivery(self.request.user, self.product)
        return {
            "product": self.product,
            "month": self.month,
            "zone": self.span.start.tzinfo,
            "may_correct": may_correct,
            "is_family": self.subject.is_family,
            "has_feed": self.span.has_feed,
        }

    def answer(
        self, kind: str, rows: Any, sorts: dict[str, str], columns: list[Column], **context: Any
    ) -> HttpResponseBase:
        """The page of `rows`, or their file."""
        listing = Listing(
            self.request,
            rows,
            name=f"delivery-{kind}",
            sorts=sorts,
            default_sort=f"-{next(iter(sorts))}",
            columns=columns,
        )
        if ready := listing.answer(f"{self.product.code}-{self.month:%Y-%m}-{kind}"):
            return ready
        told = {"listing": listing, "kind": kind, **self.base, **context}
        return render(self.request, f"metrics/{kind}.html", told | self._beside(kind, listing))

    def _beside(self, kind: str, listing: Listing) -> dict[str, Any]:
        keys = [row.pk for row in listing.page]
        subject_kind = {"deployments": "metrics.deployment", "incidents": "metrics.incident"}.get(kind)
        corrected = details.corrections(self.span, subject_kind, keys) if subject_kind else {}
        laid = details.incidents_of(self.span, keys) if kind == "deployments" else {}
        rows = [(row, corrected.get(str(row.pk)), laid.get(row.pk, [])) for row in listing.page]
        return {"rows": rows}


def deployment_list(request: HttpRequest, code: str, month: date) -> HttpResponseBase:
    detail = Detail(request, code, month)
    out = list(details.left_out(detail.span)[:100])
    why = details.corrections(detail.span, "metrics.deployment", [row.pk for row in out])
    rows = details.deployments(detail.span)
    return detail.answer(
        "deployments",
        rows,
        {"finished": "finished_at", "name": "external_id"},
        details.DEPLOYMENT_COLUMNS,
        failed=rows.filter(failed=True).count(),
        left_out=[(row, why.get(str(row.pk))) for row in out],
    )


def change_list(request: HttpRequest, code: str, month: date) -> HttpResponseBase:
    detail = Detail(request, code, month)
    return detail.answer(
        "changes",
        details.changes(detail.span),
        {"shipped": "shipped_at", "committed": "committed_at", "lead": "lead"},
        details.CHANGE_COLUMNS,
        faulty=details.faulty_changes(detail.span).count(),
    )


def incident_list(request: HttpRequest, code: str, month: date) -> HttpResponseBase:
    """Incidents resolved in the month; `?of=open` those open at its end, `?of=failures` those laid to its deployments."""
    detail = Detail(request, code, month)
    which = request.GET.get("of", "resolved")
    if which not in INCIDENTS:
        raise Http404
    counts = {name: find(detail.span).count() for name, find in INCIDENTS.items()}
    return detail.answer(
        "incidents",
        INCIDENTS[which](detail.span),
        {"started": "started_at", "resolved": "resolved_at", "took": "took"},
        details.INCIDENT_COLUMNS,
        which=which,
        counts=counts,
        arrive_all_the_same=any(counts.values()),
    )
