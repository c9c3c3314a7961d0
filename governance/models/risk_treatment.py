"""What is done about a risk: activities against it, and its acceptance as it is (domain.md §7)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.models.risk import Risk, level_field, on_scale
from governance.risk_states import AcceptanceEnd, Band, Impact, Likelihood, MitigationState
from people.bilingual import Bilingual, pair
from people.models import Person
from people.states import CapacityKind as K
from records.models import Governed, GovernedQuerySet, Mandate


class MitigationQuerySet(GovernedQuerySet):
    def counting(self) -> "MitigationQuerySet":
        """Those that are done, under way or planned; what was dropped is no activity any more."""
        return self.exclude(state=MitigationState.DROPPED)

    def unfinished(self) -> "MitigationQuerySet":
        return self.filter(state__in=[MitigationState.PLANNED, MitigationState.IN_PROGRESS])


class Mitigation(Bilingual, Governed):
    """An activity against a risk, with who does it and until when."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    what_en, what_fr = pair(_("activity"), 300, blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mitigations", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=12, choices=MitigationState, default=MitigationState.PLANNED, editable=False
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = MitigationQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity against a risk")
        verbose_name_plural = _("activities against risks")
        ordering = ["risk", "due_on", "created_at"]
        indexes = [models.Index(fields=["risk", "state", "due_on"], name="mitigation_of_risk")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what_en="") | ~Q(what_fr=""),
                name="mitigation_says_what",
                violation_error_message=_("Say what is done."),
            ),
            models.CheckConstraint(
                condition=(Q(state=MitigationState.DONE) & Q(done_on__isnull=False))
                | (~Q(state=MitigationState.DONE) & Q(done_on__isnull=True)),
                name="mitigation_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def chain(self) -> str:
        return self.risk.chain()

    def is_late(self, day: date) -> bool:
        """Whether it was due before `day` and is not finished."""
        return self.due_on < day and self.state in (MitigationState.PLANNED, MitigationState.IN_PROGRESS)


class RiskAcceptanceQuerySet(GovernedQuerySet):
    def on(self, day: date) -> "RiskAcceptanceQuerySet":
        """In force on `day`; the last day counts. What lapses does so on its date, not when the daily work gets to it."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), starts_on__lte=day, until__gte=day)

    def lapsing(self, day: date) -> "RiskAcceptanceQuerySet":
        """Those not ended yet whose last day was before `day`."""
        return self.filter(ended_on__isnull=True, until__lt=day)


class RiskAcceptance(Bilingual, Governed):
    """Somebody entitled accepts a risk as it is scored, with a reason and until a day. `mandate` when a board did."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="acceptances")
    likelihood = level_field(_("likelihood"), Likelihood)
    impact = level_field(_("impact"), Impact)
    band = models.CharField(_("band"), max_length=6, choices=Band)
    justification_en, justification_fr = pair(_("justification"), long=True, blank=True)
    accepted_as = models.CharField(_("accepted as"), max_length=30, choices=K, blank=True)
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"))
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ended_why = models.CharField(_("why it ended"), max_length=10, choices=AcceptanceEnd, blank=True, editable=False)
    ended_note = models.TextField(_("why it was taken back"), blank=True, default="", editable=False)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = RiskAcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance of a risk")
        verbose_name_plural = _("acceptances of risks")
        ordering = ["risk", "-starts_on", "-created_at"]
        indexes = [models.Index(fields=["until"], condition=Q(ended_on__isnull=True), name="acceptance_lapsing")]
        constraints = [
            models.UniqueConstraint(
                fields=["risk"],
                condition=Q(ended_on__isnull=True),
                name="risk_accepted_once",
                violation_error_message=_("Somebody accepted this risk in the same moment."),
            ),
            on_scale("risk_acceptance_on_scale"),
            models.CheckConstraint(
                condition=~Q(justification_en="") | ~Q(justification_fr=""),
                name="risk_acceptance_says_why",
                violation_error_message=_("Say why the risk is accepted."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")),
                name="risk_acceptance_days_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False) | ~Q(accepted_as=""),
                name="risk_accepted_by_right",
                violation_error_message=_("A risk is accepted by somebody entitled, or by a board."),
            ),
            models.CheckConstraint(
                condition=(Q(ended_on__isnull=True, ended_why=""))
                | (Q(ended_on__gte=F("starts_on")) & ~Q(ended_why="")),
                name="risk_acceptance_ends_with_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}, {self.until}"

    def chain(self) -> str:
        return self.risk.chain()
