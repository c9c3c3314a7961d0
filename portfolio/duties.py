"""Is this team doing what is expected of it? One line per obligation that exists today (ux.md A2, A12).

Computed from the columns of `portfolio.facts`, so for one product or for many without another query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance.consequences.effects import LIVE
from governance.consequences.next_review import NOTICE_DAYS
from governance.mou.ahead import as_terms, days_ahead
from portfolio.team import unfilled
from products import fiscal
from products.models import Product
from products.states import StatusState
from records import clock
from roadmaps.analysis.due import Standing
from roadmaps.states import YearState

MET, DUE, LATE = "met", "due", "late"
REVIEW_DAYS = 14  # before a risk is to be reviewed, the team sees it coming


@dataclass(frozen=True)
class Duty:
    """One obligation of a product: whether it is met, in words, since or until when, and where to see to it."""

    product: Any
    name: str
    state: str
    words: str
    on: date | None = None
    url: str = ""

    @property
    def is_met(self) -> bool:
        return self.state == MET

    @property
    def is_overdue(self) -> bool:
        """Late since a day that is known; what is late without one was never there."""
        return self.state == LATE and self.on is not None and self.on < clock.today()


def address(name: str, *args: Any) -> str:
    """The address of a page, empty while that page does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def duties(product: Product, *, reads_risks: bool = True) -> list[Duty]:
    """The obligations of one product that carries all facts. A member of a family owes only what is its own; a family that
    is closed owes nothing any more.

    That risks are reviewed is everybody's to know; which of them is not: only who `reads_risks` is led to the register.
    """
    if product.head.is_closed:
        return []
    found = list(_of_family(product)) if product.is_head else []
    if product.is_head:
        found += _risks(product, reads_risks)
    return [*found, *_boundaries(product)]


def _of_family(product: Product) -> Iterator[Duty]:
    yield _brief(product)
    yield _roles(product)
    yield _strategy(product)
    yield _year(product)
    if product.next_case_review is not None and product.phase in LIVE:
        yield _case(product)
    yield from _agreement(product)
    yield from _analyses(product)


def _brief(product: Any) -> Duty:
    url, name = address("brief-detail", product.code), _("Product Team Brief")
    if product.brief_number is None:
        return Duty(product, name, LATE, _("Never published"), url=url)
    if is_stale(product):
        words = _("Version %(number)d: last updated %(days)d days ago") % {
            "number": product.brief_number,
            "days": brief_days(product),
        }
        return Duty(product, name, DUE, words, product.brief_updated, url)
    return Duty(
        product,
        name,
        MET,
        _("Version %(number)d published") % {"number": product.brief_number},
        product.brief_updated,
        url,
    )


def brief_days(product: Any) -> int:
    """Days since the brief was published or confirmed."""
    return product.brief_age.days if hasattr(product.brief_age, "days") else int(product.brief_age)


def is_stale(product: Any) -> bool:
    return product.brief_number is not None and brief_days(product) > product.brief_stale_after


def _roles(product: Any) -> Duty:
    url, empty = address("brief-detail", product.code), unfilled(product)
    if not empty:
        return Duty(product, _("Roles"), MET, _("All required roles are held"), url=url)
    words = ngettext("Nobody is %(roles)s", "Nobody holds: %(roles)s", len(empty)) % {"roles": ", ".join(empty)}
    return Duty(product, _("Roles"), LATE, words, url=url)


def _strategy(product: Any) -> Duty:
    url, name = address("strategy-detail", product.code), _("Strategy")
    if product.strategy_number is None:
        return Duty(product, name, DUE, pgettext("strategy", "Not published yet"), url=url)
    words = _("Version %(number)d published") % {"number": product.strategy_number}
    return Duty(product, name, MET, words, product.strategy_published.date(), url)


def _year(product: Any) -> Duty:
    label = fiscal.label(product.year)
    name = _("Roadmap %(year)s") % {"year": label}
    url = address("roadmap-executive", product.code, product.year) or address("roadmap-detail", product.code)
    if product.year_state == YearState.APPROVED:
        return Duty(product, name, MET, _("Approved"), product.year_approved_on, url)
    if product.year_state == YearState.ENDORSED:
        return Duty(product, name, DUE, _("Endorsed, not approved yet"), url=url)
    words = _("A draft, not approved yet") if product.year_state else _("Not prepared yet")
    return Duty(product, name, LATE, words, url=address("roadmap-detail", product.code) or url)


