"""Authority handed over, as the two people concerned see it on their account (domain.md §11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.actions.delegations import delegate_authority, end_delegation, may_delegate, may_end_delegation
from people.editing import edit
from people.forms.delegations import DelegationForm, EndDelegationForm
from people.forms.fields import suggested_people
from people.models import Delegation, Person
from people.permissions import require
from people.stepup import confirmed_identity, typed
from people.wording import joined
from records import clock


def delegation_list(request: HttpRequest) -> HttpResponse:
    """Given and received, those in force or to come first."""
    today = clock.today()
    rows = list(Delegation.objects.of(request.user))
    for row in rows:
        days = row.in_force()
        row.is_over = days is None or days[1] < today
        row.is_now = days is not None and days[0] <= today <= days[1]
    rows.sort(key=lambda row: row.is_over)
    context = {
        "given": [row for row in rows if row.giver_id == request.user.pk],
        "received": [row for row in rows if row.delegate_id == request.user.pk],
        "for_me": joined(acting_now(rows, request.user)),
        "may_give": may_delegate(request.user, request.user),
    }
    return render(request, "people/delegations.html", context)


def acting_now(rows: list[Delegation], giver: Person) -> list[str]:
    """The names of those who act for `giver` today, each once."""
    return list(dict.fromkeys(row.delegate.name for row in rows if row.is_now and row.giver_id == giver.pk))


@confirmed_identity
def delegation_give(request: HttpRequest) -> HttpResponse:
    require(may_delegate(request.user, request.user))
    form = DelegationForm(typed(request), initial={"starts_on": clock.today()})
    return edit(
        request,
        form,
        "people/delegation_form.html",
        act=lambda: delegate_authority(giver=request.user, by=request.user, **form.values),
        to=reverse("delegation-list"),
        said=_("The delegation is entered."),
        context={"people": suggested_people(request.user.department_id)},
    )


@confirmed_identity
def delegation_end(request: HttpRequest, pk: str) -> HttpResponse:
    delegation = get_object_or_404(Delegation.objects.of(request.user), pk=pk)
    require(may_end_delegation(request.user, delegation))
    form = EndDelegationForm(typed(request), initial={"version": delegation.version})
    return edit(
        request,
        form,
        "people/delegation_end.html",
        act=lambda: end_delegation(
            delegation=delegation,
            by=request.user,
            reason=form.cleaned_data["reason"],
            expected=form.cleaned_data["version"],
        ),
        to=reverse("delegation-list"),
        said=_("The delegation is ended."),
        context={"delegation": delegation},
    )
