"""The memorandum of a product: where it stands, what is missing, its fourteen sections, its text, its versions."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from governance.actions.mous import begin_mou
from governance.models import Mou
from governance.mou.canonical import content_of
from governance.mou.facts import facts_of
from governance.mou.open_points import open_points
from governance.mou.paper import mou_pdf
from governance.mou.place import governing
from governance.mou.redline import changed_sections, changes_between
from governance.mou.sections import latest_text
from governance.mou.spoken import spoken
from governance.mou.standing import entries, task_list
from governance.mou_states import MouSection, MouState
from governance.permissions import may_begin_mou
from governance.views.lookup import said_as_conflict
from governance.views.mou_lookup import reading_language, shown, visible_mou
from people.bilingual import other
from products.models import Product
from products.views.lookup import visible_head
from records.downloads import pdf_to_save


def mou_home(request: HttpRequest, code: str) -> HttpResponse:
    """The version that is written, reviewed or signed now, else the one in force, else the last one; or how to begin."""
    product = visible_head(request, code)
    rows = Mou.objects.visible_to(request.user).filter(product=product).order_by("-created_at")
    found = rows.under_way().first() or governing(product) or rows.first()
    if found is not None:
        return mou_show(request, code, found.pk)
    told = {"product": product, "current": "mou", "verdict": may_begin_mou(request.user, product)}
    return render(request, "governance/mou_none.html", told)


@require_POST
def mou_begin(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    with said_as_conflict():
        mou = begin_mou(product=product, by=request.user)
    return HttpResponseRedirect(reverse("mou-detail", args=[code, mou.pk]), status=303)


def mou_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    is_draft = mou.state == MouState.DRAFT
    points = open_points(mou) if is_draft else []
    told = shown(
        request,
        mou,
        points=points,
        lines=task_list(mou, points),
        entries=entries(mou) if is_draft else {},
        editions=_editions(request, mou),
        is_draft=is_draft,
        total=facts_of(mou).total,
        is_live=mou.state in MouState.was_in_force(),
        may_amend=_may_amend(mou),
        may_begin=bool(may_begin_mou(request.user, mou.product)) and _has_ended(mou.product),
    )
    return render(request, "governance/mou_detail.html", told | _doors(mou))


def _doors(mou: Mou) -> dict[str, str]:
    """The pages that a version in its state has beside this one."""
    was_in_force, args = mou.state in MouState.was_in_force(), [mou.product.code, mou.pk]
    found = {} if was_in_force else {"review_page": reverse("mou-review", args=args)}
    if was_in_force or mou.state == MouState.OUT_FOR_SIGNATURE:
        found["signing_page"] = reverse("mou-signing", args=args)
    return found


def _editions(request: HttpRequest, mou: Mou) -> list[Mou]:
    """Every version of this product's agreements that the reader may read, the latest first."""
    rows = Mou.objects.visible_to(request.user).filter(product=mou.product)
    return list(rows.select_related("amends").order_by("-created_at"))


def _may_amend(mou: Mou) -> bool:
    return mou.state == MouState.IN_FORCE and not Mou.objects.filter(product=mou.product).under_way().exists()


def _has_ended(product: Product) -> bool:
    """Whether a first version may be begun anew: nothing is under way or in force."""
    live = (*MouState.under_way(), MouState.IN_FORCE)
    return not Mou.objects.filter(product=product, state__in=live).exists()


def content_shown(mou: Mou) -> dict[str, Any]:
    """A draft as its rows say now; anything later as it was frozen."""
    text = None if mou.state == MouState.DRAFT else latest_text(mou)
    return content_of(mou) if text is None else dict(text.content)


def mou_read(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The whole text in one language, with the other one a link away."""
    mou, language = visible_mou(request, code, key), reading_language(request)
    told = shown(
        request,
        mou,
        said=spoken(content_shown(mou), language),
        text_language=language,
        other_language=other(language),
        is_draft=mou.state == MouState.DRAFT,
    )
    return render(request, "governance/mou_read.html", told)


def mou_document(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The text in both languages as PDF, with its state across each page while it is not in force."""
    mou = visible_mou(request, code, key)
    if mou.document is not None:  # what was sealed is never drawn again
        return pdf_to_save(mou.document.content, f"{mou.number}-v{mou.edition}.pdf")
    response = HttpResponse(mou_pdf(mou, content_shown(mou)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{mou.number}-{mou.edition}-{mou.state}.pdf"'
    return response


def mou_changes(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """What an amendment changes in the version it amends: taken out, put in, and in words how much."""
    mou = visible_mou(request, code, key)
    text = latest_text(mou.amends) if mou.amends is not None else None
    if text is None:
        raise Http404
    language = reading_language(request)
    after = content_shown(mou)
    changes = changes_between(text.content, after, language)
    titles = {each.value: str(each.label) for each in MouSection}
    sections = [
        (number, titles[number], [each for each in changes if each.section == number])
        for number in sorted(set(mou.opened_sections) | set(changed_sections(text.content, after)))
    ]
    told = shown(
        request, mou, sections=sections, count=len(changes), text_language=language, other_language=other(language)
    )
    return render(request, "governance/mou_changes.html", told)
