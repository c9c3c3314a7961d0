"""Who gets which answer from the addresses of roadmaps, demand, releases and their impact analyses."""

from tests.config.url_matrix import LEADS, PLANNERS, TEAM, Row, department, hidden, only, posted, staff, thing, word

OUTCOME = {"letter": word("A"), "number": word(1)}
FOR_PROJECTS = PLANNERS | {"portfolio_manager"}
ASKING = TEAM | {"sponsor", "director_general", "portfolio_manager", "executive"}
ROADMAP: dict[str, Row] = {
    **{
        name: department()
        for name in (
            "roadmap-detail",
            "roadmap-log",
            "release-list",
            "feedback-list",
            "expectation-list",
        )
    },
    "roadmap-demand": Row(ok=302, stranger=404),
    "roadmap-current": Row(ok=302, stranger=404),
    "roadmap-executive": department(year=word(2026)),
    "roadmap-sealed": hidden(year=word(2026), language=word("en")),
    "roadmap-executive-pdf": department(year=word(2026)),
    "roadmap-plan": department(year=word(2026)),
    "outcome-detail": department(**OUTCOME),
    "outcome-pdf": department(**OUTCOME),
    "milestone-detail": department(key=thing("milestone")),
    "change-detail": department(number=word(1)),
    "release-detail": department(key=thing("release")),
    "feedback-attach": only(TEAM, key=thing("release")),
    "feedback-detach": posted(key=thing("release"), feedback=thing("feedback")),
    "analysis-detail": department(key=thing("analysed")),
    "analysis-begin": posted(key=thing("release")),
    "analysis-change": only(PLANNERS, key=thing("analysing")),
    "analysis-publish": only(PLANNERS, key=thing("analysing")),
    "analysis-correct": only(PLANNERS, key=thing("analysed")),
    "analysis-file": hidden(key=thing("analysed"), file=thing("analysed")),
    "analysis-edition": department(key=thing("analysed"), number=word(1)),
    "analysis-waiting": department(key=thing("analysed"), number=word(1)),
    "analysis-document": Row(
        ok=303, stranger=404, names={"key": thing("analysed"), "number": word(1), "language": word("en")}
    ),
    "analysis-table": department(key=thing("analysed"), number=word(1), kind=word("csv")),
    "outcome-gate-hold": only(LEADS, **OUTCOME),
    "demand-detail": department(key=thing("demand")),
    "demand-list": staff(),
    "project-list": staff(),
    "project-detail": department(key=thing("project")),
    # kept by those who plan
    "roadmap-open": only(PLANNERS),
    "roadmap-change": only(PLANNERS),
    "goal-add": only(PLANNERS),
    "goal-change": only(PLANNERS, letter=word("A")),
    "goal-retire": only(PLANNERS, letter=word("A")),
    "outcome-add": only(PLANNERS, letter=word("A")),
    **{
        name: only(PLANNERS, **OUTCOME)
        for name in ("outcome-change", "outcome-close", "reading-add", "augmentation-add")
    },
    "outcome-start": posted(**OUTCOME),
    "milestone-add": only(PLANNERS),
    **{
        f"milestone-{verb}": only(PLANNERS, key=thing("milestone"))
        for verb in ("change", "move", "release", "cancel", "risk")
    },
    "milestone-press": posted(key=thing("milestone"), verb=word("start")),
    "dependency-add": only(PLANNERS, key=thing("milestone")),
    "dependency-drop": posted(key=thing("milestone"), link=thing("milestone")),
    "funding-add": only(PLANNERS, key=thing("milestone")),
    "funding-drop": posted(key=thing("milestone"), link=thing("milestone")),
    "year-prepare": only(PLANNERS, year=word(2026)),
    "year-change": only(PLANNERS, year=word(2026)),
    "year-vet": posted(year=word(2026)),
    "copy-forward": posted(year=word(2026)),
    "order-confirm": posted(),
    "change-preview": only(PLANNERS),
    "change-drop": posted(),
    "change-undo": posted(number=word(1)),
    "demand-add": only(ASKING),
    **{f"demand-{verb}": only(PLANNERS, key=thing("demand")) for verb in ("accept", "decline", "schedule")},
    "demand-reopen": posted(key=thing("demand")),
    "feedback-add": only(TEAM),
    "feedback-action": only(PLANNERS, key=thing("feedback")),
    "project-add": Row(allowed=frozenset({"portfolio_manager"})),
    "project-add-beside": only(FOR_PROJECTS),
    "project-change": only({"portfolio_manager"}, key=thing("project")),
    "expectation-add": only(FOR_PROJECTS),
    "expectation-change": only(FOR_PROJECTS, key=thing("expectation")),
    "expectation-confirm": posted(key=thing("expectation")),
    "release-add": only(PLANNERS | {"change_coordinator"}),
    **{
        f"release-{verb}": only(PLANNERS | {"change_coordinator"}, key=thing("release"))
        for verb in ("change", "make", "withdraw")
    },
    "release-correct": only(PLANNERS | {"change_coordinator"}, key=thing("analysed")),
    "release-resume": posted(key=thing("release")),
}
