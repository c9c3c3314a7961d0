"""Indicators of a product: adopted, aimed, measured, corrected, retired (domain.md §8)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics import events
from metrics.indicators import periods
from metrics.indicators.stability import team_stability
from metrics.models import KpiDefinition, KpiValue, ProductKpi
from metrics.permissions import may_keep_kpis
from metrics.states import KpiMethod
from people.permissions import require
from products import fiscal
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record
from records.writing import save, write

OLDEST = 3  # fiscal years before this one for which values may still be entered


@act
def adopt_kpi(
    *, product: Product, definition: KpiDefinition, by: Actor, starts_on: date | None = None, **values: Any
) -> ProductKpi:
    """Keep an indicator from `starts_on` (today). `values`: target, benchmark, owner. What can be computed is, at once."""
    require(may_keep_kpis(by, product))
    if not definition.is_active:
        raise ValidationError({"definition": _("This indicator is out of use.")})
    kpi = ProductKpi(product=product, definition=definition, starts_on=starts_on or today_of(product), **values)
    record(events.KPI_ADOPTED, on=kpi, by=by, changes=save(kpi, by=by))
    if definition.method == KpiMethod.TEAM_STABILITY:
        _compute_stability(kpi, by)
    return kpi


@act
def change_kpi_target(
    *, kpi: ProductKpi, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> ProductKpi:
    """Change target, benchmark or owner. Conflict once it is no longer kept."""
    require(may_keep_kpis(by, kpi.product))
    _check_kept(kpi)
    for name, value in values.items():
        setattr(kpi, name, value)
    changes = save(kpi, by=by, expected=expected)
    if changes:
        record(events.KPI_CHANGED, on=kpi, by=by, changes=changes, reason=reason)
    return kpi


@act
def retire_kpi(*, kpi: ProductKpi, reason: str, by: Actor, expected: int | None = None) -> ProductKpi:
    """Keep it no longer from tomorrow on; its values stay. It may be adopted anew."""
    require(may_keep_kpis(by, kpi.product))
    _check_kept(kpi)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is no longer kept.")})
    kpi.ends_on = max(today_of(kpi.product), kpi.starts_on)
    record(events.KPI_RETIRED, on=kpi, by=by, changes=save(kpi, by=by, expected=expected), reason=reason)
    return kpi


@act
def enter_value(*, kpi: ProductKpi, period: date, value: Decimal, source: str, by: Actor, note: str = "") -> KpiValue:
    """The value of a period that has none yet. ValidationError for a period that has one: that takes `correct_value`."""
    kpi = _open_for_values(kpi, period, value, source, by)
    present = _current(kpi, period)
    if present is not None:
        raise ValidationError({"period": _("This period has a value already. Say why yours replaces it.")})
    entered = _write(kpi, period, value, 1, by, source=source, note=note)
    record(events.KPI_VALUE_ENTERED, on=entered, by=by, changes=_told(None, entered))
    return entered


@act
def correct_value(
    *, kpi: ProductKpi, period: date, value: Decimal, source: str, reason: str, by: Actor, note: str = ""
) -> KpiValue:
    """A further revision of a period's value, with the reason. The earlier ones stay readable."""
    kpi = _open_for_values(kpi, period, value, source, by)
    present = _current(kpi, period)
    if present is None:
        raise ValidationError({"period": _("This period has no value yet that could be corrected.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the value is corrected.")})
    corrected = _write(kpi, period, value, present.revision + 1, by, source=source, note=note, reason=reason)
    record(events.KPI_VALUE_CORRECTED, on=corrected, by=by, changes=_told(present, corrected), reason=reason)
    return corrected


@act
def note_speed_to_market(
    *, product: Product, ages: Iterable[tuple[date, int]], day: date, reason: str, by: Actor
) -> None:
    """Called by the act that makes a release on `day`: the median days from accepted request to release, of its period.

    `ages` holds the day of release and the days waited of every request released; those of other periods are left out.
    Does nothing for a product that does not keep such an indicator, or when the median is what it was.
    """
    kept = list(_computed(KpiMethod.SPEED_TO_MARKET).filter(product=product))
    found = list(ages) if kept else []
    for kpi in kept:
        frequency, start = kpi.definition.frequency, product.department.fiscal_start_month
        period = periods.first_day(frequency, day, start)
        last = periods.last_day(frequency, period)
        mine = [days for released, days in found if period <= released <= last]
        if mine:
            _note(kpi, period, Decimal(median(mine)), len(mine), reason, by)


