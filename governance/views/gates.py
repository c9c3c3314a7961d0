"""The gates of a product or of a change to it: where it stands, which are open, why the others are not (ux.md A8)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from governance.actions.changes import begin_change
from governance.actions.reviews import begin_review
from governance.consequences.next_review import next_review_of
from governance.forms.reviews import ChangeForm
from governance.gates.attempts import Attempt, attempts_of
from governance.gates.inputs import asked
from governance.gates.opening import GateStanding, is_live, open_gates
from governance.gates.past import Subject, past_of
from governance.models import Condition, Gate, GateInput, ProductChange, Review
from governance.permissions import may_begin_change, may_prepare_review
from governance.views.lookup import change_of, gate_of, said_as_conflict
from people.editing import edit
from people.permissions import require
from products.models import Product
from products.states import Phase
from products.views.lookup import visible_head
from records import clock


@dataclass(frozen=True)
class Stretch:
    """A part of the way: the phases in which it is gone, and the gates that lead out of them."""

    phases: list[Any]
    is_here: bool
    steps: list[GateStanding]


def stretches(standings: list[GateStanding], subject: Subject) -> list[Stretch]:
    """The gates by the phases they are passed from, in order."""
    found: list[Stretch] = []
    for each in standings:
        phases = [Phase(name).label for name in each.gate.from_phases]
        if found and found[-1].phases == phases:
            found[-1].steps.append(each)
        else:
            found.append(Stretch(phases, subject.phase in each.gate.from_phases, [each]))
    return found


def gate_list(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    changes = list(ProductChange.objects.filter(product=product).order_by("-created_at"))
    outstanding = Condition.objects.visible_to(request.user).filter(review__product=product).outstanding()
    more = {
        "changes": changes,
        "takes_changes": is_live(product),
        **_next_review(product),
        "may_begin_change": bool(may_begin_change(request.user, product)),
        "conditions": outstanding.with_subject(),
    }
    return render(request, "governance/gate_list.html", _page(request, product, product, **more))


def _next_review(product: Product) -> dict[str, Any]:
    """When a live product's business case is reviewed next, and whether that day has passed."""
    day = next_review_of(product) if is_live(product) else None
    return {"next_review": day, "is_review_overdue": day is not None and day < clock.today()}


def change_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = visible_head(request, code)
    change = change_of(product, key)
    return render(request, "governance/change_detail.html", _page(request, product, change, change=change))


def _page(request: HttpRequest, product: Product, subject: Any, **more: Any) -> dict[str, Any]:
    standings = open_gates(subject)
    behind = [each for each in standings if each.is_behind]
    seen = set(Review.objects.visible_to(request.user).filter(product=product).values_list("pk", flat=True))
    return {
        "product": product,
        "subject": subject,
        "change": None,
        "heading": _heading(subject, [each for each in standings if each.is_open]),
        "standings": standings,
        "stretches": stretches(standings, subject),
        "open": [each for each in standings if each.is_open],
        "shut": [each for each in standings if not each.is_open and not each.is_behind],
        "behind": behind,
        "behind_numbers": ", ".join(str(each.gate.number) for each in behind),
        "seen": seen,
        "attempts": _told(attempts_of(subject), seen),
        "may_prepare": bool(may_prepare_review(request.user, product)),
        "current": "gates",
        **more,
    }


def _heading(subject: Subject, open_: list[GateStanding]) -> str:
    """Where the subject stands and which gates are open, in one line."""
    phase = subject.get_phase_display()
    if not open_:
        return phase
    values = {"phase": phase, "numbers": _(" and ").join(str(each.gate.number) for each in open_)}
    return (
        ngettext("In %(phase)s: gate %(numbers)s is open", "In %(phase)s: gates %(numbers)s are open", len(open_))
        % values
    )


def _told(attempts: list[Attempt], seen: set[UUID]) -> list[Attempt]:
    """Decisions are for everybody of the department, attempts under way for those who may see them (domain.md §11)."""
    return [each for each in attempts if each.decisions or each.review.pk in seen]


def gate_show(request: HttpRequest, code: str, number: int, key: UUID | None = None) -> HttpResponse:
    """What one gate asks for and what it does; what to do next there."""
    product, gate = visible_head(request, code), gate_of(number)
    change = change_of(product, key)
    page = _page(request, product, change or product, change=change, gate=gate)
    page["step"] = next((each for each in page["standings"] if each.gate == gate), None)
    page["asked"] = _asked(gate, change or product)
    page["attempts"] = [each for each in page["attempts"] if each.review.gate_id == gate.pk]
    return render(request, "governance/gate_detail.html", page)


def _asked(gate: Gate, subject: Subject) -> list[GateInput]:
    inputs = GateInput.objects.filter(gate=gate).select_related("when_not_held").order_by("position")
    return asked(inputs, past_of(subject), clock.today())


@require_POST
def gate_begin(request: HttpRequest, code: str, number: int, key: UUID | None = None) -> HttpResponse:
    """Begin an attempt and go on to prepare it."""
    product, gate = visible_head(request, code), gate_of(number)
    change = change_of(product, key)
    with said_as_conflict():
        review = begin_review(product=product, gate=gate, change=change, by=request.user)
    return HttpResponseRedirect(reverse("review-prepare", args=[review.pk]), status=303)


def change_begin(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_begin_change(request.user, product))
    form = ChangeForm(request.POST or None, instance=ProductChange(product=product))
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: begin_change(product=product, by=request.user, **form.values),
        to=lambda change: reverse("live-change-detail", args=[code, change.pk]),
        said=_("The change is begun. It passes its own gates; the product stays where it is."),
        context={
            "product": product,
            "current": "gates",
            "heading": _("Begin a change to the product"),
            "button": _("Begin the change"),
            "back": reverse("gate-list", args=[code]),
            "intro": _("A change of some size passes gates 1 to 4 on its own while the product stays in operation."),
        },
    )
