"""A risk brought before a board from its page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.risk_boards import escalate_risk
from governance.actions.risk_scores import require_open
from governance.forms.risk_boards import EscalateForm
from governance.permissions import may_escalate_risk
from governance.risks.statements import statement
from governance.views.risk_lookup import address, page, risk_of
from people.editing import edit
from people.permissions import require


def risk_escalate(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Until when a board is asked to accept it; the next page is the preparation of the review."""
    risk = risk_of(request, code, key)
    require(may_escalate_risk(request.user, risk))
    require_open(risk)
    form = EscalateForm(request.POST or None)
    return edit(
        request,
        form,
        "governance/risk_form.html",
        act=lambda: escalate_risk(risk=risk, by=request.user, **form.cleaned_data),
        to=lambda review: reverse("review-prepare", args=[review.pk]),
        said=_("The attempt is begun. Prepare what the board reads, then submit it."),
        context=page(
            request,
            risk.product,
            risk=risk,
            heading=_("Bring %(risk)s before a board") % {"risk": risk.full_label},
            button=_("Begin"),
            back=address(risk),
            statement=statement(risk),
            intro=_(
                "The board reads the risk as it stands when you submit it: statement, scores, what is done about it. It accepts "
                "the risk until a day, sends your request back, or does not accept it; then the team treats it at once."
            ),
        ),
    )
