"""The history of a product, one page at a time: who, what, when, from what to what, why."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portfolio.trail.lines import events_for, lines
from portfolio.trail.sentences import SENTENCES, Topic, events_of
from products.views.lookup import visible_product

PER_PAGE = 25


def history_list(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    topic = request.GET.get("topic", "")
    events = events_for(request.user, product)
    if topic == Topic.OTHER:
        known = [event for event, words in SENTENCES.items() if words.topic != Topic.OTHER]
        events = events.exclude(event__in=known)
    elif topic in Topic.values:
        events = events.filter(event__in=events_of(topic))
    page = page_of(request, events)
    return render(
        request,
        "portfolio/history.html",
        {
            "product": product,
            "page": page,
            "lines": lines(page.object_list, request.user),
            "topics": Topic.choices,
            "topic": topic if topic in Topic.values else "",
            "unknown_topic": topic and topic not in Topic.values,
        },
    )


def page_of(request: HttpRequest, rows):
    """The page of `rows` the address asks for; an impossible page is not found."""
    number = request.GET.get("page", "1")
    paginator = Paginator(rows, PER_PAGE)
    if not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))
