"""Which inputs a review is asked for today and how far each of them is there (domain.md §5).

All of it is data: an input has dates, and may be asked for only when an earlier optional gate was not held. So the three
inputs of gate 2 move to gate 3 without a word about either gate in this code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.db.models import Q

from governance.gates.past import Past, past_of
from governance.models import Artefact, GateInput, Review
from governance.states import Requirement
from records import clock


class Ready(Enum):
    """How far an input is there."""

    ATTACHED = "attached"
    MISSING = "missing"
    WELCOME = "welcome"  # recommended or conditional, and nothing attached


@dataclass(frozen=True)
class Readiness:
    """One row of the checklist. `moved_from` is the gate that would have asked for it, had it been held."""

    input: GateInput
    artefacts: list[Artefact] = field(default_factory=list)

    @property
    def state(self) -> Ready:
        if self.artefacts:
            return Ready.ATTACHED
        return Ready.MISSING if self.input.requirement == Requirement.REQUIRED else Ready.WELCOME

    @property
    def is_missing(self) -> bool:
        return self.state is Ready.MISSING


def asked(inputs: Iterable[GateInput], past: Past, day: date) -> list[GateInput]:
    """Those of `inputs` asked for on `day` of a subject with this past. Asks the database nothing."""
    return [
        each
        for each in inputs
        if (each.asked_from is None or each.asked_from <= day)
        and (each.asked_until is None or day <= each.asked_until)
        and (each.when_not_held is None or not past.was_held(each.when_not_held))
    ]


def inputs_of(review: Review) -> list[GateInput]:
    """What this review is asked for today; nothing for kinds of decision that pass no gate."""
    if review.gate_id is None:
        return []
    found = GateInput.objects.filter(gate=review.gate_id).select_related("when_not_held", "gate").order_by("position")
    day = clock.today(review.product.department.time_zone)
    return asked(found, past_of(review.change or review.product), day)


def checklist(review: Review) -> list[Readiness]:
    """Each input asked for, with what is attached for it."""
    attached: dict[object, list[Artefact]] = {}
    for artefact in artefacts_of(review):
        attached.setdefault(artefact.input_id, []).append(artefact)
    return [Readiness(each, attached.get(each.pk, [])) for each in inputs_of(review)]


def artefacts_of(review: Review) -> list[Artefact]:
    """Everything attached, in the order of the inputs, extras last; the bytes stay where they are."""
    rows = Artefact.objects.filter(review=review).select_related("input", "document_en", "document_fr", "evidence")
    return list(rows.defer("document_en__content", "document_fr__content").order_by("input__position", "number"))


def extras(review: Review, rows: Iterable[Readiness]) -> list[Artefact]:
    """What is attached beyond what is asked for."""
    wanted = [row.input.pk for row in rows]
    beyond = Artefact.objects.filter(Q(input__isnull=True) | ~Q(input__in=wanted), review=review)
    documents = beyond.select_related("document_en", "document_fr", "evidence")
    return list(documents.defer("document_en__content", "document_fr__content").order_by("number"))
