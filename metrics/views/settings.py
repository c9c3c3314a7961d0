"""The settings page of a product's measures, and the restatements that wait for approval."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.actions.corrections import approve_restatement
from metrics.actions.settings import set_measuring
from metrics.forms.settings import SettingsForm, zones
from metrics.models import DeclaredMonth, DeliverySettings, MetricsPolicy, StaleMonth
from metrics.permissions import may_approve_restatement, may_declare_month, may_set_measures
from metrics.reading.cards import targets_of
from metrics.reading.subject import Subject, subject_of
from metrics.states import DeclaredState, Metric
from people.editing import ReasonForm, edit
from people.permissions import require
from people.wording import month_name
from products.models import Product
from products.views.lookup import visible_product


def settings_change(request: HttpRequest, code: str) -> HttpResponse:
    """Settings and targets of the product; what waits for approval stands below them."""
    product = visible_product(request, code)
    require(may_set_measures(request.user, product))
    subject = subject_of(product, request.user, alone=True)
    targets = targets_of(subject)
    form = SettingsForm(request.POST or None, instance=_settings(product), targets=targets)
    return edit(
        request,
        form,
        "metrics/settings.html",
        act=lambda: set_measuring(
            product=product,
            settings=form.settings,
            targets=form.targets,
            by=request.user,
            expected=form.expected,
            reason=form.reason,
        ),
        to=reverse("metrics-settings", args=[product.code]),
        said=_("The settings are saved. Figures that depend on them are computed again."),
        context=_context(request, subject),
    )


def _settings(product: Product) -> DeliverySettings:
    """The settings, or what they would begin with."""
    found = DeliverySettings.objects.filter(product=product).first()
    zone = MetricsPolicy.objects.values_list("timezone", flat=True).get()
    return found or DeliverySettings(product=product, key=product.code, timezone=zone)


def _context(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    product = subject.product
    waiting = (
        StaleMonth.objects.filter(product=product, waits_for_approval=True)
        .values("month")
        .annotate(events=Count("pk"))
        .order_by("month")
    )
    declared = DeclaredMonth.objects.filter(product=product, state=DeclaredState.IN_FORCE).order_by("-month")
    return {
        "product": product,
        "zones": zones(),
        "waiting": list(waiting),
        "declared": list(declared),
        "metrics": [metric.label for metric in Metric],
        "may_approve": may_approve_restatement(request.user, product),
        "may_declare": may_declare_month(request.user, product),
        "back": reverse("metrics-detail", args=[product.code]),
        "subject": subject,
    }


def restatement_approve(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Let late events change a closed month, with the reason why."""
    product = visible_product(request, code)
    require(may_approve_restatement(request.user, product))
    form = ReasonForm(request.POST or None)
    back = reverse("metrics-settings", args=[product.code])
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: approve_restatement(
            product=product, month=month, by=request.user, reason=form.cleaned_data["reason"]
        ),
        to=back,
        said=_("The restatement is approved. The month is computed again."),
        context={
            "product": product,
            "heading": _("Approve the restatement of %(month)s") % {"month": month_name(month)},
            "button": _("Approve the restatement"),
            "back": back,
            "intro": _("The figures that were closed stay readable beside the new ones, with your reason."),
        },
    )
