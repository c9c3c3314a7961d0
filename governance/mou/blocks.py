"""The tables that sections show, as data in both languages."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from governance.mou.facts import Facts
from governance.mou_states import MouMoney, OfficialRole
from metrics.indicators.words import is_short, target_of
from metrics.models import DoraTarget, ProductKpi
from metrics.reading.amounts import aim
from metrics.states import KpiFrequency, Metric
from people.bilingual import LANGUAGES, said

Block = dict[str, Any]


def both(name: str, text: Callable[[], Any]) -> dict[str, str]:
    """`name`_en and `name`_fr of a text that is made in the language of the moment."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[f"{name}_{language}"] = str(text())
    return found


def named(record: Any, name: str = "name") -> dict[str, str]:
    """A pair of a record; one language stands in for the other where it is all there is."""
    return both(name, lambda: said(record, name))


def parties(facts: Facts) -> Block:
    rows = [
        {**both("side", each.get_side_display), "acronym": each.branch.acronym, **named(each.branch)}
        for each in facts.parties
    ]
    return {"rows": rows}


def amounts(facts: Facts) -> Block:
    """A table for each sponsoring branch: a row for each year and source of funds, then the sum."""
    return {"tables": [_table(facts, party) for party in facts.sponsors]}


def _table(facts: Facts, party: Any) -> Block:
    mine = [each for each in facts.amounts if each.party_id == party.pk]
    by_row: dict[tuple[int, str], list[Any]] = {}
    for each in mine:
        by_row.setdefault((each.fiscal_year, each.source.code), []).append(each)
    rows = [
        {"fiscal_year": year, **named(by_row[year, code][0].source), **_sums(by_row[year, code])}
        for year, code in sorted(by_row)
    ]
    return {**named(party.branch), "rows": rows, "total": _sums(mine)}


def _sums(lines: list[Any]) -> dict[str, str | None]:
    """Salary, other costs and both; amounts are text, so that no digit is lost. Without an amount there is none, not zero."""
    sums = {kind: [each.amount for each in lines if each.kind == kind] for kind in MouMoney.values}
    found = {kind: f"{sum(amounts):.2f}" if amounts else None for kind, amounts in sums.items()}
    return {**found, "sum": f"{sum((each.amount for each in lines), Decimal(0)):.2f}"}


def targets(facts: Facts) -> Block:
    """The targets the team keeps: of its indicators, then of delivery."""
    rows = [_indicator(each) for each in facts.kpis]
    rows += [
        _delivery(each) for each in sorted(facts.delivery_targets, key=lambda each: Metric.values.index(each.metric))
    ]
    return {"rows": rows}


def _indicator(kpi: ProductKpi) -> Block:
    def target() -> str:
        unit = kpi.definition.unit
        return target_of(kpi) if not unit or is_short(unit) else f"{target_of(kpi)} ({unit})"

    kept = kpi.definition
    return {**named(kept), **both("target", target), **both("frequency", kept.get_frequency_display)}


def _delivery(target: DoraTarget) -> Block:
    metric = Metric(target.metric)

    def words() -> str:
        aimed = aim(metric, target.value)
        per_month = metric == Metric.DEPLOYMENT_FREQUENCY
        return gettext("%(count)s deployments a month") % {"count": aimed} if per_month else aimed

    named_metric = both("name", lambda: metric.label)
    return {**named_metric, **both("target", words), **both("frequency", lambda: KpiFrequency.MONTH.label)}


def bodies(facts: Facts) -> Block:
    rows = [
        {
            **named(each), **both("kind", each.get_kind_display), **named(each, "delegated"),
            "terms_of_reference": each.terms_of_reference,
        }
        for each in facts.bodies
    ]  # fmt: skip
    return {"rows": rows}


def designated(facts: Facts) -> Block:
    return _officials(facts, OfficialRole.DESIGNATED)


def signatories(facts: Facts) -> Block:
    return _officials(facts, OfficialRole.SIGNATORY)


def _officials(facts: Facts, role: OfficialRole) -> Block:
    rows = [
        {"id": str(each.pk), "name": each.person.name, **named(each, "title"), **organisation(each)}
        for each in facts.named(role)
    ]
    return {"rows": rows}


def organisation(official: Any) -> dict[str, str]:
    return both("organisation", lambda: said(official.party.branch, "name"))


BLOCKS: dict[str, Callable[[Facts], Block]] = {
    each.__name__: each for each in (parties, amounts, targets, bodies, designated, signatories)
}
