"""What changed in the records since a memorandum in force was signed, so that it is to be signed again (domain.md §6).

Compared with the day it was sent out for signature, which is what the signatories had before them: the budget lines its
amounts rest on, its sources of funds, its officials. Each difference names the sections an amendment opens for it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Mou, MouAmount, MouOfficial
from governance.mou.placeholders import PLACEHOLDERS, words_in
from governance.mou.placeholders import Place as Subject
from governance.mou_states import MouMoney, MouSection, Side
from people.models import Appointment
from people.states import CapacityKind as K
from people.templatetags.gatehouse import money
from products import fiscal
from products.models import BudgetLine, FundingSource
from products.states import BudgetKind
from records import clock

OWN = {
    Subject.MONEY: {MouSection.FEES.value},
    Subject.OFFICIALS: {MouSection.OFFICIALS.value, MouSection.SIGNATORIES.value},
}
Place = tuple[int, Any, str]  # fiscal year, key of the source, salary or non-salary
Sums = dict[Place, Decimal]


@dataclass(frozen=True)
class Difference:
    """One thing that is no longer as it was signed: what, as it was, as it is; `key` is the same for the same change."""

    sections: tuple[int, ...]
    what: str
    was: str
    now: str
    key: str


def differences(mou: Mou) -> list[Difference]:
    """What changed since `mou` was sent out for signature, in the reader's language. Six questions to the database."""
    if mou.sent_at is None:
        return []
    amounts = list(mou.amounts.select_related("source"))
    officials = list(mou.officials.select_related("person", "party__branch"))
    return [*_closed(mou, amounts), *_budget(mou, mou.sent_at, amounts), *_officials(mou, mou.sent_at, officials)]


def sections_that_say(mou: Mou, what: Subject) -> tuple[int, ...]:
    """The sections of its template that say something of money or of officials: an amendment opens all of them."""
    words = {name for name, each in PLACEHOLDERS.items() if each.place == what}
    clauses = mou.template.clauses.all()
    return tuple(sorted(OWN[what] | {each.section for each in clauses if words & set(words_in(each.text_en))}))


def sections_of(found: Iterable[Difference]) -> list[int]:
    """The sections that an amendment opens for these differences."""
    return sorted({section for each in found for section in each.sections})


def fingerprint(found: Iterable[Difference]) -> str:
    """The same for the same differences, in whatever language they are told."""
    return hashlib.sha256("\n".join(sorted(each.key for each in found)).encode()).hexdigest()[:16]


def _closed(mou: Mou, amounts: list[MouAmount]) -> Iterator[Difference]:
    """Sources of funds that are no longer in use."""
    for source in {row.source_id: row.source for row in amounts if not row.source.is_active}.values():
        yield Difference(
            sections_that_say(mou, Subject.MONEY),
            _("Source of funds"),
            source.name,
            _("no longer in use"),
            f"source {source.pk}",
        )


def _budget(mou: Mou, then: datetime, amounts: list[MouAmount]) -> Iterator[Difference]:
    """Planned money of the years that are not over, where the memorandum names its source, and sources that joined since."""
    first = fiscal.fiscal_year_of(clock.today(), mou.product.department.fiscal_start_month)
    years = {row.fiscal_year for row in amounts if row.fiscal_year >= first}
    if not years:
        return
    lines = list(BudgetLine.objects.filter(product=mou.product_id, fiscal_year__in=years))
    before = _sums(BudgetLine.history.as_of(then).filter(product_id=mou.product_id, fiscal_year__in=years))
    agreed = _agreed(amounts)
    after = _sums(lines)
    sure = _sums(line for line in lines if line.secured is not None)
    told = [place for place in {*before, *after} if _differs(place, before, after, agreed, sure)]
    sources = FundingSource.objects.in_bulk([place[1] for place in told])
    for place in sorted(told, key=lambda place: (place[0], sources[place[1]].code, place[2])):
        year, source, kind = place
        words = _("Budget of %(year)s, %(source)s, %(kind)s") % {
            "year": fiscal.label(year),
            "source": sources[source].name,
            "kind": MouMoney(kind).label,
        }
        was, now = before.get(place, agreed.get(place)), after.get(place)
        yield Difference(
            sections_that_say(mou, Subject.MONEY),
            words,
            _amount(was),
            _amount(now),
            f"budget {year} {source} {kind} {was} {now}",
        )


def _differs(place: Place, before: Sums, after: Sums, agreed: Sums, sure: Sums) -> bool:
    """Whether what was planned then is planned otherwise now. Where nothing was planned then: less is secured than was agreed
    on, or a source joined in a year whose money was known."""
    if place in before:
        return place in agreed and before[place] != after.get(place)
    if place in agreed:
        return place in sure and sure[place] < agreed[place]
    return place[0] in {year for year, _source, _kind in before}


def _agreed(amounts: list[MouAmount]) -> Sums:
    found: Sums = {}
    for row in amounts:
        place = (row.fiscal_year, row.source_id, row.kind)
        found[place] = found.get(place, Decimal(0)) + row.amount
    return found


def _sums(lines: Iterable[BudgetLine]) -> Sums:
    found: Sums = {}
    for line in lines:
        kind = MouMoney.SALARY if line.kind == BudgetKind.SALARY else MouMoney.NON_SALARY
        place = (line.fiscal_year, line.source_id, kind.value)
        found[place] = found.get(place, Decimal(0)) + line.planned
    return found


def _amount(value: Decimal | None) -> str:
    return _("nothing planned") if value is None else money(value)


def _officials(mou: Mou, then: datetime, officials: list[MouOfficial]) -> Iterator[Difference]:
    """Officials who left, or no longer hold the office over their party that they held then."""
    day, today = timezone.localtime(then).date(), clock.today()
    branches = [each.party.branch_id for each in officials]
    offices = Q(branch_id__in=branches) | Q(kind=K.CIO, department_id=mou.product.department_id)
    rows = list(Appointment.objects.filter(offices).select_related("person"))
    seen = set()
    for official in officials:
        if (official.person_id, official.party_id) in seen:
            continue
        seen.add((official.person_id, official.party_id))
        mine = [row for row in rows if _concerns(row, official)]
        held = {row.kind for row in mine if row.person_id == official.person_id and _on(row, day)}
        holds = {row.kind for row in mine if row.person_id == official.person_id and _on(row, today)}
        if official.person.is_active and (not held or held & holds):
            continue
        heirs = sorted({row.person.name for row in mine if row.kind in held and _on(row, today)})
        now = ", ".join(heirs) or (_("no longer in office") if official.person.is_active else _("left"))
        what = _("Official for %(branch)s") % {"branch": official.party.branch.name}
        was = f"{official.person.name}, {official.title}"
        yield Difference(
            sections_that_say(mou, Subject.OFFICIALS),
            what,
            was,
            now,
            f"official {official.person_id} {official.party_id} {heirs}",
        )


def _concerns(row: Appointment, official: MouOfficial) -> bool:
    if row.kind == K.CIO:
        return bool(official.party.side == Side.IT)
    return row.branch_id == official.party.branch_id


def _on(row: Appointment, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
