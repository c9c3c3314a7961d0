"""Find the review, the gate or the change of an address: what this person may not see is not there (404)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from governance.gates.past import gates
from governance.models import Gate, ProductChange, Review
from governance.permissions import may_prepare_review
from governance.states import ReviewState
from people.permissions import require
from products.models import Product
from records.refusals import Conflict
from records.writing import messages_of


def visible_review(request: HttpRequest, key: UUID) -> Review:
    rows = Review.objects.visible_to(request.user).select_related(
        "product__department",
        "product__sponsoring_branch",
        "gate__framework",
        "change",
        "year",
        "outcome",
        "mou",
        "risk__product__department",
        "board",
    )
    return get_object_or_404(rows, pk=key)


def prepared_review(request: HttpRequest, key: UUID) -> Review:
    """As `visible_review`, for those who may prepare it. Raises Refused for other readers."""
    review = visible_review(request, key)
    require(may_prepare_review(request.user, review.product, review.kind))
    return review


def while_prepared(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a form over a review in preparation: typed by hand after the review went on, the address leads to the review."""

    @wraps(view)
    def answered(request: HttpRequest, key: UUID, **more: Any) -> HttpResponseBase:
        if request.method == "GET" and prepared_review(request, key).state != ReviewState.PREPARING:
            return redirect("review-detail", key)
        return view(request, key, **more)

    return answered


def gate_of(number: int) -> Gate:
    """The gate with this number among the frameworks in use, the first framework first."""
    for gate in gates():
        if gate.number == number:
            return gate
    raise Http404


def change_of(product: Product, key: UUID | None) -> ProductChange | None:
    if key is None:
        return None
    return get_object_or_404(ProductChange.objects.select_related("product__department"), product=product, pk=key)


def shown(review: Review, **more: Any) -> dict[str, Any]:
    """What every page of a review has in its context."""
    return {"product": review.product, "review": review, "current": "gates", **more}


@contextmanager
def said_as_conflict() -> Iterator[None]:
    """For a button without a form: what the act finds wrong has no field to stand at, so it is a page of its own (409)."""
    try:
        yield
    except ValidationError as error:
        raise Conflict(" ".join(messages_of(error))) from error
