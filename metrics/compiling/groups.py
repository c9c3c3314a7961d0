"""Families and quarters that no longer say what their months say: a product joined a family, left it, or was the first of one.

Nothing is told when products move in the inventory, so the rows themselves are compared: the counts of a family or quarter
with the sum of the months it is made of. Quarters are those of the department's fiscal year. Where clocks of a family differ
the sums may differ for good; computing again what is right changes nothing.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from metrics.states import Period, Scope

COUNTS = ("deployment_count", "change_count", "rework_count", "dq_negative_lead_time")
SUMS = ", ".join(f"sum({name}) AS {name}" for name in COUNTS)
TOLD = ", ".join(f"e.{name}" for name in COUNTS)
KEPT = ", ".join(f"k.{name}" for name in COUNTS)
# The first day of the quarter a month lies in, in fiscal years of department d.
QUARTER = (
    "({month} - make_interval(months => (12 + extract(month FROM {month})::int - d.fiscal_start_month) %% 3))::date"
)
DIFFERENT = f"""
WITH head AS (SELECT DISTINCT head_id AS id FROM products_product WHERE parent_id IS NOT NULL
), current AS (
    SELECT DISTINCT ON (product_id, scope, period, starts_on) * FROM metrics_dorasnapshot
    WHERE level_set = %(level_set)s AND method_version = %(method)s
    ORDER BY product_id, scope, period, starts_on, revision DESC
), told AS (
    SELECT CASE WHEN h.id IS NULL THEN 'product' ELSE 'family' END AS scope, COALESCE(h.id, p.id) AS product_id, c.*,
        {QUARTER.format(month="c.month")} AS quarter
    FROM (SELECT product_id AS member, starts_on AS month, {", ".join(COUNTS)}, restored_incident_count
        FROM current WHERE scope = 'product' AND period = 'month') c
    JOIN products_product p ON p.id = c.member LEFT JOIN head h ON h.id = p.head_id
    JOIN products_product f ON f.id = p.head_id JOIN people_department d ON d.id = f.department_id
), expected AS (
    SELECT scope, 'month' AS period, product_id, month AS starts_on, {SUMS}, sum(restored_incident_count) AS restored
    FROM told WHERE scope = 'family' GROUP BY scope, product_id, month
    UNION ALL
    SELECT scope, 'quarter', product_id, quarter, {SUMS}, sum(restored_incident_count)
    FROM told GROUP BY scope, product_id, quarter
), kept AS (
    SELECT c.* FROM current c LEFT JOIN head h ON h.id = c.product_id
    JOIN products_product p ON p.id = c.product_id JOIN people_department d ON d.id = p.department_id
    -- quarters of a fiscal year that the department had before are history
    WHERE (c.period = 'month' OR c.starts_on = {QUARTER.format(month="c.starts_on")})
        AND ((c.scope = 'family' AND h.id IS NOT NULL AND EXISTS (
            SELECT FROM products_product p JOIN metrics_deliverysettings s ON s.product_id = p.id
            WHERE p.head_id = c.product_id))
        OR (c.scope = 'product' AND c.period = 'quarter' AND EXISTS (
            SELECT FROM expected e WHERE e.scope = 'product' AND e.product_id = c.product_id)))
)
SELECT scope, period, product_id, starts_on FROM expected e FULL JOIN kept k USING (scope, period, product_id, starts_on)
WHERE ({TOLD}) IS DISTINCT FROM ({KEPT})
    OR (k.has_incident_feed AND COALESCE(e.restored, 0) <> COALESCE(k.restored_incident_count, 0))
ORDER BY scope, period, starts_on, product_id
"""  # noqa: S608 - made of the column names above


@dataclass(frozen=True)
class Group:
    """A family's month or quarter, or a lone product's quarter, to compute again."""

    scope: Scope
    period: Period
    product: UUID
    starts_on: date


def groups_that_differ(level_set: str, method: int) -> list[Group]:
    """Every family and quarter whose row is missing or adds up to something else."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT, {"level_set": level_set, "method": method})
        return [
            Group(Scope(scope), Period(period), product, start) for scope, period, product, start in cursor.fetchall()
        ]