@act
def note_team_stability(*, kpi: ProductKpi, by: Actor) -> None:
    """Compute the finished periods of this year and the last that have no value; those that have one stay as they are."""
    _compute_stability(kpi, by)


def keep_team_stability(by: Actor) -> int:
    """All products: how many indicators were looked at. The daily job; twice a day changes nothing."""
    kept = list(_computed(KpiMethod.TEAM_STABILITY))
    for kpi in kept:
        note_team_stability(kpi=kpi, by=by)
    return len(kept)


def _computed(method: KpiMethod) -> Any:
    kept = ProductKpi.objects.filter(definition__method=method, ends_on__isnull=True)
    return kept.select_related("definition", "product__department").order_by("pk")


def _compute_stability(kpi: ProductKpi, by: Actor) -> None:
    frequency, product = kpi.definition.frequency, kpi.product
    start, today = product.department.fiscal_start_month, today_of(product)
    since = fiscal.first_day(fiscal.fiscal_year_of(today, start) - 1, start)
    done = set(KpiValue.objects.filter(product_kpi=kpi, period__gte=since).values_list("period", flat=True))
    for period in periods.finished(frequency, since, today, start):
        found = None if period in done else team_stability(product, period, periods.last_day(frequency, period))
        if found:
            _note(kpi, period, *found, "", by)


def _note(kpi: ProductKpi, period: date, value: Decimal, sample: int, reason: str, by: Actor) -> None:
    """Write a computed value unless it is what stands already."""
    kpi = _locked(kpi)
    present = _current(kpi, period)
    value = value.quantize(Decimal(1).scaleb(-kpi.definition.decimals), ROUND_HALF_UP)
    if present is not None and (present.value, present.sample) == (value, sample):
        return
    revision = present.revision + 1 if present else 1
    told = {"reason": reason or _("computed anew")} if present else {}
    noted = _write(kpi, period, value, revision, by, sample=sample, **told)
    record(events.KPI_VALUE_COMPUTED, on=noted, by=by, changes=_told(present, noted), reason=reason)


def _open_for_values(kpi: ProductKpi, period: date, value: Decimal, source: str, by: Actor) -> ProductKpi:
    """The indicator, held, when a value may be typed for the period. ValidationError by field."""
    require(may_keep_kpis(by, kpi.product))
    kpi = _locked(kpi)
    _check_kept(kpi)
    if kpi.definition.is_computed:
        raise ValidationError(_("The values of this indicator are computed; nobody types them."))
    errors = {"period": _period_problem(kpi, period), "value": kpi.definition.problem(value)}
    if not source.strip():
        errors["source"] = _("Say where the figure comes from, so that anyone can check it.")
    errors = {name: problem for name, problem in errors.items() if problem}
    if errors:
        raise ValidationError(errors)
    return kpi


def _period_problem(kpi: ProductKpi, period: date) -> str:
    start, today = kpi.product.department.fiscal_start_month, today_of(kpi.product)
    if period != periods.first_day(kpi.definition.frequency, period, start):
        return _("This is not the first day of one of its periods.")
    if period > today:
        return _("This period has not begun yet.")
    if period < fiscal.first_day(fiscal.fiscal_year_of(today, start) - OLDEST, start):
        return _("This period is too long ago.")
    return ""


def _check_kept(kpi: ProductKpi) -> None:
    if kpi.ends_on is not None:
        raise Conflict(_("This indicator is no longer kept. Adopt it anew to go on."))


def _locked(kpi: ProductKpi) -> ProductKpi:
    """The row as it stands, held until the act is done, so that two values of one period wait for each other."""
    rows = ProductKpi.objects.select_for_update(of=("self",)).select_related("definition", "product__department")
    return rows.get(pk=kpi.pk)


def _current(kpi: ProductKpi, period: date) -> KpiValue | None:
    return KpiValue.objects.filter(product_kpi=kpi, period=period).order_by("-revision").first()


def _write(kpi: ProductKpi, period: date, value: Decimal, revision: int, by: Actor, **told: Any) -> KpiValue:
    row = KpiValue(product_kpi=kpi, period=period, value=value, revision=revision, **told)
    row.entered_at, row.entered_by_id, row.entered_by_name = clock.now(), str(by.pk), by.get_full_name()
    row.full_clean()
    write(row)
    return row


def _told(before: KpiValue | None, after: KpiValue) -> dict[str, list[Any]]:
    """What the trail says of a value."""
    told = {"period": [None, after.period], "value": [before.value if before else None, after.value]}
    if after.source:
        told["source"] = [before.source if before else None, after.source]
    return told


def today_of(product: Product) -> date:
    """The business day where the product's department is."""
    return clock.today(product.department.time_zone)
