"""What people type into an impact analysis, and where its pages are."""

from django.urls import reverse

FOUND = {
    "observed_en": "=14 of 100", "observed_fr": "14 sur 100", "verdict": "partly_met", "effect": "negative",
    "evidence_en": "Survey of October",
}  # fmt: skip


def page(name, release, *more):
    return reverse(name, args=["JSA", release.pk, *more])


def typed(analysis, **more):
    texts = {"analysed_on": "2026-11-02", "analysis_en": "Fewer than hoped", "version": analysis.version}
    return {**texts, **{f"A1_{name}": value for name, value in FOUND.items()}, **more}
