"""Which releases await their impact analysis: due on its day, overdue on the day after (domain.md §4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from people.actions.notices import tell_people
from people.notices import both
from people.permissions import TABLE
from products.notices import holders_of_many
from records.actors import SYSTEM
from roadmaps.models import Release
from roadmaps.notices import ANALYSIS_DUE

COMING = gettext_noop("The impact analysis of release %(number)s of %(product)s is due on %(day)s.")
LATE = gettext_noop("The impact analysis of release %(number)s of %(product)s was due on %(day)s.")


@dataclass(frozen=True)
class Standing:
    """How an analysis stands with its due day on a day: `days` left, negative once it is overdue."""

    due_on: date
    days: int

    @property
    def is_overdue(self) -> bool:
        return self.days < 0

    @property
    def words(self) -> str:
        """In the reader's language: due on a day, due today, overdue by days."""
        if self.days == 0:
            return _("due today")
        if self.is_overdue:
            late = -self.days
            return ngettext("overdue by %(days)d day", "overdue by %(days)d days", late) % {"days": late}
        return _("due on %(day)s") % {"day": self.due_on.isoformat()}


def standing_of(release: Any, day: date) -> Standing | None:
    """The standing of a release that carries `with_analysis`; None when nothing is owed or it is analysed."""
    if release.analysis_due_on is None or release.is_analysed:
        return None
    return Standing(release.analysis_due_on, (release.analysis_due_on - day).days)


def tell_due(day: date) -> int:
    """Tell the people of every release whose analysis is due; who knows already is not told again. Returns how many are due.

    Once in the two weeks before the day, and once when it has passed.
    """
    found = list(Release.objects.analysis_due_by(day).select_related("roadmap__product__department"))
    people = holders_of_many([each.roadmap.product_id for each in found], TABLE["analyse_release"])
    release: Any
    for release in found:
        product = release.roadmap.product
        late = release.analysis_due_on < day
        words = both(
            LATE if late else COMING,
            number=release.number,
            product=lambda product=product: product.name,
            day=release.analysis_due_on,
        )
        tell_people(
            people=people.get(product.pk, []),
            kind=ANALYSIS_DUE,
            path=reverse("release-detail", args=[product.code, release.pk]),
            by=SYSTEM,
            key=f"{'late' if late else 'due'}:{release.pk}",
            **words,
        )
    return len(found)
