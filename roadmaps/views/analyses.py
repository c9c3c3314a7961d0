"""Impact analyses of releases: begun, written, published, read, corrected, taken away (ux.md A10)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import edit
from people.permissions import require
from records import clock
from records.downloads import pdf_to_save, to_save
from records.evidence.serving import served
from records.jobs import hasten, is_parked
from records.models import Document, EvidenceFile
from roadmaps.actions.analyses import (
    RENDER,
    begin_analysis,
    missing_in,
    publish_analysis,
    reopen_analysis,
    save_analysis,
)
from roadmaps.analysis import table
from roadmaps.analysis.content import content_of, feedback_of, findings_of, rows_to_come
from roadmaps.analysis.due import standing_of
from roadmaps.before_board import is_before_board
from roadmaps.forms.analyses import AnalysisForm, CorrectionForm, PublishForm
from roadmaps.jobs import DOCUMENT
from roadmaps.models import ImpactAnalysis, ImpactEdition, ImpactFinding, Release
from roadmaps.permissions import may_analyse_release, may_hold_gate, may_see_analysis_draft
from roadmaps.states import OutcomeState
from roadmaps.views.lookup import page, press, visible_roadmap

SHEETS = {
    "csv": ("text/csv; charset=utf-8", table.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table.as_workbook),
}


def release_for(request: HttpRequest, code: str, key: UUID) -> Release:
    """The release with its due day, if the reader sees its product. Raises Http404."""
    roadmap = visible_roadmap(request, code)
    rows = Release.objects.with_analysis().filter(roadmap=roadmap, pk=key)
    found = rows.select_related("product__department").first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def analysis_of(release: Release) -> ImpactAnalysis:
    """The analysis of a release. Raises Http404 before it is begun."""
    found = ImpactAnalysis.objects.filter(release=release).first()
    if found is None:
        raise Http404
    found.release, found.roadmap = release, release.roadmap
    return found


def edition_of(release: Release, number: int) -> ImpactEdition:
    found = ImpactEdition.objects.filter(analysis__release=release, number=number).first()
    if found is None:
        raise Http404
    return found


def about(request: HttpRequest, release: Release, **more: Any) -> dict[str, Any]:
    """What every page of an analysis shows around its content."""
    roadmap = release.roadmap
    told = {
        "release": release,
        "current": "releases",
        "standing": standing_of(release, clock.today()),
        "may_analyse": bool(may_analyse_release(request.user, roadmap)),
        "sees_drafts": bool(may_see_analysis_draft(request.user, roadmap)),
    }
    return {**page(request, roadmap), **told, **more}


def address(release: Release, name: str = "analysis-detail", *more: Any) -> str:
    return reverse(name, args=[release.roadmap.product.code, release.pk, *more])


@require_POST
def analysis_begin(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    release = release_for(request, code, key)
    is_made = release.released_on is not None
    return press(
        request,
        lambda: begin_analysis(release=release, by=request.user),
        # Refused, the page that says why leads back to the release and not to a form that does not exist.
        to=address(release, "analysis-change" if is_made else "release-detail"),
        said=_("The analysis is begun. What was expected is filled in from the outcomes."),
    )


def analysis_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The latest edition for everybody; that a draft is being written, for those who read drafts."""
    release = release_for(request, code, key)
    analysis = analysis_of(release)
    latest = ImpactEdition.objects.filter(analysis=analysis).first()
    told = about(request, release, analysis=analysis)
    if latest is None and not told["sees_drafts"]:
        raise Http404
    return render(request, "roadmaps/analysis_detail.html", told | _told(request, analysis, latest))


def analysis_edition(request: HttpRequest, code: str, key: UUID, number: int) -> HttpResponse:
    release = release_for(request, code, key)
    analysis = analysis_of(release)
    told = about(request, release, analysis=analysis)
    return render(
        request, "roadmaps/analysis_detail.html", told | _told(request, analysis, edition_of(release, number))
    )


def _told(request: HttpRequest, analysis: ImpactAnalysis, edition: ImpactEdition | None) -> dict[str, Any]:
    findings, release = findings_of(analysis), analysis.release
    open_ = [each for each in findings if each.outcome.state == OutcomeState.IN_DELIVERY]
    for each in open_:
        each.is_before_board = is_before_board(each.outcome)
    editions = ImpactEdition.objects.filter(analysis=analysis).defer("content")
    return {
        "edition": edition,
        "content": edition.content if edition else content_of(analysis, release),
        "editions": list(editions),
        "findings": findings,
        "open_findings": open_,
        "feedback": feedback_of(release),
        "may_hold_gate": bool(may_hold_gate(request.user, release.roadmap)),
        "ready": _documents(edition) if edition else [],
    }


def _documents(edition: ImpactEdition) -> list[Document]:
    return list(Document.objects.filter(kind=DOCUMENT, subject_id=str(edition.pk)).defer("content"))


def _rows_of(analysis: ImpactAnalysis) -> list[ImpactFinding]:
    """The findings there are, and those that saving adds."""
    rows = [*findings_of(analysis), *rows_to_come(analysis)]
    return sorted(rows, key=lambda row: (row.outcome.goal.letter, row.outcome.number))


