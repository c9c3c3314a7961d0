"""Forms of the second factor: one field, which takes the app's code and, where one signs in, a recovery code as well."""

from typing import Any

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.base import forms as theirs
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as keys
from django import forms
from django.utils.translation import gettext_lazy as _

from people.actions.second_factor import use_recovery_code
from people.second_factor import is_recovery_code, spend_app_code


def code_field(hint: Any) -> forms.CharField:
    """Numbers on the phone's keyboard where it can; filled in by what keeps codes."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=_("Code"), max_length=40, help_text=hint, widget=forms.TextInput(attrs=attrs))


class Spending(theirs.BaseAuthenticateForm):
    """Takes a code once. Too many wrong ones for a person, and the next are not looked at for a while."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.fields["code"] = code_field(_("The six figures your app shows now, or one of your recovery codes."))

    def clean_code(self) -> str:
        clear = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        used = spend_app_code(self.user, code)
        if used is None and is_recovery_code(self.user, code):
            used = use_recovery_code(person=self.user, code=code, by=self.user)
        if used is None:
            self._fail()
            raise forms.ValidationError(_("This code is wrong, too old or was used before. Wait for the next one."))
        used.user = self.user
        self.authenticator = used
        clear()
        return code

    def _fail(self) -> None:
        main = Authenticator.objects.filter(user=self.user).order_by("-type").first()
        if main:
            signals.authentication_failed.send(
                sender=Authenticator, request=context.request, user=self.user, authenticator=main
            )


class SignInCodeForm(Spending, theirs.AuthenticateForm):
    """The second step of signing in."""


class ConfirmCodeForm(Spending, theirs.ReauthenticateForm):
    """Who is there, before an act that binds."""


class KeyForm(forms.Form):
    """A new security key: its name, and what it answered to the page that asked it."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=60, help_text=_("By which you tell it from another, for example: blue.")
    )
    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": _("The key did not answer.")})

    def clean_credential(self) -> dict[str, Any]:
        answer = self.cleaned_data["credential"]
        try:
            keys.parse_registration_response(answer)
            keys.complete_registration(answer)
        except (TypeError, ValueError, KeyError, AttributeError, forms.ValidationError) as error:
            raise forms.ValidationError(_("The answer of the key was not the one asked for. Try once more.")) from error
        return answer


class SetUpForm(forms.Form):
    """The first code of a new app."""

    code = code_field(_("The six figures the app shows for Gatehouse now."))
