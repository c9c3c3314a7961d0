"""The one statement: every measure of dora.md §2.4 for a set of cells (product or family × month or quarter).

Cells come in as arrays; events are read between the first and the last of them, give or take the widest offset from UTC,
and then put into their month by the exact zone. Durations are whole microseconds until the end, so that no plan and no
order of rows changes a digit; they are kept to the millisecond.
"""

from metrics.compiling.levels import Levels

SCOPES = {
    # one product: itself
    "product": """
        SELECT s.product_id AS scope_id, s.product_id, s.timezone AS tz, s.has_incident_feed AS feed, {shift} AS shift
        FROM metrics_deliverysettings s JOIN wanted w ON w.scope_id = s.product_id
        JOIN products_product f ON f.id = s.product_id JOIN people_department y ON y.id = f.department_id
    """,
    # a family: every measured product in it, by the clock of its head; failures are known when they are for all that deliver
    "family": """
        SELECT p.head_id AS scope_id, s.product_id, COALESCE(h.timezone, first_value(s.timezone) OVER by_family) AS tz,
            bool_and(s.has_incident_feed OR NOT EXISTS (
                SELECT FROM metrics_deployment d WHERE d.product_id = s.product_id AND d.eligible)) OVER by_family
            AND bool_or(s.has_incident_feed) OVER by_family AS feed,
            {shift} AS shift
        FROM products_product p
        JOIN wanted w ON w.scope_id = p.head_id
        JOIN products_product f ON f.id = p.head_id JOIN people_department y ON y.id = f.department_id
        JOIN metrics_deliverysettings s ON s.product_id = p.id
        LEFT JOIN metrics_deliverysettings h ON h.product_id = p.head_id
        WINDOW by_family AS (PARTITION BY p.head_id ORDER BY s.product_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    """,
}
# How far the fiscal quarters of a department (alias y) stand behind those of the calendar.
SHIFT = "make_interval(months => (y.fiscal_start_month - 1) %% 3)"
# The first day of the period an instant lies in.
STARTS = {
    "month": "date_trunc('month', {0})::date",
    "quarter": "(date_trunc('quarter', {0} - shift) + shift)::date",
}
INSTANTS = {
    "day": "day::timestamp",
    "shipped": "c.shipped_at AT TIME ZONE m.tz",
    "ended": "i.resolved_at AT TIME ZONE m.tz",
    "started": "started_at AT TIME ZONE tz",
    "resolved": "resolved_at AT TIME ZONE tz",
}

