"""Check an uploaded register before anything is written: which row raises, which changes what (decisions.md §24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from governance.actions.risk_mitigations import NewMitigation
from governance.models import Risk
from governance.risks.columns import COLUMNS
from governance.risks.rows import Known, RowForm
from governance.risks.scoring import Score, as_score
from people.actions.imports import words_of
from people.models import Person
from people.spreadsheets.problems import Problem, problem
from people.spreadsheets.report import CHANGED, NEW, SAME, Cells, Report, cells_of, note_errors
from products.models import Product

# What an act calls a field → the column it came from.
CELL_OF = {"what_en": "activity_en", "what_fr": "activity_fr", "due_on": "activity_due"}


@dataclass(frozen=True)
class Line:
    """A row that can be written: `risk` is none for a new one; `values` and `scores` hold only what changes."""

    row: int
    risk: Risk | None
    product: Product
    values: dict[str, Any]
    scores: dict[str, Score]
    note: str
    raised_on: date | None
    review_on: date | None
    first: NewMitigation | None
    effect: str
    fields: list[str]
    said: tuple[str, str]

    @property
    def label(self) -> str:
        return self.risk.label if self.risk else ""


def check(content: bytes, head: Product) -> Report[Line]:
    """Read and check a file for the family of `head`. Raises Unreadable for a file that is no table."""
    report: Report[Line] = Report()
    cells = cells_of(content, COLUMNS, report)
    known = known_to(head, cells)
    forms = {number: RowForm(row, known=known, given=cells.given) for number, row in cells.rows.items()}
    note_errors({number: form.errors.as_data() for number, form in forms.items()}, cells, report)
    _name_repeated(forms, cells, report)
    if not report.problems:
        report.lines = [_line(number, form) for number, form in forms.items()]
    return report


def known_to(head: Product, cells: Cells) -> Known:
    """Four queries, whatever the number of rows."""
    named = {row.get(key, "").lower() for row in cells.rows.values() for key in ("owner", "activity_owner")}
    risks = Risk.objects.of_family(head).select_related("product", "owner").prefetch_related("scores")
    people = Person.objects.filter(is_active=True).annotate(low=Lower("email")).filter(low__in=named - {""})
    return Known(
        head=head,
        products={each.code: each for each in Product.objects.filter(head_id=head.pk)},
        risks=_by_number(risks),
        people={person.email.lower(): person for person in people},
    )


def _by_number(risks: Iterable[Risk]) -> dict[int, list[Risk]]:
    found: dict[int, list[Risk]] = {}
    for risk in risks:
        found.setdefault(risk.number, []).append(risk)
    return found


def _name_repeated(forms: dict[int, RowForm], cells: Cells, report: Report[Line]) -> None:
    first: dict[Any, int] = {}
    for number, form in forms.items():
        risk = form.risk
        if risk is not None and first.setdefault(risk.pk, number) != number:
            words = _("Row %(row)s is about this risk already.")
            text = cells.rows[number].get("number", "")
            report.problems.append(problem(number, "number", text, words, {"row": first[risk.pk]}))


def _line(number: int, form: RowForm) -> Line:
    told, risk = form.cleaned_data, form.risk
    values, scores = form.values(), form.scores()
    raised_on, review_on = told["raised_on"], told["review_on"]
    fields = [name for name in values if values[name]]
    if risk is not None:
        fields = [name for name, value in values.items() if _differs(risk, name, value)]
        values = {name: values[name] for name in fields}
        if values and "strategy" in form.given and "transfer_to" in form.values():
            values |= {"strategy": told["strategy"], "transfer_to": told["transfer_to"]}
        scores = _new_scores(risk, scores)
        review_on = review_on if review_on and review_on != risk.review_on else None
    first = _activity(told)
    changed = [*fields, *(f"{kind}_score" for kind in scores), *(["review_on"] if review_on else [])]
    changed += ["activity"] if first else []
    effect = NEW if risk is None else CHANGED if changed else SAME
    product = risk.product if risk else told["product"] or form.known.head
    return Line(
        number, risk, product, values, scores, told["note"], raised_on, review_on, first, effect, changed, _said(form)
    )


def _differs(risk: Risk, name: str, value: Any) -> bool:
    now = getattr(risk, name)
    if isinstance(now, str):
        return _one_kind_of_line(now) != _one_kind_of_line(value)
    return sorted(now) != sorted(value) if isinstance(now, list) else now != value


def _one_kind_of_line(text: str) -> str:
    """Forms and spreadsheets end lines differently."""
    return text.replace("\r\n", "\n").strip()


def _new_scores(risk: Risk, scores: dict[str, Score]) -> dict[str, Score]:
    standing = {row.kind: as_score(row) for row in risk.scores.all() if row.ends_on is None}
    return {kind: score for kind, score in scores.items() if standing.get(kind) != score}


def _activity(told: dict[str, Any]) -> NewMitigation | None:
    if not told["activity_owner"]:
        return None
    texts = {"what_en": told["activity_en"], "what_fr": told["activity_fr"]}
    return NewMitigation(told["activity_owner"], told["activity_due"], **texts, taken_over=True)


def _said(form: RowForm) -> tuple[str, str]:
    """What the row is about, in English and in French."""
    risk, texts = form.risk, []
    for name in ("event_en", "event_fr"):
        texts.append(form.cleaned_data.get(name) or (getattr(risk, name) if risk else ""))
    return texts[0] or texts[1], texts[1] or texts[0]


def trouble(line: Line, error: Exception) -> list[Problem]:
    """What an act refused, by the cells of the row."""
    if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
        return [Problem(line.row, "", line.label, words_of(error))]
    columns = {column.key for column in COLUMNS}
    found = []
    for name, errors in error.error_dict.items():
        key = CELL_OF.get(name, name)
        found.append(Problem(line.row, key if key in columns else "", "", words_of(ValidationError(errors))))
    return found


def told(lines: Iterable[Line], most: int) -> list[list[Any]]:
    """The first rows that would be written, for the preview: [row, number, words, effect, fields]."""
    shown = [line for line in lines if line.effect != SAME][:most]
    return [[line.row, line.label, list(line.said), line.effect, line.fields] for line in shown]
