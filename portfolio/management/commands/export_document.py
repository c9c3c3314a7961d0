"""Write a document to a file, as a reader would download it today (architecture.md §7)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from governance.models import Mou
from governance.mou_states import MouState
from portfolio.executive.documents import document_context
from portfolio.executive.page import Asked
from portfolio.executive.reading import gather
from products import fiscal
from products.models import Product
from records import clock
from records.pdf import render_pdf
from roadmaps.picture.grid import PAGE_ROOM


class Command(BaseCommand):
    help = (
        "Write the latest document of a kind to a file. For example the executive view of a roadmap year in French: "
        "export_document --latest roadmap --product JSA --year 2026 --language fr --out view.pdf. "
        "--latest mou writes the sealed memorandum of understanding of a product, as it was sealed, in both languages at once. "
        "Exit code 1 when there is no such product, roadmap or year, or nothing sealed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--latest", choices=["roadmap", "mou"], required=True, help="the kind of document")
        parser.add_argument("--product", required=True, metavar="CODE")
        parser.add_argument(
            "--year", type=int, help="the calendar year the fiscal year starts in; the present one if left out"
        )
        parser.add_argument("--language", choices=["en", "fr"], default="en")
        parser.add_argument("--paper", choices=list(PAGE_ROOM), default="letter")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        product = _product(options["product"])
        if options["latest"] == "mou":
            self._write(options["out"], _sealed_memorandum(product))
            return
        start = product.department.fiscal_start_month
        year = options["year"] or fiscal.fiscal_year_of(clock.today(product.department.time_zone), start)
        with translation.override(options["language"]):
            content = _executive_view(product, year, options["language"], options["paper"])
        self._write(options["out"], content)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        self.stdout.write(f"{path}: {len(content)} bytes")


def _product(code: str) -> Product:
    """The head of the family that `code` names."""
    found = Product.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no product {code}.")
    return Product.objects.select_related("department", "sponsoring_branch", "roadmap").get(pk=found.head_id)


def _sealed_memorandum(product: Product) -> bytes:
    """Of the version in force, else of the one that was sealed last."""
    sealed = Mou.objects.filter(product=product, document__isnull=False).select_related("document")
    found = sealed.filter(state=MouState.IN_FORCE).first() or sealed.order_by("-document__made_at").first()
    if found is None or found.document is None:
        raise CommandError(f"No memorandum of {product.code} is sealed.")
    return bytes(found.document.content)


def _executive_view(product: Product, year: int, language: str, paper: str) -> bytes:
    facts = gather(product, year, reads_risks=True)  # whoever runs commands here reads everything
    if year not in facts.known_years:
        raise CommandError(f"The roadmap of {product.code} does not speak of {year}.")
    return render_pdf("pdf/executive.html", document_context(facts, Asked(paper=paper)), language=language)
