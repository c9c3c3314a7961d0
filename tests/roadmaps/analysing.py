"""What people type into an impact analysis, where its pages are, and what a level leaves to the team."""

from django.urls import reverse

from people.actions.reference import save_reference
from products.actions.products import change_product
from products.models import AutonomyLevel
from records.actors import SYSTEM

FOUND = {
    "observed_en": "=14 of 100", "observed_fr": "14 sur 100", "verdict": "partly_met", "effect": "negative",
    "evidence_en": "Survey of October",
}  # fmt: skip


def page(name, release, *more):
    return reverse(name, args=["JSA", release.pk, *more])


def typed(analysis, **more):
    texts = {"analysed_on": "2026-11-02", "analysis_en": "Fewer than hoped", "version": analysis.version}
    return {**texts, **{f"A1_{name}": value for name, value in FOUND.items()}, **more}


def autonomy(cast, *results):
    """The product gets a level that leaves these results of a gate to the team."""
    left = {f"team_may_{result}": True for result in results}
    level = AutonomyLevel(
        department=cast.department, code="L2", name_en="Two", name_fr="Deux", alone_en="Outcomes", **left
    )
    level = save_reference(entry=level, by=SYSTEM)
    change_product(product=cast.product, by=cast.product_manager, autonomy_level=level)
