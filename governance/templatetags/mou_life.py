"""`{% load mou_life %}{% life_of_mou %}` on a page about `mou`: how it stands since it is in force."""

from typing import Any

from django import template

from governance.mou.living import life_of

register = template.Library()


@register.inclusion_tag("governance/_mou_life.html", takes_context=True)
def life_of_mou(context: dict[str, Any]) -> dict[str, Any]:
    mou, request = context["mou"], context["request"]
    return {"mou": mou, "product": mou.product, "life": life_of(mou, request.user), "request": request}
