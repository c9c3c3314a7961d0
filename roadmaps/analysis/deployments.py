"""The deployments of a release: what our delivery records say went to production on its day (domain.md §4, §8)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from metrics.models import DeliverySettings, Deployment
from roadmaps.models import Release

MOST = 50


def zone_of(release: Release) -> ZoneInfo:
    """The time zone the release's product is measured in, else that of its department. One query."""
    settings = DeliverySettings.objects.filter(product=release.product_id).values_list("timezone", flat=True).first()
    return ZoneInfo(settings or release.product.department.time_zone)


def deployments_of(release: Release) -> Sequence[Deployment]:
    """To production, successful and not voided, of the release's product: those of its day, in the product's time zone,
    and those that carry its number. Each with `failed_changes`, the incidents laid to it, and its times in that zone, so
    that all who write them say the day of the release. At most fifty, two queries."""
    if release.released_on is None:
        return []
    zone = zone_of(release)
    begins = datetime.combine(release.released_on, time.min, zone)
    ends = datetime.combine(release.released_on + timedelta(days=1), time.min, zone)
    named = Q(external_id__in=[release.number, f"v{release.number}"])
    rows = Deployment.objects.filter(
        named | Q(finished_at__gte=begins, finished_at__lt=ends), product=release.product_id
    )
    rows = rows.filter(eligible=True).annotate(failed_changes=Count("failures", filter=Q(failures__live=True)))
    found = list(rows.order_by("finished_at", "pk")[:MOST])
    for each in found:
        each.finished_at = each.finished_at and each.finished_at.astimezone(zone)
    return found
