"""Import an inventory: upload, check as a job, look, then apply all or nothing as one act (decisions.md §24)."""

from people.actions.imports import MOST_TOLD, counts_of, put_file, put_report, report_of, words_of, write_lines
from people.models import Department, Person
from people.permissions import require
from people.spreadsheets.problems import Problem
from people.spreadsheets.report import SAME, Report
from people.states import IMPORT_MOVES, ImportState
from portfolio import events
from portfolio.inventory.checking import Line, check, told
from portfolio.models import InventoryImport
from products.actions.products import change_from_inventory, register_product
from products.models import Product
from products.permissions import may_import_inventory
from records import jobs
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.trail import record
from records.writing import save


@act
def upload_inventory(*, department: Department, file_name: str, content: bytes, by: Actor) -> InventoryImport:
    """Keep the file and promise to check it. ValidationError on `file` for what cannot be an inventory."""
    require(may_import_inventory(by, department))
    inventory = InventoryImport(department=department)
    put_file(upload=inventory, file_name=file_name, content=content, by=by)
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
    _note(inventory, report, ImportState.READY, by)
    save(inventory, by=by)
    record(events.INVENTORY_CHECKED, on=inventory, by=by, changes=counts_of(inventory))
    return inventory


@act
def confirm_import(*, inventory: InventoryImport, by: Actor, expected: int | None = None) -> InventoryImport:
    """The person has seen the preview and wants it: promise the import. Conflict when it is under way or done."""
    inventory = _held(inventory)
    require(may_import_inventory(by, inventory.department))
    check_move(IMPORT_MOVES, inventory.state, ImportState.APPLYING)
    inventory.state = ImportState.APPLYING
    save(inventory, by=by, expected=expected)
    record(events.INVENTORY_ASKED, on=inventory, by=by, changes=counts_of(inventory))
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
        report.problems += write_lines(report.lines, lambda line: _write(line, inventory, by), _trouble)
    _note(inventory, report, ImportState.APPLIED, by)
    save(inventory, by=by)
    event = events.INVENTORY_FAILED if report.problems else events.INVENTORY_APPLIED
    record(event, on=inventory, by=by, changes=counts_of(inventory))
    return inventory


def _held(inventory: InventoryImport) -> InventoryImport:
    rows = InventoryImport.objects.select_for_update(of=("self",)).select_related("department")
    return rows.get(pk=inventory.pk)


def _report(inventory: InventoryImport, by: Person) -> Report[Line]:
    return report_of(lambda: check(bytes(inventory.content), inventory.department, by))


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


def _trouble(line: Line, error: Exception) -> list[Problem]:
    return [Problem(line.row, "", line.code, words_of(error))]


def _note(inventory: InventoryImport, report: Report[Line], well: ImportState, by: Person) -> None:
    state = ImportState.REFUSED if report.problems else well
    put_report(upload=inventory, report=report, state=state, preview=told(report, MOST_TOLD), by=by)
