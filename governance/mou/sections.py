"""The fourteen sections as numbered paragraphs, merged in both languages."""

from typing import Any

from django.utils import translation

from governance.models import MouAnswer, MouText
from governance.models.mou_template import MouClause
from governance.mou.blocks import BLOCKS
from governance.mou.facts import Facts
from governance.mou.merging import Values, merge, values_of
from governance.mou_states import ClauseKind, MouSection
from people.bilingual import LANGUAGES

Content = dict[str, Any]


def sections_of(facts: Facts) -> list[Content]:
    """Every section in order. In an amendment those it does not open stand word for word as they were frozen."""
    values = values_of(facts)
    closed = _frozen_sections(facts)
    return [closed.get(section.value) or section_of(facts, section, values) for section in MouSection]


def _frozen_sections(facts: Facts) -> dict[int, Content]:
    """Number → section of the version this one amends, without those that are opened."""
    text = latest_text(facts.mou.amends) if facts.mou.amends is not None else None
    found = {each["number"]: each for each in text.content["sections"]} if text else {}
    return {number: each for number, each in found.items() if not facts.mou.opens(number)}


def latest_text(mou: Any) -> MouText | None:
    """What was frozen last of a version."""
    return MouText.objects.filter(mou=mou).order_by("-number").first()


def section_of(facts: Facts, section: MouSection, values: Values | None = None) -> Content:
    """One section as its rows say now."""
    merged = values or values_of(facts)
    paragraphs: list[Content] = []
    for clause in facts.clauses:
        if clause.section != section:
            continue
        paragraph = _paragraph(clause, facts, merged)
        if paragraph is not None:
            paragraphs.append({"no": f"{section.value}.{len(paragraphs) + 1}", **paragraph})
    return {"number": section.value, **_titles(section), "paragraphs": paragraphs}


def _titles(section: MouSection) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[f"title_{language}"] = str(section.label)
    return found


def _paragraph(clause: MouClause, facts: Facts, values: Values) -> Content | None:
    """A clause as it stands in the text; None for room that nobody used."""
    if clause.kind != ClauseKind.FIXED:
        return _answered(clause, facts.answers.get(clause.pk))
    english, french = (merge(getattr(clause, f"text_{language}"), values[language]) for language in LANGUAGES)
    found: Content = {"kind": "text", "clause": str(clause.pk), "en": english.text, "fr": french.text}
    is_open = list(dict.fromkeys([*english.open, *french.open]))
    if is_open:
        found["open"] = is_open
    if english.table:
        found["block"] = {"kind": english.table, **BLOCKS[english.table](facts)}
    return found


def _answered(clause: MouClause, answer: MouAnswer | None) -> Content | None:
    asked = {"clause": str(clause.pk), "question_en": clause.text_en, "question_fr": clause.text_fr}
    if answer is not None and (answer.waived_en or answer.waived_fr):
        return {"kind": "waived", **asked, "en": answer.waived_en, "fr": answer.waived_fr}
    if answer is not None and (answer.text_en or answer.text_fr):
        return {"kind": "answer", **asked, "en": answer.text_en, "fr": answer.text_fr}
    return {"kind": "unanswered", **asked, "en": "", "fr": ""} if clause.kind == ClauseKind.PROMPT else None
