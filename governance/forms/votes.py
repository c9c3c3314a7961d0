"""Forms by which a board votes and decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.actions.conditions import NewCondition
from governance.actions.decisions import WHY, WHY_COMPLEX
from governance.models import Condition, Decision, Review
from governance.states import Choice, ConditionState, DecisionKind, Effect, Outcome
from people.editing import PairedForm
from products.forms.fields import DayField, PersonField


class VoteForm(PairedForm):
    """Three radios and a reason."""

    choice = forms.ChoiceField(
        label=_("How do you vote?"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you vote."), "invalid_choice": _("Choose how you vote.")},
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("choice") == Choice.AGAINST and not found.get("reason", "").strip():
            self.add_error("reason", _("A vote against says why."))
        return found


class ConflictForm(PairedForm):
    """Why a seat takes no part in one point."""

    conflict = forms.CharField(
        label=_("What is the conflict?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the conflict is.")},
    )


def areas(words: Any) -> forms.CharField:
    return forms.CharField(label=words, required=False, widget=forms.Textarea(attrs={"rows": 4}))


COMPLEXITY = ("is_complex_or_risky", "complexity_reason_en", "complexity_reason_fr")


# What each decision on an outcome does, said where it is chosen.
OF_OUTCOME = {
    Outcome.APPROVED: _("approved: the outcome continues"),
    Outcome.WITH_CONDITIONS: _("approved with conditions: the outcome is adjusted as they say"),
    Outcome.RETURNED: _("returned for amendment: nothing moves, the team amends its case"),
    Outcome.REJECTED: _("rejected: the outcome stops"),
}


# And on a risk.
OF_RISK = {
    Outcome.APPROVED: _("approved: the risk is accepted until the day below"),
    Outcome.WITH_CONDITIONS: _("approved with conditions: accepted until the day below, on these conditions"),
    Outcome.RETURNED: _("returned for amendment: nothing moves, the team amends what it asks"),
    Outcome.REJECTED: _("rejected: the risk is not accepted, and the team must treat it"),
}
SAID = {DecisionKind.OUTCOME_GATE: OF_OUTCOME, DecisionKind.RISK_ESCALATION: OF_RISK}
OF_APPROVAL = (*COMPLEXITY, "next_review_on", "accepted_until")


class DecisionForm(PairedForm):
    """What the chair records. Which outcomes there are follows from the vote; what a gate asks for, from the gate."""

    outcome = forms.ChoiceField(label=_("decision"), choices=(), widget=forms.RadioSelect)
    rationale_en = areas(_("rationale (English)"))
    rationale_fr = areas(_("rationale (French)"))
    taken_up = forms.ModelMultipleChoiceField(
        label=_("proposed conditions that are taken up"),
        queryset=Condition.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_complex_or_risky = forms.TypedChoiceField(
        label=_("complex or risky"),
        choices=[("yes", _("Yes: gate 2 is held")), ("no", _("No: on to Design"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    complexity_reason_en = areas(_("why it is or is not complex or risky (English)"))
    complexity_reason_fr = areas(_("why it is or is not complex or risky (French)"))
    next_review_on = DayField(label=_("next business case review"), required=False)
    accepted_until = DayField(
        label=_("risk accepted until"),
        required=False,
        help_text=_("Needed for an approval. On the day after, the acceptance has lapsed and the team asks again."),
    )

    def __init__(
        self, *args: Any, review: Review, outcomes: Any, corrects: Decision | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = SAID.get(DecisionKind(review.kind), {})
        self.fields["outcome"].choices = [(each.value, words.get(each, each.label)) for each in outcomes]
        self.fields["rationale_en"].help_text = _("Both languages, for every decision but a plain approval.")
        self._offer(review, corrects)
        gate = review.gate
        if gate is None or gate.approved_effect != Effect.JUSTIFIED:
            for name in COMPLEXITY:
                del self.fields[name]
        for name in self.fields.keys() & COMPLEXITY:  # an approval needs them, so none calls itself optional
            self.fields[name].needed_later = True
        if gate is None or not gate.fixes_next_review or review.change_id:
            del self.fields["next_review_on"]
        if review.risk_id is None:
            del self.fields["accepted_until"]
        else:
            self.fields["accepted_until"].initial = (corrects and corrects.accepted_until) or review.asked_until
            self.fields["accepted_until"].needed_later = True

    def _offer(self, review: Review, corrects: Decision | None) -> None:
        """The conditions to take up: those proposed; in a correction those still open, all of them unless the chair says less."""
        field = self.fields["taken_up"]
        field.queryset = Condition.objects.filter(review=review, state=ConditionState.PROPOSED).order_by("number")
        if corrects is not None:
            field.queryset = Condition.objects.filter(decision=corrects).outstanding().order_by("number")
            field.label = _("open conditions that bind on")
            field.help_text = _(
                "Those left out are withdrawn with this decision, as all are unless it approves with conditions."
            )
            field.initial = field.queryset
        if not field.queryset:
            del self.fields["taken_up"]

    def clean(self) -> dict[str, Any]:
        """Say on the first page already what the act would refuse on the last."""
        found = super().clean() or {}
        if found.get("outcome") and found["outcome"] != Outcome.APPROVED:
            self._want("rationale", WHY)
        if found.get("outcome") in Outcome.approvals() and "is_complex_or_risky" in self.fields:
            if found.get("is_complex_or_risky") is None:
                self.add_error("is_complex_or_risky", _("Say whether it is complex or risky."))
            self._want("complexity_reason", WHY_COMPLEX)
        if found.get("outcome") in Outcome.approvals() and "accepted_until" in self.fields:
            self._want_day()
        return found

    def _want_day(self) -> None:
        if not self.cleaned_data.get("accepted_until") and not self.has_error("accepted_until"):
            self.add_error("accepted_until", _("Say until when the risk is accepted."))

    def _want(self, name: str, words: dict[str, Any]) -> None:
        for code in ("en", "fr"):
            if not self.cleaned_data.get(f"{name}_{code}", "").strip():
                self.add_error(f"{name}_{code}", words[code])

    @property
    def values(self) -> dict[str, Any]:
        """What `decide_review` takes, but for the conditions that are added. What an outcome does not ask for is left out."""
        found = dict(self.cleaned_data)
        if found["outcome"] not in Outcome.approvals():
            for name in OF_APPROVAL:
                found.pop(name, None)
        if found["outcome"] != Outcome.WITH_CONDITIONS:
            found.pop("taken_up", None)
        return found


class AddedConditionForm(PairedForm):
    """One condition that the board adds; left empty there is none."""

    what_en = forms.CharField(label=_("condition (English)"), required=False, max_length=300)
    what_fr = forms.CharField(label=_("condition (French)"), required=False, max_length=300)
    owner = PersonField(label=_("owner"), required=False)
    verifier = PersonField(label=_("verifier"), required=False)
    due_on = DayField(label=_("due on"), required=False)
    wanted_en = forms.CharField(label=_("proof wanted (English)"), required=False, max_length=300)
    wanted_fr = forms.CharField(label=_("proof wanted (French)"), required=False, max_length=300)

    NEEDED = ("what_en", "what_fr", "owner", "verifier", "due_on")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if any(found.values()):
            for name in self.NEEDED:
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("A condition that is added needs this."))
        return found

    @property
    def condition(self) -> NewCondition | None:
        """What was typed; None when it was left empty."""
        return NewCondition(**self.cleaned_data) if any(self.cleaned_data.values()) else None
