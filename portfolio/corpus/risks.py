"""Risks of the corpus: dealt to the families in turn, each scored four times within a year, four in five of them open."""

from governance.models import Mitigation, Risk, RiskAcceptance, RiskReview, RiskScore
from portfolio.corpus.counts import Counts
from portfolio.corpus.products import Numbers
from portfolio.corpus.rows import fill, keep_history, key

STEPS, APART = 4, 70  # current scores of a risk, days from one to the next
RAISED = "(date '2024-01-08' + (m % 720)::int)"
# The fifth risk of every five is over; every other one of those became an issue.
IS_OPEN = "m % 5 <> 4"
BECAME_ISSUE = "m % 10 = 4"
OVER_SINCE = f"({RAISED} + {STEPS * APART})"
STRATEGY = "(ARRAY['','monitor','transfer','avoid','mitigate','prepare','exploit'])[m % 7 + 1]"
CATEGORY = (
    "(ARRAY['delivery','people','technology','security','funding','suppliers','law','users','operations'])[m % 9 + 1]"
)
RISK = key("risk", "m")


def levels(step: str) -> tuple[str, str]:
    """Likelihood and impact of the current score at `step`; the likelihood differs from step to step."""
    return f"1 + (m + {step}) % 5", f"1 + (m / 5 + {step} / 2) % 5"


def fill_risks(counts: Counts) -> None:
    """As many risks as the size says, with their scores, reviews, activities and acceptances."""
    numbers = Numbers(counts)
    dealt = (
        f"(SELECT i, m, m / {numbers.head_count} + 1 AS n FROM generate_series(0, {counts.risks - 1}) m "  # noqa: S608
        f"JOIN {numbers.heads} ON h = m % {numbers.head_count}) dealt"
    )
    _risks(numbers, dealt)
    _scores(dealt)
    _activities(numbers, dealt)
    _reviews(dealt)
    for model in (Risk, RiskScore, Mitigation, RiskAcceptance):
        keep_history(model)


def _risks(numbers: Numbers, dealt: str) -> None:
    closed = f"NOT ({IS_OPEN}) AND NOT ({BECAME_ISSUE})"
    fill(
        Risk,
        dealt,
        id=RISK,
        product_id=key("product", "i"),
        number="n",
        given_en="'supplier ' || m % 97 || ' is the only one that knows part ' || m % 31",
        given_fr="'le fournisseur ' || m % 97 || ' est le seul à connaître la partie ' || m % 31",
        event_en="'delivery ' || m || ' comes late'",
        event_fr="'la livraison ' || m || ' arrive en retard'",
        consequence_en="'a season without improvement ' || m % 53",
        consequence_fr="'une saison sans l’amélioration ' || m % 53",
        category=CATEGORY,
        impact_areas="ARRAY['operations','financial']::varchar[]",
        owner_id=f"CASE WHEN m % 11 > 0 THEN {numbers.person('m % 7')} END",
        strategy=STRATEGY,
        transfer_to="CASE WHEN m % 7 = 2 THEN 'Branch ' || m % 13 ELSE '' END",
        raised_on=RAISED,
        review_on=f"CASE WHEN {IS_OPEN} THEN date '2026-10-20' + (m % 150)::int END",
        reviewed_on=f"CASE WHEN {IS_OPEN} THEN date '2026-09-14' END",
        scorings=str(STEPS),
        state=f"CASE WHEN {IS_OPEN} THEN 'open' WHEN {BECAME_ISSUE} THEN 'materialised' ELSE 'closed' END",
        state_since=f"CASE WHEN {IS_OPEN} THEN {RAISED} ELSE {OVER_SINCE} END",
        became_issue_on=f"CASE WHEN {BECAME_ISSUE} THEN {OVER_SINCE} END",
        issue_en=f"CASE WHEN {BECAME_ISSUE} THEN 'It came late.' ELSE '' END",
        issue_fr=f"CASE WHEN {BECAME_ISSUE} THEN 'Elle est arrivée en retard.' ELSE '' END",
        closed_on=f"CASE WHEN {closed} THEN {OVER_SINCE} END",
        closed_reason=f"CASE WHEN {closed} THEN 'It was delivered.' ELSE '' END",
    )


def _scores(dealt: str) -> None:
    """The current score moves; the other two stay as they were given."""
    likelihood, impact = levels("k")
    over = f"CASE WHEN NOT ({IS_OPEN}) THEN {OVER_SINCE} END"
    fill(
        RiskScore,
        f"{dealt}, generate_series(1, {STEPS}) k",
        id=key("risk score", "m", "k"),
        risk_id=RISK,
        kind="'current'",
        likelihood=likelihood,
        impact=impact,
        starts_on=f"{RAISED} + (k - 1) * {APART}",
        ends_on=f"CASE WHEN k < {STEPS} THEN {RAISED} + k * {APART} ELSE {over} END",
        note="'Scored for the ' || k || '. time'",
    )
    for kind, likelihood, impact in (
        ("inherent", "3 + m % 3", "1 + m / 5 % 5"),
        ("residual", "1 + m % 2", "1 + m / 5 % 5"),
    ):
        fill(
            RiskScore,
            dealt,
            id=key(f"{kind} score", "m"),
            risk_id=RISK,
            kind=f"'{kind}'",
            likelihood=likelihood,
            impact=impact,
            starts_on=RAISED,
            ends_on=over,
        )


def _activities(numbers: Numbers, dealt: str) -> None:
    """One for each risk that is mitigated or prepared for; a third of them are done."""
    fill(
        Mitigation,
        f"{dealt} WHERE m % 7 IN (4, 5)",
        id=key("mitigation", "m"),
        risk_id=RISK,
        what_en="'Learn part ' || m % 31",
        what_fr="'Apprendre la partie ' || m % 31",
        owner_id=numbers.person("m % 7"),
        due_on="date '2026-10-01' + (m % 200)::int",
        state="(ARRAY['planned','in_progress','done'])[m % 3 + 1]",
        done_on="CASE WHEN m % 3 = 2 THEN date '2026-09-01' END",
    )


def _reviews(dealt: str) -> None:
    """Each open risk was looked at in September; those that are monitored were accepted then."""
    fill(
        RiskReview,
        f"{dealt} WHERE {IS_OPEN}",
        id=key("risk review", "m"),
        risk_id=RISK,
        reviewed_on="date '2026-09-14'",
        note="'No change'",
        reviewed_by_id="'corpus'",
        reviewed_by_name="'Corpus'",
    )
    likelihood, impact = levels(str(STEPS))
    severity = f"({likelihood}) * ({impact})"
    fill(
        RiskAcceptance,
        f"{dealt} WHERE {IS_OPEN} AND m % 7 = 1",
        id=key("risk acceptance", "m"),
        risk_id=RISK,
        likelihood=likelihood,
        impact=impact,
        band=f"CASE WHEN {severity} <= 4 THEN 'low' WHEN {severity} <= 12 THEN 'medium' ELSE 'high' END",
        justification_en="'Acting costs more'",
        justification_fr="'Agir coûte plus cher'",
        accepted_as=f"CASE WHEN {severity} <= 4 THEN 'product_manager' WHEN {severity} <= 12 THEN 'head_of_product' "
        "ELSE 'sponsor' END",
        starts_on="date '2026-09-14'",
        until="date '2026-11-01' + (m % 300)::int",
    )
