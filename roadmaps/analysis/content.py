"""An edition of an impact analysis as one piece of plain data, schema 1: everything resolved to text in both languages, so
that it still reads when outcomes, milestones and files have long changed (domain.md §4; decisions.md §9)."""

from typing import Any

from django.utils.functional import Promise

from roadmaps.analysis.deployments import deployments_of
from roadmaps.analysis.expecting import Pair, expected, hypothesis, in_both
from roadmaps.models import Feedback, ImpactAnalysis, ImpactFinding, Milestone, Outcome, Release
from roadmaps.states import ChangeKind, Effect, FindingVerdict

SCHEMA = 1


def texts(record: Any, name: str) -> Pair:
    """A bilingual field as {"en": …, "fr": …}."""
    return {"en": getattr(record, f"{name}_en"), "fr": getattr(record, f"{name}_fr")}


def both(label: str | Promise) -> Pair:
    """A label of the interface in both languages."""
    return in_both(lambda: label)


def findings_of(analysis: ImpactAnalysis) -> list[ImpactFinding]:
    """The findings in the order of their outcomes' codes, with all they are shown with. Two queries."""
    rows = ImpactFinding.objects.filter(analysis=analysis).select_related("outcome__goal", "outcome__roadmap", "file")
    return list(rows.prefetch_related("outcome__readings").order_by("outcome__goal__letter", "outcome__number"))


def rows_to_come(analysis: ImpactAnalysis) -> list[ImpactFinding]:
    """A finding, not saved yet, for each outcome the release serves that has none. What is expected stands in it."""
    served = Outcome.objects.filter(served_by__milestone__arrives_in__release=analysis.release_id)
    served = served.exclude(findings__analysis=analysis).select_related("goal", "roadmap").prefetch_related("readings")
    rows = []
    for outcome in served.distinct().order_by("goal__letter", "number"):
        words = in_both(expected, outcome)
        finding = ImpactFinding(roadmap=analysis.roadmap, analysis=analysis, outcome=outcome)
        finding.expected_en, finding.expected_fr = words["en"], words["fr"]
        rows.append(finding)
    return rows


def feedback_of(release: Release) -> list[Feedback]:
    """What users said about the release, the latest first."""
    return list(Feedback.objects.filter(release=release).select_related("milestone").order_by("-heard_on", "pk"))


def content_of(analysis: ImpactAnalysis, release: Release) -> dict[str, Any]:
    """The whole analysis as canonical data; `release` carries `analysis_due_on`. Constant number of queries (8)."""
    product = release.product
    brought = Milestone.objects.filter(arrives_in__release=release).order_by("rank", "pk")
    return {
        "schema": SCHEMA,
        "product": {"code": product.code, "name": texts(product, "name")},
        "department": texts(product.department, "name"),
        "release": _release(release),
        "milestones": [{"id": str(each.pk), "title": texts(each, "title")} for each in brought],
        "due_on": _day(getattr(release, "analysis_due_on", None)),
        "analysed_on": _day(analysis.analysed_on),
        "analysis": texts(analysis, "analysis"),
        "not_releasing": texts(analysis, "not_releasing"),
        "findings": [_finding(each) for each in findings_of(analysis)],
        "feedback": [_feedback(each) for each in feedback_of(release)],
        "deployments": [
            {"at": _day(each.finished_at), "name": each.external_id, "source": each.source, "url": each.url}
            for each in deployments_of(release)
        ],
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "number": release.number,
        "goal": texts(release, "goal"),
        "scope": release.scope,
        "planned_on": _day(release.planned_on),
        "released_on": _day(release.released_on),
        "change_kind": both(ChangeKind(release.change_kind).label),
        "change_impact": release.change_impact,
        "authorisation": release.authorisation,
        "who_was_told": release.who_was_told,
    }


def _finding(finding: ImpactFinding) -> dict[str, Any]:
    file = finding.file
    return {
        "id": str(finding.pk),
        "code": finding.outcome.code,
        "name": texts(finding.outcome, "name"),
        "hypothesis": in_both(hypothesis, finding.outcome),
        "expected": texts(finding, "expected"),
        "observed": texts(finding, "observed"),
        "verdict": finding.verdict,
        "verdict_words": both(FindingVerdict(finding.verdict).label) if finding.verdict else {"en": "", "fr": ""},
        "effect": finding.effect,
        "effect_words": both(Effect(finding.effect).label) if finding.effect else {"en": "", "fr": ""},
        "evidence": texts(finding, "evidence"),
        "link": finding.link,
        "file": {"id": str(file.pk), "name": file.name, "sha256": file.sha256} if file else None,
    }


def _feedback(each: Feedback) -> dict[str, Any]:
    return {
        "text": each.text,
        "language": each.language,
        "source": each.source,
        "heard_on": _day(each.heard_on),
        "milestone": texts(each.milestone, "title") if each.milestone else None,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
