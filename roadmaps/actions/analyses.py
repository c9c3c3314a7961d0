"""Release impact analyses: begun, saved as drafts, published as numbered editions, corrected by further ones (domain.md §4)."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from records import clock, jobs
from records.actions.evidence import keep_evidence
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn, Stale
from records.trail import canonical, record
from records.writing import save, write
from roadmaps import events
from roadmaps.analysis.content import SCHEMA, content_of, findings_of, rows_to_come
from roadmaps.models import ImpactAnalysis, ImpactEdition, ImpactFinding, Release
from roadmaps.permissions import may_analyse_release
from roadmaps.states import ANALYSIS_MOVES, AnalysisState, FindingVerdict, ReleaseState

RENDER = "roadmaps.render_analysis"
TEXTS = ("expected_en", "expected_fr", "observed_en", "observed_fr", "verdict", "effect", "evidence_en", "evidence_fr",
         "link")  # fmt: skip


@act
def begin_analysis(*, release: Release, by: Actor) -> ImpactAnalysis:
    """Begin the analysis of a release in production, with a row for each outcome its milestones serve.

    What was expected is filled in from the hypotheses. ValidationError before the release is made.
    """
    require(may_analyse_release(by, release.roadmap))
    release = Release.objects.select_for_update(of=("self",)).select_related("roadmap__product").get(pk=release.pk)
    if release.state != ReleaseState.RELEASED:
        raise ValidationError(_("A release is analysed once it is in production; this one is not."))
    if found := ImpactAnalysis.objects.filter(release=release).first():
        return found
    analysis = ImpactAnalysis(roadmap=release.roadmap, release=release)
    record(events.ANALYSIS_BEGUN, on=analysis, by=by, changes=save(analysis, by=by))
    _add_rows(analysis, by)
    return analysis


def _add_rows(analysis: ImpactAnalysis, by: Actor) -> dict[str, Any]:
    """A finding for each outcome served that has none yet."""
    changes: dict[str, Any] = {}
    for finding in rows_to_come(analysis):
        saved = save(finding, by=by)
        changes |= {f"{finding.outcome.code} {name}": pair for name, pair in saved.items() if name in TEXTS}
    return changes


@act
def save_analysis(
    *,
    analysis: ImpactAnalysis,
    by: Actor,
    expected: int | None = None,
    findings: dict[str, dict[str, Any]] | None = None,
    **values: Any,
) -> ImpactAnalysis:
    """Keep the draft as it stands, half-written or whole, with a row for each outcome served by now.

    `findings`: code without its dot ("A1") → texts, `file`, and `file_off` to take the one off that is kept. A file that
    its scan refused comes off as well.

    ValidationError names the field, that of a finding as "A1_link"; Stale carries the other person's findings as well.
    """
    require(may_analyse_release(by, analysis.roadmap))
    if not analysis.is_draft:
        raise OutOfTurn(_("This analysis is published. Open it for correction to change it."))
    for name, value in values.items():
        setattr(analysis, name, value)
    analysis.edits += 1
    _check_dates(analysis)
    try:
        changes = save(analysis, by=by, expected=expected)
    except Stale as stale:
        _show_findings(stale.current)
        raise
    changes.pop("edits", None)
    changes |= _add_rows(analysis, by)
    changes |= _save_findings(analysis, findings or {}, by)
    if changes:
        record(events.ANALYSIS_SAVED, on=analysis, by=by, changes=changes)
    return analysis


def _check_dates(analysis: ImpactAnalysis) -> None:
    day, released = analysis.analysed_on, analysis.release.released_on
    if day is not None and released is not None and day < released:
        words = _("The release was in production on %(day)s; it cannot be analysed before.")
        raise ValidationError({"analysed_on": words % {"day": released}})
    if day is not None and day > clock.today():
        raise ValidationError({"analysed_on": _("An analysis is not dated in the future.")})


def _show_findings(analysis: Any) -> None:
    """Give the analysis its findings' texts by the names of the form, so that both texts can be shown."""
    for finding in findings_of(analysis):
        for name in TEXTS:
            setattr(analysis, f"{finding.slug}_{name}", getattr(finding, name))


def _save_findings(analysis: ImpactAnalysis, told: dict[str, dict[str, Any]], by: Actor) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for finding in findings_of(analysis):
        values = dict(told.get(finding.slug, {}))
        file, taken_off = values.pop("file", None), values.pop("file_off", False)
        try:
            if file:
                finding.file = keep_evidence(file=file, chain=analysis.chain(), by=by)
            elif finding.file is not None and (taken_off or finding.file.is_refused):
                finding.file = None
            for name, value in values.items():
                setattr(finding, name, value)
            changed = save(finding, by=by)
        except ValidationError as error:
            raise ValidationError(_named(finding, error)) from error
        changes |= {f"{finding.outcome.code} {name}": pair for name, pair in changed.items()}
    return changes


