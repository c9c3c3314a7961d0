"""How the deliveries of a product are measured: its settings, its targets (dora.md §2.1)."""

from decimal import Decimal
from typing import Any

from metrics import events
from metrics.models import DeliverySettings, DoraTarget, MetricsPolicy
from metrics.permissions import may_set_measures
from metrics.states import Metric, SnapshotReason
from metrics.storing import remeasure
from people.permissions import Verdict, require
from products.models import Product
from records.actors import Actor, SystemActor
from records.acts import act
from records.trail import record
from records.writing import remove, save

# What the figures of every month depend on.
MEASURED = {"timezone", "has_incident_feed", "attribution_window"}


@act
def ensure_settings(*, product: Product, by: Actor, key: str = "") -> DeliverySettings:
    """The delivery settings of a product, made with the policy's time zone when there are none.

    `key` names the product in delivery events, by default its code.

    Part of acts that carry their own verdict: connecting a source, uploading a file, changing the settings.
    """
    found = DeliverySettings.objects.filter(product=product).first()
    if found is not None:
        return found
    key = key or product.code
    taken = DeliverySettings.objects.filter(key=key).exists()
    zone = MetricsPolicy.objects.values_list("timezone", flat=True).first() or "UTC"
    settings = DeliverySettings(product=product, key=str(product.pk) if taken else key, timezone=zone)
    record(events.DELIVERY_SETTINGS_CHANGED, on=settings, by=by, changes=save(settings, by=by))
    return settings


@act
def change_settings(
    *, product: Product, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> DeliverySettings:
    """Change `key`, `timezone`, `has_incident_feed`, `attribution_window` (seconds or None), `restates_alone_for`.

    Months are computed anew where their figures depend on it.
    """
    require(_team_or_system(by, product))
    settings = ensure_settings(product=product, by=by)
    for name, value in values.items():
        setattr(settings, name, value)
    changes = save(settings, by=by, expected=expected if expected else None)
    if changes:
        record(events.DELIVERY_SETTINGS_CHANGED, on=settings, by=by, changes=changes, reason=reason)
    if changes.keys() & MEASURED:
        remeasure(product.pk, reason=SnapshotReason.SETTINGS)
    return settings


@act
def set_target(
    *, product: Product, metric: Metric, value: Decimal | None, by: Actor, reason: str = ""
) -> DoraTarget | None:
    """What the team aims at: deployments a month, seconds, or a rate from 0 to 1; None aims at nothing any more."""
    require(may_set_measures(by, product))
    target = DoraTarget.objects.filter(product=product, metric=metric).first()
    if value is None:
        if target is not None:
            record(events.TARGET_SET, on=target, by=by, changes={"value": [target.value, None]}, reason=reason)
            remove(target, by=by)
        return None
    target = target or DoraTarget(product=product, metric=metric)
    target.value = value
    changes = save(target, by=by)
    if changes:
        record(events.TARGET_SET, on=target, by=by, changes=changes, reason=reason)
    return target


@act
def set_measuring(
    *,
    product: Product,
    settings: dict[str, Any],
    targets: dict[Metric, Decimal | None],
    by: Actor,
    expected: int | None = None,
    reason: str = "",
) -> None:
    """Settings and targets together, as one act; what does not differ is left as it is."""
    change_settings(product=product, by=by, expected=expected, reason=reason, **settings)
    known = dict(DoraTarget.objects.filter(product=product).values_list("metric", "value"))
    for metric, value in targets.items():
        if value != known.get(metric):
            set_target(product=product, metric=metric, value=value, by=by, reason=reason)


def _team_or_system(by: Actor, product: Product) -> Verdict:
    return Verdict(True) if isinstance(by, SystemActor) else may_set_measures(by, product)
