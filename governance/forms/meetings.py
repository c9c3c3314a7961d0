"""Forms of meetings and their agendas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import AgendaPoint, Meeting, Minutes, Review
from governance.states import ReviewState
from people.editing import PairedForm, RecordForm

WHEN = {"input_formats": ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]}


class MomentField(forms.DateTimeField):
    """A day and a time in one text box: 2026-06-12 13:00, in the installation's time."""

    default_error_messages = {"invalid": _("Write the day and the time as 2026-06-12 13:00.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"class": "middle", "autocomplete": "off"})
        super().__init__(widget=widget, input_formats=WHEN["input_formats"], **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(" ".join(value.split()) if isinstance(value, str) else value)


class MeetingForm(RecordForm):
    starts_at = MomentField(label=_("starts at"), help_text=_("Day and time, such as 2026-06-12 13:00."))
    ends_at = MomentField(
        label=_("voting ends at"), required=False, help_text=_("A written procedure needs it; a meeting does not.")
    )

    class Meta:
        model = Meeting
        fields = ["form", "starts_at", "ends_at", "submissions_close_on", "place"]
        widgets = {
            "form": forms.RadioSelect,
            "submissions_close_on": forms.DateInput(format="%Y-%m-%d", attrs={"class": "short"}),
        }
        help_texts = {"place": _("A room or the address of a call.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [each for each in self.fields["form"].choices if each[0]]


class PointForm(PairedForm):
    """A review that waits for this board, or a matter to discuss under its title."""

    review = forms.ModelChoiceField(
        label=_("review"), queryset=Review.objects.none(), required=False, empty_label=_("None: a matter to discuss")
    )
    title_en = forms.CharField(label=_("title (English)"), required=False, max_length=200)
    title_fr = forms.CharField(label=_("title (French)"), required=False, max_length=200)
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=480, initial=15)

    def __init__(self, *args: Any, reviews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["review"]
        field.queryset = reviews
        rows = [(str(each.pk), str(each), each.state == ReviewState.DECIDED) for each in reviews]
        groups = [
            (_("Waits for this board"), [(key, name) for key, name, is_decided in rows if not is_decided]),
            (_("Decided: only to correct the decision"), [(key, name) for key, name, is_decided in rows if is_decided]),
        ]
        field.widget.choices = [("", field.empty_label), *(group for group in groups if group[1])]


class PointChangeForm(RecordForm):
    class Meta:
        model = AgendaPoint
        fields = ["title_en", "title_fr", "minutes", "discussion_en", "discussion_fr"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("discussion_en", "discussion_fr")}
        help_texts = {"discussion_en": _("What was said, as the minutes should tell it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.review_id:
            del self.fields["title_en"], self.fields["title_fr"]


class MinutesForm(RecordForm):
    class Meta:
        model = Minutes
        fields = ["text_en", "text_fr"]
        widgets = {name: forms.Textarea(attrs={"rows": 18}) for name in ("text_en", "text_fr")}


class CorrectionForm(PairedForm):
    """What is corrected in minutes that are locked."""

    text_en = forms.CharField(label=_("correction (English)"), widget=forms.Textarea(attrs={"rows": 6}))
    text_fr = forms.CharField(label=_("correction (French)"), widget=forms.Textarea(attrs={"rows": 6}))


class ApprovalForm(PairedForm):
    at = forms.ModelChoiceField(label=_("approved at"), queryset=Meeting.objects.none())

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].queryset = meetings


class CloseForm(PairedForm):
    carry_to = forms.ModelChoiceField(
        label=_("What was not reached goes to"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("no agenda yet"),
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carry_to"].queryset = meetings
