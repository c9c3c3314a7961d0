"""What is asked of the roadmaps of the corpus: parallel projects, what they expect, and demand."""

from portfolio.corpus.counts import Counts
from portfolio.corpus.organisation import OF_PRODUCTS
from portfolio.corpus.products import Numbers
from portfolio.corpus.roadmaps import ROADMAP
from portfolio.corpus.rows import fill, keep_history, key
from roadmaps.models import Demand, ParallelProject, ProjectExpectation

PROGRAMME = "{n} % 5 = 0"


def fill_asks(counts: Counts) -> None:
    """Projects dealt to the departments in turn; the one numbered as a product expects something of it."""
    _projects(counts)
    _expectations(Numbers(counts))
    _demand(Numbers(counts))


def _projects(counts: Counts) -> None:
    """Programmes have no source of funds; every other project has one of its own."""
    department = f"(p - 1) % {counts.departments} + 1"
    own = f"{OF_PRODUCTS} + (p - 1) / {counts.departments} + 1"
    programme = PROGRAMME.format(n="p")
    fill(
        ParallelProject,
        f"generate_series(1, {counts.projects}) p",
        id=key("project", "p"),
        department_id=key("department", department),
        code="'PRJ-' || lpad(p::text, 5, '0')",
        name_en="'Project ' || p",
        name_fr="'Projet ' || p",
        kind=f"CASE WHEN {programme} THEN 'programme' WHEN p % 2 = 0 THEN 'non_gated' ELSE 'investment' END",
        sponsor="'Sponsor of ' || p",
        manager="'Manager of ' || p",
        funds_id=f"CASE WHEN NOT ({programme}) THEN {key('FundingSource', department, own)} END",
        ends_on="date '2026-12-31' + p % 36 * 30",
    )
    keep_history(ParallelProject)


def _expectations(numbers: Numbers) -> None:
    """Two thirds are answered by the first milestone of the roadmap, a part of them in time."""
    answered = f"i % 3 > 0 AND h < {numbers.counts.milestones}"
    fill(
        ProjectExpectation,
        f"{numbers.heads} WHERE i <= {numbers.counts.projects}",
        id=key("expectation", "i"),
        roadmap_id=ROADMAP,
        project_id=key("project", "i"),
        what_en="'What project ' || i || ' waits for'",
        what_fr="'Ce qu’attend le projet ' || i",
        expected_month="(date '2024-03-01' + make_interval(months => (i % 4)::int))::date",
        confirmed_on="date '2026-10-01'",
        milestone_id=f"CASE WHEN {answered} THEN {key('milestone', 'h')} END",
    )
    keep_history(ProjectExpectation)


def _demand(numbers: Numbers) -> None:
    """Three requests to each roadmap; the second comes from the project where there is one."""
    from_project = f"n = 2 AND i <= {numbers.counts.projects}"
    of_project = f"CASE WHEN {PROGRAMME.format(n='i')} THEN 'programme' ELSE 'project' END"
    fill(
        Demand,
        f"{numbers.heads}, generate_series(1, 3) n",
        id=key("demand", "i", "n"),
        roadmap_id=ROADMAP,
        title_en="'Request ' || n",
        title_fr="'Demande ' || n",
        origin=f"CASE WHEN {from_project} THEN {of_project} ELSE 'users' END",
        project_id=f"CASE WHEN {from_project} THEN {key('project', 'i')} END",
        asked_by=f"CASE WHEN {from_project} THEN 'Manager of ' || i ELSE 'Users' END",
        asked_on="date '2026-09-01'",
        state="(ARRAY['proposed','accepted','declined'])[n]",
        decided_on="CASE WHEN n > 1 THEN date '2026-10-01' END",
        decline_reason="CASE WHEN n = 3 THEN 'Not now.' ELSE '' END",
    )
    keep_history(Demand)
