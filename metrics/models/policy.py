"""What an organisation decides about its delivery measures: closing day, time zone, levels (dora.md §2.5–2.7)."""

from functools import cache
from zoneinfo import available_timezones

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.states import Level, Metric
from people.templatetags.gatehouse import colon
from products.models import Product
from records.models import Governed

ATTRIBUTION_WINDOW = 30 * 86_400


# Names that a machine may give its own clock: no other machine, nor the database, knows what they mean.
OF_ONE_MACHINE = {"localtime", "Factory", "posixrules"}


@cache
def known_timezones() -> frozenset[str]:
    """The names of IANA time zones."""
    return frozenset(available_timezones() - OF_ONE_MACHINE)


def check_timezone(name: str) -> None:
    """Refuse what is not the name of an IANA time zone."""
    if name not in known_timezones():
        raise ValidationError(_("This is not the name of a time zone, for example America/Toronto."))


class MetricsPolicy(Governed):
    """One row for the installation. The closing day counts in each product's own time zone."""

    closing_day = models.PositiveSmallIntegerField(
        _("closing day"), default=5, help_text=_("The month is closed on this day of the next one.")
    )
    timezone = models.CharField(
        _("time zone of new products"), max_length=64, default="UTC", validators=[check_timezone]
    )
    level_set = models.CharField(_("levels used"), max_length=20, default="2023")
    small_sample = models.PositiveSmallIntegerField(
        _("small sample"), default=5, help_text=_("A median of fewer values than this is marked.")
    )
    only_row = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("policy on delivery measures")
        verbose_name_plural = _("policy on delivery measures")
        constraints = [
            models.CheckConstraint(condition=Q(only_row=True), name="metrics_policy_only_one"),
            models.CheckConstraint(
                condition=Q(closing_day__gte=1, closing_day__lte=28),
                name="metrics_policy_closing_day",
                violation_error_message=_("Choose a day from 1 to 28."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if not LevelThreshold.objects.filter(level_set__name=self.level_set).exists():
            raise ValidationError({"level_set": _("There is no set of levels of this name, or it has no bounds.")})

    def chain(self) -> str:
        return "installation"


class DeliverySettings(Governed):
    """How deliveries of one product are measured. `key` is the product's name in delivery events, by default its code."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="delivery_settings")
    key = models.CharField(
        _("key in delivery events"),
        max_length=100,
        unique=True,
        db_collation="C",
        error_messages={"unique": _("Another product has this key.")},
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        validators=[check_timezone],
        help_text=_("Months begin and end at midnight there."),
    )
    has_incident_feed = models.BooleanField(
        _("incidents are reported"),
        default=False,
        help_text=_("Without them failures and restoration are not reported; with them, no incident means none."),
    )
    attribution_window = models.PositiveIntegerField(
        _("attribution window, seconds"),
        null=True,
        blank=True,
        default=ATTRIBUTION_WINDOW,
        help_text=_(
            "An incident that names no deployment is laid to the last one before it, if it is not older than this."
        ),
    )
    restates_alone_for = models.PositiveSmallIntegerField(
        _("months restated without approval"),
        default=13,
        help_text=_("A late event in an older month waits until somebody of the team approves the new figures."),
    )

    class Meta:
        verbose_name = _("delivery settings")
        verbose_name_plural = _("delivery settings")

    def __str__(self) -> str:
        return str(self.product)

    def chain(self) -> str:
        return f"product:{self.product_id}"


class DeliveryWatermark(models.Model):
    """The highest raw delivery whose records are among the facts of a product."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, primary_key=True, related_name="+")
    delivery = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.delivery)


class LevelSet(Governed):
    """The levels of one year's report. Shown beside every label, because the years do not agree."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    source_url = models.URLField(_("where they are published"), blank=True)

    class Meta:
        verbose_name = _("set of levels")
        verbose_name_plural = _("sets of levels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return "installation"

    def snapshots(self) -> models.QuerySet:
        """The computed months that carry levels of this set."""
        return apps.get_model("metrics", "DoraSnapshot").objects.filter(level_set=self.name)


class LevelThreshold(Governed):
    """One bound. Read from elite down; what meets none is low. Durations in seconds, rates as 0 to 1, deployments a month."""

    level_set = models.ForeignKey(LevelSet, on_delete=models.PROTECT, related_name="thresholds", verbose_name=_("set"))
    metric = models.CharField(_("measure"), max_length=24, choices=Metric)
    level = models.CharField(_("level"), max_length=8, choices=[each for each in Level.choices if each[0] != Level.LOW])
    bound = models.DecimalField(_("bound"), max_digits=12, decimal_places=4)
    is_inclusive = models.BooleanField(_("the bound itself counts"))
    is_per_day = models.BooleanField(
        _("per day of the month"), default=False, help_text=_("The bound is multiplied by the days of the month.")
    )

    class Meta:
        verbose_name = _("bound of a level")
        verbose_name_plural = _("bounds of levels")
        constraints = [
            models.UniqueConstraint(
                fields=["level_set", "metric", "level"],
                name="level_threshold_once",
                violation_error_message=_("This level of the measure has its bound already."),
            ),
            models.CheckConstraint(
                condition=Q(is_per_day=False) | Q(metric=Metric.DEPLOYMENT_FREQUENCY),
                name="level_threshold_per_day_counts",
                violation_error_message=_("Only deployments are counted per day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level_set}: {self.get_metric_display()}, {self.get_level_display()}"

    def chain(self) -> str:
        return "installation"

    def clean(self) -> None:
        """Bounds by which months were judged stay: other bounds are another set, which the policy then names."""
        if self.level_set_id and self.level_set.snapshots().exists():
            raise ValidationError(_("Months were judged by this set. Make a new set and choose it in the policy."))


class DoraTarget(Governed):
    """What the team aims at, in the unit of the measure: deployments a month, seconds, or a rate from 0 to 1."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="dora_targets")
    metric = models.CharField(_("measure"), max_length=24, choices=Metric)
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("target of a delivery measure")
        verbose_name_plural = _("targets of delivery measures")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "metric"],
                name="dora_target_once",
                violation_error_message=_("This measure has a target already."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="dora_target_not_negative",
                violation_error_message=_("A target is zero or more."),
            ),
            models.CheckConstraint(
                condition=~Q(metric=Metric.CHANGE_FAILURE) | Q(value__lte=1),
                name="dora_target_rate_at_most_one",
                violation_error_message=_("A failure rate is at most 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}{colon()}{self.get_metric_display()}"

    def chain(self) -> str:
        return f"product:{self.product_id}"
