"""Sign-in and password forms: the usual fields without words inside them that vanish on typing; one's own language."""

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _


class Plain:
    """Labels stay visible, so nothing stands inside the fields; nothing takes the focus unasked."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("autofocus", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


LENGTH = _("At least 15 characters; a sentence is easier to keep in mind than a code. You may paste it.")
NEW = {"password1": _("New password"), "password2": _("New password once more")}


class SignInForm(Plain, theirs.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}


class ForgottenPasswordForm(Plain, theirs.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ChoosePasswordForm(Plain, theirs.ResetPasswordKeyForm):
    labels = NEW
    hints = {"password1": LENGTH}


class ChangePasswordForm(Plain, theirs.ChangePasswordForm):
    labels = {"oldpassword": _("Present password"), **NEW}
    hints = {"password1": LENGTH}


class ConfirmPasswordForm(Plain, theirs.ReauthenticateForm):
    labels = {"password": _("Password")}


class LanguageForm(forms.Form):
    """The language of one's pages and mail."""

    language = forms.ChoiceField(
        label=_("Language of pages and mail"),
        choices=[("en", "English"), ("fr", "Français")],  # each by its own name
        widget=forms.RadioSelect,
    )
