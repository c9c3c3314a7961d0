"""The measures of dora.md §2.4 as one statement written by hand, straight from the links: what the compilation is held to.

It shares nothing with metrics.compiling and uses nothing that is kept: when a change shipped and whose fault an incident
was are worked out here. Product-months only, of every measured product, into a table that the session forgets.
"""

BY_HAND = """
CREATE TEMPORARY TABLE by_hand AS
WITH setting AS MATERIALIZED (
    SELECT product_id, timezone AS tz, has_incident_feed AS feed, attribution_window * interval '1 second' AS near
    FROM metrics_deliverysettings
), eligible AS MATERIALIZED (
    SELECT id, product_id, source, external_id, finished_at, rollback_of, unplanned FROM metrics_deployment
    WHERE environment = 'production' AND status = 'success' AND finished_at IS NOT NULL AND NOT voided
        AND NOT voided_by_team
), shipped AS (
    SELECT l.change_id, min(e.finished_at) AS at
    FROM metrics_deploymentchange l JOIN eligible e ON e.id = l.deployment_id GROUP BY 1
), led AS (
    SELECT c.product_id, date_trunc('month', s.at AT TIME ZONE p.tz)::date AS month,
        (extract(epoch FROM s.at - c.committed_at) * 1000000)::bigint AS took
    FROM shipped s JOIN metrics_change c ON c.id = s.change_id JOIN setting p ON p.product_id = c.product_id
    WHERE NOT c.is_merge AND c.committed_at IS NOT NULL
), lead AS (
    SELECT product_id, month, count(*) FILTER (WHERE took >= 0) AS n, count(*) FILTER (WHERE took < 0) AS negative,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took::float8) FILTER (WHERE took >= 0) AS p,
        avg(took) FILTER (WHERE took >= 0) AS mean
    FROM led GROUP BY 1, 2
), fell AS MATERIALIZED (
    SELECT i.product_id, i.status, i.started_at, i.resolved_at, CASE WHEN i.change_related IS NOT FALSE
        THEN CASE WHEN i.link_external_id <> '' THEN named.id ELSE last.id END END AS deployment
    FROM metrics_incident i JOIN setting p ON p.product_id = i.product_id
    LEFT JOIN eligible named ON named.product_id = i.product_id AND named.source = i.link_source
        AND named.external_id = i.link_external_id
    LEFT JOIN LATERAL (
        SELECT d.id FROM metrics_deployment d
        WHERE d.product_id = i.product_id AND d.eligible AND d.finished_at <= i.started_at
            AND (p.near IS NULL OR i.started_at - d.finished_at <= p.near)
        ORDER BY d.finished_at DESC, d.source DESC, d.external_id DESC LIMIT 1
    ) last ON i.link_external_id = ''
    WHERE i.status <> 'cancelled' AND i.environment IN ('', 'production')
), failed AS (
    SELECT deployment AS id FROM fell WHERE deployment IS NOT NULL
    UNION SELECT e.id FROM eligible r JOIN eligible e ON e.product_id = r.product_id AND e.source = r.source
        AND e.external_id = r.rollback_of AND r.rollback_of <> r.external_id WHERE r.rollback_of <> ''
), deployment AS (
    SELECT e.product_id, date_trunc('month', e.finished_at AT TIME ZONE p.tz)::date AS month, count(*) AS n,
        count(DISTINCT (e.finished_at AT TIME ZONE p.tz)::date) AS days, count(f.id) AS failed,
        count(*) FILTER (WHERE e.unplanned OR e.rollback_of <> '') AS rework
    FROM eligible e JOIN setting p ON p.product_id = e.product_id LEFT JOIN failed f ON f.id = e.id GROUP BY 1, 2
), restored AS (
    SELECT f.product_id, date_trunc('month', f.resolved_at AT TIME ZONE p.tz)::date AS month,
        count(*) FILTER (WHERE f.resolved_at >= f.started_at) AS n,
        count(*) FILTER (WHERE f.resolved_at < f.started_at) AS negative,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM f.resolved_at - f.started_at)::float8)
            FILTER (WHERE f.resolved_at >= f.started_at) AS p,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM f.resolved_at - e.finished_at)::float8)
            FILTER (WHERE f.resolved_at >= e.finished_at) AS recovery
    FROM fell f JOIN setting p ON p.product_id = f.product_id LEFT JOIN eligible e ON e.id = f.deployment
    WHERE f.status = 'resolved' GROUP BY 1, 2
), grid AS MATERIALIZED (
    SELECT s.*, m.month::date, (m.month + interval '1 month')::date - m.month::date AS days,
        (m.month + interval '1 month') AT TIME ZONE s.tz AS ends_at
    FROM setting s, generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 month') m(month)
), step AS (
    SELECT product_id, date_trunc('month', started_at AT TIME ZONE tz)::date AS month, 1 AS by
    FROM fell JOIN setting USING (product_id) WHERE status <> 'resolved' OR resolved_at > started_at
    UNION ALL
    SELECT product_id, date_trunc('month', resolved_at AT TIME ZONE tz)::date, -1
    FROM fell JOIN setting USING (product_id) WHERE status = 'resolved' AND resolved_at > started_at
    UNION ALL SELECT product_id, month, 0 FROM grid
), standing AS (
    SELECT DISTINCT product_id, month, sum(by) OVER (PARTITION BY product_id ORDER BY month) AS n FROM step
), first AS (SELECT product_id, min(finished_at) AS at FROM eligible GROUP BY 1)
SELECT g.product_id, g.month AS starts_on,
    COALESCE(d.n, 0) AS deployment_count, COALESCE(d.days, 0) AS deployment_days,
    CASE WHEN f.at >= g.ends_at OR f.at IS NULL THEN '' WHEN d.n >= g.days THEN 'elite' WHEN d.n >= 4 THEN 'high'
        WHEN d.n >= 1 THEN 'medium' ELSE 'low' END AS deployment_frequency_level,
    COALESCE(l.n, 0) AS change_count,
    round((l.p[1] / 1000000)::numeric, 3) AS lead_time_p50_seconds,
    round((l.p[2] / 1000000)::numeric, 3) AS lead_time_p90_seconds,
    round(l.mean / 1000000, 3) AS lead_time_mean_seconds,
    CASE WHEN l.p[1] < 86400e6 THEN 'elite' WHEN l.p[1] < 604800e6 THEN 'high' WHEN l.p[1] < 2592000e6 THEN 'medium'
        WHEN l.p[1] IS NULL THEN '' ELSE 'low' END AS lead_time_level,
    CASE WHEN g.feed THEN COALESCE(d.failed, 0) END AS failed_deployment_count,
    CASE WHEN NOT g.feed OR d.n IS NULL THEN '' WHEN d.failed <= 0.05 * d.n THEN 'elite'
        WHEN d.failed <= 0.10 * d.n THEN 'high' WHEN d.failed <= 0.15 * d.n THEN 'medium' ELSE 'low' END
        AS change_failure_level,
    CASE WHEN g.feed THEN COALESCE(r.n, 0) END AS restored_incident_count,
    CASE WHEN g.feed THEN round(r.p[1]::numeric, 3) END AS time_to_restore_p50_seconds,
    CASE WHEN g.feed THEN round(r.p[2]::numeric, 3) END AS time_to_restore_p90_seconds,
    CASE WHEN NOT g.feed OR r.p[1] IS NULL THEN '' WHEN r.p[1] < 3600 THEN 'elite' WHEN r.p[1] < 86400 THEN 'high'
        WHEN r.p[1] < 604800 THEN 'medium' ELSE 'low' END AS time_to_restore_level,
    CASE WHEN g.feed THEN round(r.recovery::numeric, 3) END AS recovery_p50_seconds,
    COALESCE(d.rework, 0) AS rework_count, CASE WHEN g.feed THEN COALESCE(o.n, 0) END AS open_incidents,
    COALESCE(l.negative, 0) AS dq_negative_lead_time, COALESCE(r.negative, 0) AS dq_negative_restore
FROM grid g
LEFT JOIN deployment d USING (product_id, month) LEFT JOIN lead l USING (product_id, month)
LEFT JOIN restored r USING (product_id, month) LEFT JOIN standing o USING (product_id, month)
LEFT JOIN first f USING (product_id)
"""

