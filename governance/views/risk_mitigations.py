"""Activities against a risk: planned, changed, moved on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.risk_mitigations import add_mitigation, change_mitigation, move_mitigation
from governance.forms.risk_acts import MitigationForm
from governance.models import Mitigation
from governance.permissions import may_keep_risks
from governance.risks.statements import statement
from governance.views.risk_acts import FORM
from governance.views.risk_lookup import address, mitigation_of, page, risk_of
from people.editing import edit
from people.forms.fields import suggested_people
from people.permissions import require


def _page(request, risk, **more) -> dict:
    people = suggested_people(risk.product.department_id)
    return page(request, risk.product, risk=risk, back=address(risk), statement=statement(risk), people=people, **more)


def mitigation_add(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = risk_of(request, code, key)
    require(may_keep_risks(request.user, risk.product))
    form = MitigationForm(request.POST or None, instance=Mitigation(risk=risk))
    return edit(
        request,
        form,
        FORM,
        act=lambda: add_mitigation(risk=risk, by=request.user, **form.values),
        to=address(risk),
        said=_("The activity is planned."),
        context=_page(
            request,
            risk,
            heading=_("Plan an activity against %(risk)s") % {"risk": risk},
            button=_("Plan the activity"),
        ),
    )


def mitigation_change(request: HttpRequest, code: str, key: UUID, mitigation: UUID) -> HttpResponse:
    risk = risk_of(request, code, key)
    require(may_keep_risks(request.user, risk.product))
    form = MitigationForm(request.POST or None, instance=mitigation_of(risk, mitigation))
    return edit(
        request,
        form,
        FORM,
        act=lambda: change_mitigation(mitigation=form.instance, by=request.user, expected=form.expected, **form.values),
        to=address(risk),
        said=_("The changes are saved."),
        context=_page(
            request,
            risk,
            heading=_("Change an activity against %(risk)s") % {"risk": risk},
            button=_("Save the changes"),
        ),
    )


@require_POST
def mitigation_move(request: HttpRequest, code: str, key: UUID, mitigation: UUID) -> HttpResponse:
    risk = risk_of(request, code, key)
    activity = mitigation_of(risk, mitigation)
    seen = request.POST.get("version", "")
    move_mitigation(
        mitigation=activity,
        state=request.POST.get("state", ""),
        by=request.user,
        expected=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
    )
    messages.success(request, _("The activity is %(state)s.") % {"state": activity.get_state_display()})
    return HttpResponseRedirect(f"{address(risk)}#activities", status=303)
