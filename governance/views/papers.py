"""Papers of a board: the decision brief of a review, the pack of a meeting by revision, its minutes as documents."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from governance.actions.packs import JOB, issue_pack
from governance.jobs import DOCUMENT
from governance.models import Decision, Meeting, Pack, Package, Review
from governance.papers import minutes as minutes_paper
from governance.papers import sheet
from governance.papers.contents import changes_between, content_of
from governance.states import MeetingState, MinutesState, Outcome
from governance.views.boardroom import page, visible_decision, visible_meeting, visible_minutes
from people.bilingual import LANGUAGES, reader
from records.downloads import pdf_to_save
from records.jobs import is_parked
from records.models import Document
from records.refusals import Conflict


@require_GET
def brief_document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The decision brief of a submitted review, one page in the language of the address; once decided, as it was recorded."""
    rows = Review.objects.visible_to(request.user).filter(pk__in=Package.objects.values("review"))
    names = ("product__department", "gate", "change", "board", "year", "outcome", "mou")
    review = get_object_or_404(rows.select_related(*names), pk=key)
    final = Decision.objects.filter(review=review, corrected_by__isnull=True).exclude(outcome=Outcome.DEFERRED)
    if decision := final.order_by("-decided_at").first():
        return HttpResponseRedirect(reverse("decision-document", args=[decision.pk]))
    name = f"brief-{review.product.code}-{review.attempt}-{reader()}.pdf"
    return pdf_to_save(sheet.brief_pdf(review, language=reader()), name)


@require_GET
def decision_document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The stored brief of a decision as it was recorded; back to its page while it is being made. Only what was recorded
    before such documents were kept is rendered when it is asked for."""
    decision, name = visible_decision(request, key), f"decision-{{}}-{reader()}.pdf"
    if kept := kept_in(sheet.DOCUMENT, decision.pk):
        return pdf_to_save(kept.content, name.format(decision.number))
    if decision.content is None:
        return pdf_to_save(sheet.recorded_pdf(decision, language=reader()), name.format(decision.number))
    return _being_made(request, reverse("decision-detail", args=[key]))


def kept_in(kind: str, key: UUID) -> Document | None:
    """The document that was kept of a record, in the reader's language."""
    return Document.objects.filter(kind=kind, subject_id=str(key), language=reader()).first()


def _being_made(request: HttpRequest, page: str) -> HttpResponse:
    messages.info(request, _("This document is being made. Please ask for it again in a minute."))
    return HttpResponseRedirect(page, status=303)


def pack_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every revision of a meeting's papers; whoever runs the meeting issues the next one here."""
    meeting = visible_meeting(request, key)
    if request.method == "POST":
        try:
            pack = issue_pack(meeting=meeting, by=request.user)
        except Conflict as conflict:
            return _shown(request, meeting, refused=conflict.reason, status=409)
        said = _(
            "Revision %(revision)s is issued. Its documents are being made; the board is told when they are ready."
        )
        messages.success(request, said % {"revision": pack.revision})
        return HttpResponseRedirect(reverse("pack-list", args=[key]), status=303)
    return _shown(request, meeting)


def _shown(request: HttpRequest, meeting: Meeting, *, refused: str = "", status: int = 200) -> HttpResponse:
    packs = list(Pack.objects.filter(meeting=meeting).order_by("-number"))
    ready: dict[str, list[str]] = {}
    kept = Document.objects.filter(kind=DOCUMENT, subject_id__in=[str(pack.pk) for pack in packs])
    for subject, language in kept.order_by("language").values_list("subject_id", "language"):
        ready.setdefault(subject, []).append(language)
    content = content_of(meeting)
    told = page(request, meeting, ("", _("Papers"))) | {
        "packs": [(pack, ready.get(str(pack.pk), [])) for pack in packs],
        "is_waiting": any(len(ready.get(str(pack.pk), [])) < len(LANGUAGES) for pack in packs),
        "is_stuck": is_parked([JOB], [str(pack.pk) for pack in packs]),
        "changes": changes_between(packs[0].content, content) if packs else [],
        "is_current": bool(packs) and packs[0].content == content,
        "may_issue": bool(content["points"]) and meeting.state != MeetingState.CANCELLED,
        "refused": refused,
    }
    return render(request, "governance/packs.html", told, status=status)


@require_GET
def pack_document(request: HttpRequest, key: UUID, number: int, language: str) -> HttpResponse:
    """The stored bytes of a revision; on to the page of revisions while they are being made."""
    meeting = visible_meeting(request, key)
    pack = get_object_or_404(Pack, meeting=meeting, number=number)
    if language not in LANGUAGES:
        raise Http404
    document = Document.objects.filter(kind=DOCUMENT, subject_id=str(pack.pk), language=language).first()
    if document is None:
        return HttpResponseRedirect(reverse("pack-list", args=[key]), status=303)
    name = f"{meeting.board.acronym}-{meeting.starts_at:%Y-%m-%d}-{pack.revision}-{language}.pdf"
    return pdf_to_save(document.content, name)


@require_GET
def minutes_document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The minutes in the language of the address; locked ones as they were kept, back to their page while that is under way."""
    minutes = visible_minutes(request, key)
    meeting = minutes.meeting
    name = f"{meeting.board.acronym}-{meeting.starts_at:%Y-%m-%d}-minutes-{minutes.number}-{reader()}.pdf"
    if kept := kept_in(minutes_paper.DOCUMENT, minutes.pk):
        return pdf_to_save(kept.content, name)
    if minutes.state == MinutesState.LOCKED and minutes.content is not None:
        return _being_made(request, reverse("minutes-detail", args=[meeting.pk]))
    return pdf_to_save(minutes_paper.minutes_pdf(minutes, language=reader()), name)
