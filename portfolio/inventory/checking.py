"""Check a whole file before anything is written: every bad row and cell is named, and what would change is counted."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Department, Person
from people.spreadsheets.problems import Problem, problem
from people.spreadsheets.report import CHANGED, NEW, SAME, Cells, Report, cells_of, note_errors
from portfolio.inventory.columns import COLUMNS
from portfolio.inventory.rows import RowForm, known_to
from products import families
from products.models import Product


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


def check(content: bytes, department: Department, person: Person) -> Report[Line]:
    """Read and check a file for `department` as `person` would import it. Raises Unreadable for a file that is no table.

    The report's lines stand in an order in which parents come before what is part of them.
    """
    report: Report[Line] = Report()
    cells = cells_of(content, COLUMNS, report)
    forms = _forms(cells, department, person)
    _check_rows(forms, cells, report)
    if not report.problems:
        lines = [_line(number, form, cells.given) for number, form in forms.items()]
        report.lines = _in_order(lines, next(iter(forms.values())).known.above, report)
    return report


def _forms(cells: Cells, department: Department, person: Person) -> dict[int, RowForm]:
    for row in cells.rows.values():
        row["code"] = row.get("code", "").upper()
    codes = {row["code"] for row in cells.rows.values()}
    known = known_to(person, department, codes, {row.get("parent", "").upper() for row in cells.rows.values()})
    return {number: RowForm(row, known=known, in_file=codes) for number, row in cells.rows.items()}


def _check_rows(forms: dict[int, RowForm], cells: Cells, report: Report[Line]) -> None:
    note_errors({number: form.errors.as_data() for number, form in forms.items()}, cells, report)
    first: dict[str, int] = {}
    for number in forms:
        code = cells.rows[number]["code"]
        if code and first.setdefault(code, number) != number:
            report.problems.append(
                problem(number, "code", code, _("Row %(row)s has this code already."), {"row": first[code]})
            )


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


def _in_order(lines: list[Line], above: dict[str, str], report: Report[Line]) -> list[Line]:
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
