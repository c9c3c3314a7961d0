"""CSV: products.csv, deployments.csv, deployment_commits.csv and incidents.csv, with the field names of the JSON form.

An empty cell is null. Where deployment_commits.csv is given, every deployment's list of commits is told, so one without
rows there holds none; without that file the lists follow from the pushes. A column commits_listed in deployments.csv says
it for one deployment (true, false). A formula is text like any other: nothing here is ever computed.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.events_format.entries import MOST_COMMITS, READERS, Terms, commit
from metrics.events_format.faults import Faults, Place
from metrics.events_format.fields import Fields, shown
from metrics.events_format.readings import Found, Readings
from metrics.normal import Commit

COMMITS = "deployment_commits.csv"
# file → kind of its rows, columns it must have, columns it may have
FILES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "products.csv": ("product", ("key",), ("timezone", "incident_source", "attribution_window_seconds")),
    "deployments.csv": (
        "deployment",
        ("product", "source", "id", "environment", "status", "finished_at", "updated_at"),
        ("started_at", "sha", "repo", "rollback_of", "unplanned", "voided", "url", "commits_listed"),
    ),
    COMMITS: (
        "commit",
        ("product", "source", "deployment_id", "sha"),
        ("repo", "committed_at", "is_merge", "updated_at"),
    ),
    "incidents.csv": (
        "incident",
        ("product", "source", "id", "status", "started_at", "resolved_at", "updated_at"),
        ("environment", "deployment_source", "deployment_id", "change_related", "title", "url"),
    ),
}
FLAGS = {"incident_source", "unplanned", "voided", "is_merge", "change_related", "commits_listed"}
# Other ways to write a head that can mean only one thing.
SAME: dict[str, dict[str, str]] = {
    COMMITS: {"id": "deployment_id", "deployment_source": "source"},
    "incidents.csv": {"deployment.source": "deployment_source", "deployment.id": "deployment_id"},
}
MISSING_COLUMN = _("The column %(name)s is missing. Expected the columns: %(names)s.")
TWICE = _("The column %(name)s stands here twice.")
CELLS = _("This row has %(cells)s cells, the head has %(heads)s.")
NOT_CSV = _("This is not CSV from here on: %(problem)s.")
NO_HEAD = _("The file is empty; expected a first row with the names of the columns.")
NO_DEPLOYMENT = _("deployments.csv holds no such deployment.")
NOT_LISTED = _("deployments.csv says of this deployment that its commits are not listed.")
ALONE = _("deployment_commits.csv is read together with deployments.csv; give both.")
CRAMPED = _("A deployment holds at most %(most)s commits.")
Key = tuple[str, str, str]


def read_tables(texts: dict[str, str], terms: Terms) -> Readings:
    """The records of the files in `texts`, name → text; names as in FILES."""
    faults = Faults()
    listed = _Commits(texts[COMMITS], faults, terms) if COMMITS in texts else None
    found: list[Found] = []
    for name in (each for each in FILES if each in texts and each != COMMITS):
        for fields in _rows(name, texts[name], faults):
            found += _entry(FILES[name][0], fields, terms, listed)
    if listed is not None:
        listed.check_left_over(texts)
    return Readings(found, faults)


def _entry(kind: str, fields: Fields, terms: Terms, listed: "_Commits | None") -> list[Found]:
    values: dict[str, Any] = dict(fields.values)
    if kind == "deployment":
        values["commits"] = _told(values, fields, listed)
    elif kind == "incident" and (values.get("deployment_source") or values.get("deployment_id")):
        values["deployment"] = {"source": values.get("deployment_source"), "id": values.get("deployment_id")}
    fields.values = values
    record = READERS[kind](fields, terms)
    return [Found(kind, fields.place, record)] if record is not None and fields.is_sound else []


def _told(values: dict[str, Any], fields: Fields, listed: "_Commits | None") -> tuple[Commit, ...] | None:
    says = fields.flag("commits_listed")
    told = listed.take(values, says is not False) if listed else ()
    if len(told) > MOST_COMMITS:
        fields.fault("commits", CRAMPED, most=MOST_COMMITS)
    return told if (listed is not None if says is None else says) else None


@dataclass
class _Row:
    """A row of deployment_commits.csv; `version` is empty where it does not say which version of its deployment it means."""

    version: str
    commit: Commit
    place: Place
    is_taken: bool = False
    is_unwanted: bool = False


class _Commits:
    """The rows of deployment_commits.csv by deployment, each at its own line for the fault that may concern it."""

    def __init__(self, text: str, faults: Faults, terms: Terms) -> None:
        self.faults, self.terms = faults, terms
        self.by_deployment: dict[Key, list[_Row]] = {}
        for fields in _rows(COMMITS, text, faults):
            self._add(fields)

    def _add(self, fields: Fields) -> None:
        key = self._key(fields.values, "deployment_id")
        fields.text("deployment_id", 200, required=True)
        fields.text("source", 100, required=not self.terms.source)
        fields.text("product", 100, required=self.terms.names_product)
        version = fields.time("updated_at")
        row = _Row(version.isoformat() if version else "", commit(fields), fields.place)
        self.by_deployment.setdefault(key, []).append(row)

    def _key(self, values: Any, name: str) -> Key:
        return (values.get("product") or "", values.get("source") or self.terms.source, values.get(name) or "")

    def take(self, values: dict[str, Any], is_wanted: bool) -> tuple[Commit, ...]:
        """The commits of the deployment in `values`: rows that name a version belong to that version only."""
        version = Fields(values, Place(), Faults()).time("updated_at")
        wanted = {"", version.isoformat() if version else ""}
        rows = [row for row in self.by_deployment.get(self._key(values, "id"), []) if row.version in wanted]
        for row in rows:
            row.is_taken, row.is_unwanted = True, row.is_unwanted or not is_wanted
        return tuple(row.commit for row in rows)

    def check_left_over(self, files: Iterable[str]) -> None:
        """Note the rows that belong to no deployment of deployments.csv."""
        if "deployments.csv" not in files:
            self.faults.add(Place(COMMITS), ALONE)
            return
        if any(file == "deployments.csv" and line == 1 for file, line, _path in self.faults.records):
            return  # Without a sound head no deployment was read, so its commits are not at fault.
        for row in (each for rows in self.by_deployment.values() for each in rows):
            if row.is_unwanted or not row.is_taken:
                self.faults.add(row.place.at("deployment_id"), NOT_LISTED if row.is_unwanted else NO_DEPLOYMENT)


def table_of_head(text: str) -> str:
    """The one file whose columns the first row names, whatever the file is called; else empty."""
    head = text.lstrip().split("\n", 1)[0].lower()
    cells = {cell.strip().strip('"') for cell in head.split(_delimiter(text))}
    fitting = [name for name, (_kind, required, _optional) in FILES.items() if set(required) <= cells]
    return fitting[0] if len(fitting) == 1 else ""


def _rows(name: str, text: str, faults: Faults) -> Iterator[Fields]:
    """The fields of each row below the head, flags as true and false. A row of the wrong length is a fault."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    heads: list[str] | None = None
    try:
        for cells in rows:
            if faults.is_full:
                return
            place = Place(name, rows.line_num)
            if not any(cell.strip() for cell in cells):
                continue
            if heads is None:
                heads = _heads(name, cells, place, faults)
                if not heads:
                    return
            elif len(cells) != len(heads):
                faults.add(place, CELLS, cells=len(cells), heads=len(heads))
            else:
                yield Fields({head: _value(head, cell) for head, cell in zip(heads, cells, strict=True)}, place, faults)
    except csv.Error as error:
        faults.add(Place(name, rows.line_num), NOT_CSV, problem=error)
    else:
        if heads is None:
            faults.add(Place(name), NO_HEAD)


def _heads(name: str, cells: list[str], place: Place, faults: Faults) -> list[str]:
    """The heads of a file, or nothing when one is missing or stands twice."""
    before = faults.count
    required, optional = FILES[name][1:]
    heads = [cell.strip().lower() for cell in cells]
    heads = [
        SAME.get(name, {}).get(head, head) if SAME.get(name, {}).get(head) not in heads else head for head in heads
    ]
    for column in required:
        if column not in heads:
            faults.add(place, MISSING_COLUMN, name=column, names=", ".join(required))
    for column in {*required, *optional}:
        if heads.count(column) > 1:
            faults.add(place, TWICE, name=shown(column))
    return heads if faults.count == before else []


def _value(head: str, cell: str) -> Any:
    cell = cell.strip()
    if head in FLAGS:
        return {"": None, "true": True, "false": False}.get(cell.lower(), cell)
    if head == "attribution_window_seconds" and cell.isascii() and cell.isdigit() and len(cell) < 16:
        return int(cell)
    return cell or None


def _delimiter(text: str) -> str:
    """What the head separates its names with: spreadsheets of some languages write semicolons."""
    head = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=head.count)
