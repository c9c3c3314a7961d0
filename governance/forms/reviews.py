"""Forms around a review: its texts, what is attached, proposed conditions, submitting and withdrawing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.gates.submitting import competent_boards
from governance.models import Board, Condition, ProductChange, Review
from governance.models.artefact import HTTPS
from people.editing import PairedForm, ReasonForm, RecordForm
from products.forms.fields import DayField, PersonField
from records.evidence import kinds

TEXTS = ("ask_en", "ask_fr", "recommendation_en", "recommendation_fr", "changed_en", "changed_fr")
HINTS = {
    "ask": _("At most 120 characters: what the board is to decide, with the amount. Needed before you submit."),
    "recommendation": _("What you recommend and why, at most 600 characters."),
    "changed": _("What the board would otherwise have to look for: cost, dates, scope."),
}
ROWS = {"ask": 2, "recommendation": 5, "changed": 5}


class ReviewTextsForm(RecordForm):
    """What the board reads first."""

    class Meta:
        model = Review
        fields = TEXTS
        help_texts = {name: HINTS[name[:-3]] for name in TEXTS}
        widgets = {
            name: forms.Textarea(attrs={"rows": ROWS[name[:-3]], "lang": name[-2:]})
            for name in TEXTS
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ask_en", "ask_fr"):
            self.fields[name].needed_later = True
        if self.instance.risk_id is not None:
            self.fields["asked_until"] = DayField(
                label=_("accept until"),
                required=False,
                initial=self.instance.asked_until,
                help_text=_("The day until which the board is asked to accept the risk as it is. YYYY-MM-DD"),
            )
            self.fields["asked_until"].needed_later = True


class LinkForm(PairedForm):
    title = forms.CharField(label=_("title"), max_length=300)
    version_label = forms.CharField(
        label=_("version"), max_length=80, required=False, help_text=_("As it says on the document, for example 3.1.")
    )
    link = forms.CharField(
        label=_("address"),
        max_length=500,
        validators=[HTTPS],
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Begins with https://. It is shown to the board and never opened by this system."),
    )


class FileForm(PairedForm):
    """A file from the person's own machine; whether it is kept is decided by its content."""

    file = forms.FileField(
        label=_("file"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": kinds.ACCEPT})
    )
    title = forms.CharField(
        label=_("title"), max_length=300, required=False, help_text=_("Without one the file’s name is shown.")
    )
    version_label = forms.CharField(
        label=_("version"), max_length=80, required=False, help_text=_("As it says on the document, for example 3.1.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = kinds.hint()


class RecordChoiceForm(PairedForm):
    """Which of the records offered is frozen: kind and key in one value."""

    record = forms.ChoiceField(label=_("record"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = offered

    @property
    def chosen(self) -> tuple[str, str]:
        kind, _bar, key = self.cleaned_data["record"].partition("|")
        return kind, key


class ConditionForm(RecordForm):
    owner = PersonField(label=_("owner"), help_text=_("Who meets it. Name or e-mail address."))
    due_on = DayField(label=_("due on"), help_text=_("YYYY-MM-DD"))
    verifier = PersonField(label=_("verifier"), help_text=_("Who accepts the proof; somebody else than the owner."))

    class Meta:
        model = Condition
        fields = ["what_en", "what_fr", "wanted_en", "wanted_fr", "owner", "due_on", "verifier"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "lang": name[-2:]})
            for name in ("what_en", "what_fr", "wanted_en", "wanted_fr")
        }  # fmt: skip

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.review = review

    def _post_clean(self) -> None:
        """The act checks the row; here nothing is put into it yet."""


class ChangeForm(RecordForm):
    class Meta:
        model = ProductChange
        fields = ["name_en", "name_fr", "summary_en", "summary_fr"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "lang": name[-2:]}) for name in ("summary_en", "summary_fr")
        }  # fmt: skip


class WithdrawForm(ReasonForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BoardChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.acronym})"


class SubmitForm(PairedForm):
    """Which content the person read, and the board where several may decide."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = competent_boards(review)
        if len(boards) > 1:
            among = Board.objects.filter(pk__in=[each.pk for each in boards])
            self.fields["board"] = BoardChoice(
                label=_("Board"), queryset=among, widget=forms.RadioSelect, empty_label=None,
                help_text=_("Several boards may decide this."),
            )  # fmt: skip

    @property
    def board(self) -> Board | None:
        return self.cleaned_data.get("board")
