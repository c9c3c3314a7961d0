"""What ships with the software and an administrator may change afterwards: types of board, toll-gates, the MOU template, the
grid, levels and band rules of risks.

Loaded after every migrate; rows that exist are left as they are, whoever wrote them.
"""

from typing import Any

from django.db import connection

from governance.default_boards import BOARD_TYPES, board_type
from governance.default_gates import CODE, GATES, NAME, ShippedGate
from records.actors import SYSTEM
from records.writing import save


def load_defaults(**kwargs: Any) -> None:
    """Add the types of board, the set of gates and the template that are missing; change nothing that exists."""
    from governance.models import BoardType, GateFramework, GateInput, MouClause, MouTemplate, RiskGrid

    present = set(connection.introspection.table_names())
    if not {BoardType._meta.db_table, GateInput._meta.db_table} <= present:
        return
    kept = set(BoardType.objects.values_list("code", flat=True))
    for code in BOARD_TYPES:
        if code not in kept:
            save(BoardType(**board_type(code)), by=SYSTEM)
    if not GateFramework.objects.filter(code=CODE).exists():
        _add_gates()
    if MouClause._meta.db_table in present and not MouTemplate.objects.exists():
        _add_template()
    if RiskGrid._meta.db_table in present:
        _add_risk_rules()


def _add_risk_rules() -> None:
    """Each of the three tables is filled while it is empty; one that somebody began stays theirs."""
    from governance.default_risks import CELLS, SINCE, shipped_levels, shipped_rules
    from governance.models import BandRule, RiskGrid, RiskLevel

    if not RiskGrid.objects.filter(department__isnull=True).exists():
        save(RiskGrid(starts_on=SINCE, cells=CELLS), by=SYSTEM)
    if not RiskLevel.objects.exists():
        for values in shipped_levels():
            save(RiskLevel(**values), by=SYSTEM)
    if not BandRule.objects.filter(department__isnull=True).exists():
        for values in shipped_rules():
            save(BandRule(**values), by=SYSTEM)


def _add_template() -> None:
    from governance.models import MouClause, MouTemplate
    from governance.mou.template import IN_USE_FROM, shipped_clauses, shipped_template

    template = MouTemplate(**shipped_template(), in_use_from=IN_USE_FROM)
    save(template, by=SYSTEM)
    for values in shipped_clauses():
        save(MouClause(template=template, **values), by=SYSTEM)


def _add_gates() -> None:
    from governance.models import Gate, GateFramework

    framework = GateFramework(code=CODE, name_en=NAME[0], name_fr=NAME[1])
    save(framework, by=SYSTEM)
    gates: dict[int, Gate] = {}
    for number, shipped in GATES.items():
        gates[number] = _gate(framework, number, shipped)
        save(gates[number], by=SYSTEM)
        _add_inputs(gates, number)


def _gate(framework: Any, number: int, shipped: ShippedGate) -> Any:
    from governance.models import Gate

    approved, returned, rejected = shipped.effects
    when_approved, otherwise = shipped.words
    return Gate(
        framework=framework,
        number=number,
        name_en=shipped.name.en,
        name_fr=shipped.name.fr,
        purpose_en=shipped.purpose.en,
        purpose_fr=shipped.purpose.fr,
        from_phases=list(shipped.from_phases),
        is_optional=shipped.is_optional,
        for_changes=shipped.for_changes,
        fixes_next_review=shipped.fixes_next_review,
        approved_effect=approved,
        returned_effect=returned,
        rejected_effect=rejected,
        approved_words_en=when_approved.en,
        approved_words_fr=when_approved.fr,
        otherwise_words_en=otherwise.en,
        otherwise_words_fr=otherwise.fr,
    )


def _add_inputs(gates: dict[int, Any], number: int) -> None:
    from governance.models import GateInput

    for position, each in enumerate(GATES[number].inputs, start=1):
        asked = GateInput(
            gate=gates[number],
            position=position,
            name_en=each.name.en,
            name_fr=each.name.fr,
            why_en=each.why.en,
            why_fr=each.why.fr,
            requirement=each.requirement,
            when_not_held=gates[each.when_not_held] if each.when_not_held else None,
            frozen_kind=each.frozen,
        )
        save(asked, by=SYSTEM)
