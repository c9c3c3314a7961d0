"""The strategy of a product: read any version, write the draft, compare with the one before, publish."""

import difflib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.bilingual import said
from people.editing import edit
from people.permissions import require
from products.actions.strategy import TEXTS, empty_texts, publish_strategy, save_strategy_draft
from products.forms.strategy import PublishForm, StrategyForm
from products.models import Product, ProductStrategy
from products.permissions import may_see_drafts, may_write_strategy
from products.states import StrategyState
from products.views.lookup import visible_head


def strategy_show(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    product = visible_head(request, code)
    versions = list(ProductStrategy.objects.filter(product=product, state=StrategyState.PUBLISHED))
    shown = next((each for each in versions if number in (None, each.number)), None)
    if number is not None and shown is None:
        raise Http404
    draft = _draft(product) if may_see_drafts(request.user, product) else None
    before = next((each for each in versions if shown and each.number < shown.number), None)
    return render(
        request,
        "products/strategy.html",
        {
            "product": product,
            "versions": versions,
            "shown": shown,
            "draft": draft,
            "parts": _parts(shown),
            "before": before,
            "may_write": may_write_strategy(request.user, product),
        },
    )


def strategy_compare(request: HttpRequest, code: str, older: int, newer: int) -> HttpResponse:
    product = visible_head(request, code)
    found = {each.number: each for each in ProductStrategy.objects.filter(product=product, number__in=[older, newer])}
    if set(found) != {older, newer} or (
        any(each.state == StrategyState.DRAFT for each in found.values()) and not may_see_drafts(request.user, product)
    ):
        raise Http404
    parts = [(name, *_marked(said(found[older], name), said(found[newer], name))) for name in TEXTS]
    return render(
        request,
        "products/strategy_compare.html",
        {
            "product": product,
            "older": found[older],
            "newer": found[newer],
            "parts": [(_label(name), before, after, before == after) for name, before, after in parts],
        },
    )


def strategy_edit(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_write_strategy(request.user, product))
    form = StrategyForm(request.POST or None, instance=_draft(product) or _copy_of_last(product))
    return edit(
        request,
        form,
        "products/form.html",
        to=reverse("strategy-detail", args=[code]),
        act=lambda: save_strategy_draft(product=product, by=request.user, expected=form.expected or 0, **form.values),
        said=_("The draft is saved. Nobody outside the team sees it before you publish."),
        context={
            "product": product,
            "heading": _("Write the strategy"),
            "button": _("Save the draft"),
            "current": "strategy",
            "back": reverse("strategy-detail", args=[code]),
            "intro": _(
                "One page: why, for whom, which outcomes, when available. Both languages are needed to publish."
            ),
        },
    )


def strategy_publish(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_write_strategy(request.user, product))
    draft = _draft(product)
    if draft is None:
        raise Http404
    form = PublishForm(request.POST or None, initial={"version": draft.version})
    return edit(
        request,
        form,
        "products/strategy_publish.html",
        to=reverse("strategy-detail", args=[code]),
        act=lambda: publish_strategy(strategy=draft, by=request.user, expected=form.cleaned_data["version"]),
        said=_("Version %(number)d of the strategy is published.") % {"number": draft.number},
        context={
            "product": product,
            "draft": draft,
            "parts": _parts(draft),
            "missing": [ProductStrategy._meta.get_field(name).verbose_name for name in empty_texts(draft)],
        },
    )


def _draft(product: Product) -> ProductStrategy | None:
    return ProductStrategy.objects.filter(product=product, state=StrategyState.DRAFT).select_related("product").first()


def _copy_of_last(product: Product) -> ProductStrategy:
    last = ProductStrategy.objects.filter(product=product).first()
    names = [f"{text}_{language}" for text in TEXTS for language in ("en", "fr")]
    return ProductStrategy(
        product=product, number=last.number + 1 if last else 1, **{name: getattr(last, name) for name in names if last}
    )


def _label(name: str) -> str:
    words = {
        "why": _("Why"),
        "for_whom": _("For whom"),
        "outcomes": _("Which outcomes"),
        "available": _("When available"),
    }
    return words[name]


def _parts(strategy: ProductStrategy | None) -> list[tuple[str, str]]:
    return [(_label(name), name) for name in TEXTS] if strategy else []


def _marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, word by word, with what went marked in the first and what came in the second."""
    old, new = before.split(), after.split()
    left: list[Any] = []
    right: list[Any] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = " ".join(old[a:b]), " ".join(new[c:d])
        left += [format_html("<del>{}</del>", gone) if tag != "equal" else gone] if gone else []
        right += [format_html("<ins>{}</ins>", come) if tag != "equal" else come] if come else []
    return (
        format_html_join(" ", "{}", ((each,) for each in left)),
        format_html_join(" ", "{}", ((each,) for each in right)),
    )
