"""Find the version of a memorandum that an address names, and what the pages of its life show around their content."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import Mou
from governance.mou.telling import page_of


def visible_mou(request: HttpRequest, code: str, key: UUID) -> Mou:
    """The version `key` of a memorandum of the product with `code`. Raises Http404 when this person sees no such thing."""
    rows = Mou.objects.visible_to(request.user).select_related("product__department", "product__sponsoring_branch")
    return get_object_or_404(rows, pk=key, product__code=code)


def shown(mou: Mou, **told: Any) -> dict[str, Any]:
    return {
        "product": mou.product, "mou": mou, "current": "mou", "main_place": "products", "detail_page": page_of(mou), **told
    }  # fmt: skip
