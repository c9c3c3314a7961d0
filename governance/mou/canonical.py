"""The whole of one version as canonical JSON in both languages, and its hash (decisions.md §14).

What is hashed is validated, approved and signed. The content holds all that a reader of the final document sees of the
agreement, so that the document can be set again from it, and nothing that changes by itself.
"""

import hashlib
from typing import Any

from governance.models import Mou
from governance.mou.blocks import named, organisation
from governance.mou.facts import Facts, facts_of, plain
from governance.mou.sections import sections_of
from governance.mou.versions import log_of
from records.trail import as_json, canonical

SCHEMA = 1


def content_of(mou: Mou) -> dict[str, Any]:
    """Everything `mou` says, as JSON: numbers, parties, money, officials, fourteen sections, version log.

    While something is open its placeholder stays in braces and its paragraph says so under `open`.
    """
    facts = facts_of(mou)
    content = {
        "schema": SCHEMA,
        "number": mou.number,
        "edition": mou.edition,
        "template": {"edition": mou.template.edition, **named(mou.template)},
        "department": named(mou.product.department),
        "product": {"code": mou.product.code, **named(mou.product)},
        "opened_sections": sorted(mou.opened_sections),
        "terms": _terms(facts),
        "parties": _parties(facts),
        "amounts": _amounts(facts),
        "officials": _officials(facts),
        "sections": sections_of(facts),
        "log": log_of(mou),
    }
    return dict(inert(as_json(content)))


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of canonical content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def inert(value: Any) -> Any:
    """The same content without characters that nobody sees, whoever typed them and wherever."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(key): inert(each) for key, each in value.items()}
    return [inert(each) for each in value] if isinstance(value, list) else value


def _terms(facts: Facts) -> dict[str, Any]:
    mou = facts.mou
    return {
        "program": {"code": mou.program.code, **named(mou.program)} if mou.program else None,
        "services": [{"code": each.code, **named(each)} for each in facts.services],
        "autonomy_level": {"code": mou.autonomy_level.code, **named(mou.autonomy_level)}
        if mou.autonomy_level
        else None,
        "first_year": mou.first_year,
        "last_year": mou.last_year,
        "commences_on": mou.commences_on,
        "ends_on": mou.ends_on,
        "review_cycle": mou.review_cycle,
        "review_on": mou.review_on,
        "signing_order": mou.signing_order,
    }


def _parties(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "side": each.side,
            "branch": each.branch_id,
            "acronym": each.branch.acronym,
            **named(each.branch),
        }
        for each in facts.parties
    ]


def _amounts(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "party": each.party_id,
            "fiscal_year": each.fiscal_year,
            "kind": each.kind,
            "source": {"code": each.source.code, **named(each.source)},
            "amount": f"{each.amount:.2f}",
        }
        for each in facts.amounts
    ]


def _officials(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk, "role": each.role, "position": each.position, "party": each.party_id,
            "person": each.person_id, "name": each.person.name, **named(each, "title"),
            **organisation(each),
        }
        for each in facts.officials
    ]  # fmt: skip
