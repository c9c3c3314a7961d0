"""Where the figures of a product come from, and when something last arrived."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from metrics.models import DeliveryLogEntry, DeliverySource, DeliveryUpload, Deployment
from metrics.reading.subject import Subject
from metrics.states import LogOutcome


@dataclass(frozen=True)
class Origin:
    """Names of the sources in use; the last accepted delivery or file."""

    names: list[str]
    last_at: datetime | None

    @property
    def is_none(self) -> bool:
        return not self.names and self.last_at is None


def origin_of(subject: Subject) -> Origin:
    """The sources of a product or family."""
    products = [each.pk for each in subject.family] if subject.is_family else [subject.product.pk]
    sources = DeliverySource.objects.filter(product__in=products, is_active=True)
    names = sorted({source.name for source in sources})
    logged = DeliveryLogEntry.objects.filter(source__product__in=products, outcome=LogOutcome.ACCEPTED)
    taken = DeliveryUpload.objects.filter(product__in=products, applied_at__isnull=False)
    moments = [
        logged.order_by("-id").values_list("at", flat=True).first(),
        taken.aggregate(last=Max("applied_at"))["last"],
    ]
    known = [moment for moment in moments if moment]
    if not known:
        newest = Deployment.objects.filter(product__in=products, eligible=True).aggregate(last=Max("finished_at"))[
            "last"
        ]
        known = [newest] if newest else []
    return Origin(names, max(known, default=None))
