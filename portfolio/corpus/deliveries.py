"""Deliveries of the corpus: what pipelines of some years would have told, and the measures of its last months.

The products differ as real ones do: how often they deploy, how long changes wait, their time zone, whether incidents are
reported at all. Among the deployments are re-deploys, rollbacks, trials in staging, failed and voided ones; among the
commits are merges and dates after the deployment. Everything follows from the numbers of the rows, so it is always the same.
"""

from datetime import UTC, datetime

from django.db import connection

from metrics.compiling import compile_months
from metrics.models import Change, DeliverySettings, DeliverySource, Deployment, DeploymentChange, Incident
from metrics.storing.incidents import attribute
from portfolio.corpus.counts import Counts
from portfolio.corpus.rows import AT, fill, keep_history, key
from products.fiscal import add_months
from products.models import Product
from records import clock

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)  # the instant of every stamp of the corpus
ZONES = "(ARRAY['America/Toronto','UTC','America/Vancouver','America/St_Johns','Pacific/Auckland'])[i / 3 % 5 + 1]"
OFTEN = "(ARRAY[0.3, 0.6, 1.0, 1.3, 1.8])[i % 5 + 1]"
IS_YOUNG = "i % 10 = 9"
YEAR = 12
HAS_FEED = "i % 6 <> 0"
SOURCE = "ci"

# What happens to deployment number k of a product; the first that applies.
IS_TRIAL, IS_AGAIN, IS_BACK = "k % 12 = 0", "k % 29 = 0", "k % 31 = 0"
IS_OWN = f"NOT ({IS_TRIAL} OR {IS_AGAIN} OR {IS_BACK})"
# A trial holds the commits of the next deployment, a re-deploy those of the one before it, a rollback those before that.
HOLDS = f"k + CASE WHEN {IS_TRIAL} THEN 1 WHEN {IS_AGAIN} THEN -1 WHEN {IS_BACK} THEN -2 ELSE 0 END"
COMMITS = "k * 7 % 12 + 1"


def fill_deliveries(counts: Counts) -> None:
    """Settings, a source, deployments, commits and incidents of the first products."""
    if not counts.measured:
        return
    # At the end of the transaction the promises of millions of rows would wait together.
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    _settings(counts)
    _deployments(counts)
    _execute(NUMBERED.format(commits=COMMITS, own=IS_OWN))
    _links()
    _changes()
    _incidents()
    _execute("DROP TABLE corpus_change; DROP TABLE corpus_deployment")
    _execute("SET CONSTRAINTS ALL DEFERRED")
    # Whoever reads these tables before the statistics of the night would read them row by row.
    for model in (Deployment, Change, DeploymentChange, Incident, DeliverySettings, Product):
        _execute(f"ANALYZE {model._meta.db_table}")


def compile_last_months(counts: Counts) -> None:
    """Compute the measures of as many months as the size says, and close those that were due at the corpus' own time."""
    if counts.measured and counts.compiled:
        with clock.at(NOW):
            last = NOW.date().replace(day=1)
            compile_months(first=add_months(last, -counts.compiled), last=last)


def spread(number: str) -> str:
    """The SQL of a number from 0 to 1, another for each whole number: by turns, as if by chance."""
    return f"((({number})::bigint * 2654435761 % 4294967296)::float8 / 4294967296)"


def wait(number: str, mean: str) -> str:
    """The SQL of an interval to the millisecond, mostly shorter than `mean` seconds and sometimes much longer."""
    return f"make_interval(secs => round((-ln(1 - {spread(number)}) * ({mean}))::numeric, 3)::float8)"


def _settings(counts: Counts) -> None:
    measured = f"generate_series(1, {counts.measured}) i"
    fill(
        DeliverySettings,
        measured,
        id=key("delivery settings", "i"),
        product_id=key("product", "i"),
        key="'C-' || lpad(i::text, 5, '0')",
        timezone=ZONES,
        has_incident_feed=HAS_FEED,
        attribution_window="CASE i % 10 WHEN 3 THEN NULL WHEN 7 THEN 7 * 86400 ELSE 30 * 86400 END",
    )
    fill(
        DeliverySource,
        measured,
        id=key("delivery source", "i"),
        product_id=key("product", "i"),
        kind="'generic'",
        name=f"'{SOURCE}'",
        repository=REPO,
        reports_incidents=HAS_FEED,
    )
    keep_history(DeliverySettings)
    keep_history(DeliverySource)


REPO = "'corpus/' || i"


