"""Whose measures a page shows: one product, or a family under its head."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from metrics.models import DeliverySettings, DoraSnapshot, MetricsPolicy
from metrics.states import Period, Scope
from people.models import Person
from products.fiscal import add_months
from products.models import Product
from records import clock


@dataclass(frozen=True)
class Subject:
    """A product or a family, by which clock its months run and what the policy says of them."""

    product: Product
    scope: Scope
    policy: MetricsPolicy
    settings: DeliverySettings | None
    family: tuple[Product, ...]

    @property
    def timezone(self) -> str:
        return self.settings.timezone if self.settings else self.policy.timezone

    @property
    def running(self) -> date:
        """The month that runs today."""
        return clock.today(self.timezone).replace(day=1)

    @property
    def is_family(self) -> bool:
        return self.scope == Scope.FAMILY

    def closes_on(self, month: date) -> date:
        """The day on which the month is closed."""
        return add_months(month, 1).replace(day=self.policy.closing_day)


def subject_of(product: Product, person: Person | None = None, *, alone: bool = False) -> Subject:
    """The product's own measures, or those of its family when it heads one that has any, unless `alone`.

    Without a person the whole family stands for it, whoever may see its parts: for documents, which are about the head.
    """
    products = Product.objects.filter(head_id=product.head_id).order_by("code")
    family = tuple(products.visible_to(person) if person else products)
    scope = Scope.PRODUCT
    if product.is_head and not alone and len(family) > 1 and _has_family_rows(product):
        scope = Scope.FAMILY
    settings = DeliverySettings.objects.filter(product=product).first()
    return Subject(product, scope, MetricsPolicy.objects.get(), settings, family)


def _has_family_rows(product: Product) -> bool:
    return DoraSnapshot.objects.filter(product=product, scope=Scope.FAMILY, period=Period.MONTH).exists()


def bounds(month: date, timezone: str) -> tuple[datetime, datetime]:
    """From the first midnight of the month to that of the next, in the zone."""
    zone = ZoneInfo(timezone)
    return datetime.combine(month, time.min, zone), datetime.combine(add_months(month, 1), time.min, zone)
