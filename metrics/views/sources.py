"""Delivery sources of a product: connected, watched, given meaning, their secrets replaced."""

from uuid import UUID

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.actions.sources import change_source, connect_source, map_source, rotate_secret
from metrics.forms.sources import ASKED, ChangeSourceForm, LogFilters, NamesForm, RetireForm, RotateForm, SourceForm
from metrics.models import DeliveryLogEntry, DeliverySource
from metrics.permissions import may_connect_source, may_see_sources
from metrics.sealing import Unsealable, seal, unseal
from metrics.setup import address_of, example_of
from metrics.source_log import Line, arrivals_of, reason_of, unmapped_names
from metrics.states import SourceKind
from people.editing import edit
from people.listing import Column, Listing
from people.permissions import require
from products.models import Product
from products.views.lookup import visible_product
from records import clock

COLUMNS = [
    Column(gettext_lazy("When"), "at"),
    Column(gettext_lazy("What became of it"), "get_outcome_display"),
    Column(gettext_lazy("Event"), "event"),
    Column(gettext_lazy("Reason"), reason_of),
    Column(gettext_lazy("Key"), "key"),
    Column(gettext_lazy("Number"), "delivery"),
]
FORM = "metrics/source_form.html"


def _product(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_see_sources(request.user, product))
    return product


def _source(request: HttpRequest, code: str, pk: UUID) -> DeliverySource:
    product = _product(request, code)
    source = DeliverySource.objects.filter(product=product, pk=pk).exclude(kind=SourceKind.UPLOAD).first()
    if source is None:
        raise Http404
    source.product = product
    return source


def _own_source(request: HttpRequest, code: str, pk: UUID) -> DeliverySource:
    """As `_source`, for whoever may change it."""
    source = _source(request, code, pk)
    require(may_connect_source(request.user, source.product))
    return source


def _to(source: DeliverySource, page: str = "source-detail") -> str:
    return reverse(page, args=[source.product.code, source.pk])


def _page(request: HttpRequest, product: Product, **more) -> dict:
    return {"product": product, "may_connect": bool(may_connect_source(request.user, product)), **more}


def source_list(request: HttpRequest, code: str) -> HttpResponse:
    product = _product(request, code)
    sources = list(product.deliverysources.exclude(kind=SourceKind.UPLOAD))
    arrivals = arrivals_of(sources)
    rows = [(source, arrivals[source.pk]) for source in sources]
    told = {"rows": rows, "members": _members(product), "kinds": [SourceKind(kind) for kind in ASKED]}
    return render(request, "metrics/source_list.html", _page(request, product, **told))


def _members(product: Product) -> list[Product]:
    """The other products of the family that have a source, each with how many: a head is told of by its members."""
    counted = Count("deliverysources", filter=~Q(deliverysources__kind=SourceKind.UPLOAD))
    family = Product.objects.filter(head=product.head_id).exclude(pk=product.pk)
    return list(family.annotate(sources=counted).filter(sources__gt=0)) if product.is_head else []


