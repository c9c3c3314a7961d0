"""Strategy, brief and budget as frozen PDF: what a gate package takes of this floor (decisions.md §2)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from products import fiscal
from products.jobs import DOCUMENT as BRIEF_DOCUMENT
from products.models import BriefVersion, BudgetLine, Product, ProductStrategy
from products.money import by_year
from products.states import StrategyState
from records import clock
from records.frozen import Choice, Freezable, fingerprint, register

# The renderer takes long to load, and only whoever freezes something needs it; so it is imported where it is used.


def seen_head(product: Product, person: Any) -> Product | None:
    """The head of the product's family, which owns these records, if `person` sees it."""
    heads = Product.objects.visible_to(person).select_related("department", "sponsoring_branch")
    return heads.filter(pk=product.head_id).first()


def head_of(key: str) -> Product:
    """The product a key names. Raises Product.DoesNotExist."""
    return Product.objects.select_related("department", "sponsoring_branch").get(pk=UUID(key.split(":")[0]))


def year_key(product: Product, year: int) -> str:
    return f"{product.pk}:{year}"


def year_of(key: str) -> int:
    return int(key.split(":")[1])


def on_the_day(product: Product) -> str:
    """The version of a record that has none of its own: the day."""
    return pgettext("budget", "as it stood on %(day)s") % {"day": clock.today(product.department.time_zone).isoformat()}


class FreezableStrategy(Freezable):
    """The published strategy on one page. The key is the product's."""

    kind = "strategy"
    label = gettext_lazy("Strategy")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        head = seen_head(product, person)
        published = _strategy(head.pk) if head else None
        if head is None or published is None:
            return []
        return [
            Choice(
                str(head.pk),
                _("%(product)s: strategy, version %(number)d") % {"product": head.name, "number": published.number},
                _("version %(number)d") % {"number": published.number},
                str(published.pk),
            )
        ]

    def digest(self, key: str) -> str:
        published = _strategy(UUID(key))
        return str(published.pk) if published else ""

    def render(self, key: str, language: str) -> bytes:
        from records.pdf import render_pdf

        context = {"product": head_of(key), "strategy": _strategy(UUID(key))}
        return render_pdf("pdf/strategy.html", context, language=language)


def _strategy(product: UUID) -> ProductStrategy | None:
    return ProductStrategy.objects.filter(product=product, state=StrategyState.PUBLISHED).order_by("-number").first()


class FreezableBrief(Freezable):
    """The latest published Product Team Brief: the very document its readers get. The key is the product's."""

    kind = "brief"
    label = gettext_lazy("Product Team Brief")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        head = seen_head(product, person)
        version = _brief(head.pk) if head else None
        if head is None or version is None:
            return []
        return [
            Choice(
                str(head.pk),
                _("Product Team Brief, version %(number)d: %(name)s") % {"number": version.number, "name": head.name},
                _("version %(number)d") % {"number": version.number},
                str(version.pk),
            )
        ]

    def digest(self, key: str) -> str:
        version = _brief(UUID(key))
        return str(version.pk) if version else ""

    def render(self, key: str, language: str) -> bytes:
        from products.brief.paper import brief_pdf

        return brief_pdf(BriefVersion.objects.filter(product=UUID(key)).latest("number"), language=language)

    def stored_as(self, key: str, digest: str) -> tuple[str, str]:
        return BRIEF_DOCUMENT, digest


def _brief(product: UUID) -> BriefVersion | None:
    return BriefVersion.objects.filter(product=product).order_by("-number").defer("content").first()


class FreezableBudget(Freezable):
    """The money of one fiscal year. The key is the product's and the year."""

    kind = "budget"
    label = gettext_lazy("Budget of a fiscal year")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        head = seen_head(product, person)
        if head is None:
            return []
        this_year = fiscal.fiscal_year_of(clock.today(head.department.time_zone), head.department.fiscal_start_month)
        years = BudgetLine.objects.filter(product=head, fiscal_year__gte=this_year)
        return [
            Choice(
                year_key(head, year),
                _("%(product)s: budget %(year)s") % {"product": head.name, "year": fiscal.label(year)},
                on_the_day(head),
                self.digest(year_key(head, year)),
            )
            for year in sorted(set(years.values_list("fiscal_year", flat=True)))
        ]

    def digest(self, key: str) -> str:
        rows = [
            (
                line.source.name_en,
                line.source.name_fr,
                line.kind,
                line.planned,
                line.secured,
                line.actual,
                line.actual_to,
            )
            for line in _lines(key)
        ]
        return fingerprint(*rows) if rows else ""

    def render(self, key: str, language: str) -> bytes:
        from records.pdf import render_pdf

        product = head_of(key)
        (year,) = by_year(_lines(key))
        context = {
            "product": product,
            "lines": year.lines,
            "sums": year.sums,
            "label": fiscal.label(year_of(key), language),
            "day": clock.today(product.department.time_zone),
        }
        return render_pdf("pdf/budget.html", context, language=language)


def _lines(key: str) -> list[BudgetLine]:
    lines = BudgetLine.objects.filter(product=head_of(key), fiscal_year=year_of(key))
    return list(lines.select_related("source").order_by("source__code", "kind"))


def register_kinds() -> None:
    """Make the kinds of this floor known."""
    for kind in (FreezableStrategy(), FreezableBrief(), FreezableBudget()):
        register(kind)