def _case(product: Any) -> Duty:
    day, url = product.next_case_review, address("gate-list", product.code)
    name = _("Business case review")
    if product.case_is_before_board:
        return Duty(product, name, MET, _("Before a board"), day, url)
    if day < clock.today():
        return Duty(product, name, LATE, _("Overdue: gate 5 reviews the business case"), day, url)
    if day <= clock.today() + timedelta(days=NOTICE_DAYS):
        return Duty(product, name, DUE, _("Within a month, at gate 5"), day, url)
    return Duty(product, name, MET, _("The day is fixed"), day, url)


def _agreement(product: Any) -> Iterator[Duty]:
    """The memorandum in force: its next review or its end within 120 days. Where status rests on one, that there is one."""
    name = _("Memorandum of understanding")
    told = product.agreement
    if told is None:
        if product.status in (StatusState.APPROVED, StatusState.GRANTED) and not product.paper_mou_location:
            words = _("None in force or recorded; product status rests on one")
            yield Duty(product, name, LATE, words, url=address("mou-home", product.code))
        return
    days = [day for day in days_ahead(as_terms(told)) if day.mark is not None]
    url = address("mou-detail", product.code, told["id"]) or address("mou-end", product.code, told["id"])
    over = next((day for day in days_ahead(as_terms(told)) if day.is_over), None)
    if over is not None:
        yield Duty(product, name, LATE, _("Its review is overdue, or not noted as done"), over.on, url)
    elif days:
        yield Duty(product, name, DUE, f"{days[0].label} {days[0].on.isoformat()}", days[0].on, url)
    else:
        words = _("%(number)s, version %(edition)d, in force") % told
        yield Duty(product, name, MET, words, date.fromisoformat(told["in_force_from"]), url)


def _analyses(product: Any) -> Iterator[Duty]:
    """The release whose impact analysis is due first: due until its day, overdue from the day after; others are counted."""
    first = product.analysis_first
    if first is None:
        return
    due_on = date.fromisoformat(first["due"])
    standing = Standing(due_on, (due_on - clock.today()).days)
    words = _("Release %(number)s: %(standing)s") % {"number": first["number"], "standing": standing.words}
    if more := product.analyses_due - 1:
        words = ngettext("%(words)s, and %(count)d more", "%(words)s, and %(count)d more", more) % {
            "words": words,
            "count": more,
        }
    url = address("release-detail", product.code, first["id"])
    yield Duty(product, _("Impact analysis"), LATE if standing.is_overdue else DUE, words, due_on, url)


def _risks(product: Any, reads_risks: bool) -> Iterator[Duty]:
    """Reviews of risks by the cadence of their band; acceptances that lapse within a month."""
    name, url = _("Risk register"), address("risk-matrix", product.code) if reads_risks else ""
    told, today = product.risks_told, clock.today()
    if told is None:
        yield Duty(product, name, DUE, _("No risk is open in it"), url=url)
        return
    first = date.fromisoformat(told["first"]) if told["first"] else None
    if told["overdue"]:
        words = ngettext("%(count)d review is overdue", "%(count)d reviews are overdue", told["overdue"])
        yield Duty(product, name, LATE, words % {"count": told["overdue"]}, first, f"{url}?overdue=on" if url else "")
    elif first and first <= today + timedelta(days=REVIEW_DAYS):
        yield Duty(product, name, DUE, _("The next review is due within two weeks"), first, url)
    else:
        words = ngettext("%(count)d open risk, reviewed", "%(count)d open risks, all reviewed", told["open"])
        yield Duty(product, name, MET, words % {"count": told["open"]}, first, url)
    if product.acceptance_until and product.acceptance_until <= today + timedelta(days=NOTICE_DAYS):
        over = product.acceptance_until < today
        words = _("It has lapsed: decide anew how to treat the risk") if over else _("It lapses within a month")
        yield Duty(product, _("Acceptance of a risk"), LATE if over else DUE, words, product.acceptance_until, url)


def _boundaries(product: Any) -> Iterator[Duty]:
    url = address("boundaries-detail", product.code)
    name = _("Information assessments")
    if not product.assessments:
        yield Duty(product, name, DUE, _("None recorded"), url=url)
    elif product.assessments_due:
        words = ngettext("%(count)d is due", "%(count)d are due", product.assessments_due) % {
            "count": product.assessments_due
        }
        yield Duty(product, name, DUE, words, product.next_review, url)
    else:
        yield Duty(product, name, MET, _("All in place"), product.next_review, url)
    if product.standards_to_leave:
        words = ngettext(
            "%(count)d standard must be left and has no plan",
            "%(count)d standards must be left and have no plan",
            product.standards_to_leave,
        ) % {"count": product.standards_to_leave}
        yield Duty(product, _("Technology"), LATE, words, url=url)