def source_connect(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    product = _product(request, code)
    require(may_connect_source(request.user, product))
    if kind not in ASKED:
        raise Http404
    source = DeliverySource(product=product, kind=kind)
    form = SourceForm(request.POST or None, instance=source)

    def connect() -> DeliverySource:
        made, text = connect_source(product=product, kind=kind, by=request.user, **form.values)
        _remember(request, made, text)
        return made

    told = _page(request, product, source=source, back=reverse("source-list", args=[code]))
    told |= {"heading": _("Connect %(kind)s") % {"kind": SourceKind(kind).label}, "button": _("Connect it")}
    told["intro"] = _("You then get an address and a secret to enter there. The secret is shown once.")
    return edit(request, form, FORM, act=connect, to=lambda made: _to(made, "source-secret"), context=told)


def _remember(request: HttpRequest, source: DeliverySource, text: str) -> None:
    """Keep the new secret, sealed, for the one page that shows it."""
    request.session[f"secret {source.pk}"] = seal(text)


def source_secret(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _own_source(request, code, pk)
    kept = request.session.pop(f"secret {source.pk}", "")
    try:
        secret = unseal(kept) if kept else ""
    except Unsealable:
        secret = ""
    told = _page(request, source.product, source=source, secret=secret, address=address_of(source))
    return render(request, "metrics/source_secret.html", told | {"example": example_of(source)})


def source_show(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _source(request, code, pk)
    listing = Listing(
        request,
        DeliveryLogEntry.objects.filter(source=source),
        name="source-log",
        filters=LogFilters,
        sorts={"at": "id"},
        default_sort="-at",
        columns=COLUMNS,
    )
    if answer := listing.answer(f"deliveries-{code}"):
        return answer
    told = _page(
        request,
        source.product,
        source=source,
        listing=listing,
        lines=[Line(entry) for entry in listing.page],
        arrived=arrivals_of([source])[source.pk],
        secrets=[
            each
            for each in source.secrets.order_by(F("retires_at").desc(nulls_first=True))
            if each.is_valid(clock.now())
        ],
        environments=source.environments.order_by("name"),
        workflows=source.workflows.order_by("name"),
        unmapped=unmapped_names(source),
        address=address_of(source),
        example=example_of(source),
    )
    return render(request, "metrics/source_detail.html", told)


def source_names(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _own_source(request, code, pk)
    if source.kind == SourceKind.GENERIC:
        raise Http404  # our own format names our own environments
    form = NamesForm(request.POST or None, source=source, seen=unmapped_names(source))
    told = _page(request, source.product, source=source, back=_to(source), button=_("Save the names"))
    told["heading"] = _("What the names of %(source)s mean") % {"source": source}
    told["intro"] = _(
        "Usual names such as production or staging need no line. Empty a name to take its line away. What arrived before "
        "is read again with the new meaning."
    )
    return edit(
        request,
        form,
        FORM,
        act=lambda: map_source(
            source=source, by=request.user, environments=form.meanings("env"), workflows=form.meanings("run")
        ),
        to=_to(source),
        said=_("The names are saved."),
        context=told,
    )


def source_change(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _own_source(request, code, pk)
    form = ChangeSourceForm(request.POST or None, instance=source)
    told = _page(request, source.product, source=source, back=_to(source), button=_("Save the changes"))
    told["heading"] = _("Change %(source)s") % {"source": source}
    return edit(
        request,
        form,
        FORM,
        act=lambda: change_source(
            source=source, by=request.user, expected=form.expected, reason=form.reason, **form.values
        ),
        to=_to(source),
        said=_("The changes are saved."),
        context=told,
    )


def source_rotate(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _own_source(request, code, pk)
    form = RotateForm(request.POST or None)
    told = _page(request, source.product, source=source, back=_to(source), button=_("Make a new secret"))
    told["heading"] = _("Replace the secret of %(source)s") % {"source": source}
    told["intro"] = _("While both are valid, nothing that is sent meanwhile is lost.")

    def rotate() -> DeliverySource:
        _remember(request, source, rotate_secret(source=source, by=request.user, overlap=form.span))
        return source

    return edit(request, form, FORM, act=rotate, to=lambda made: _to(made, "source-secret"), context=told)


def source_retire(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    source = _own_source(request, code, pk)
    form = RetireForm(request.POST or None, initial={"version": source.version})
    told = _page(request, source.product, source=source, back=_to(source))
    if source.is_active:
        told |= {"heading": _("Retire %(source)s") % {"source": source}, "button": _("Retire it")}
        told["intro"] = _("Its address then answers that it is gone. What arrived stays.")
    else:
        told |= {"heading": _("Take %(source)s up again") % {"source": source}, "button": _("Take it up again")}
    return edit(
        request,
        form,
        FORM,
        act=lambda: change_source(
            source=source,
            by=request.user,
            expected=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            is_active=not source.is_active,
        ),
        to=_to(source),
        said=_("The changes are saved."),
        context=told,
    )
