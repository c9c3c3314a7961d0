"""Forms by which a memorandum is judged, signed, declined, and a copy signed elsewhere is handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.mou_states import MouSection, Opinion, SigningMethod
from people.editing import PairedForm, ReasonForm
from products.forms.fields import DayField
from records import clock

LANGUAGES = [("en", _("English")), ("fr", _("French"))]
WHY = {"rows": 3}


class SeenForm(PairedForm):
    """Carries the hash of the text that stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class OpinionForm(SeenForm):
    """Agree, or send it back and say why."""

    opinion = forms.ChoiceField(
        label=_("What do you say?"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=WHY),
        help_text=_("Needed where you send it back. The writers read it."),
    )

    def __init__(self, *args: Any, agree: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].choices = [(Opinion.AGREES, agree), (Opinion.RETURNS, _("I send it back"))]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("opinion") == Opinion.RETURNS and not found.get("reason", "").strip():
            self.add_error("reason", _("Say why it goes back."))
        return found


class SignForm(SeenForm):
    """One tick under the text. Which language was read travels along."""

    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)
    accepted = forms.BooleanField(
        label="",
        required=True,
        error_messages={"required": _("Tick that you have read and accept it, or decline to sign.")},
    )

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accepted"].label = sentence


class DeclineForm(SeenForm):
    reason = forms.CharField(
        label=_("Why do you decline?"),
        max_length=4000,
        widget=forms.Textarea(attrs=WHY),
        help_text=_("All parties read it."),
        error_messages={"required": _("Say why you decline.")},
    )


class QuestionForm(PairedForm):
    """What a signatory wants to know before signing, and about which section."""

    section = forms.TypedChoiceField(
        label=_("About which section?"),
        choices=[
            ("", _("Choose a section")),
            *((number, f"{number}. {label}") for number, label in MouSection.choices),
        ],
        coerce=int,
        error_messages={"required": _("Choose one of the answers.")},
    )
    text = forms.CharField(
        label=_("Your question"),
        max_length=4000,
        widget=forms.Textarea(attrs=WHY),
        error_messages={"required": _("Write your question.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted without a word


class CopyForm(SeenForm):
    """A copy signed on paper or by e-mail."""

    file = forms.FileField(label=_("signed copy"), help_text=_("A scan as PDF, or the signed e-mail as a file."))
    method = forms.ChoiceField(
        label=_("how it was signed"),
        choices=[(each.value, each.label) for each in (SigningMethod.PAPER, SigningMethod.MAIL)],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("language of the copy"), choices=LANGUAGES, widget=forms.RadioSelect)
    signed_on = DayField(label=_("signed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = clock.today


class VersionReasonForm(ReasonForm):
    """Why, over the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
