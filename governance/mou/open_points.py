"""What is still missing in a draft, each with the page where it is entered; while there is any, it is not sent for review."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Mou, MouAnswer
from governance.models.mou_template import MouClause
from governance.mou.facts import Facts, facts_of
from governance.mou.merging import Values, merge, values_of
from governance.mou.placeholders import PLACEHOLDERS, Place, label_of
from governance.mou.sections import latest_text, section_of
from governance.mou_states import ClauseKind, MouSection
from people.bilingual import LANGUAGES

PAGES = {
    Place.TERMS: "mou-terms",
    Place.PARTIES: "mou-parties",
    Place.MONEY: "mou-money",
    Place.OFFICIALS: "mou-officials",
}
ELSEWHERE = {Place.SERVICES: "product-place", Place.TARGETS: "kpi-list", Place.BODIES: "governance-detail",
             Place.RECORD: "product-change"}  # fmt: skip


@dataclass(frozen=True)
class OpenPoint:
    """One thing missing: a key for tests and forms, its words, the sections that wait for it, where it is entered."""

    key: str
    words: str
    sections: tuple[int, ...]
    page: str


def open_points(mou: Mou) -> list[OpenPoint]:
    """Everything that blocks `mou`, in the order of its sections; in the reader's language."""
    facts = facts_of(mou)
    values = values_of(facts)
    points = [*_placeholders(facts, values), *_prompts(facts), *_amendment(facts, values)]
    return sorted(points, key=lambda point: point.sections)


def _placeholders(facts: Facts, values: Values) -> list[OpenPoint]:
    waiting: dict[str, set[int]] = {}
    for clause in facts.clauses:
        if clause.kind != ClauseKind.FIXED or not facts.mou.opens(clause.section):
            continue
        for language in LANGUAGES:
            for name in merge(getattr(clause, f"text_{language}"), values[language]).open:
                waiting.setdefault(name, set()).add(clause.section)
    return [
        OpenPoint(name, label_of(name), tuple(sorted(sections)), page_of(facts.mou, name))
        for name, sections in waiting.items()
    ]


def page_of(mou: Mou, name: str) -> str:
    """Where the value of a placeholder is entered, at its field."""
    found = PLACEHOLDERS.get(name)
    if found is None:
        return reverse("mou-detail", args=[mou.product.code, mou.pk])
    if found.place in ELSEWHERE:
        return reverse(ELSEWHERE[found.place], args=[mou.product.code])
    page = reverse(PAGES[found.place], args=[mou.product.code, mou.pk])
    return f"{page}#id_{found.field}" if found.field else page


def _prompts(facts: Facts) -> Iterator[OpenPoint]:
    """Questions without an answer or a reason, and answers that only one language has."""
    for clause in facts.clauses:
        answer = facts.answers.get(clause.pk)
        if clause.kind == ClauseKind.FIXED or not facts.mou.opens(clause.section):
            continue
        said_in = _languages(answer)
        if said_in == 2 or (said_in == 0 and clause.kind == ClauseKind.SUPPLEMENT):
            continue
        yield OpenPoint(
            f"answer-{clause.pk}", _words(clause, said_in), (clause.section,), answer_page(facts.mou, clause)
        )


def _words(clause: MouClause, said_in: int) -> str:
    return _("%(what)s (one language is missing)") % {"what": clause.text} if said_in else clause.text


def _languages(answer: MouAnswer | None) -> int:
    if answer is None:
        return 0
    return sum(bool(getattr(answer, f"text_{each}") or getattr(answer, f"waived_{each}")) for each in LANGUAGES)


def answer_page(mou: Mou, clause: MouClause) -> str:
    return reverse("mou-answer", args=[mou.product.code, mou.pk, clause.pk])


def _amendment(facts: Facts, values: Values) -> Iterator[OpenPoint]:
    """An amendment says what changed; and what it changes cannot stand otherwise in a section it leaves closed."""
    mou = facts.mou
    if mou.amends is None:
        return
    if not (mou.change_en and mou.change_fr):
        page = reverse("mou-terms", args=[mou.product.code, mou.pk])
        yield OpenPoint("change", _("what changed, for the version log"), (0,), f"{page}#id_change_en")
    if latest_text(mou.amends) is None:
        return
    before = facts_of(mou.amends)
    earlier = values_of(before)
    for section in MouSection:
        if mou.opens(section) or _texts(before, section, earlier) == _texts(facts, section, values):
            continue
        words = _("section %(number)s says something that this amendment changes: open it as well") % {
            "number": section.value
        }
        yield OpenPoint(
            f"closed-{section.value}", words, (section.value,), reverse("mou-opened", args=[mou.product.code, mou.pk])
        )


def _texts(facts: Facts, section: MouSection, values: Values) -> list[tuple[str, str]]:
    return [(each["en"], each["fr"]) for each in section_of(facts, section, values)["paragraphs"]]