MEASURES = """
WITH cell AS MATERIALIZED (
    SELECT * FROM unnest(%(scopes)s::uuid[], %(starts)s::date[], %(reasons)s::text[], %(causes)s::text[])
        AS c(scope_id, starts_on, reason, cause)
), wanted AS (SELECT DISTINCT scope_id FROM cell
), member AS MATERIALIZED ({members}
), span AS MATERIALIZED (
    SELECT c.scope_id, c.starts_on, c.reason, c.cause, m.tz, m.feed,
        (c.starts_on + %(step)s::interval)::date - c.starts_on AS days,
        (c.starts_on + %(step)s::interval)::timestamp AT TIME ZONE m.tz AS ends_at
    FROM cell c JOIN (SELECT DISTINCT scope_id, tz, feed FROM member) m USING (scope_id)
), deployed AS (
    SELECT m.scope_id, (d.finished_at AT TIME ZONE m.tz)::date AS day, d.id, d.product_id, d.source, d.external_id,
        d.unplanned OR d.rollback_of <> '' AS rework, m.shift
    FROM member m JOIN metrics_deployment d ON d.product_id = m.product_id AND d.eligible
        AND d.finished_at >= %(since)s AND d.finished_at < %(until)s
), failed AS (
    -- asked from these deployments, so that the cost is theirs and not that of everything that ever failed
    SELECT d.id FROM deployed d JOIN metrics_incident i ON i.attributed_to_id = d.id
    UNION
    SELECT d.id FROM deployed d JOIN metrics_deployment r ON r.product_id = d.product_id AND r.source = d.source
        AND r.rollback_of = d.external_id AND r.rollback_of <> '' AND r.eligible AND r.rollback_of <> r.external_id
), by_day AS (
    SELECT d.scope_id, d.day, d.shift, count(*) AS n, count(*) FILTER (WHERE d.rework) AS rework, count(f.id) AS failed
    FROM deployed d LEFT JOIN failed f USING (id) GROUP BY d.scope_id, d.day, d.shift
), deployment AS (
    SELECT scope_id, {of_day} AS starts_on, sum(n) AS n, count(*) AS days,
        sum(rework) AS rework, sum(failed) AS failed
    FROM by_day GROUP BY 1, 2
), led AS (
    SELECT m.scope_id, {of_shipped} AS starts_on,
        (extract(epoch FROM c.shipped_at - c.committed_at) * 1000000)::bigint AS took
    FROM member m JOIN metrics_change c ON c.product_id = m.product_id AND c.shipped_at >= %(since)s
        AND c.shipped_at < %(until)s
    WHERE NOT c.is_merge AND c.committed_at IS NOT NULL
), lead AS (
    SELECT scope_id, starts_on, count(*) FILTER (WHERE took >= 0) AS n, count(*) FILTER (WHERE took < 0) AS negative,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took::float8) FILTER (WHERE took >= 0) AS p,
        avg(took) FILTER (WHERE took >= 0) AS mean
    FROM led GROUP BY 1, 2
), ended AS (
    SELECT m.scope_id, {of_ended} AS starts_on,
        (extract(epoch FROM i.resolved_at - i.started_at) * 1000000)::bigint AS took,
        (extract(epoch FROM i.resolved_at - d.finished_at) * 1000000)::bigint AS recovered
    FROM member m JOIN metrics_incident i ON i.product_id = m.product_id AND i.live AND i.status = 'resolved'
        AND i.resolved_at >= %(since)s AND i.resolved_at < %(until)s
    LEFT JOIN metrics_deployment d ON d.id = i.attributed_to_id
), restored AS (
    SELECT scope_id, starts_on, count(*) FILTER (WHERE took >= 0) AS n, count(*) FILTER (WHERE took < 0) AS negative,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took::float8) FILTER (WHERE took >= 0) AS p,
        count(*) FILTER (WHERE recovered >= 0) AS recoveries,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY recovered::float8) FILTER (WHERE recovered >= 0) AS recovery
    FROM ended GROUP BY 1, 2
), may_be_open AS (
    SELECT m.scope_id, m.tz, m.shift, i.started_at, NULL::timestamptz AS resolved_at
    FROM member m JOIN metrics_incident i ON i.product_id = m.product_id AND i.live AND i.status <> 'resolved'
        AND i.started_at < %(until)s
    UNION ALL
    SELECT m.scope_id, m.tz, m.shift, i.started_at, i.resolved_at
    FROM member m JOIN metrics_incident i ON i.product_id = m.product_id AND i.live AND i.status = 'resolved'
        AND i.resolved_at >= %(since)s AND i.started_at < %(until)s
), step AS (
    SELECT scope_id, {of_started} AS starts_on, 1 AS change, false AS is_cell
    FROM may_be_open WHERE resolved_at IS NULL OR resolved_at > started_at
    UNION ALL
    SELECT scope_id, {of_resolved}, -1, false
    FROM may_be_open WHERE resolved_at > started_at
    UNION ALL
    SELECT scope_id, starts_on, 0, true FROM cell
), standing AS (
    SELECT scope_id, starts_on, is_cell, sum(change) OVER (
        PARTITION BY scope_id ORDER BY starts_on RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n
    FROM step
), still_open AS (SELECT scope_id, starts_on, n FROM standing WHERE is_cell
), begun AS (
    SELECT m.scope_id, min(first.at) AS at, max(w.delivery) AS watermark
    FROM member m
    LEFT JOIN metrics_deliverywatermark w ON w.product_id = m.product_id
    LEFT JOIN LATERAL (
        SELECT d.finished_at AS at FROM metrics_deployment d WHERE d.product_id = m.product_id AND d.eligible
        ORDER BY d.finished_at LIMIT 1
    ) first ON true
    GROUP BY m.scope_id
), measured AS (
    SELECT s.scope_id AS product_id, s.starts_on, s.tz AS timezone, s.reason, s.cause, s.feed AS has_incident_feed,
        s.ends_at <= %(now)s AS is_final, s.days, COALESCE(b.watermark, 0) AS watermark,
        COALESCE(b.at < s.ends_at, false) AS ever_deployed,
        COALESCE(d.n, 0) AS deployment_count, COALESCE(d.days, 0) AS deployment_days,
        COALESCE(l.n, 0) AS change_count,
        round((l.p[1] / 1000000)::numeric, 3) AS lead_time_p50_seconds,
        round((l.p[2] / 1000000)::numeric, 3) AS lead_time_p90_seconds,
        round(l.mean / 1000000, 3) AS lead_time_mean_seconds,
        CASE WHEN s.feed THEN COALESCE(d.failed, 0) END AS failed_deployment_count,
        CASE WHEN s.feed THEN COALESCE(r.n, 0) END AS restored_incident_count,
        CASE WHEN s.feed THEN round((r.p[1] / 1000000)::numeric, 3) END AS time_to_restore_p50_seconds,
        CASE WHEN s.feed THEN round((r.p[2] / 1000000)::numeric, 3) END AS time_to_restore_p90_seconds,
        CASE WHEN s.feed THEN COALESCE(r.recoveries, 0) ELSE 0 END AS recovery_count,
        CASE WHEN s.feed THEN round((r.recovery / 1000000)::numeric, 3) END AS recovery_p50_seconds,
        COALESCE(d.rework, 0) AS rework_count,
        CASE WHEN s.feed THEN COALESCE(o.n, 0) END AS open_incidents,
        COALESCE(l.negative, 0) AS dq_negative_lead_time, COALESCE(r.negative, 0) AS dq_negative_restore
    FROM span s
    LEFT JOIN deployment d USING (scope_id, starts_on)
    LEFT JOIN lead l USING (scope_id, starts_on)
    LEFT JOIN restored r USING (scope_id, starts_on)
    LEFT JOIN still_open o USING (scope_id, starts_on)
    LEFT JOIN begun b USING (scope_id)
)
"""

