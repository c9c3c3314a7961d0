"""The Product Team Brief: a team draft in four sections, a private buffer per person, numbered versions (domain.md §3)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from people.models import Person
from products.models.product import Product, ProductLink
from products.states import BriefSectionCode
from records.identity import new_id
from records.models import Governed


class BriefSection(ProductLink):
    """The team's draft of one section. `content` holds what was typed, by field name; its version guards two writers."""

    code = models.CharField(max_length=14, choices=BriefSectionCode)
    content = models.JSONField(default=dict, blank=True)
    is_declared_complete = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("section of the brief")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "code"],
                name="brief_section_once",
                violation_error_message=_("This section was opened by somebody else just now."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.get_code_display()}"


class BriefBuffer(models.Model):
    """What one person has typed and not yet saved. Private, replaced by the next autosave, never published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=14, choices=BriefSectionCode)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "code", "person"], name="brief_buffer_once")]

    def __str__(self) -> str:
        return f"{self.product} {self.code} {self.person}"


class BriefVersion(models.Model):
    """A published version: canonical JSON with its schema number and hash. Append-only."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="brief_versions")
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by_id = models.CharField(max_length=64)
    published_by_name = models.CharField(_("published by"), max_length=200)

    class Meta:
        verbose_name = _("version of the brief")
        verbose_name_plural = _("versions of the brief")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="brief_version_number_once",
                violation_error_message=_("Somebody published a version just now."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="brief_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"

    def chain(self) -> str:
        return f"product:{self.product_id}"


class BriefConfirmation(ProductLink):
    """The Head of Product confirms roles, repositories, applications and structures, once a fiscal quarter, in one act."""

    confirmed_on = models.DateField(_("confirmed on"))
    quarter_start = models.DateField()

    class Meta:
        verbose_name = _("confirmation of the brief")
        ordering = ["-confirmed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "quarter_start"],
                name="brief_confirmed_once_a_quarter",
                violation_error_message=_("This quarter is confirmed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.confirmed_on}"


class BriefPolicy(Governed):
    """How the installation treats briefs: days until facts are stale, whether a pending translation blocks publishing."""

    stale_after_days = models.PositiveSmallIntegerField(_("stale after days"), default=92)
    needs_both_languages = models.BooleanField(_("publishing needs both languages"), default=True)

    class Meta:
        verbose_name = _("brief policy")
        verbose_name_plural = _("brief policy")

    def __str__(self) -> str:
        return str(_("Brief policy"))

    def chain(self) -> str:
        return "installation"
