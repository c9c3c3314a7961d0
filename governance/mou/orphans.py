"""Amendments of a version that has ended meanwhile: there is nothing left that they could amend (domain.md §6)."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from governance.models import AgendaPoint, Mou
from governance.mou_states import MouState
from governance.states import AgendaState
from people.bilingual import LANGUAGES

LIVE = (*MouState.under_way(), MouState.DECLINED)
REASONS: dict[str, str] = {
    MouState.TERMINATED: gettext_noop("Version %(number)s, which it amends, was terminated."),
    MouState.EXPIRED: gettext_noop("Version %(number)s, which it amends, has expired."),
    MouState.SUPERSEDED: gettext_noop("Version %(number)s, which it amends, was superseded by another version."),
}


def orphans() -> QuerySet[Mou]:
    """Those to be voided now. One that a board votes on waits for the end of the vote."""
    voted = AgendaPoint.objects.exclude(state__in=[AgendaState.WAITING, AgendaState.REMOVED, AgendaState.DECIDED])
    rows = Mou.objects.filter(state__in=LIVE, amends__state__in=list(REASONS))
    return rows.exclude(pk__in=voted.filter(review__mou__isnull=False).values("review__mou")).order_by("pk")


def reason_of(mou: Mou) -> str:
    """Why it has nothing to amend, in the language that is spoken now. LookupError where it amends none that ended."""
    if mou.amends is None:
        raise LookupError("A first version amends nothing.")
    return gettext(REASONS[mou.amends.state]) % {"number": mou.amends.edition}


def reason_in_both(mou: Mou) -> str:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(reason_of(mou))
    return " / ".join(said)
