"""Product status: where it stands, requested, taken back, put into force, its exit record; and other things asked of boards."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.reviews import begin_review, begin_with_record
from governance.actions.status import ask_for_status, ask_no_longer
from governance.asking import askings
from governance.forms.status import AskForm, ExitForm, StatusRequestForm
from governance.models import Decision, Review
from governance.permissions import may_prepare_review
from governance.states import DecisionKind
from people.editing import ReasonForm, edit
from people.permissions import require
from products import fiscal
from products.actions.status import grant_waiting, has_mou, record_exit
from products.models import Product, ProductStatus
from products.permissions import may_record_exit, may_request_status
from products.states import StatusState
from products.views.lookup import visible_head
from records import frozen
from records.refusals import OutOfTurn
from roadmaps.models import Roadmap
from roadmaps.views.lookup import press

KINDS = (DecisionKind.STATUS, DecisionKind.STATUS_REVIEW)
ANALYSIS = "impact_analysis"  # as records.frozen knows it
ENDED = (StatusState.WITHDRAWN, StatusState.EXPIRED)


def status_show(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    rows = list(ProductStatus.objects.filter(product=product).foremost())
    asking = next((row for row in rows if row.is_asking), None)
    reviews = Review.objects.visible_to(request.user).filter(product=product, kind__in=KINDS).select_related("board")
    may_request = may_request_status(request.user, product)
    told = {
        "rows": rows,
        "current_row": next((row for row in rows if row.state == StatusState.GRANTED), None),
        "asking": asking,
        "case": fiscal.label(asking.business_case_year) if asking and asking.business_case_year else "",
        "has_mou": has_mou(product),
        "reviews": reviews,
        "under_way": next((each for each in reviews.live() if each.kind == DecisionKind.STATUS), None),
        "decisions": Decision.objects.filter(review__product=product, review__kind__in=KINDS).select_related("review"),
        "may_request": may_request,
        "may_exit": may_record_exit(request.user, product),
        "ended": [row for row in rows if row.state in ENDED],
    }
    return render(request, "governance/status_detail.html", _page(product, **told))


def status_request(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_request_status(request.user, product))
    roadmap = Roadmap.objects.filter(product=product).first()
    if roadmap is None:
        words = _("The roadmap is the business case of product status, and this product has none yet.")
        raise OutOfTurn(words, subject=product)
    form = StatusRequestForm(request.POST or None, roadmap=roadmap)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: ask_for_status(product=product, by=request.user, **form.values),
        to=lambda review: reverse("review-prepare", args=[review.pk]),
        said=_("The request is begun. Prepare what the board reads, then submit it."),
        context=_form(
            product,
            heading=_("Request product status"),
            button=_("Begin the request"),
            intro=_("A board grants it over the horizon of the roadmap; it is in force once an MOU is there as well."),
        ),
    )


@require_POST
def status_review_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the next attempt for a request that stands without a review under way."""
    product = visible_head(request, code)
    _one(product, StatusState.asking())

    def act() -> None:
        begin_review(product=product, kind=DecisionKind.STATUS, by=request.user)

    return press(request, act, to=reverse("status-detail", args=[code]), said=_("The next attempt is begun."))


def status_take_back(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_request_status(request.user, product))
    status, form = _one(product, StatusState.asking()), ReasonForm(request.POST or None)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: ask_no_longer(status=status, reason=form.cleaned_data["reason"], by=request.user),
        to=reverse("status-detail", args=[code]),
        said=_("The request is taken back."),
        context=_form(product, heading=_("Take back the request for product status"), button=_("Take it back")),
    )


@require_POST
def status_grant(request: HttpRequest, code: str) -> HttpResponse:
    """Put approved status into force now that the MOU is there."""
    product = visible_head(request, code)
    require(may_request_status(request.user, product))
    status = _one(product, [StatusState.APPROVED])

    def act() -> None:
        grant_waiting(status=status, by=request.user)

    return press(request, act, to=reverse("status-detail", args=[code]), said=_("Product status is in force."))


def status_exit(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = visible_head(request, code)
    require(may_record_exit(request.user, product))
    status = get_object_or_404(ProductStatus, product=product, pk=pk, state__in=ENDED)
    form = ExitForm(request.POST or None, instance=status)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: record_exit(status=form.instance, by=request.user, expected=form.expected, **form.values),
        to=reverse("status-detail", args=[code]),
        said=_("The exit record is kept."),
        context=_form(product, heading=_("Exit record of product status"), button=_("Keep the exit record")),
    )


def board_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Put something else than a toll-gate before a board; from an impact analysis, with its published edition attached."""
    product = visible_head(request, code)
    require(may_prepare_review(request.user, product))
    # Pages about one matter choose it beforehand: ?what=outcome-<key>
    form = AskForm(request.POST or None, askings=askings(product), initial={"what": request.GET.get("what")})
    asked = request.GET.get("analysis")
    analysis = next((each for each in frozen.choices(ANALYSIS, product, request.user) if each.key == asked), None)

    def begin() -> Review:
        if analysis is None:
            return begin_review(product=product, by=request.user, **form.subject)
        return begin_with_record(
            product=product, record_kind=ANALYSIS, key=analysis.key, by=request.user, **form.subject
        )

    intro = _("Toll-gates begin on the page of gates; this is for everything else a board decides.")
    if analysis is not None:
        intro = _("%(record)s, %(version)s, will be attached to what the board reads.") % {
            "record": analysis.title,
            "version": analysis.version,
        }
    return edit(
        request,
        form,
        "products/form.html",
        act=begin,
        to=lambda review: reverse("review-prepare", args=[review.pk]),
        said=_("The attempt is begun. Prepare what the board reads, then submit it."),
        context=_form(
            product,
            heading=_("Ask a board"),
            button=_("Begin"),
            intro=intro,
            back=reverse("gate-list", args=[code]),
            current="gates",
        ),
    )


def _one(product: Product, states: Any) -> ProductStatus:
    found = ProductStatus.objects.filter(product=product, state__in=states).select_related("product").first()
    if found is None:
        raise Http404
    return found


def _page(product: Product, **told: Any) -> dict[str, Any]:
    return {"product": product, "current": "status", "main_place": "products", **told}


def _form(product: Product, **told: Any) -> dict[str, Any]:
    return _page(product, **{"back": reverse("status-detail", args=[product.code]), **told})
