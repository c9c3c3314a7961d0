"""A year of delivery measures as frozen PDF: what gates 4 and 5 ask for (decisions.md §2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.reading import table as tables
from metrics.reading.findings import heading
from metrics.reading.months import Month, MonthState, read_year
from metrics.reading.subject import Subject, subject_of
from people.wording import month_name
from products.fiscal import add_months
from products.models import Product
from records import clock
from records.frozen import Choice, Freezable, fingerprint, register


class FreezableDelivery(Freezable):
    """The last twelve finished months, of the family where its head has such figures. The key is the product's."""

    kind = "delivery"
    label = gettext_lazy("Delivery measures of twelve months")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        found = Product.objects.visible_to(person).filter(pk=product.pk).select_related("department").first()
        if found is None:
            return []
        digest, month = self.digest(str(found.pk)), f"{_last(subject_of(found)):%Y-%m}"
        if not digest:
            return []
        return [
            Choice(
                str(found.pk),
                _("%(product)s: delivery measures, twelve months to %(month)s")
                % {"product": found.name, "month": month},
                _("to %(month)s") % {"month": month},
                digest,
            )
        ]

    def digest(self, key: str) -> str:
        subject = _subject(key)
        return _digest(read_year(subject, _last(subject)))

    def render(self, key: str, language: str) -> bytes:
        from records.pdf import render_pdf

        subject = _subject(key)
        year = read_year(subject, _last(subject))
        with translation.override(language):
            context = {
                "product": subject.product,
                "is_family": subject.is_family,
                "zone": subject.timezone,
                "heading": heading(year),
                "first": year[0].starts_on,
                "last": year[-1].starts_on,
                "last_words": month_name(year[-1].starts_on),
                "table": tables.table(year),
                "notes": tables.notes(year),
                "day": clock.today(subject.timezone),
            }
            return render_pdf("pdf/delivery.html", context, language=language)


def _subject(key: str) -> Subject:
    return subject_of(Product.objects.select_related("department").get(pk=UUID(key)))


def _last(subject: Subject) -> date:
    """The last finished month: a running one changes with every delivery, and nobody decides on half a month."""
    return add_months(subject.running, -1)


def _digest(year: list[Month]) -> str:
    """Of what the table shows: the months, their revisions, their states. Empty when nothing at all is reported."""
    if all(month.state == MonthState.NOT_REPORTED for month in year):
        return ""
    return fingerprint(*(_said(month) for month in year))


def _said(month: Month) -> tuple[Any, ...]:
    declared = month.declared
    return (
        month.starts_on,
        str(month.state),
        month.row.pk if month.row else "",
        (declared.pk, declared.version) if declared else "",
    )


def register_kinds() -> None:
    """Make the kind of this floor known."""
    register(FreezableDelivery())
