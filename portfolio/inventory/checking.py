"""Check a whole file before anything is written: every bad row and cell is named, and what would change is counted."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.models import Department, Person
from portfolio.inventory.columns import BY_KEY, COLUMNS, HEADS, plain
from portfolio.inventory.files import Table, read
from portfolio.inventory.problems import Both, Problem, problem
from portfolio.inventory.rows import RowForm, known_to
from products import families
from products.models import Product

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Line:
    """A row that can be written: `values` are fields of Product, `parent` a code, empty for a head, None when not given."""

    row: int
    code: str
    values: dict[str, Any]
    parent: str | None
    effect: str
    fields: list[str]
    product: Product | None


@dataclass
class Report:
    """What checking found. `lines` stand in an order in which parents come before what is part of them."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Both] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def count(self, effect: str) -> int:
        return sum(line.effect == effect for line in self.lines)


def check(content: bytes, department: Department, person: Person) -> Report:
    """Read and check a file for `department` as `person` would import it. Raises Unreadable for a file that is no table."""
    table = read(content)
    report = Report(notes=table.notes)
    if not table.rows:
        report.problems.append(problem(0, "", "", _("The file has no rows.")))
        return report
    keys = _heads(table, report)
    report.problems += [_placed(each, keys) for each in table.problems]
    if any(each.row <= table.rows[0][0] for each in report.problems):
        return report
    cells = {number: _row(keys, texts) for number, texts in table.rows[1:]}
    forms = _forms(cells, department, person)
    _check_rows(forms, cells, report)
    if not cells:
        report.problems.append(problem(0, "", "", _("The file has a head and no rows.")))
    if not report.problems:
        given = {key for key in keys if key}
        lines = [_line(number, form, given) for number, form in forms.items()]
        report.lines = _in_order(lines, next(iter(forms.values())).known.above, report)
    return report


def _heads(table: Table, report: Report) -> list[str]:
    """The column key of each place; unknown, repeated and missing heads are problems of the first row."""
    number, texts = table.rows[0]
    keys = [HEADS.get(plain(text), "") for text in texts]
    for place, (text, key) in enumerate(zip(texts, keys, strict=True)):
        if text and not key:
            report.problems.append(problem(number, f"#{place + 1}", text, _("There is no column with this head.")))
    for key, times in Counter(key for key in keys if key).items():
        if times > 1:
            report.problems.append(problem(number, key, BY_KEY[key].en, _("This column stands there more than once.")))
    report.problems += [
        problem(number, column.key, "", _("This column is missing."))
        for column in COLUMNS
        if column.required and column.key not in keys
    ]
    return keys


def _placed(found: Problem, keys: list[str]) -> Problem:
    """A problem of the file's n-th place, as one of a column."""
    place = int(found.column)
    key = keys[place] if place < len(keys) and keys[place] else f"#{place + 1}"
    return Problem(found.row, key, found.cell, found.message)


def _row(keys: list[str], texts: list[str]) -> dict[str, str]:
    return {key: text for key, text in zip(keys, texts, strict=False) if key}


def _forms(cells: dict[int, dict[str, str]], department: Department, person: Person) -> dict[int, RowForm]:
    for row in cells.values():
        row["code"] = row.get("code", "").upper()
    codes = {row["code"] for row in cells.values()}
    known = known_to(person, department, codes, {row.get("parent", "").upper() for row in cells.values()})
    return {number: RowForm(row, known=known, in_file=codes) for number, row in cells.items()}


def _check_rows(forms: dict[int, RowForm], cells: dict[int, dict[str, str]], report: Report) -> None:
    first: dict[str, int] = {}
    named = {(each.row, each.column) for each in report.problems}
    for number, form in forms.items():
        for name, errors in form.errors.as_data().items():
            if (number, name) in named:
                continue  # a formula is no code or name either: one problem a cell
            cell = cells[number].get(name, "")
            report.problems += [problem(number, name, cell, each.message, each.params) for each in _each(errors)]
        code = cells[number]["code"]
        if code and first.setdefault(code, number) != number:
            report.problems.append(
                problem(number, "code", code, _("Row %(row)s has this code already."), {"row": first[code]})
            )


def _each(errors: list[ValidationError]) -> list[ValidationError]:
    return [each for error in errors for each in error.error_list]


def _line(number: int, form: RowForm, given: set[str]) -> Line:
    code, values = form.cleaned_data["code"], form.values(given)
    parent = form.cleaned_data["parent"] if "parent" in given else None
    product = form.known.products.get(code)
    if product is None:
        return Line(number, code, values, parent, NEW, [], None)
    fields = [name for name, value in values.items() if _differs(product, name, value)]
    if parent is not None and parent != (product.parent.code if product.parent else ""):
        fields.append("parent")
    return Line(number, code, values, parent, CHANGED if fields else SAME, fields, product)


def _differs(product: Product, name: str, value: Any) -> bool:
    now = getattr(product, f"{name}_id") if hasattr(product, f"{name}_id") else getattr(product, name)
    return now != (value.pk if hasattr(value, "pk") else value)


def _in_order(lines: list[Line], above: dict[str, str], report: Report) -> list[Line]:
    """What stands above a product first. A circle, and a family that is tied to its head, are problems.

    `above` is where products stand today; a row that says otherwise wins.
    """
    by_code = {line.code: line for line in lines}
    parents = above | {line.code: line.parent for line in lines if line.parent is not None}
    placed: dict[str, None] = {}
    for code in by_code:
        way: list[str] = []
        while code and code not in placed and code not in way:
            way.append(code)
            code = parents.get(code, "")
        if code in way:
            report.problems.append(_circle(way[way.index(code) :], by_code))
        placed |= dict.fromkeys(reversed(way))
    report.problems += [found for line in lines for found in _ties(line)]
    return [] if report.problems else [by_code[code] for code in placed if code in by_code]


def _circle(codes: list[str], by_code: dict[str, Line]) -> Problem:
    """The problem of the first row that helps to close the circle: at least one does, for none stands there today."""
    told = [by_code[code] for code in codes if code in by_code]
    line = min((line for line in told if line.product is None or "parent" in line.fields), key=lambda line: line.row)
    words = _("The rows are part of each other in a circle.")
    if any(code not in by_code for code in codes):
        words = _("The product would be part of itself, through products that stand in no row of the file.")
    return problem(line.row, "parent", line.parent, words)


def _ties(line: Line) -> list[Problem]:
    if line.product is None or "parent" not in line.fields or not line.product.is_head:
        return []
    ties = families.tied_by(line.product)
    words = _("This product heads a family that holds: %(ties)s. It cannot become part of another product.")
    return [problem(line.row, "parent", line.parent, words, {"ties": ", ".join(ties)})] if ties else []


def told(report: Report, most: int) -> list[list[Any]]:
    """The first rows that would be written, for the preview: [row, code, name, effect, fields]."""
    shown = [line for line in report.lines if line.effect != SAME][:most]
    return [
        [
            line.row,
            line.code,
            [line.values.get("name_en", ""), line.values.get("name_fr", "")],
            line.effect,
            line.fields,
        ]
        for line in shown
    ]