def analysis_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Write the draft; the second button leads on to the page that publishes what is then saved."""
    release = release_for(request, code, key)
    require(may_analyse_release(request.user, release.roadmap))
    analysis = analysis_of(release)
    if not analysis.is_draft and request.method != "POST":
        return HttpResponseRedirect(address(release))
    form = AnalysisForm(
        request.POST or None,
        request.FILES or None,
        analysis=analysis,
        findings=_rows_of(analysis),
        initial={} if analysis.analysed_on else {"analysed_on": clock.today()},
    )
    publishes = "publish" in request.POST

    def act() -> str:
        save_analysis(
            analysis=analysis, by=request.user, expected=form.cleaned_data["version"], findings=form.findings,
            **form.values,
        )  # fmt: skip
        # What is saved stays saved, whatever publishing then finds missing.
        form.data = form.data.copy()
        form.data["version"] = str(analysis.version)
        if publishes and (missing := missing_in(analysis)):
            raise ValidationError(missing)
        messages.success(request, _("The draft is saved."))
        return address(release, "analysis-publish" if publishes else "analysis-detail")

    told = about(request, release, analysis=analysis, back=address(release), publishes=publishes)
    return edit(request, form, "roadmaps/analysis_form.html", act=act, to=lambda where: where, context=told)


def analysis_publish(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Show what would be published, to whom and that it stays; then publish it (ux.md A0, acts that bind)."""
    release = release_for(request, code, key)
    require(may_analyse_release(request.user, release.roadmap))
    analysis = analysis_of(release)
    if not analysis.is_draft and request.method != "POST":
        return HttpResponseRedirect(address(release))
    latest = ImpactEdition.objects.filter(analysis=analysis).first()
    form = PublishForm(request.POST or None, initial={"version": analysis.version})
    told = about(
        request,
        release,
        analysis=analysis,
        next=latest.number + 1 if latest else 1,
        latest=latest,
        content=content_of(analysis, release),
        feedback=feedback_of(release),
        missing=missing_in(analysis),
    )
    return edit(
        request,
        form,
        "roadmaps/analysis_publish.html",
        act=lambda: publish_analysis(analysis=analysis, by=request.user, expected=form.cleaned_data["version"]),
        to=lambda edition: address(release, "analysis-waiting", edition.number),
        context=told,
    )


def analysis_correct(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    release = release_for(request, code, key)
    require(may_analyse_release(request.user, release.roadmap))
    analysis = analysis_of(release)
    form = CorrectionForm(request.POST or None, initial={"version": analysis.version})
    told = about(
        request,
        release,
        heading=_("Correct the impact analysis of release %(number)s") % {"number": release.number},
        button=_("Open it for correction"),
        back=address(release),
        intro=_("The published edition stays as it is. The correction becomes a further edition."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: reopen_analysis(
            analysis=analysis,
            by=request.user,
            reason_en=form.cleaned_data["reason_en"],
            reason_fr=form.cleaned_data["reason_fr"],
            expected=form.cleaned_data["version"],
        ),
        to=address(release, "analysis-change"),
        said=_("The analysis is open for correction."),
        context=told,
    )


def analysis_document(request: HttpRequest, code: str, key: UUID, number: int, language: str) -> HttpResponse:
    """The stored bytes; on to the waiting page while they are being made."""
    release = release_for(request, code, key)
    edition = edition_of(release, number)
    document = Document.objects.filter(kind=DOCUMENT, subject_id=str(edition.pk), language=language).first()
    if language not in ("en", "fr"):
        raise Http404
    if document is None:
        hasten(RENDER, str(edition.pk))
        return HttpResponseRedirect(address(release, "analysis-waiting", number), status=303)
    name = f"{code}-{_plain(release.number)}-impact-{number}-{language}.pdf"
    return pdf_to_save(document.content, name)


def _plain(number: str) -> str:
    """A release's number as part of a file's name."""
    return "".join(each if each.isalnum() and each.isascii() else "-" for each in number)


def analysis_waiting(request: HttpRequest, code: str, key: UUID, number: int) -> HttpResponse:
    """Says that the edition is published, what comes next, and whether its documents are ready; keeps its address."""
    release = release_for(request, code, key)
    edition = edition_of(release, number)
    ready = _documents(edition)
    is_stuck = len(ready) < 2 and is_parked([RENDER], [str(edition.pk)])
    told = about(request, release, edition=edition, ready=ready, is_stuck=is_stuck)
    return render(request, "roadmaps/analysis_waiting.html", told)


def analysis_table(request: HttpRequest, code: str, key: UUID, number: int, kind: str) -> HttpResponse:
    """The findings of an edition as a spreadsheet in the reader's language."""
    release = release_for(request, code, key)
    edition = edition_of(release, number)
    if kind not in SHEETS:
        raise Http404
    media, write = SHEETS[kind]
    name = f"{code}-{_plain(release.number)}-findings-{number}.{kind}"
    return to_save(HttpResponse(write(edition), content_type=media), name)


def analysis_file(request: HttpRequest, code: str, key: UUID, file: UUID) -> HttpResponseBase:
    """The evidence file of a published finding, or of a draft's for those who read drafts."""
    release = release_for(request, code, key)
    editions = ImpactEdition.objects.filter(analysis__release=release)
    published = editions.filter(content__findings__contains=[{"file": {"id": str(file)}}]).exists()
    mine = ImpactFinding.objects.filter(analysis__release=release, file=file).exists()
    if not published and not (mine and may_see_analysis_draft(request.user, release.roadmap)):
        raise Http404
    return served(request, EvidenceFile.objects.get(pk=file))
