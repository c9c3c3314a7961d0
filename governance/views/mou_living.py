"""What the pages of a memorandum's life show around their content."""

from typing import Any

from governance.models import Mou
from governance.mou.telling import page_of


def shown(mou: Mou, **told: Any) -> dict[str, Any]:
    return {
        "product": mou.product, "mou": mou, "current": "mou", "main_place": "products", "detail_page": page_of(mou), **told
    }  # fmt: skip
