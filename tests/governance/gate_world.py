"""What the tests of gates share: a gate by its number, a product put into a phase, an attempt that lacks nothing, a decision.

Boards decide elsewhere; here a decision is only a row, as the rules of the gates read it.
"""

from typing import Any

from django.db import transaction

from governance.actions.artefacts import attach_link
from governance.actions.reviews import begin_review, change_review
from governance.gates.inputs import checklist
from governance.models import AgendaPoint, Decision, Gate, Meeting, Review
from products.models import Product
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.writing import save

ASK = {"ask_en": "Fund the build: $4,180,000", "ask_fr": "Financer la réalisation : 4 180 000 $"}


def gate(number: int) -> Gate:
    return Gate.objects.select_related("framework").get(framework__code="itspm", number=number)


def in_phase(subject: Any, phase: str) -> Any:
    """Put a product or a change into `phase`, as a decision or an opening position does."""
    subject.phase = phase
    with transaction.atomic():
        if phase != "strategy":
            subject.phase_mandate = give_mandate(
                kind=MandateKind.OPENING, what="phase", subject=subject, reference="Paper", by=SYSTEM
            )
        save(subject, by=SYSTEM)
    return subject


def prepared(product: Product, number: int, by: Any, **values: Any) -> Review:
    """An attempt at a gate with a link for every input asked for, and the ask in both languages."""
    review = begin_review(product=product, gate=gate(number), by=by, **values)
    for row in checklist(review):
        attach_link(review=review, gate_input=row.input, title=row.input.name, link="https://docs.example/1", by=by)
    return change_review(review=review, by=by, **ASK)


def decided(review: Review, town: Any, outcome: str = "approved", **values: Any) -> Decision:
    """A decision on `review` as a row; the review itself is put to `decided` unless it was deferred."""
    now = clock.now()
    meeting = Meeting(board=town.board, starts_at=now, state="open", opened_at=now)
    save(meeting, by=SYSTEM)
    review.state = "submitted" if outcome == "deferred" else "decided"
    review.board, review.submitted_at, review.submitted_by_id = town.board, now, "1"
    save(review, by=SYSTEM)
    point = AgendaPoint(meeting=meeting, position=1, review=review, state="removed")
    save(point, by=SYSTEM)
    counts = {
        "eligible": 5,
        "present": 5,
        "quorum": 4,
        "votes_for": 5,
        "votes_against": 0,
        "abstained": 0,
        "recused": 0,
    }
    return Decision.objects.create(
        number=f"D-{review.pk}"[:40], review=review, point=point, outcome=outcome, rationale_en="Because.",
        package_sha256="0" * 64, decided_at=now, decided_by_id="1", decided_by_name="Chair", **counts | values,
    )  # fmt: skip