def _deployments(counts: Counts) -> None:
    """Evenly over the months, each a little early or late; `corpus_deployment` says which row is whose number."""
    months = f"CASE WHEN {IS_YOUNG} THEN {min(YEAR, counts.months)} ELSE {counts.months} END"
    each = counts.deployments / counts.measured
    _execute(
        f"""
        CREATE TEMPORARY TABLE corpus_deployment AS
        SELECT nextval(pg_get_serial_sequence('metrics_deployment', 'id')) AS id, i, k, product_id,
            date_trunc('second', began + ({AT} - began) * ((k - 0.5 + ({spread("k * 31 + i")} - 0.5) * 0.9) / n))
                + make_interval(secs => k * 37 % 1000 / 1000.0) AS finished_at
        FROM (
            SELECT i, {key("product", "i")} AS product_id,
                date_trunc('month', {AT}, 'UTC') - make_interval(months => months) AS began,
                ceil({each} * {OFTEN} * months / {counts.months})::bigint AS n
            FROM generate_series(1, {counts.measured}) i, LATERAL (SELECT {months} AS months) m
        ) product, generate_series(1, n) k
        ORDER BY i, k
        """  # noqa: S608 - our own constants
    )
    fill(
        Deployment,
        "corpus_deployment",
        id="id",
        product_id="product_id",
        source=f"'{SOURCE}'",
        external_id="k::text",
        environment=f"CASE WHEN {IS_TRIAL} THEN 'staging' ELSE 'production' END",
        status="CASE WHEN k % 101 = 0 THEN 'in_progress' WHEN k % 23 = 0 THEN 'failure' ELSE 'success' END",
        started_at="finished_at - interval '7 minutes'",
        finished_at="CASE WHEN k % 101 <> 0 THEN finished_at END",
        repo=REPO,
        sha=_sha("1"),
        rollback_of=f"CASE WHEN {IS_BACK} AND NOT ({IS_TRIAL} OR {IS_AGAIN}) THEN (k - 1)::text ELSE '' END",
        unplanned="k % 17 = 0",
        voided="k % 401 = 0",
        updated_at="finished_at",
    )


def _sha(n: str) -> str:
    digest = f"md5('corpus:' || i || chr(58) || k || chr(58) || {n})"
    return f"{digest} || left({digest}, 8)"


# The commits that each deployment of its own brings, with the row each will have.
NUMBERED = """
CREATE TEMPORARY TABLE corpus_change AS
SELECT nextval(pg_get_serial_sequence('metrics_change', 'id')) AS id, d.product_id, d.i, d.k, n, d.finished_at
FROM corpus_deployment d, generate_series(1, {commits}) n WHERE {own} ORDER BY d.i, d.k, n;
ANALYZE corpus_deployment; ANALYZE corpus_change
"""


def _links() -> None:
    """Before the changes, which then stand at once with the time they shipped; the promise is asked for afterwards."""
    _execute("SET CONSTRAINTS ALL DEFERRED")
    fill(
        DeploymentChange,
        f"(SELECT id AS deployment_id, i, {HOLDS} AS k FROM corpus_deployment) d JOIN corpus_change c USING (i, k)",  # noqa: S608
        deployment_id="d.deployment_id",
        change_id="c.id",
    )


def _changes() -> None:
    """With the least time of the eligible deployments that hold each (dora.md §2.2)."""
    _execute("ANALYZE metrics_deployment; ANALYZE metrics_deploymentchange")
    fill(
        Change,
        """corpus_change c LEFT JOIN (
            SELECT l.change_id, min(d.finished_at) AS at FROM metrics_deploymentchange l
            JOIN metrics_deployment d ON d.id = l.deployment_id AND d.eligible GROUP BY 1
        ) first ON first.change_id = c.id ORDER BY c.id""",
        id="c.id",
        product_id="c.product_id",
        repo=REPO,
        sha=_sha("n"),
        committed_at=(
            "c.finished_at + CASE WHEN (k * 12 + n) % 997 = 0 THEN interval '3 minutes' "
            f"ELSE - {wait('(i * 4001 + k) * 12 + n', '86400 * (i % 9 + 1) / 4')} END"
        ),
        is_merge="n % 9 = 0",
        shipped_at="first.at",
    )
    _execute("SET CONSTRAINTS ALL IMMEDIATE")


def _incidents() -> None:
    """After every fourth deployment of products that report them; a fifth names the deployment, a few something else."""
    started = f"finished_at + {wait('i * 4001 + k', '86400')}"
    open_still, cancelled = "k % 164 = 1", "k % 92 = 1"
    after = f"SELECT *, {started} AS started FROM corpus_deployment WHERE k % 4 = 1 AND {HAS_FEED} ORDER BY id"  # noqa: S608
    fill(
        Incident,
        f"({after}) d WHERE started < {AT}",
        product_id="product_id",
        source="'desk'",
        external_id="k::text",
        environment="CASE WHEN k % 124 = 5 THEN 'staging' WHEN k % 3 = 0 THEN 'production' ELSE '' END",
        status=f"CASE WHEN {open_still} THEN 'open' WHEN {cancelled} THEN 'cancelled' ELSE 'resolved' END",
        started_at="started",
        resolved_at=(
            f"CASE WHEN {open_still} OR {cancelled} THEN NULL WHEN k % 996 = 5 THEN started - interval '2 minutes' "
            f"ELSE LEAST(started + {wait('i * 5003 + k', '3600 * (i % 7 + 1) * 3')}, {AT}) END"
        ),
        link_source=f"CASE WHEN k % 20 = 1 THEN '{SOURCE}' ELSE '' END",
        link_external_id="CASE WHEN k % 20 = 1 THEN k::text ELSE '' END",
        change_related="CASE k % 60 WHEN 9 THEN false WHEN 13 THEN true END",
        title="'Incident ' || k",
        updated_at=AT,
    )
    measured = DeliverySettings.objects.filter(changed_by_id="corpus").values("product")
    attribute(Incident.objects.filter(product__in=measured).values_list("pk", flat=True), {}, [])


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
