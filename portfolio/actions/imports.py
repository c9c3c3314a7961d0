"""Import an inventory: upload, check as a job, look, then apply all or nothing as one act (decisions.md §24)."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from people.bilingual import reader
from people.models import Department, Person
from people.permissions import require
from portfolio import events
from portfolio.inventory.checking import CHANGED, NEW, SAME, Line, Report, check, told
from portfolio.inventory.files import check_kind
from portfolio.inventory.problems import Problem, Unreadable, both
from portfolio.models import InventoryImport
from portfolio.states import IMPORT_MOVES, ImportState
from products.actions.products import change_from_inventory, register_product
from products.models import Product
from products.permissions import may_import_inventory
from records import clock, jobs
from records.actors import Actor
from records.acts import act, running
from records.moves import check_move
from records.refusals import Conflict, Refused
from records.trail import record
from records.writing import save

MOST_TOLD = 500


@act
def upload_inventory(*, department: Department, file_name: str, content: bytes, by: Actor) -> InventoryImport:
    """Keep the file and promise to check it. ValidationError on `file` for what cannot be an inventory."""
    require(may_import_inventory(by, department))
    try:
        check_kind(content)
    except Unreadable as error:
        raise ValidationError({"file": error.message[reader() == "fr"]}) from error
    inventory = InventoryImport(
        department=department,
        file_name=file_name[-200:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=clock.now(),
        uploaded_by_id=str(by.pk),
        uploaded_by_name=by.get_full_name(),
    )
    save(inventory, by=by)
    record(events.INVENTORY_UPLOADED, on=inventory, by=by, changes={"sha256": [None, inventory.sha256]})
    jobs.enqueue("portfolio.check_inventory", str(inventory.pk), {"import": str(inventory.pk)}, by=by)
    return inventory


@act
def check_inventory(*, inventory: InventoryImport, by: Person) -> InventoryImport:
    """Read every cell and note what is wrong or what would change. Done already: nothing happens."""
    inventory = _held(inventory)
    if inventory.state != ImportState.CHECKING:
        return inventory
    report = _report(inventory, by)
    _note(inventory, report, ImportState.REFUSED if report.problems else ImportState.READY)
    save(inventory, by=by)
    record(events.INVENTORY_CHECKED, on=inventory, by=by, changes=_counts(inventory))
    return inventory


@act
def confirm_import(*, inventory: InventoryImport, by: Actor, expected: int | None = None) -> InventoryImport:
    """The person has seen the preview and wants it: promise the import. Conflict when it is under way or done."""
    inventory = _held(inventory)
    require(may_import_inventory(by, inventory.department))
    check_move(IMPORT_MOVES, inventory.state, ImportState.APPLYING)
    inventory.state = ImportState.APPLYING
    save(inventory, by=by, expected=expected)
    record(events.INVENTORY_ASKED, on=inventory, by=by, changes=_counts(inventory))
    jobs.enqueue("portfolio.apply_inventory", str(inventory.pk), {"import": str(inventory.pk)}, by=by)
    return inventory


@act
def apply_inventory(*, inventory: InventoryImport, by: Person) -> InventoryImport:
    """Write every row or none. The file is checked once more, because the inventory may have moved since the preview."""
    inventory = _held(inventory)
    if inventory.state != ImportState.APPLYING:
        return inventory
    report = _report(inventory, by)
    if not report.problems:
        report.problems += _write_all(report.lines, inventory, by)
    _note(inventory, report, ImportState.REFUSED if report.problems else ImportState.APPLIED)
    if not report.problems:
        inventory.applied_at, inventory.applied_by_id = clock.now(), str(by.pk)
    save(inventory, by=by)
    event = events.INVENTORY_FAILED if report.problems else events.INVENTORY_APPLIED
    record(event, on=inventory, by=by, changes=_counts(inventory))
    return inventory


def _held(inventory: InventoryImport) -> InventoryImport:
    rows = InventoryImport.objects.select_for_update(of=("self",)).select_related("department")
    return rows.get(pk=inventory.pk)


def _report(inventory: InventoryImport, by: Person) -> Report:
    try:
        return check(bytes(inventory.content), inventory.department, by)
    except Unreadable as error:
        return Report(problems=[Problem(0, "", "", error.message)])


def _write_all(lines: list[Line], inventory: InventoryImport, by: Person) -> list[Problem]:
    """Write the rows inside a savepoint; the first that fails takes all others back, their events with them."""
    events_before = len(running().events)  # type: ignore[union-attr]
    line: Line | None = None
    try:
        with transaction.atomic():
            for line in lines:
                _write(line, inventory, by)
    except (ValidationError, Conflict, Refused) as error:
        del running().events[events_before:]  # type: ignore[union-attr]
        words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return [Problem(line.row if line else 0, "", line.code if line else "", both(words))]
    return []


def _write(line: Line, inventory: InventoryImport, by: Person) -> None:
    if line.effect == SAME:
        return
    values = line.values
    if line.parent is not None:
        values = {**values, "parent": Product.objects.get(code=line.parent) if line.parent else None}
    if line.product is None:
        register_product(department=inventory.department, code=line.code, by=by, reason=inventory.file_name, **values)
    else:
        change_from_inventory(
            product=Product.objects.get(pk=line.product.pk), by=by, reason=inventory.file_name, **values
        )


def _note(inventory: InventoryImport, report: Report, state: ImportState) -> None:
    check_move(IMPORT_MOVES, inventory.state, state)
    inventory.state, inventory.notes = state, [list(note) for note in report.notes]
    found = sorted(report.problems, key=lambda each: each.row)
    inventory.problems, inventory.problem_count = [each.stored() for each in found[:MOST_TOLD]], len(found)
    inventory.preview = told(report, MOST_TOLD)
    inventory.new_count, inventory.changed_count = report.count(NEW), report.count(CHANGED)
    inventory.same_count = report.count(SAME)


def _counts(inventory: InventoryImport) -> dict[str, list[object]]:
    counts = {name: getattr(inventory, name) for name in ("new_count", "changed_count", "same_count", "problem_count")}
    return {"state": [None, inventory.state], **{name: [None, value] for name, value in counts.items() if value}}
