"""One section of a memorandum: read in both languages, its questions answered, remarks written and settled."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.mou_remarks import OPEN_STATES, settle_comment, write_comment
from governance.actions.mous import answer_prompt
from governance.forms.mous import AnswerForm, RemarkForm, ReplyForm
from governance.models import Mou, MouAnswer, MouComment
from governance.models.mou_template import MouClause
from governance.mou.open_points import open_points
from governance.mou.spoken import spoken
from governance.mou.standing import entries_of
from governance.mou_states import ClauseKind, MouSection, MouState
from governance.permissions import may_comment_mou, may_write_mou
from governance.views.mou_lookup import shown, visible_mou
from governance.views.mou_pages import content_shown
from governance.views.mou_writing import while_draft, written
from people.bilingual import LANGUAGES
from people.editing import edit


def _page(mou: Mou, section: int, fragment: str = "") -> str:
    return reverse("mou-section", args=[mou.product.code, mou.pk, section]) + fragment


def mou_section(request: HttpRequest, code: str, key: UUID, number: int) -> HttpResponse:
    """Both languages beside one another, what is open, what is said of it; a remark is written here."""
    mou = visible_mou(request, code, key)
    if number not in MouSection.values:
        raise Http404
    entered = request.POST if request.method == "POST" else None
    is_reply = bool(entered and entered.get("answers"))
    form = RemarkForm(None if is_reply else entered, mou=mou)
    reply = ReplyForm(entered if is_reply else None, mou=mou)
    sent: Any = reply if is_reply else form
    told = _section_told(request, mou, number) | {"reply": reply, "remark": form, "sent": sent}
    return edit(
        request,
        sent,
        "governance/mou_section.html",
        act=lambda: write_comment(mou=mou, section=number, by=request.user, **sent.cleaned_data),
        to=lambda comment: _page(mou, number, f"#remark-{comment.answers_id or comment.pk}"),
        said=_("Your remark is written."),
        context=told,
    )


def _section_told(request: HttpRequest, mou: Mou, number: int) -> dict[str, Any]:
    content = content_shown(mou)
    section = content["sections"][number - 1]
    is_draft = mou.state == MouState.DRAFT
    clauses = {str(each.pk): each for each in mou.template.clauses.filter(section=number)}
    may_answer = is_draft and mou.opens(number) and bool(may_write_mou(request.user, mou))
    threads, settled = _threads(mou, number)
    points = open_points(mou) if is_draft else []
    return shown(
        request,
        mou,
        number=number,
        title=MouSection(number).label,
        versions=[(language, spoken(section, language)) for language in LANGUAGES],
        questions=_questions(mou, clauses.values()) if may_answer else [],
        entries=entries_of(mou, number) if may_answer or number == MouSection.GOVERNANCE else [],
        points=[each for each in points if number in each.sections],
        is_draft=is_draft,
        is_opened=mou.opens(number),
        threads=threads,
        settled=settled,
        may_comment=mou.state in OPEN_STATES and bool(may_comment_mou(request.user, mou)),
        before=number - 1,
        after=number + 1 if number < max(MouSection.values) else 0,
    )


def _questions(mou: Mou, clauses: Any) -> list[tuple[MouClause, MouAnswer | None]]:
    answers = {each.clause_id: each for each in mou.answers.all()}
    return [(each, answers.get(each.pk)) for each in clauses if each.kind != ClauseKind.FIXED]


def _threads(mou: Mou, number: int) -> tuple[list[MouComment], list[MouComment]]:
    """Remarks on a section with their answers: those that wait, those that are settled."""
    rows = (
        mou.comments.filter(section=number, answers__isnull=True)
        .select_related("asked")
        .prefetch_related("replies__asked")
        .order_by("written_at")
    )
    found = list(rows)
    return [each for each in found if each.settled_at is None], [each for each in found if each.settled_at is not None]


@require_POST
def remark_settle(request: HttpRequest, code: str, key: UUID, remark: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    comment = get_object_or_404(MouComment, mou=mou, pk=remark)
    settle_comment(comment=comment, by=request.user)
    return HttpResponseRedirect(_page(mou, comment.section, "#remarks"), status=303)


@while_draft
def mou_answer(request: HttpRequest, code: str, key: UUID, clause: UUID) -> HttpResponse:
    """Answer one question of the template in both languages, or say why it does not apply."""
    mou = written(request, code, key)
    asked = get_object_or_404(MouClause.objects.exclude(kind=ClauseKind.FIXED), template=mou.template_id, pk=clause)
    answer = MouAnswer.objects.filter(mou=mou, clause=asked).first() or MouAnswer(mou=mou, clause=asked)
    form = AnswerForm(request.POST or None, instance=answer, may_waive=asked.kind == ClauseKind.PROMPT)
    context = shown(
        request, mou, asked=asked, program=mou.program, back=_page(mou, asked.section), button=_("Save the answer")
    )
    return edit(
        request,
        form,
        "governance/mou_answer.html",
        act=lambda: answer_prompt(mou=mou, clause=asked, by=request.user, expected=form.expected, **form.values),
        to=_page(mou, asked.section),
        said=_("The answer is saved."),
        context=context,
    )
