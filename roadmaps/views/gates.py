"""The gate of an outcome, held by the team within its autonomy; the rest goes to a board (domain.md §4)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from people.editing import edit
from people.permissions import require
from roadmaps.actions.outcomes import hold_own_gate
from roadmaps.autonomy import left_to_team
from roadmaps.before_board import is_before_board
from roadmaps.forms.analyses import OwnGateForm
from roadmaps.models import ImpactFinding, Outcome
from roadmaps.permissions import may_hold_gate
from roadmaps.states import GateResult
from roadmaps.views.lookup import outcome_of, page, visible_roadmap


def finding_of(outcome: Outcome, key: str) -> ImpactFinding | None:
    """The finding an address or a form names, if it is about this outcome."""
    try:
        return ImpactFinding.objects.filter(outcome=outcome, pk=UUID(key)).select_related("analysis__release").first()
    except ValueError:
        return None


def gate_hold(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_hold_gate(request.user, roadmap))
    outcome = outcome_of(roadmap, letter, number)
    finding = finding_of(outcome, request.POST.get("finding") or request.GET.get("finding", ""))
    initial = {"version": outcome.version, **_from_finding(finding)}
    left = left_to_team(roadmap.product)
    # What was sent is answered by the act, in words: the level may have changed since the page was read.
    form = OwnGateForm(
        request.POST or None, initial=initial, results=list(GateResult) if request.method == "POST" else left
    )
    form.show_only([*left, request.POST.get("result")])
    heading = _("Gate of outcome %(code)s: continue, adjust or stop?")
    if not left and request.method != "POST":
        heading = _("A board decides at the gate of outcome %(code)s")
    back = reverse("outcome-detail", args=[code, letter, number])
    told = page(
        request,
        roadmap,
        outcome=outcome,
        heading=heading % {"code": outcome.code},
        button=_("Record the decision"),
        level=roadmap.product.autonomy_level,
        left=left,
        needs_board=[each for each in GateResult if each not in left],
        finding=finding,
        is_before_board=is_before_board(outcome),
        back=back,
    )

    def act() -> object:
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("version", "finding")}
        return hold_own_gate(
            outcome=outcome, by=request.user, finding=finding, expected=form.cleaned_data["version"], **values
        )

    return edit(
        request, form, "roadmaps/gate_form.html", act=act, to=back, said=_("The decision is recorded."), context=told
    )


def _from_finding(finding: ImpactFinding | None) -> dict[str, object]:
    """What was observed, as the beginning of the reason."""
    if finding is None:
        return {}
    return {"finding": finding.pk, "reason_en": finding.observed_en, "reason_fr": finding.observed_fr}
