"""Roadmaps of the corpus: goals, outcomes, years with their baselines, milestones with past states, releases."""

from portfolio.corpus.counts import Counts
from portfolio.corpus.products import Numbers
from portfolio.corpus.rows import AT, fill, keep_history, key
from records.models import Mandate
from roadmaps.models import (
    Baseline,
    BaselineEntry,
    Goal,
    Milestone,
    MilestoneOutcome,
    Outcome,
    Release,
    Roadmap,
    RoadmapYear,
)

ROADMAP = key("roadmap", "i")
YEARS = "generate_series(2024, 2027) y"
APPROVED = "generate_series(2024, 2026) y"
# Milestone number n of a roadmap lies in year 2024 + n % 4, seven months on from the one before; some have no month.
YEAR = "2024 + n % 4"
MONTH = f"(make_date({YEAR}, 4, 1) + make_interval(months => n * 7 % 12))::date"
IS_PLACED = "n % 19 <> 18"
IS_PAST = f"{IS_PLACED} AND {MONTH} < date '2026-11-01'"
IS_CANCELLED = "n % 17 = 16"
IS_AT_RISK = f"NOT ({IS_PAST}) AND NOT {IS_CANCELLED} AND n % 5 = 3"
STATE = f"CASE WHEN {IS_CANCELLED} THEN 'cancelled' WHEN {IS_PAST} THEN 'released' ELSE 'planned' END"


def fill_roadmaps(counts: Counts) -> None:
    """One roadmap a family with everything on it."""
    numbers = Numbers(counts)
    fill(
        Roadmap,
        numbers.heads,
        id=ROADMAP,
        product_id=key("product", "i"),
        vision_en="'Vision of product ' || i",
        vision_fr="'Vision du produit ' || i",
        horizon_from="2024",
        horizon_years="4",
    )
    keep_history(Roadmap)
    _goals(numbers)
    _years(numbers)
    _milestones(numbers)
    _baselines(numbers)
    _releases(numbers)


def _goals(numbers: Numbers) -> None:
    fill(
        Goal,
        f"{numbers.heads}, generate_series(1, 3) g",
        id=key("goal", "i", "g"),
        roadmap_id=ROADMAP,
        letter="chr(64 + g)",
        name_en="'Goal ' || g",
        name_fr="'But ' || g",
    )
    fill(
        Outcome,
        f"{numbers.heads}, generate_series(1, 3) g, generate_series(1, 2) o",
        id=key("outcome", "i", "g", "o"),
        roadmap_id=ROADMAP,
        goal_id=key("goal", "i", "g"),
        number="o",
        name_en="'Outcome ' || g || '.' || o",
        name_fr="'Résultat ' || g || '.' || o",
        baseline="10",
        target="20",
        target_on="date '2027-03-31'",
        state="CASE WHEN o = 1 THEN 'in_delivery' ELSE 'planned' END",
        state_since="date '2024-05-06'",
    )
    keep_history(Goal)
    keep_history(Outcome)


def _years(numbers: Numbers) -> None:
    fill(
        Mandate,
        f"{numbers.heads}, {APPROVED}",
        id=key("year mandate", "i", "y"),
        kind="'decision'",
        what="'roadmap year'",
        subject_id=f"{ROADMAP}::text",
        reference="'Decision ' || y || '-' || i",
        by_id="'corpus'",
        by_name="'Corpus'",
        at=AT,
    )
    fill(
        RoadmapYear,
        f"{numbers.heads}, {YEARS}",
        id=key("year", "i", "y"),
        roadmap_id=ROADMAP,
        year="y",
        starts_on="make_date(y, 4, 1)",
        state="CASE WHEN y < 2027 THEN 'approved' ELSE 'draft' END",
        approved_on="CASE WHEN y < 2027 THEN make_date(y, 3, 26) END",
        mandate_id=f"CASE WHEN y < 2027 THEN {key('year mandate', 'i', 'y')} END",
    )
    keep_history(RoadmapYear)


