"""Find the memorandum of an address, and what all of its pages on the way to signature show."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Mou, MouOfficial, MouText
from governance.mou.course import course_of
from governance.mou.frozen import is_intact
from governance.mou.spoken import spoken
from governance.mou.telling import page_of
from governance.mou_states import OfficialRole
from governance.permissions import may_write_mou
from people.bilingual import LANGUAGES, other, reader
from records.writing import messages_of


def visible_mou(request: HttpRequest, code: str, key: UUID) -> Mou:
    """The memorandum of that product, if the person may see it. 404 else."""
    rows = Mou.objects.visible_to(request.user).select_related("product__department", "amends")
    return get_object_or_404(rows, pk=key, product__code=code)


def signatory(mou: Mou, key: UUID) -> MouOfficial:
    rows = MouOfficial.objects.filter(mou=mou, role=OfficialRole.SIGNATORY)
    return get_object_or_404(rows.select_related("person", "party__branch", "mou__product"), pk=key)


def shown(request: HttpRequest, mou: Mou, **more: Any) -> dict[str, Any]:
    """What every page has in its context."""
    return {
        "product": mou.product,
        "mou": mou,
        "current": "mou",
        "course": course_of(mou),
        "may_write": bool(may_write_mou(request.user, mou)),
        "detail_page": page_of(mou),
        **more,
    }


def reading_language(request: HttpRequest, entered: Any = None) -> str:
    """The language in which the frozen text is read: the one a form was sent with, else the one chosen, else the page's."""
    chosen = (entered or {}).get("language") or request.GET.get("text", "")
    return chosen if chosen in LANGUAGES else reader()


def text_shown(request: HttpRequest, text: MouText | None, language: str = "") -> dict[str, Any]:
    """The frozen text in the language of choice, as it was frozen; whether it still agrees with its hash."""
    if text is None:
        return {}
    language = language or reading_language(request)
    return {
        "text": text,
        "said": spoken(text.content, language),
        "text_language": language,
        "other_language": other(language),
        "is_intact": is_intact(text),
    }


def pressed(request: HttpRequest, mou: Mou, act: Callable[[], Any], *, to: str, said: Any) -> HttpResponse:
    """Do the act of one button and go on; what stands in the way is listed on a page that leads back (422)."""
    back = reverse("mou-review", args=[mou.product.code, mou.pk])
    try:
        act()
    except ValidationError as error:
        told = shown(request, mou, reasons=messages_of(error), back=back, title=_("This cannot be done yet"))
        return render(request, "governance/mou_not_done.html", told, status=422)
    messages.success(request, said)
    return HttpResponseRedirect(to, status=303)
