"""What differs between two texts of one agreement: words taken out and words put in, paragraph by paragraph."""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from governance.mou.spoken import spoken
from products import fiscal

Said = dict[str, Any]
PIECES = re.compile(r"\s+|[^\s]+")
LONGEST = 4_000  # pieces of one paragraph that are compared word by word; beyond it, the whole changes place


@dataclass(frozen=True)
class Run:
    """Some words of a paragraph: kept, ins or del."""

    how: str
    text: str


@dataclass(frozen=True)
class Change:
    """One paragraph that differs; the numbers it has in the earlier and in the later text, either of them empty."""

    section: int
    before: str
    after: str
    runs: tuple[Run, ...]

    @property
    def no(self) -> str:
        return self.after or self.before


def changes_between(before: Said, after: Said, language: str) -> list[Change]:
    """Every paragraph that differs in `language`, in the order of the later text."""
    found: list[Change] = []
    earlier = {each["number"]: each["paragraphs"] for each in before["sections"]}
    for section in after["sections"]:
        found += _section(section["number"], earlier.get(section["number"], []), section["paragraphs"], language)
    return found


def changed_sections(before: Said, after: Said) -> list[int]:
    """Numbers of the sections that differ in any language."""
    return sorted({each.section for language in ("en", "fr") for each in changes_between(before, after, language)})


def _section(number: int, before: list[Said], after: list[Said], language: str) -> list[Change]:
    found = []
    old, new = {each["clause"]: each for each in before}, {each["clause"]: each for each in after}
    for clause in [*new, *(key for key in old if key not in new)]:
        one, two = old.get(clause), new.get(clause)
        left, right = _text(one, language), _text(two, language)
        if left != right:
            was, now = (each["no"] if each else "" for each in (one, two))
            found.append(Change(number, was, now, words_between(left, right)))
    return found


def _text(paragraph: Said | None, language: str) -> str:
    if paragraph is None:
        return ""
    return "\n".join(part for part in (paragraph[language], _table(paragraph, language)) if part)


def _table(paragraph: Said | None, language: str) -> str:
    """The rows of a paragraph's table as lines, so that they are compared like words."""
    block = (paragraph or {}).get("block") or {}
    lines = []
    for table in block.get("tables", []):
        lines.append(table[f"name_{language}"])
        lines += [_line(row, language) for row in table["rows"]]
    lines += [_line(row, language) for row in block.get("rows", [])]
    return "\n".join(lines)


def _line(row: Said, language: str) -> str:
    said = spoken(row, language)
    if "fiscal_year" in said:
        said = {**said, "fiscal_year": fiscal.label(said["fiscal_year"], language)}
    return ", ".join(str(value) for name, value in said.items() if value and name not in ("id", "frequency", "acronym"))


def words_between(before: str, after: str) -> tuple[Run, ...]:
    """Runs of words kept, taken out and put in, whose kept and put-in words make up `after`."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return tuple(Run(how, text) for how, text in (("del", before), ("ins", after)) if text)
    runs: list[Run] = []
    for how, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(Run("kept", "".join(old[i:j])))
            continue
        runs += [Run(kind, "".join(part)) for kind, part in (("del", old[i:j]), ("ins", new[k:m])) if part]
    return tuple(_joined(runs))


def _joined(runs: list[Run]) -> list[Run]:
    """Runs without the crumbs of difference: a space kept between two changes belongs to both."""
    found: list[Run] = []
    for run in runs:
        if run.how == "kept" and not run.text.strip() and found and found[-1].how != "kept":
            found += [Run("del", run.text), Run("ins", run.text)]
        else:
            found.append(run)
    merged: list[Run] = []
    out, put = "", ""
    for run in [*found, Run("kept", "")]:
        if run.how == "del":
            out += run.text
        elif run.how == "ins":
            put += run.text
        else:
            merged += [Run(how, text) for how, text in (("del", out), ("ins", put)) if text]
            out, put = "", ""
            if run.text:
                merged.append(run)
    return merged
