"""How old the facts of a brief are, and whether that is too old (domain.md §3, confirmation each quarter)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products import fiscal
from products.models import BriefConfirmation, BriefPolicy, BriefVersion, Product
from records import clock


@dataclass(frozen=True)
class Staleness:
    """`updated_on` is the last publication or confirmation; None when there was neither."""

    updated_on: date | None
    days: int | None
    is_stale: bool
    stale_after: int

    @property
    def sentence(self) -> str:
        """Last updated 94 days ago."""
        if self.days is None:
            return _("Never published")
        if self.days == 0:
            return _("Last updated today")
        return ngettext("Last updated %(days)d day ago", "Last updated %(days)d days ago", self.days) % {
            "days": self.days
        }


def policy() -> BriefPolicy:
    """The installation's policy; the shipped values where an administrator removed the row."""
    return BriefPolicy.objects.first() or BriefPolicy()


def staleness(product: Product, rules: BriefPolicy | None = None) -> Staleness:
    """How old the brief of the family that `product` belongs to is today, in days. Three queries."""
    limit = (rules or policy()).stale_after_days
    version = BriefVersion.objects.filter(product=product.head_id).values_list("published_at", flat=True).first()
    confirmed = BriefConfirmation.objects.filter(product=product.head_id).values_list("confirmed_on", flat=True).first()
    days = [timezone.localtime(version).date()] if version else []
    updated = max([*days, *([confirmed] if confirmed else [])], default=None)
    age = (clock.today() - updated).days if updated else None
    return Staleness(updated, age, age is not None and age > limit, limit)


def confirmed_this_quarter(product: Product) -> BriefConfirmation | None:
    """The confirmation of the running fiscal quarter, if there is one. One query."""
    start = quarter_start(product, clock.today())
    return BriefConfirmation.objects.filter(product=product, quarter_start=start).first()


def quarter_start(product: Product, day: date) -> date:
    """First day of the fiscal quarter of the product's department in which `day` lies."""
    month = day.replace(day=1)
    into = (month.month - product.department.fiscal_start_month) % 3
    return fiscal.add_months(month, -into)
