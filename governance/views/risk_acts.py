"""What the team does with a risk: raise, change, score, review, accept, and how it ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.risk_acceptances import accept_risk, check_no_board_accepted, withdraw_acceptance
from governance.actions.risk_scores import due_after, review_risk, score_risk
from governance.actions.risks import change_risk, close_risk, materialise_risk, register_risk, reopen_risk
from governance.forms.risk_acts import AcceptForm, IssueForm, ReviewForm, RiskReasonForm, ScoreForm
from governance.forms.risks import ChangeRiskForm, NewRiskForm
from governance.models import Risk, RiskScore
from governance.models.risk import UNDER_WAY
from governance.permissions import may_accept_risk, may_keep_risks
from governance.risk_states import RISK_MOVES, RiskState, RiskStrategy, Scale, ScoreKind
from governance.risks.bands import rule_on
from governance.risks.scoring import as_score, last_scores, standing_scores
from governance.risks.similar import similar_risks
from governance.risks.statements import statement
from governance.views.risk_lookup import acceptance_of, address, grid_of, page, register_of, risk_of
from people.editing import edit
from people.forms.fields import suggested_people
from people.permissions import require
from products.models import Product
from records import clock
from records.refusals import OutOfTurn

FORM = "governance/risk_form.html"


def _edit(
    request: HttpRequest,
    risk: Risk,
    form: Any,
    *,
    act: Callable[[], Any],
    said: str,
    heading: str,
    button: str,
    to: str = "",
    **more: Any,
) -> HttpResponse:
    told = page(
        request,
        risk.product,
        risk=risk,
        heading=heading,
        button=button,
        back=address(risk),
        people=suggested_people(risk.product.department_id),
        **{"statement": statement(risk), **more},
    )
    return edit(request, form, FORM, act=act, to=to or address(risk), said=said, context=told)


def _kept(request: HttpRequest, code: str, key: UUID) -> Risk:
    """The risk, for the team. Raises Refused for its other readers."""
    risk = risk_of(request, code, key)
    require(may_keep_risks(request.user, risk.product))
    return risk


def _open(risk: Risk) -> None:
    if not risk.is_open:
        raise OutOfTurn(_("This risk is not open: %(state)s.") % {"state": risk.get_state_display()}, subject=risk)


def risk_add(request: HttpRequest, code: str) -> HttpResponse:
    product = register_of(request, code)
    require(may_keep_risks(request.user, product))
    family = Product.objects.filter(head=product.head_id).order_by("level", "code")
    form = NewRiskForm(request.POST or None, instance=Risk(), family=family, initial={"product": product.pk})
    alike = _alike(request, product, form)
    told = page(
        request,
        product,
        heading=_("Raise a risk"),
        button=_("Raise it all the same") if alike else _("Raise the risk"),
        back=reverse("risk-list", args=[product.head.code]),
        people=suggested_people(product.department_id),
        alike=alike,
    )
    return edit(
        request,
        form,
        FORM,
        act=lambda: _register(request, form),
        to=address,
        said=_("The risk is raised."),
        context=told,
    )


def _register(request: HttpRequest, form: NewRiskForm) -> Risk:
    values = form.cleaned_data
    return register_risk(
        product=values["product"],
        scores=form.scores,
        note=values["note"],
        raised_on=values["raised_on"],
        first=form.first,
        by=request.user,
        **form.values,
    )


def _alike(request: HttpRequest, product: Product, form: NewRiskForm) -> list[Risk]:
    """Risks that resemble the one typed and were not shown yet: the form then asks once more, with everything kept."""
    if request.method != "POST" or not form.is_valid():
        return []
    found = similar_risks(form.statement, Risk.objects.of_family(product).select_related("product"))
    shown = set(form.cleaned_data["seen_similar"].split(","))
    if {risk.label for risk in found} <= shown:
        return []
    for risk in found:
        risk.said = statement(risk)  # type: ignore[attr-defined]
    form.data = form.data.copy()
    form.data["seen_similar"] = ",".join(risk.label for risk in found)
    form.add_error(
        None, _("A risk that says much the same is in the register already. Look below before you raise this one.")
    )
    return found


def risk_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = _kept(request, code, key)
    if request.method != "POST":  # what was typed comes back with the reason
        _open(risk)
    form = ChangeRiskForm(request.POST or None, instance=risk)
    return _edit(
        request,
        risk,
        form,
        act=lambda: change_risk(risk=risk, by=request.user, expected=form.expected, first=form.first, **form.values),
        said=_("The changes are saved."),
        heading=_("Change %(risk)s") % {"risk": risk},
        statement=None,
        button=_("Save the changes"),
    )


def risk_score(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Score anew; from the list as well, to which a good answer returns."""
    risk = _kept(request, code, key)
    if request.method != "POST":
        _open(risk)
    standing = standing_scores(risk) or last_scores(risk)
    form = ScoreForm(_whole(request, standing), scores=standing, initial={"version": risk.version})
    query = QueryDict(request.POST.get("query", "")).urlencode()
    to = f"{reverse('risk-list', args=[risk.product.head.code])}?{query}" if "query" in request.POST else ""
    return _edit(
        request,
        risk,
        form,
        act=lambda: score_risk(
            risk=risk,
            scores=form.scores,
            note=form.cleaned_data["note"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        to=to,
        said=_("%(risk)s is scored anew.") % {"risk": risk},
        heading=_("Score %(risk)s anew") % {"risk": risk},
        button=_("Save the scores"),
        query=query,
        standing=[(kind.label, as_score(standing[kind])) for kind in ScoreKind if kind in standing],
        from_list="query" in request.POST,
        is_before_board=risk.reviews.filter(state__in=UNDER_WAY).exists(),
    )


def _whole(request: HttpRequest, standing: dict[str, RiskScore]) -> QueryDict | None:
    """What was sent; a row of the list sends the current score alone, and the others stand as they are."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    for kind, score in standing.items() if "query" in sent else ():
        for scale in Scale:
            sent.setdefault(f"{kind}_{scale}", str(getattr(score, scale)))
    return sent


def risk_review(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = _kept(request, code, key)
    _open(risk)
    latest = due_after(risk, as_score(standing_scores(risk)[ScoreKind.CURRENT]))
    form = ReviewForm(request.POST or None, latest=latest, initial={"version": risk.version})
    return _edit(
        request,
        risk,
        form,
        act=lambda: review_risk(
            risk=risk,
            note=form.cleaned_data["note"],
            review_on=form.cleaned_data["review_on"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        said=_("The review is noted."),
        heading=_("Note that %(risk)s was reviewed") % {"risk": risk},
        intro=_("For a risk whose scores still hold. If they do not, score it anew: that is a review too."),
        button=_("Note the review"),
    )


def risk_accept(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """For whom the rule of its band names; the others are told who that is."""
    risk = risk_of(request, code, key)
    _open(risk)
    current = standing_scores(risk)[ScoreKind.CURRENT]
    band = grid_of(risk.product).band(current.likelihood, current.impact)
    require(may_accept_risk(request.user, risk, rule_on(risk.product.department_id, band, clock.today())))
    if risk.strategy not in RiskStrategy.with_acceptance():
        raise OutOfTurn(_("Only a risk that is monitored or exploited is accepted. Change its strategy first."))
    check_no_board_accepted(risk)
    form = AcceptForm(request.POST or None, initial={"version": risk.version})
    values = {"risk": risk, "severity": current.severity, "band": band.label}
    return _edit(
        request,
        risk,
        form,
        act=lambda: accept_risk(
            risk=risk,
            until=form.cleaned_data["until"],
            justification_en=form.cleaned_data["justification_en"],
            justification_fr=form.cleaned_data["justification_fr"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        said=_("The risk is accepted."),
        heading=_("Accept %(risk)s as it is: %(severity)s, %(band)s") % values,
        button=_("Accept the risk"),
    )


def risk_acceptance_withdraw(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = risk_of(request, code, key)
    acceptance = acceptance_of(risk)
    if acceptance is None:
        return redirect(address(risk))
    rule = rule_on(risk.product.department_id, acceptance.band, clock.today())
    require(may_accept_risk(request.user, risk, rule))
    if acceptance.mandate_id is not None:
        raise OutOfTurn(_("A board accepted this risk; only a board takes it back."), subject=risk)
    form = RiskReasonForm(request.POST or None, initial={"version": acceptance.version})
    return _edit(
        request,
        risk,
        form,
        act=lambda: withdraw_acceptance(
            acceptance=acceptance,
            reason=form.cleaned_data["reason"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        said=_("The acceptance is taken back."),
        heading=_("Take back the acceptance of %(risk)s") % {"risk": risk},
        button=_("Take it back"),
    )


def risk_issue(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = _leaving(request, code, key, RiskState.MATERIALISED)
    form = IssueForm(request.POST or None, initial={"version": risk.version})
    return _edit(
        request,
        risk,
        form,
        act=lambda: materialise_risk(
            risk=risk,
            became_issue_on=form.cleaned_data["became_issue_on"],
            issue_en=form.cleaned_data["issue_en"],
            issue_fr=form.cleaned_data["issue_fr"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        said=_("%(risk)s became an issue.") % {"risk": risk},
        heading=_("%(risk)s became an issue") % {"risk": risk},
        intro=_("It leaves the matrix today; what was feared has happened. Close it once it is dealt with."),
        button=_("Note the issue"),
    )


def _leaving(request: HttpRequest, code: str, key: UUID, state: RiskState) -> Risk:
    risk = _kept(request, code, key)
    if state not in RISK_MOVES[RiskState(risk.state)]:
        raise OutOfTurn(_("This risk is not open: %(state)s.") % {"state": risk.get_state_display()}, subject=risk)
    return risk


def risk_close(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = _kept(request, code, key)
    if risk.state == RiskState.CLOSED:
        raise OutOfTurn(_("This risk is closed already."), subject=risk)
    return _with_reason(
        request,
        risk,
        close_risk,
        said=_("%(risk)s is closed.") % {"risk": risk},
        heading=_("Close %(risk)s") % {"risk": risk},
        button=_("Close the risk"),
    )


def risk_reopen(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    risk = _kept(request, code, key)
    if risk.state != RiskState.CLOSED:
        raise OutOfTurn(_("Only a closed risk is reopened."), subject=risk)
    return _with_reason(
        request,
        risk,
        reopen_risk,
        said=_("%(risk)s is open again, with the scores it had last.") % {"risk": risk},
        heading=_("Reopen %(risk)s") % {"risk": risk},
        button=_("Reopen the risk"),
    )


def _with_reason(request: HttpRequest, risk: Risk, action: Callable[..., Risk], **words: str) -> HttpResponse:
    form = RiskReasonForm(request.POST or None, initial={"version": risk.version})

    def act() -> Risk:
        return action(
            risk=risk, reason=form.cleaned_data["reason"], by=request.user, expected=form.cleaned_data["version"]
        )

    return _edit(request, risk, form, act=act, **words)