def _named(finding: ImpactFinding, error: ValidationError) -> dict[str, list[Any]]:
    found = error.error_dict if hasattr(error, "error_dict") else {"observed_en": error.error_list}
    return {f"{finding.slug}_{name}": list(errors) for name, errors in found.items()}


@act
def publish_analysis(*, analysis: ImpactAnalysis, by: Actor, expected: int | None = None) -> ImpactEdition:
    """Freeze the analysis as its next edition and promise the PDF in both languages.

    ValidationError says field by field what is missing: the date, the analysis, and of each finding observed, verdict,
    effect and evidence.
    """
    require(may_analyse_release(by, analysis.roadmap))
    check_move(ANALYSIS_MOVES, analysis.state, AnalysisState.PUBLISHED)
    if missing := missing_in(analysis):
        raise ValidationError(missing)
    analysis.state = AnalysisState.PUBLISHED
    save(analysis, by=by, expected=expected)
    latest = ImpactEdition.objects.filter(analysis=analysis).values_list("number", flat=True).first() or 0
    release = Release.objects.with_analysis().select_related("product__department").get(pk=analysis.release_id)
    content = content_of(analysis, release)
    edition = ImpactEdition(
        analysis=analysis,
        number=latest + 1,
        schema=SCHEMA,
        content=content,
        sha256=hashlib.sha256(canonical(content)).hexdigest(),
        reason_en=analysis.correction_reason_en,
        reason_fr=analysis.correction_reason_fr,
        published_at=clock.now(),
        published_by_id=str(by.pk),
        published_by_name=by.get_full_name(),
    )
    write(edition)
    changes = {"number": [latest or None, edition.number], "sha256": [None, edition.sha256]}
    record(events.ANALYSIS_PUBLISHED, on=edition, by=by, reason=edition.reason, changes=changes)
    jobs.enqueue(RENDER, str(edition.pk), {"edition": str(edition.pk)}, by=by)
    return edition


def missing_in(analysis: ImpactAnalysis) -> dict[str, str]:
    """Field → what publishing still asks for."""
    found: dict[str, str] = {}
    if analysis.analysed_on is None:
        found["analysed_on"] = _("Say on which day the analysis was made.")
    if not (analysis.analysis_en.strip() or analysis.analysis_fr.strip()):
        found["analysis_en"] = _("Write what the release did, in one language at least.")
    for finding in (*findings_of(analysis), *rows_to_come(analysis)):
        for name, words in _missing_of(finding):
            found[f"{finding.slug}_{name}"] = words
    return found


def _missing_of(finding: ImpactFinding) -> list[tuple[str, str]]:
    found, code = [], {"code": finding.outcome.code}
    if not (finding.observed_en.strip() or finding.observed_fr.strip()):
        found.append(("observed_en", _("Say what was observed for %(code)s.") % code))
    if not finding.verdict:
        found.append(("verdict", _("Say how far %(code)s is met, or that it is too early.") % code))
    if not finding.effect and finding.verdict != FindingVerdict.TOO_EARLY:
        found.append(("effect", _("Say which effect the release had on %(code)s.") % code))
    if not finding.has_evidence:
        found.append(("evidence_en", _("Give the evidence for %(code)s: words, an address or a file.") % code))
    if finding.file is not None and finding.file.is_waiting:
        words = _("%(name)s still waits for its scan. Try again in a minute.")
        found.append(("file", words % {"name": finding.file.name}))
    if finding.file is not None and finding.file.is_refused:  # since the draft was saved, which takes such a file off
        words = _("%(name)s was refused. Remove it, and attach another file.")
        found.append(("file", words % {"name": finding.file.name}))
    return found


@act
def reopen_analysis(
    *, analysis: ImpactAnalysis, by: Actor, reason_en: str = "", reason_fr: str = "", expected: int | None = None
) -> ImpactAnalysis:
    """Open a published analysis for correction; its editions stay, and the next one will carry the reason."""
    require(may_analyse_release(by, analysis.roadmap))
    if not (reason_en.strip() or reason_fr.strip()):
        raise ValidationError({"reason_en": _("Say what is corrected and why.")})
    check_move(ANALYSIS_MOVES, analysis.state, AnalysisState.DRAFT)
    analysis.state = AnalysisState.DRAFT
    analysis.correction_reason_en, analysis.correction_reason_fr = reason_en.strip(), reason_fr.strip()
    changes = save(analysis, by=by, expected=expected)
    record(events.ANALYSIS_REOPENED, on=analysis, by=by, changes=changes, reason=analysis.correction_reason)
    _add_rows(analysis, by)
    return analysis
