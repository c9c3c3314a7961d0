"""Import a register: upload, check as a job, look, then apply all or nothing as one act (decisions.md §24)."""

from governance import events
from governance.actions.risk_scores import score_risk
from governance.actions.risks import change_risk, register_risk
from governance.models import Risk, RiskImport
from governance.permissions import may_keep_risks
from governance.risks.reading_files import Line, check, told, trouble
from people.actions.imports import MOST_TOLD, counts_of, put_file, put_report, report_of, write_lines
from people.models import Person
from people.permissions import require
from people.spreadsheets.report import SAME, Report
from people.states import IMPORT_MOVES, ImportState
from products.models import Product
from records import jobs
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.trail import record
from records.writing import save

CHECK, APPLY = "governance.check_risks", "governance.apply_risks"


@act
def upload_risks(*, product: Product, file_name: str, content: bytes, by: Actor) -> RiskImport:
    """Keep the file and promise to check it. ValidationError on `file` for what cannot be a register."""
    require(may_keep_risks(by, product))
    upload = RiskImport(product=product)
    put_file(upload=upload, file_name=file_name, content=content, by=by)
    save(upload, by=by)
    record(events.RISKS_UPLOADED, on=upload, by=by, changes={"sha256": [None, upload.sha256]})
    jobs.enqueue(CHECK, str(upload.pk), {"import": str(upload.pk)}, by=by)
    return upload


@act
def check_risks(*, upload: RiskImport, by: Person) -> RiskImport:
    """Note what is wrong or what would change: every row is tried and taken back. Done already: nothing happens."""
    upload = _held(upload)
    if upload.state != ImportState.CHECKING:
        return upload
    report = _report(upload)
    report.problems += write_lines(report.lines, lambda line: _enter(line, by), trouble, in_earnest=False)
    _note(upload, report, ImportState.READY, by)
    save(upload, by=by)
    record(events.RISKS_CHECKED, on=upload, by=by, changes=counts_of(upload))
    return upload


@act
def confirm_risks(*, upload: RiskImport, by: Actor, expected: int | None = None) -> RiskImport:
    """The person has seen the preview and wants it: promise the import. Conflict when it is under way or done."""
    upload = _held(upload)
    require(may_keep_risks(by, upload.product))
    check_move(IMPORT_MOVES, upload.state, ImportState.APPLYING)
    upload.state = ImportState.APPLYING
    save(upload, by=by, expected=expected)
    record(events.RISKS_ASKED, on=upload, by=by, changes=counts_of(upload))
    jobs.enqueue(APPLY, str(upload.pk), {"import": str(upload.pk)}, by=by)
    return upload


@act
def apply_risks(*, upload: RiskImport, by: Person) -> RiskImport:
    """Write every row or none. The file is checked once more, because the register may have moved since the preview."""
    upload = _held(upload)
    if upload.state != ImportState.APPLYING:
        return upload
    report = _report(upload)
    if not report.problems:
        report.problems += write_lines(report.lines, lambda line: _enter(line, by), trouble)
    _note(upload, report, ImportState.APPLIED, by)
    save(upload, by=by)
    event = events.RISKS_FAILED if report.problems else events.RISKS_IMPORTED
    record(event, on=upload, by=by, changes=counts_of(upload))
    return upload


def _held(upload: RiskImport) -> RiskImport:
    rows = RiskImport.objects.select_for_update(of=("self",)).select_related("product__head", "product__department")
    return rows.get(pk=upload.pk)


def _report(upload: RiskImport) -> Report[Line]:
    return report_of(lambda: check(bytes(upload.content), upload.product.head))


def _enter(line: Line, by: Person) -> None:
    if line.effect == SAME:
        return
    if line.risk is None:
        register_risk(
            product=line.product,
            scores=line.scores,
            by=by,
            note=line.note,
            raised_on=line.raised_on,
            review_on=line.review_on,
            first=line.first,
            **line.values,
        )
        return
    if line.scores:
        score_risk(risk=_fresh(line.risk), scores=line.scores, note=line.note, by=by)
    if line.values or line.review_on or line.first:
        change_risk(risk=_fresh(line.risk), by=by, review_on=line.review_on, first=line.first, **line.values)


def _fresh(risk: Risk) -> Risk:
    return Risk.objects.select_related("product").get(pk=risk.pk)


def _note(upload: RiskImport, report: Report[Line], well: ImportState, by: Person) -> None:
    state = ImportState.REFUSED if report.problems else well
    put_report(upload=upload, report=report, state=state, preview=told(report.lines, MOST_TOLD), by=by)
