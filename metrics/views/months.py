"""The page of a month of delivery measures, and all months as a file (ux.md A9)."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from metrics.models import StaleMonth
from metrics.permissions import (
    may_connect_source,
    may_declare_month,
    may_see_sources,
    may_set_measures,
    may_upload_deliveries,
)
from metrics.reading import table as tables
from metrics.reading.bounds import bounds_of
from metrics.reading.cards import DEFINITIONS, cards, targets_of
from metrics.reading.findings import heading
from metrics.reading.months import Month, MonthState, read_all, read_year
from metrics.reading.second import second_line
from metrics.reading.sources import origin_of
from metrics.reading.subject import Subject, subject_of
from metrics.states import Metric
from people.listing import csv_to_save
from products.fiscal import add_months
from products.views.lookup import visible_product
from records import clock


def month_show(request: HttpRequest, code: str, month: date | None = None) -> HttpResponse:
    """The month of the address, without one the last finished month; a future month is not found."""
    subject = subject_of(visible_product(request, code), request.user, alone="alone" in request.GET)
    shown = month or add_months(subject.running, -1)
    if shown > subject.running:
        raise Http404
    year = read_year(subject, shown)
    keep = "?alone=1" if "alone" in request.GET else ""
    context = {"keep": keep} | _frame(subject, year) | _figures(subject, year) | _doors(request, subject)
    return render(request, "metrics/month.html", context)


def _frame(subject: Subject, year: list[Month]) -> dict[str, object]:
    """What stands around the figures: state, neighbours, family, sources."""
    month = year[-1]
    following = add_months(month.starts_on, 1)
    return {
        "product": subject.product,
        "subject": subject,
        "month": month,
        "heading": heading(year),
        "state": month.state,
        "closes_on": subject.closes_on(month.starts_on),
        "is_overdue": subject.closes_on(month.starts_on) < clock.today(subject.timezone),
        "before": add_months(month.starts_on, -1),
        "following": following if following <= subject.running else None,
        "following_runs": following == subject.running,
        "origin": origin_of(subject),
        "waiting": _waiting(subject, month),
        "others": [each for each in subject.family if each != subject.product],
    }


def _figures(subject: Subject, year: list[Month]) -> dict[str, object]:
    month, targets = year[-1], targets_of(subject)
    return {
        "cards": cards(subject, year, targets),
        "has_targets": bool(targets),
        "second": second_line(month),
        "table": tables.table(year),
        "notes": tables.notes(year),
        "first": year[0].starts_on,
        "computed_beside": month.declared and month.row,
        "has_declared": any(each.state == MonthState.DECLARED for each in year),
        "has_running": any(each.state == MonthState.RUNNING and each.row for each in year),
        "is_empty": all(each.state == MonthState.NOT_REPORTED for each in year),
        "bounds": bounds_of(subject.policy.level_set),
        "definitions": [(Metric(metric).label, words) for metric, words in DEFINITIONS.items()],
    }


def _doors(request: HttpRequest, subject: Subject) -> dict[str, object]:
    person, product = request.user, subject.product
    return {
        "may_declare": not subject.is_family and may_declare_month(person, product),
        "may_connect": may_connect_source(person, product),
        "has_source": product.deliverysources.exists(),
        "may_see_sources": may_see_sources(person, product),
        "may_upload": may_upload_deliveries(person, product),
        "may_set": not subject.is_family and may_set_measures(person, product),
    }


def _waiting(subject: Subject, month: Month) -> str:
    """Whether events of the month are not yet in its figures: being computed, or until somebody approves."""
    products = subject.family if subject.is_family else (subject.product,)
    rows = StaleMonth.objects.filter(product__in=products, month=month.starts_on).order_by("waits_for_approval")
    found = rows.values_list("waits_for_approval", flat=True).first()
    return "" if found is None else "approval" if found else "computing"


def months_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Every month of the product (or family) that is known, oldest first."""
    subject = subject_of(visible_product(request, code), request.user, alone="alone" in request.GET)
    return csv_to_save(tables.COLUMNS, iter(read_all(subject)), f"{subject.product.code}-metrics")
