"""Leaving a deployment out, counting it again, laying an incident to a deployment."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.actions.corrections import (
    link_incident,
    release_incident_link,
    restore_deployment,
    unlink_incident,
    void_deployment,
)
from metrics.forms.corrections import NONE, SOURCE, IncidentLinkForm
from metrics.models import DeliverySettings, Deployment, Incident
from metrics.permissions import may_correct_delivery
from people.editing import ReasonForm, edit
from people.permissions import require
from products.models import Product
from products.views.lookup import visible_product

NEAR, LOOK_BACK = 15, timedelta(days=90)


def deployment_void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _void(request, code, pk, voided=True)


def deployment_restore(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _void(request, code, pk, voided=False)


def _void(request: HttpRequest, code: str, pk: int, *, voided: bool) -> HttpResponse:
    product = _own(request, code)
    deployment = get_object_or_404(Deployment.objects.select_related("product"), pk=pk, product=product)
    form = ReasonForm(request.POST or None)
    perform = void_deployment if voided else restore_deployment
    back = _month_page(product, deployment.finished_at, "delivery-deployments")
    heading = _("Leave “%(name)s” out of the measures") if voided else _("Count “%(name)s” again")
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: perform(deployment=deployment, by=request.user, reason=form.cleaned_data["reason"]),
        to=back,
        said=_("The correction is kept. The figures of the months concerned are computed again."),
        context={
            "product": product,
            "heading": heading % {"name": deployment.external_id},
            "button": _("Leave it out") if voided else _("Count it again"),
            "back": back,
            "current": "metrics",
            "intro": _("Its source goes on telling what it tells; this stands until the team takes it back."),
        },
    )


def incident_link(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    product = _own(request, code)
    incident = get_object_or_404(Incident.objects.select_related("product", "attributed_to"), pk=pk, product=product)
    form = IncidentLinkForm(request.POST or None, incident=incident, near=_near(incident))
    back = _month_page(product, incident.resolved_at or incident.started_at, "delivery-incidents")

    def perform() -> None:
        chosen, told = form.chosen, {"by": request.user, "reason": form.cleaned_data["reason"]}
        if chosen == SOURCE:
            release_incident_link(incident=incident, **told)
        elif chosen == NONE:
            unlink_incident(incident=incident, **told)
        else:
            link_incident(incident=incident, deployment=chosen, **told)

    return edit(
        request,
        form,
        "products/form.html",
        act=perform,
        to=back,
        said=_("The correction is kept. The figures of the months concerned are computed again."),
        context={
            "product": product,
            "heading": _("Which deployment caused “%(name)s”?") % {"name": incident},
            "button": _("Keep the correction"),
            "back": back,
            "current": "metrics",
        },
    )


def _near(incident: Incident) -> list[tuple[Deployment, str]]:
    """Counted deployments before the incident, the latest first, and those it is or was laid to; in words."""
    rows = Deployment.objects.filter(product=incident.product_id, eligible=True)
    if incident.started_at:
        window = Q(finished_at__lte=incident.started_at, finished_at__gte=incident.started_at - LOOK_BACK)
        rows = rows.filter(window | Q(pk__in=[incident.attributed_to_id, incident.team_deployment_id]))
    zone = _zone(incident.product)
    return [
        (row, f"{row.external_id}, {row.finished_at.astimezone(zone):%Y-%m-%d %H:%M}, {row.source}")
        for row in rows.order_by("-finished_at", "-pk")[:NEAR]
    ]


def _zone(product: Product) -> ZoneInfo:
    found = DeliverySettings.objects.filter(product=product).values_list("timezone", flat=True).first()
    return ZoneInfo(found or "UTC")


def _month_page(product: Product, at: object, name: str) -> str:
    """The list the row stands in; without an instant, the metrics page."""
    if at is None:
        return reverse("metrics-detail", args=[product.code])
    return reverse(name, args=[product.code, at.astimezone(_zone(product)).date()])  # type: ignore[attr-defined]


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_correct_delivery(request.user, product))
    return product
