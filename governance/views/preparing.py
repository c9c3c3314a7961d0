"""What is attached to a review and what is proposed with it, while it is prepared; and each artefact to read."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.artefacts import attach_file, attach_link, attach_record, remove_artefact
from governance.actions.reviews import drop_condition, propose_condition
from governance.forms.reviews import ConditionForm, FileForm, LinkForm, RecordChoiceForm
from governance.gates.inputs import inputs_of
from governance.gates.offering import offers
from governance.gates.submitting import input_field
from governance.models import Artefact, Condition, GateInput, Review
from governance.views.lookup import prepared_review, said_as_conflict, shown, visible_review, while_prepared
from people.bilingual import reader
from people.editing import edit
from products.forms.fields import suggested_people
from records import frozen
from records.downloads import pdf_to_save
from records.evidence.scanning import is_scanned
from records.evidence.serving import served
from records.models import Document


def _wanted(review: Review, key: UUID | None) -> GateInput | None:
    """The input an address names, if this review is asked for it."""
    if key is None:
        return None
    for each in inputs_of(review):
        if each.pk == key:
            return each
    raise Http404


def _back(review: Review, gate_input: GateInput | None) -> str:
    place = input_field(gate_input) if gate_input else "extras"
    return f"{reverse('review-prepare', args=[review.pk])}#{place}"


def _attaching(review: Review, gate_input: GateInput | None, **words: Any) -> dict[str, Any]:
    return shown(review, input=gate_input, back=_back(review, gate_input), **words)


@while_prepared
def link_attach(request: HttpRequest, key: UUID, wanted: UUID | None = None) -> HttpResponse:
    review = prepared_review(request, key)
    gate_input = _wanted(review, wanted)
    form = LinkForm(request.POST or None, initial={"title": gate_input.name if gate_input else ""})
    return edit(
        request,
        form,
        "governance/review_form.html",
        act=lambda: attach_link(review=review, gate_input=gate_input, by=request.user, **form.cleaned_data),
        to=_back(review, gate_input),
        said=_("The link is attached."),
        context=_attaching(review, gate_input, heading=_("Attach a link"), button=_("Attach the link")),
    )


@while_prepared
def file_attach(request: HttpRequest, key: UUID, wanted: UUID | None = None) -> HttpResponse:
    """Upload a file; what is not kept here is refused beside the field, in words."""
    review = prepared_review(request, key)
    gate_input = _wanted(review, wanted)
    form = FileForm(request.POST or None, request.FILES or None)
    said = _("The file is attached.")
    if is_scanned():
        said = _("The file is attached. It can be opened and submitted once it was looked through for malware.")
    return edit(
        request,
        form,
        "governance/review_form.html",
        act=lambda: attach_file(review=review, gate_input=gate_input, by=request.user, **form.cleaned_data),
        to=_back(review, gate_input),
        said=said,
        context=_attaching(review, gate_input, heading=_("Attach a file"), button=_("Attach the file")),
    )


@while_prepared
def record_attach(request: HttpRequest, key: UUID, wanted: UUID | None = None) -> HttpResponse:
    """Choose among the system's own records; the one chosen is frozen as PDF."""
    review = prepared_review(request, key)
    gate_input = _wanted(review, wanted)
    offered = [
        (f"{kind}|{each.key}", f"{each.title} ({each.version})")
        for kind, choices in offers(review, request.user).items()
        for each in choices
    ]
    form = RecordChoiceForm(request.POST or None, offered=offered)

    def act() -> Artefact:
        kind, record_key = form.chosen
        return attach_record(review=review, gate_input=gate_input, kind=kind, key=record_key, by=request.user)

    return edit(
        request,
        form,
        "governance/review_form.html",
        act=act,
        to=_back(review, gate_input),
        said=_("The record is frozen and attached."),
        context=_attaching(
            review,
            gate_input,
            heading=_("Attach one of the system’s own records"),
            button=_("Freeze and attach it"),
            intro=_(
                "It is kept as PDF in both languages, as it stands now. What changes afterwards is shown beside it."
            ),
            is_empty=not offered,
        ),
    )


@require_POST
def record_freeze(request: HttpRequest, key: UUID, wanted: UUID) -> HttpResponse:
    """One click: the record that serves an input, frozen as it stands now."""
    review = prepared_review(request, key)
    gate_input = _wanted(review, wanted)
    kind, _bar, record_key = request.POST.get("record", "").partition("|")
    if kind not in frozen.KINDS:
        raise Http404
    with said_as_conflict():
        attach_record(review=review, gate_input=gate_input, kind=kind, key=record_key, by=request.user)
    return HttpResponseRedirect(_back(review, gate_input), status=303)


@require_POST
def artefact_remove(request: HttpRequest, key: UUID, artefact: UUID) -> HttpResponse:
    review = prepared_review(request, key)
    found = get_object_or_404(Artefact.objects.select_related("input"), review=review, pk=artefact)
    found.review = review
    remove_artefact(artefact=found, by=request.user)
    return HttpResponseRedirect(_back(review, found.input), status=303)


def artefact_show(request: HttpRequest, key: UUID, artefact: UUID) -> HttpResponseBase:
    """The file; the frozen record in the language asked for, else the reader's; 404 for a link, which lies elsewhere."""
    review = visible_review(request, key)
    found = get_object_or_404(Artefact.objects.select_related("evidence"), review=review, pk=artefact)
    if found.evidence is not None:
        return served(request, found.evidence)
    language = request.GET.get("in", reader())
    if not found.is_record or language not in ("en", "fr"):
        raise Http404
    document = Document.objects.get(pk=found.document_fr_id if language == "fr" else found.document_en_id)
    return pdf_to_save(document.content, f"{document.number}-{language}.pdf")


@while_prepared
def condition_propose(request: HttpRequest, key: UUID) -> HttpResponse:
    review = prepared_review(request, key)
    form = ConditionForm(request.POST or None, instance=Condition(), review=review)
    back = f"{reverse('review-prepare', args=[key])}#conditions"
    return edit(
        request,
        form,
        "governance/review_form.html",
        act=lambda: propose_condition(review=review, by=request.user, **form.values),
        to=back,
        said=_("The condition is proposed. It binds only if the board takes it up."),
        context=shown(
            review,
            heading=_("Propose a condition"),
            button=_("Propose it"),
            back=back,
            intro=_("What the board may ask for with its approval: who meets it, by when, and who accepts the proof."),
            people=suggested_people(review.product.department_id),
        ),
    )


@require_POST
def condition_drop(request: HttpRequest, key: UUID, condition: UUID) -> HttpResponse:
    review = prepared_review(request, key)
    found = get_object_or_404(Condition, review=review, pk=condition)
    found.review = review
    drop_condition(condition=found, by=request.user)
    return HttpResponseRedirect(f"{reverse('review-prepare', args=[key])}#conditions", status=303)
