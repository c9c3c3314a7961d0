"""The second factor of one's own account: set it up, move it, renew the codes, give it up (ux.md A11, trust.md S-19)."""

import json
import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal import auth as keys
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.actions.second_factor import (
    add_key,
    give_up_factor,
    may_give_up_factor,
    remove_key,
    renew_recovery_codes,
    set_up_factor,
)
from people.editing import add_errors
from people.forms.second_factor import KeyForm, SetUpForm
from people.permissions import require
from people.second_factor import app_address, factor_of, is_proven, must_have, new_secret, seal, square
from people.stepup import confirmed_identity
from records.writing import messages_of

SECRET, CODES = "second_factor_secret", "recovery_codes"
SHOWN_SECONDS = 10 * 60


@confirmed_identity(page=lambda request: f"{reverse('factor-set-up')}?{urlencode({'next': after(request)})}")
def factor_set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret of a new app and take its first code; the same page moves the factor to another phone."""
    secret, form = _secret_of(request), SetUpForm(request.POST or None)
    if form.is_valid():
        person, session = request.user, request.session.session_key
        try:
            codes = set_up_factor(
                person=person, secret=secret, code=form.cleaned_data["code"], by=person, session=session
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _in_use(request, codes)
    return render(
        request, "people/factor_set_up.html", _told(request, form, secret), status=422 if form.errors else 200
    )


def factor_codes(request: HttpRequest) -> HttpResponse:
    """The new recovery codes, until the person says that they are kept, at most ten minutes."""
    shown = request.session.get(CODES)
    if request.method == "POST":
        request.session.pop(CODES, None)
        return HttpResponseRedirect(after(request))
    if shown is None or time.time() - shown["at"] > SHOWN_SECONDS:
        request.session.pop(CODES, None)
        return HttpResponseRedirect(reverse("account"))
    codes = json.loads(seal.unseal(shown["sealed"]))
    return render(request, "people/factor_codes.html", {"codes": codes, "next": after(request)})


@confirmed_identity(page=lambda request: f"{reverse('key-add')}?{urlencode({'next': after(request)})}")
def key_add(request: HttpRequest) -> HttpResponse:
    """Ask a security key to answer for this person from now on; the asking is done by static/security-key.js."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        given = {"person": request.user, "by": request.user, "session": request.session.session_key}
        return _in_use(request, add_key(**given, **form.cleaned_data))
    options = keys.begin_registration(request.user, passwordless=False)
    told = {"form": form, "js_data": {"creation_options": options}, "next": after(request)}
    return render(request, "people/key_add.html", told, status=422 if form.errors else 200)


@require_POST
@confirmed_identity(page=lambda request, pk: reverse("account"))
def key_remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        remove_key(person=request.user, key=pk, by=request.user, session=request.session.session_key)
        messages.success(request, _("The key no longer opens your account."))
    except ValidationError as error:
        messages.error(request, " ".join(messages_of(error)))
    return HttpResponseRedirect(reverse("account"), status=303)


class ConfirmByKey(ReauthenticateWebAuthnView):
    """As the library's; a wrong answer shows the page again, with the way back kept."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


confirm_by_key = login_required(ConfirmByKey.as_view())


@require_POST
@confirmed_identity(page=lambda request: reverse("account"))
def factor_codes_renew(request: HttpRequest) -> HttpResponse:
    try:
        codes = renew_recovery_codes(person=request.user, by=request.user, session=request.session.session_key)
    except ValidationError as error:
        messages.error(request, " ".join(messages_of(error)))
        return HttpResponseRedirect(reverse("account"))
    return _show_codes(request, codes, reverse("account"))


@confirmed_identity
def factor_give_up(request: HttpRequest) -> HttpResponse:
    require(may_give_up_factor(request.user, request.user))
    if request.method == "POST":
        try:
            give_up_factor(person=request.user, by=request.user, session=request.session.session_key)
            messages.success(request, _("You sign in with your password alone from now on."))
        except ValidationError as error:
            messages.error(request, " ".join(messages_of(error)))
        return HttpResponseRedirect(reverse("account"), status=303)
    return render(request, "people/factor_give_up.html")


def after(request: HttpRequest) -> str:
    """Where the person was going before; their account when nowhere of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else reverse("account")


def _secret_of(request: HttpRequest) -> str:
    """The secret that waits for its first code: the same while the page is looked at, in whatever language."""
    if SECRET not in request.session:
        request.session[SECRET] = seal.seal(new_secret())
    return seal.unseal(request.session[SECRET])


def _told(request: HttpRequest, form: SetUpForm, secret: str) -> dict[str, Any]:
    address = app_address(request.user, secret)
    width, path = square(address)
    return {
        "form": form,
        "address": address,
        "width": width,
        "path": path,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "factor": factor_of(request.user),
        "is_led": must_have(request.user) and not is_proven(request),
        "next": after(request),
    }


def _in_use(request: HttpRequest, codes: list[str]) -> HttpResponse:
    request.session.pop(SECRET, None)
    record_authentication(request, request.user, "mfa")
    request.session.cycle_key()  # it may more from here on
    messages.success(request, _("Your second factor is in use. From now on it is asked when you sign in."))
    return _show_codes(request, codes, after(request)) if codes else HttpResponseRedirect(after(request), status=303)


def _show_codes(request: HttpRequest, codes: list[str], then: str) -> HttpResponse:
    request.session[CODES] = {"sealed": seal.seal(json.dumps(codes)), "at": time.time()}
    return HttpResponseRedirect(f"{reverse('factor-codes')}?{urlencode({'next': then})}", status=303)
