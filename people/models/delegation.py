"""Authority handed over for a while: who acts for whom, in which acts, from when to when (domain.md §11, decisions.md §4)."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.person import Person
from people.states import DelegatedAct
from records.models import Governed, GovernedQuerySet


class DelegationQuerySet(GovernedQuerySet):
    """Reads of delegations."""

    def of(self, person: Person) -> "DelegationQuerySet":
        """Those `person` gave or received; nobody else has them before their eyes here."""
        return self.filter(models.Q(giver=person) | models.Q(delegate=person)).select_related("giver", "delegate")

    def on(self, day: date) -> "DelegationQuerySet":
        """Those in force on `day`; the last day counts, the day of an early end does not."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).exclude(ended_on__lte=day)


class Delegation(Governed):
    """Acts one person's authority in named acts by another between two dates. It hands over neither votes nor seats."""

    giver = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegations_given", verbose_name=_("from")
    )
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegations_received", verbose_name=_("to whom")
    )
    acts = ArrayField(models.CharField(max_length=20, choices=DelegatedAct), verbose_name=_("for which acts"))
    starts_on = models.DateField(_("from day"))
    ends_on = models.DateField(_("to day"), help_text=_("The last day on which it counts."))
    reason = models.CharField(_("why"), max_length=300)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="delegation_dates_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("delegate")),
                name="delegation_to_another",
                violation_error_message=_("Nobody acts for themselves by delegation."),
            ),
            models.CheckConstraint(
                condition=models.Q(acts__len__gt=0),
                name="delegation_names_acts",
                violation_error_message=_("Name at least one act."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.giver}"

    def chain(self) -> str:
        return self.giver.chain()

    def act_labels(self) -> list[str]:
        """What it hands over, in the reader's language."""
        return [str(DelegatedAct(each).label) for each in self.acts]

    def in_force(self) -> tuple[date, date] | None:
        """The first and the last day on which it counts; None when it was ended before it took effect."""
        last = min(self.ends_on, self.ended_on - timedelta(days=1)) if self.ended_on else self.ends_on
        return (self.starts_on, last) if last >= self.starts_on else None