VALUES = (
    "deployment_count",
    "deployment_days",
    "deployment_frequency_level",
    "change_count",
    "lead_time_p50_seconds",
    "lead_time_p90_seconds",
    "lead_time_mean_seconds",
    "lead_time_level",
    "failed_deployment_count",
    "change_failure_level",
    "restored_incident_count",
    "time_to_restore_p50_seconds",
    "time_to_restore_p90_seconds",
    "time_to_restore_level",
    "recovery_count",
    "recovery_p50_seconds",
    "rework_count",
    "open_incidents",
    "dq_negative_lead_time",
    "dq_negative_restore",
)
# What makes a new revision: the values, and what they were computed under.
COMPARED = (*VALUES, "is_final", "timezone", "has_incident_feed", "ever_deployed")

KEEP = """
, levelled AS (
    SELECT m.*, {levels} FROM measured m
), current AS (
    SELECT DISTINCT ON (x.product_id, x.starts_on) x.* FROM metrics_dorasnapshot x
    JOIN cell c ON c.scope_id = x.product_id AND c.starts_on = x.starts_on
    WHERE x.scope = %(scope)s AND x.period = %(unit)s AND x.level_set = %(level_set)s
        AND x.method_version = %(method)s
    ORDER BY x.product_id, x.starts_on, x.revision DESC
), kept AS (
    INSERT INTO metrics_dorasnapshot (scope, period, level_set, method_version, revision, computed_at, product_id, starts_on,
        reason, cause, watermark, {compared})
    SELECT %(scope)s, %(unit)s, %(level_set)s, %(method)s, COALESCE(k.revision, 0) + 1, %(now)s, n.product_id, n.starts_on,
        n.reason, n.cause, n.watermark, {new}
    FROM levelled n LEFT JOIN current k USING (product_id, starts_on)
    WHERE k.id IS NULL OR ({new}) IS DISTINCT FROM ({old})
    RETURNING product_id, starts_on
)
SELECT product_id, starts_on FROM kept
"""
NO_LEVELS = (
    "'' AS deployment_frequency_level, '' AS lead_time_level, '' AS change_failure_level, '' AS time_to_restore_level"
)


def statement(scope: str, period: str, levels: Levels | None) -> str:
    """The SQL that computes the cells of one scope and keeps a revision of each that differs from its current one."""
    named = NO_LEVELS
    if levels:
        named = ", ".join(
            f"CASE WHEN m.is_final THEN {case} ELSE '' END AS {metric}_level" for metric, case in levels.cases.items()
        )
    return (MEASURES + KEEP).format(
        members=SCOPES[scope].format(shift=SHIFT),
        **{f"of_{name}": STARTS[period].format(instant) for name, instant in INSTANTS.items()},
        levels=named,
        compared=", ".join(COMPARED),
        new=", ".join(f"n.{name}" for name in COMPARED),
        old=", ".join(f"k.{name}" for name in COMPARED),
    )
