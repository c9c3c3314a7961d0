"""Load the corpus, all or nothing."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from people.models import Department
from portfolio.corpus.asks import fill_asks
from portfolio.corpus.counts import Counts
from portfolio.corpus.deliveries import compile_last_months, fill_deliveries
from portfolio.corpus.indicators import fill_indicators
from portfolio.corpus.memoranda import fill_memoranda
from portfolio.corpus.organisation import fill_landscape, fill_organisation
from portfolio.corpus.papers import write_papers
from portfolio.corpus.products import fill_products
from portfolio.corpus.reviews import fill_reviews
from portfolio.corpus.risks import fill_risks
from portfolio.corpus.roadmaps import fill_roadmaps
from portfolio.corpus.rows import BY

STEPS: tuple[tuple[str, Callable[[Counts], None]], ...] = (
    ("organisation", fill_organisation),
    ("landscape", fill_landscape),
    ("products", fill_products),
    ("roadmaps", fill_roadmaps),
    ("projects and demand", fill_asks),
    ("boards and reviews", fill_reviews),
    ("memoranda", fill_memoranda),
    ("risks", fill_risks),
    ("briefs and trail", write_papers),
    ("deliveries", fill_deliveries),
    ("measures", compile_last_months),
    ("indicators", fill_indicators),
)


def is_loaded() -> bool:
    """Whether there is a corpus in this database."""
    return Department.objects.filter(changed_by_id=BY).exists()


def load(counts: Counts, tell: Callable[[str], Any] = lambda line: None) -> None:
    """Make the rows. Raises ValueError when a corpus is there already: keys are always the same."""
    if is_loaded():
        raise ValueError("There is a corpus in this database already.")
    with transaction.atomic():
        for name, step in STEPS:
            began = time.monotonic()
            step(counts)
            tell(f"{name}: {time.monotonic() - began:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
