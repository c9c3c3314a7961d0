"""Tell what releases did: impact analyses in every state, feedback about releases, gates that teams held on their own."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from people.actions.reference import save_reference
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.roadmaps import RoadmapStory
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import World
from roadmaps.actions import analyses, feedback, outcomes
from roadmaps.models import AnalysisRule, ImpactAnalysis, ImpactFinding, Release

ANNOUNCED = date(2026, 6, 15)
RULE = ("department", "starts", "days")
ANALYSIS = (
    *("product", "release", "published", "analysis_en", "analysis_fr", "not_releasing_en", "not_releasing_fr"),
    "saved",
)
FINDING = (
    *("product", "release", "outcome", "verdict", "effect", "observed_en", "observed_fr", "evidence_en", "evidence_fr"),
    "link",
)
CORRECTION = ("product", "release", "on", "reason_en", "reason_fr", "outcome", "observed_en", "observed_fr")
FEEDBACK = ("product", "release", "on", "language", "source", "text")
GATE = (
    *("product", "outcome", "on", "result", "release", "reason_en", "reason_fr"),
    *("funding_en", "funding_fr"),
)


def announce_practice(world: World, timeline: Timeline) -> None:
    """From which releases on an analysis is owed, and how soon."""
    timeline.add(ANNOUNCED, world.admin, partial(_announce, world))


def _announce(world: World) -> None:
    for row in rows(read("analyses")["practice"], *RULE):
        department = world.places[row["department"]].department if row["department"] else None
        rule = AnalysisRule.objects.filter(department=None).first() if department is None else None
        rule = rule or AnalysisRule(department=department)
        rule.starts_on, rule.days = date.fromisoformat(row["starts"]), int(row["days"])
        save_reference(entry=rule, by=world.admin)


class AnalysesStory:
    """Adds the impact analyses of one product's releases to the timeline."""

    def __init__(self, story: RoadmapStory) -> None:
        self.story, self.timeline, self.code = story, story.timeline, story.plan.code

    def tell(self) -> None:
        """Add every act, each after the release it is about."""
        pm = self.story.person("pm")
        for row in self._rows("feedback", FEEDBACK):
            self._on(row["on"], self._heard, row)
        for row in self._rows("analyses", ANALYSIS):
            ends = date.fromisoformat(row["published"] or row["saved"])
            self.timeline.add(ends - timedelta(days=7), pm, partial(self._begin, row))
            self.timeline.add(ends, pm, partial(self._save, row, ends))
            if row["published"]:
                self.timeline.add(ends, pm, partial(self._publish, row))
        for row in self._rows("corrections", CORRECTION):
            self._on(row["on"], self._correct, row)
        for row in self._rows("gates", GATE):
            self._on(row["on"], self._hold_gate, row)

    def _rows(self, table: str, columns: tuple[str, ...]) -> list[Row]:
        return [row for row in rows(read("analyses")[table], *columns) if row["product"] == self.code]

    def _on(self, on: str, act: Any, row: Row) -> None:
        self.timeline.add(date.fromisoformat(on), self.story.person("pm"), partial(act, row))

    def _release(self, row: Row) -> Release:
        """ "SEEK 2026-07" is the release of July of the member SEEK, "2026-07" that of the product itself."""
        member, _, month = row["release"].rpartition(" ")
        key = self.story.keys[f"release {member} {day(month)}"]
        return Release.objects.select_related("roadmap__product__department").get(pk=key)

    def _analysis(self, row: Row) -> ImpactAnalysis:
        rows_ = ImpactAnalysis.objects.select_related("release", "roadmap__product__department")
        return rows_.get(release=self._release(row))

    def _heard(self, row: Row) -> None:
        release = self._release(row)
        feedback.keep_feedback(
            roadmap=release.roadmap,
            release=release,
            text=row["text"],
            language=row["language"],
            source=row["source"],
            heard_on=date.fromisoformat(row["on"]),
            by=self.story.person("pm"),
        )

    def _begin(self, row: Row) -> None:
        analyses.begin_analysis(release=self._release(row), by=self.story.person("pm"))

    def _save(self, row: Row, on: date) -> None:
        texts: dict[str, Any] = {name: row[name] for name in ANALYSIS if name.endswith(("_en", "_fr"))}
        found = {
            each["outcome"].replace(".", ""): {name: each[name] for name in FINDING[3:]}
            for each in self._rows("findings", FINDING)
            if each["release"] == row["release"]
        }
        by = self.story.person("pm")
        analyses.save_analysis(analysis=self._analysis(row), by=by, findings=found, analysed_on=on, **texts)

    def _publish(self, row: Row) -> None:
        analyses.publish_analysis(analysis=self._analysis(row), by=self.story.person("pm"))

    def _correct(self, row: Row) -> None:
        analysis, by = self._analysis(row), self.story.person("pm")
        found = {row["outcome"].replace(".", ""): {name: row[name] for name in ("observed_en", "observed_fr")}}
        analyses.reopen_analysis(analysis=analysis, reason_en=row["reason_en"], reason_fr=row["reason_fr"], by=by)
        analyses.save_analysis(analysis=analysis, by=by, findings=found)
        analyses.publish_analysis(analysis=analysis, by=by)

    def _hold_gate(self, row: Row) -> None:
        outcome = self.story.outcome(row["outcome"])
        finding = ImpactFinding.objects.get(analysis=self._analysis(row), outcome=outcome)
        texts: dict[str, Any] = {name: row[name] for name in GATE if name.endswith(("_en", "_fr"))}
        by = self.story.person("pm")
        outcomes.hold_own_gate(outcome=outcome, result=row["result"], finding=finding, by=by, **texts)
