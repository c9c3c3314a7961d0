"""An indicator of the corpus' products: open vulnerabilities, each month but every seventh, which nobody reported."""

from metrics.models import KpiDefinition, KpiValue, ProductKpi
from portfolio.corpus.counts import Counts
from portfolio.corpus.rows import AT, BY, BY_NAME, fill, keep_history, key

CODE = "open-vulnerabilities"


def fill_indicators(counts: Counts) -> None:
    """Kept by the products whose deliveries are followed, with values of as many months as are computed."""
    definition = KpiDefinition.objects.filter(code=CODE, department__isnull=True).first()
    if not counts.measured or not counts.compiled or definition is None:
        return
    since = f"(date_trunc('month', {AT}, 'UTC') AT TIME ZONE 'UTC' - interval '{counts.compiled} months')::date"
    measured = f"generate_series(1, {counts.measured}) i"
    fill(
        ProductKpi,
        measured,
        id=key("indicator", "i"),
        product_id=key("product", "i"),
        definition_id=f"'{definition.pk}'::uuid",
        target="i % 5",
        starts_on=since,
    )
    keep_history(ProductKpi)
    fill(
        KpiValue,
        f"{measured}, generate_series(0, {counts.compiled - 1}) m WHERE (i + m) % 7 <> 0",
        product_kpi_id=key("indicator", "i"),
        period=f"({since} + make_interval(months => m))::date",
        revision="1",
        value="(i * 7 + m * 3) % 11",
        entered_at=AT,
        entered_by_id=f"'{BY}'",
        entered_by_name=f"'{BY_NAME}'",
    )
