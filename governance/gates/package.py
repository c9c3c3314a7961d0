"""What a submission freezes: canonical content with the hash of every artefact, and the hash of it all (domain.md §5).

`sha256` of the canonical bytes of `content` is the hash that is voted on. Anybody can compute it again from the stored
content: sorted keys, no spaces, UTF-8.
"""

import hashlib
from typing import Any

from django.db import models

from governance.gates.inputs import artefacts_of, inputs_of
from governance.models import Board, Condition, Review
from governance.mou.asking import content_for
from governance.reading.cost import cost_told, last_decision
from governance.reading.delivered import delivered_told
from governance.risks.told import content_for as risks_for
from governance.states import ConditionState
from records.trail import as_json, canonical
from roadmaps.reading.promise import promise_told

# 2: the cost by fiscal year, and what was outstanding from earlier decisions; 3: the phase, and records' titles as frozen;
# 4: the worst risks, the one that is escalated, and what was delivered; 5: what a roadmap year promises.
SCHEMA = 5
TEXTS = ("ask_en", "ask_fr", "recommendation_en", "recommendation_fr", "changed_en", "changed_fr")


def draft_of(review: Review) -> dict[str, Any]:
    """What would be submitted now, before it is known by whom and when. Deterministic for the same rows."""
    proposed = Condition.objects.filter(review=review, state=ConditionState.PROPOSED)
    content = {
        "schema": SCHEMA,
        "review": review.pk,
        "kind": review.kind,
        "attempt": review.attempt,
        "product": {"code": review.product.code, "phase": review.product.phase, **named(review.product)},
        "gate": review.gate and {"number": review.gate.number, **named(review.gate)},
        "change": named(review.change),
        "year": review.year and review.year.year,
        "promise": review.year and promise_told(review.year),
        "outcome": named(review.outcome),
        "texts": {name: getattr(review, name) for name in TEXTS},
        "inputs": [{**named(each), "requirement": each.requirement} for each in inputs_of(review)],
        "artefacts": [each.content() for each in artefacts_of(review)],
        "cost": cost_told(review, last_decision(review)),
        "delivered": delivered_told(review.product),
        "conditions": [
            condition_told(each) for each in proposed.select_related("owner", "verifier").order_by("number")
        ],
        "outstanding": [{"id": each.pk} | condition_told(each) for each in outstanding_beside(review)],
    }
    return dict(as_json(content | content_for(review.mou) | risks_for(review)))


def package_of(review: Review, board: Board) -> dict[str, Any]:
    """What is submitted, once it is stamped with by whom, when and to which board."""
    stamped = {
        "board": {"id": board.pk, **named(board)},
        "submitted_at": review.submitted_at,
        "submitted_by": review.submitted_by_name,
        "submitted_by_id": review.submitted_by_id,
        **({"submitted_for": review.submitted_for_name} if review.submitted_for_name else {}),
    }
    return draft_of(review) | dict(as_json(stamped))


def outstanding_beside(review: Review) -> list[Condition]:
    """What earlier decisions about the product still ask for, the oldest first."""
    rows = Condition.objects.filter(review__product=review.product_id).exclude(review=review).outstanding()
    return list(rows.select_related("owner", "verifier").order_by("due_on", "number"))


def sha256(content: dict[str, Any]) -> str:
    """The hash of canonical content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def named(thing: models.Model | None) -> Any:
    """The names of `thing` in both languages."""
    return thing and {"name_en": thing.name_en, "name_fr": thing.name_fr}  # type: ignore[attr-defined]


def condition_told(condition: Condition) -> dict[str, Any]:
    """A condition with the names of its people."""
    return {
        "number": condition.number,
        "what_en": condition.what_en,
        "what_fr": condition.what_fr,
        "owner": condition.owner.get_full_name(),
        "due_on": condition.due_on,
        "wanted_en": condition.wanted_en,
        "wanted_fr": condition.wanted_fr,
        "verifier": condition.verifier.get_full_name(),
    }
