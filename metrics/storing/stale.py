"""Which months must be computed anew (dora.md §2.6): marked in the transaction that stores the event."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from metrics.models import DeliverySettings, DoraSnapshot, MonthClosing, StaleMonth
from metrics.states import SnapshotReason
from products.fiscal import add_months
from records import clock

Months = dict[UUID, set[date]]


def month_of(at: datetime, zone: str) -> date:
    """The first day of the month of `at` in the zone."""
    return at.astimezone(ZoneInfo(zone)).date().replace(day=1)


@dataclass
class Stale:
    """The months of each product that an act has touched so far."""

    zones: dict[UUID, str]
    months: Months = field(default_factory=lambda: defaultdict(set))

    def at(self, instants: Iterable[tuple[UUID, datetime | None]]) -> None:
        """The months of these instants."""
        for product, instant in instants:
            if instant:
                self.months[product].add(month_of(instant, self.zones[product]))

    def between(self, product: UUID, first: datetime, last: datetime | None) -> None:
        """Every month from `first` to `last`, or to the running one."""
        zone = self.zones[product]
        month, end = month_of(first, zone), month_of(last or clock.now(), zone)
        while month <= end:
            self.months[product].add(month)
            month = add_months(month, 1)


def mark_months(months: Months, *, reason: SnapshotReason, detail: str = "") -> None:
    """Add the months to what must be computed. A closed month past the age its product set waits for approval."""
    settings = {each.product_id: each for each in DeliverySettings.objects.filter(product__in=months)}
    closed = set(MonthClosing.objects.filter(product__in=months).values_list("product_id", "month"))
    rows = [
        StaleMonth(
            product_id=product,
            month=month,
            reason=reason,
            detail=detail[:200],
            waits_for_approval=(product, month) in closed and month < _oldest_free(settings[product]),
        )
        for product in sorted(months)
        for month in sorted(months[product])
    ]
    StaleMonth.objects.bulk_create(rows, batch_size=5_000)


def _oldest_free(settings: DeliverySettings) -> date:
    """The oldest month that is restated without asking; no delivery is older than the year 1900."""
    running = clock.today(settings.timezone).replace(day=1)
    return add_months(running, -min(settings.restates_alone_for, (running.year - 1900) * 12))


def mark_all_months(products: Iterable[UUID], *, reason: SnapshotReason, detail: str = "") -> None:
    """Every month of the products that was ever computed: their time zone, window, levels or the method changed."""
    months: Months = defaultdict(set)
    for product, month in (
        DoraSnapshot.objects.filter(product__in=list(products), scope="product", period="month")
        .values_list("product_id", "starts_on")
        .distinct()
    ):
        months[product].add(month)
    mark_months(months, reason=reason, detail=detail)