def _dealt(numbers: Numbers) -> str:
    """Milestone m of the corpus is number n of the roadmap it is dealt to."""
    heads = numbers.head_count
    return (
        f"(SELECT i, m / {heads} AS n, m FROM generate_series(0, {numbers.counts.milestones - 1}) m "  # noqa: S608
        f"JOIN {numbers.heads} ON h = m % {heads}) dealt"
    )


def _milestones(numbers: Numbers) -> None:
    dealt = _dealt(numbers)
    fill(
        Milestone,
        dealt,
        id=key("milestone", "m"),
        roadmap_id=ROADMAP,
        goal_id=key("goal", "i", "n % 3 + 1"),
        title_en="'Milestone ' || n",
        title_fr="'Jalon ' || n",
        summary_en="'What milestone ' || n || ' is for'",
        summary_fr="'À quoi sert le jalon ' || n",
        planned_year=YEAR,
        planned_from=f"make_date({YEAR}, 4, 1)",
        month=f"CASE WHEN {IS_PLACED} THEN {MONTH} END",
        state=STATE,
        released_on=f"CASE WHEN {STATE} = 'released' THEN {MONTH} + 14 END",
        size="(ARRAY['small','medium','large'])[n % 3 + 1]",
        kind="(ARRAY['feature','feature','defect','risk','debt'])[n % 5 + 1]",
        is_at_risk=IS_AT_RISK,
        risk_reason_en=f"CASE WHEN {IS_AT_RISK} THEN 'Waiting' ELSE '' END",
        risk_reason_fr=f"CASE WHEN {IS_AT_RISK} THEN 'En attente' ELSE '' END",
        cost_salary="50000 + n % 20 * 10000",
        cost_non_salary="10000 + n % 7 * 5000",
        rank="(n + 1) * 1024",
        version=str(numbers.counts.revisions),
    )
    keep_history(
        Milestone,
        states=numbers.counts.revisions,
        earlier={
            "state": "'planned'",
            "released_on": "NULL",
            "is_at_risk": "false",
            "risk_reason_en": "''",
            "risk_reason_fr": "''",
        },
    )
    fill(
        MilestoneOutcome,
        dealt,
        id=key("serves", "m"),
        roadmap_id=ROADMAP,
        milestone_id=key("milestone", "m"),
        outcome_id=key("outcome", "i", "n % 3 + 1", "n % 2 + 1"),
    )
    keep_history(MilestoneOutcome)


def _baselines(numbers: Numbers) -> None:
    fill(
        Baseline,
        f"{numbers.heads}, {APPROVED}",
        id=key("baseline", "i", "y"),
        roadmap_id=ROADMAP,
        year_id=key("year", "i", "y"),
        number="1",
        taken_at="make_timestamptz(y, 3, 26, 15, 0, 0, 'UTC')",
        mandate_id=key("year mandate", "i", "y"),
    )
    keep_history(Baseline)
    fill(
        BaselineEntry,
        f"{_dealt(numbers)} WHERE NOT ({IS_CANCELLED}) AND {YEAR} < 2027",
        baseline_id=key("baseline", "i", YEAR),
        milestone_id=key("milestone", "m"),
        month=f"CASE WHEN {IS_PLACED} THEN {MONTH} END",
        title_en="'Milestone ' || n",
        title_fr="'Jalon ' || n",
        cost_salary="50000 + n % 20 * 10000",
        cost_non_salary="10000 + n % 7 * 5000",
    )


def _releases(numbers: Numbers) -> None:
    made = "r <= 8"
    planned = "(date '2024-06-15' + make_interval(months => (r - 1) * 3))::date"
    fill(
        Release,
        f"{numbers.heads}, generate_series(1, 10) r",
        id=key("release", "i", "r"),
        roadmap_id=ROADMAP,
        product_id=key("product", "i"),
        number="'1.' || r",
        goal_en="'Goal of release ' || r",
        goal_fr="'But de la version ' || r",
        planned_on=planned,
        state=f"CASE WHEN {made} THEN 'released' ELSE 'planned' END",
        released_on=f"CASE WHEN {made} THEN {planned} + 3 END",
        authorisation=f"CASE WHEN {made} THEN 'CHG-' || i || '-' || r ELSE '' END",
    )
    keep_history(Release)
