"""Months declared by a team without a pipeline, and withdrawn again (dora.md §2.7)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics import events
from metrics.models import DeclaredMonth, DeliverySettings, MetricsPolicy
from metrics.permissions import may_declare_month
from metrics.states import DECLARED_MOVES, DeclaredState
from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.trail import record
from records.writing import save

FIGURES = (
    "deployment_count",
    "failed_deployment_count",
    "change_count",
    "lead_time_p50_seconds",
    "restored_incident_count",
    "time_to_restore_p50_seconds",
)


@act
def declare_month(
    *, product: Product, month: date, source: str, by: Actor, reason: str = "", **figures: Any
) -> DeclaredMonth:
    """Declare a finished month: counts, medians in seconds with their n, and where they come from.

    Computed figures of the month stay; while the declaration is in force the page shows the declared ones.
    """
    require(may_declare_month(by, product))
    _must_have_ended(product, month)
    if all(figures.get(name) is None for name in FIGURES):
        raise ValidationError(_("Give at least one figure."))
    declared = DeclaredMonth(product=product, month=month, source=source, **figures)
    record(events.MONTH_DECLARED, on=declared, by=by, changes=save(declared, by=by), reason=reason)
    return declared


@act
def withdraw_declared_month(*, declared: DeclaredMonth, by: Actor, reason: str, expected: int | None = None) -> None:
    """Take a declaration back; what was computed of the month, if anything, shows again."""
    require(may_declare_month(by, declared.product))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    check_move(DECLARED_MOVES, declared.state, DeclaredState.WITHDRAWN)
    declared.state = DeclaredState.WITHDRAWN
    changes = save(declared, by=by, expected=expected)
    record(events.DECLARED_MONTH_WITHDRAWN, on=declared, by=by, changes=changes, reason=reason)


def _must_have_ended(product: Product, month: date) -> None:
    zone = DeliverySettings.objects.filter(product=product).values_list("timezone", flat=True).first()
    zone = zone or MetricsPolicy.objects.values_list("timezone", flat=True).get()
    if month >= clock.today(zone).replace(day=1):
        raise ValidationError({"month": _("Only a month that has ended can be declared.")})
