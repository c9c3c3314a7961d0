"""Toll-gates and what each asks for: data, so that other sets of gates can stand beside the shipped one (domain.md §5)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.states import ChangePhase, Effect, Requirement
from people.bilingual import Bilingual, pair
from products.models.product import ProductLink
from products.states import Phase
from records.models import Governed, Mandate


class GateFramework(Bilingual, Governed):
    """A set of gates. ITSPM's seven ship with the software."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en, name_fr = pair(_("name"), 120)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("gate framework")
        verbose_name_plural = _("gate frameworks")

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return "installation"


class Gate(Bilingual, Governed):
    """A toll-gate: from which phases it is passed, and what each decision does."""

    framework = models.ForeignKey(
        GateFramework, on_delete=models.PROTECT, related_name="gates", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name_en, name_fr = pair(_("name"), 120)
    purpose_en, purpose_fr = pair(_("what it makes sure of"), long=True, blank=True)
    from_phases = ArrayField(models.CharField(max_length=12, choices=Phase), verbose_name=_("passed from"))
    is_optional = models.BooleanField(_("held only for what is complex or risky"), default=False)
    for_changes = models.BooleanField(_("changes to a live product pass it as well"), default=False)
    fixes_next_review = models.BooleanField(_("approval fixes the next business case review"), default=False)
    review_after_months = models.PositiveSmallIntegerField(
        _("months until that review, unless the decision says otherwise"),
        default=12,
        validators=[MinValueValidator(1)],
    )
    approved_effect = models.CharField(_("when approved"), max_length=16, choices=Effect)
    returned_effect = models.CharField(_("when returned"), max_length=16, choices=Effect, default=Effect.NOTHING)
    rejected_effect = models.CharField(_("when rejected"), max_length=16, choices=Effect, default=Effect.NOTHING)
    approved_words_en, approved_words_fr = pair(_("in words, when approved"), 300, blank=True)
    otherwise_words_en, otherwise_words_fr = pair(_("in words, otherwise"), 300, blank=True)

    class Meta:
        verbose_name = _("toll-gate")
        verbose_name_plural = _("toll-gates")
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="gate_number_once",
                violation_error_message=_("This framework has a gate with this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{_('Gate')} {self.number}, {self.name}"

    def chain(self) -> str:
        return "installation"


class GateInput(Bilingual, Governed):
    """Something a gate asks for. `when_not_held` names an earlier optional gate: asked for here only when it was not held."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="inputs", verbose_name=_("toll-gate"))
    position = models.PositiveSmallIntegerField(_("order"))
    name_en, name_fr = pair(_("name"), 200)
    why_en, why_fr = pair(_("why it is asked for"), 400, blank=True)
    requirement = models.CharField(_("asked for"), max_length=12, choices=Requirement, default=Requirement.REQUIRED)
    when_not_held = models.ForeignKey(
        Gate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only when this gate was not held"),
    )
    frozen_kind = models.CharField(_("record that serves"), max_length=40, blank=True)
    asked_from = models.DateField(_("asked for from"), null=True, blank=True)
    asked_until = models.DateField(_("asked for until"), null=True, blank=True)

    class Meta:
        verbose_name = _("gate input")
        verbose_name_plural = _("gate inputs")
        ordering = ["gate", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "position"],
                name="gate_input_position_once",
                violation_error_message=_("Two inputs cannot stand in the same place."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return "installation"


class ProductChange(Bilingual, ProductLink):
    """A change to a live product that passes gates 1 to 4 on its own while the product stays in Operate or Improve."""

    name_en, name_fr = pair(_("name"), 120)
    summary_en, summary_fr = pair(_("what changes"), 400, blank=True)
    phase = models.CharField(
        _("phase"), max_length=12, choices=ChangePhase, default=ChangePhase.STRATEGY, editable=False
    )
    phase_since = models.DateField(null=True, editable=False)
    phase_mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("change to a product")
        verbose_name_plural = _("changes to a product")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase=ChangePhase.STRATEGY) | Q(phase_mandate__isnull=False),
                name="change_phase_by_mandate",
                violation_error_message=_("The phase moves only by a decision."),
            )
        ]

    def __str__(self) -> str:
        return self.name
