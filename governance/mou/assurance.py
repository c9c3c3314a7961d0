"""How a signatory was known, in the reader's words; the signature itself keeps the bare means (people.stepup.assurance_of)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import MouSignature
from governance.mou_states import SigningMethod
from people.wording import joined

MEANS: dict[str, Any] = {
    "password": gettext_lazy("password"),
    "socialaccount": gettext_lazy("the department’s sign-in"),
    "totp": gettext_lazy("code of an authenticator app"),
    "webauthn": gettext_lazy("security key"),
    "recovery_codes": gettext_lazy("recovery code"),
    "mfa": gettext_lazy("second factor"),
}


def assurance_words(signature: MouSignature) -> str:
    """How it was signed: here and with which means, on paper, or by e-mail."""
    if signature.method != SigningMethod.HERE:
        return str(signature.get_method_display())
    means = joined([str(MEANS.get(each, each)) for each in signature.assurance.split()])
    return _("signed here; %(means)s") % {"means": means} if means else _("signed here")
