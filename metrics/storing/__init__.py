"""From normal records to facts: versions, links, and what is kept with them (dora.md §2.1–2.3, §2.6).

`store` is the one way in for webhooks, files and demonstration data. It runs inside the caller's transaction and holds the
row of each product's delivery settings, so that two writers of one product take turns. Whatever it changes leaves a stale
month beside it; the compilation finds those and nobody waits for anybody.
"""

from metrics.storing.corrections import correct_deployment, correct_incident, remeasure
from metrics.storing.stale import mark_all_months, mark_months
from metrics.storing.store import Counts, lock_products, store

__all__ = [
    "Counts",
    "correct_deployment",
    "correct_incident",
    "lock_products",
    "mark_all_months",
    "mark_months",
    "remeasure",
    "store",
]
