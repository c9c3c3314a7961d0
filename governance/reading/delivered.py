"""What a product delivered within the year before it asks a board: releases, their analyses, outcomes users confirmed (ux.md A8).

Told when the package is frozen, so that it says the same afterwards.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import Product
from records import clock
from roadmaps.models import Outcome, Release
from roadmaps.states import OutcomeState, ReleaseState, Verdict

YEAR = timedelta(days=365)


def delivered_told(product: Product) -> dict[str, Any]:
    """Counts of the year up to today, and of the outcomes pursued; two questions."""
    day = clock.today(product.department.time_zone)
    made = Release.objects.with_analysis().filter(roadmap__product=product.head_id, state=ReleaseState.RELEASED)
    counts = made.filter(released_on__gt=day - YEAR).aggregate(
        releases=Count("pk"),
        analysed=Count("pk", filter=Q(is_analysed=True)),
        overdue=Count("pk", filter=Q(is_analysed=False, analysis_due_on__lt=day)),
    )
    rows = Outcome.objects.filter(roadmap__product=product.head_id).exclude(state=OutcomeState.STOPPED)
    outcomes = list(rows.select_related("goal").order_by("goal__letter", "number"))
    done = [each for each in outcomes if each.state == OutcomeState.DELIVERED]
    met = [each.code for each in done if each.verdict == Verdict.MET]
    return {"until": day, **counts, "outcomes": len(outcomes), "delivered": len(done), "met": met}


def delivered_words(told: Mapping[str, Any] | None) -> list[str]:
    """The same in words, in the reader's language; nothing for a package of before, or without anything to tell."""
    return list(_words(told)) if told else []


def _words(told: Mapping[str, Any]) -> Iterator[str]:
    if told["releases"]:
        words = ngettext("%(count)d release in the last year", "%(count)d releases in the last year", told["releases"])
        yield words % {"count": told["releases"]}
        if told["analysed"]:
            words = ngettext(
                "%(count)d impact analysis is published", "%(count)d impact analyses are published", told["analysed"]
            )
            yield words % {"count": told["analysed"]}
        if told["overdue"]:
            words = ngettext(
                "%(count)d impact analysis is overdue", "%(count)d impact analyses are overdue", told["overdue"]
            )
            yield words % {"count": told["overdue"]}
    if told["outcomes"]:
        words = ngettext(
            "%(delivered)d of %(count)d outcome is delivered",
            "%(delivered)d of %(count)d outcomes are delivered",
            told["outcomes"],
        )
        yield words % {"delivered": told["delivered"], "count": told["outcomes"]}
    if told["met"]:
        yield _("users confirm %(codes)s") % {"codes": ", ".join(told["met"])}