COMPARED = (
    *("deployment_count", "deployment_days", "deployment_frequency_level", "change_count"),
    *("lead_time_p50_seconds", "lead_time_p90_seconds", "lead_time_mean_seconds", "lead_time_level"),
    *("failed_deployment_count", "change_failure_level", "restored_incident_count", "time_to_restore_p50_seconds"),
    *("time_to_restore_p90_seconds", "time_to_restore_level", "recovery_p50_seconds", "rework_count"),
    *("open_incidents", "dq_negative_lead_time", "dq_negative_restore"),
)
# The months in which the two do not say the same: by hand durations are floats, so a millisecond of rounding is forgiven.
DIFFERENT = f"""
SELECT count(*) FROM by_hand h LEFT JOIN (
    SELECT DISTINCT ON (product_id, starts_on) * FROM metrics_dorasnapshot
    WHERE scope = 'product' AND period = 'month' ORDER BY product_id, starts_on, revision DESC
) x USING (product_id, starts_on)
WHERE x.id IS NULL OR {
    " OR ".join(
        f"abs(h.{name} - x.{name}) > 0.001 OR (h.{name} IS NULL) <> (x.{name} IS NULL)"
        if name.endswith("_seconds")
        else f"h.{name} IS DISTINCT FROM x.{name}"
        for name in COMPARED
    )
}
"""  # noqa: S608 - made of the column names above
