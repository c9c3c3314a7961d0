"""The words in braces that a clause may use: what each becomes in the language of the moment, and where it is entered.

`{program}` is replaced by a text, `{amounts}` by a table, which stands at the end of its clause. Any other word in braces is
refused when a clause is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.mou.facts import Facts, plain
from governance.mou_states import ReviewCycle
from people.bilingual import said
from people.templatetags.gatehouse import money
from products import fiscal

WORD = re.compile(r"\{([^{}\n]{0,60})\}")
TABLES = ("parties", "amounts", "targets", "bodies", "designated", "signatories")


class Place(Enum):
    """The page on which a value is entered."""

    TERMS = "terms"
    PARTIES = "parties"
    MONEY = "money"
    OFFICIALS = "officials"
    SERVICES = "services"
    TARGETS = "targets"
    BODIES = "bodies"
    RECORD = "record"


@dataclass(frozen=True)
class Placeholder:
    """One word: what it is called, how it is made, where it is entered. An empty text means it is open."""

    label: Any
    text: Callable[[Facts], str]
    place: Place
    field: str = ""


def listed(names: list[str]) -> str:
    """One; one and two; one, two and three."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("list of names", "%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _day(value: Any) -> str:
    return date_format(value, "Y-m-d") if value else ""


def _years(facts: Facts) -> str:
    if not facts.years:
        return ""
    first, last = fiscal.label(facts.years[0]), fiscal.label(facts.years[-1])
    if first == last:
        return _("the fiscal year %(year)s") % {"year": first}
    return _("the fiscal years %(first)s to %(last)s") % {"first": first, "last": last}


def _cycle(facts: Facts) -> str:
    mou = facts.mou
    if mou.review_cycle == ReviewCycle.ON_DATE:
        return _("on %(day)s") % {"day": _day(mou.review_on)} if mou.review_on else ""
    return str(ReviewCycle(mou.review_cycle).label)


def _of(record: Any, name: str = "name") -> str:
    return said(record, name) if record is not None else ""


PLACEHOLDERS: dict[str, Placeholder] = {
    "product": Placeholder(gettext_lazy("product"), lambda f: _of(f.product), Place.RECORD),
    "department": Placeholder(gettext_lazy("department"), lambda f: _of(f.product.department), Place.RECORD),
    "it_branch": Placeholder(gettext_lazy("IT branch"), lambda f: _of(f.it_party and f.it_party.branch), Place.PARTIES),
    "sponsors": Placeholder(
        gettext_lazy("sponsoring branches"), lambda f: listed([_of(each.branch) for each in f.sponsors]), Place.PARTIES
    ),
    "program": Placeholder(gettext_lazy("program"), lambda f: _of(f.mou.program), Place.TERMS, "program"),
    "program_code": Placeholder(
        gettext_lazy("activity code of the program"),
        lambda f: f.mou.program.code if f.mou.program else "",
        Place.TERMS,
        "program",
    ),
    "services": Placeholder(
        gettext_lazy("services enabled"), lambda f: listed([_of(each) for each in f.services]), Place.SERVICES
    ),
    "autonomy_level": Placeholder(
        gettext_lazy("autonomy level"), lambda f: _of(f.mou.autonomy_level), Place.TERMS, "autonomy_level"
    ),
    "fiscal_years": Placeholder(gettext_lazy("first and last fiscal year"), _years, Place.TERMS, "first_year"),
    "commences_on": Placeholder(
        gettext_lazy("day it commences"), lambda f: _day(f.mou.commences_on), Place.TERMS, "commences_on"
    ),
    "ends_on": Placeholder(gettext_lazy("day it ends"), lambda f: _day(f.mou.ends_on), Place.TERMS, "ends_on"),
    "review_cycle": Placeholder(gettext_lazy("when it is reviewed"), _cycle, Place.TERMS, "review_on"),
    "total_amount": Placeholder(
        gettext_lazy("sum of the yearly amounts"), lambda f: money(f.total) if f.total is not None else "", Place.MONEY
    ),
    "parties": Placeholder(gettext_lazy("parties"), lambda f: "x" if f.it_party and f.sponsors else "", Place.PARTIES),
    "amounts": Placeholder(
        gettext_lazy("amount of each year"), lambda f: "x" if amounts_complete(f) else "", Place.MONEY
    ),
    "targets": Placeholder(
        gettext_lazy("performance targets"), lambda f: "x" if f.kpis or f.delivery_targets else "", Place.TARGETS
    ),
    "bodies": Placeholder(gettext_lazy("governance structure"), lambda f: "x" if f.bodies else "", Place.BODIES),
    "designated": Placeholder(
        gettext_lazy("a designated official for each party"),
        lambda f: "x" if one_for_each_party(f, "designated") else "",
        Place.OFFICIALS,
    ),
    "signatories": Placeholder(
        gettext_lazy("a signatory for each party"),
        lambda f: "x" if one_for_each_party(f, "signatory") else "",
        Place.OFFICIALS,
    ),
}


def amounts_complete(facts: Facts) -> bool:
    """Whether each sponsoring branch gives an amount in each year."""
    given = {(each.party_id, each.fiscal_year) for each in facts.amounts}
    wanted = {(party.pk, year) for party in facts.sponsors for year in facts.years}
    return bool(wanted) and wanted <= given


def one_for_each_party(facts: Facts, role: str) -> bool:
    held = {each.party_id for each in facts.officials if each.role == role}
    return bool(facts.parties) and {each.pk for each in facts.parties} <= held


def label_of(name: str) -> str:
    """What a placeholder stands for. A word that nothing is known by came past the administration: it is shown in its braces."""
    return str(PLACEHOLDERS[name].label) if name in PLACEHOLDERS else f"{{{name}}}"


def words_in(text: str) -> list[str]:
    """The words in braces of a text, in order."""
    return WORD.findall(text)


def check_clause(text: str) -> None:
    """Refuse a word in braces that nobody knows, a lone brace, and a table that is not the last word of its clause."""
    unknown = [word for word in words_in(text) if word not in PLACEHOLDERS]
    if unknown:
        raise ValidationError(
            _("Nothing is known by the name {%(name)s}. You can use: %(known)s.")
            % {"name": plain(unknown[0]), "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}
        )
    if "{" in WORD.sub("", text) or "}" in WORD.sub("", text):
        raise ValidationError(_("A brace is opened or closed without its partner."))
    for name in TABLES:
        if f"{{{name}}}" in text and not text.rstrip().endswith(f"{{{name}}}"):
            raise ValidationError(_("{%(name)s} stands for a table: put it at the end of the clause.") % {"name": name})
