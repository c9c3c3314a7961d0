"""Reviews for the addresses of gates: one in preparation with what is proposed, one before the board with a frozen record."""

from datetime import date
from typing import Any

from governance.actions.reviews import begin_review, change_review, propose_condition, submit_review
from governance.gates.inputs import inputs_of
from governance.models import Artefact, Gate, ProductChange
from records.actions.documents import keep_document
from records.actors import SYSTEM
from records.writing import save
from tests.governance.town import Town


def add_gates(town: Town) -> dict[str, Any]:
    """Name → row."""
    product, lead = town.cast.product, town.cast.product_manager
    change = ProductChange(product=product, name_en="Thing", name_fr="Chose")
    save(change, by=SYSTEM)
    review = begin_review(product=product, gate=Gate.objects.get(framework__code="itspm", number=1), by=lead)
    condition = propose_condition(
        review=review, what_en="Do it", what_fr="Le faire", owner=lead, due_on=date(2030, 4, 1), verifier=town.chair, by=lead
    )  # fmt: skip
    before = begin_review(product=product, kind="status_review", by=lead)
    artefact = _frozen(before)
    change_review(review=before, ask_en="Advise us", ask_fr="Conseillez-nous", by=lead)
    submitted = submit_review(review=before, by=lead)
    return {
        "live_change": change, "review": review, "gate_input": inputs_of(review)[0], "proposed": condition,
        "submitted": submitted, "artefact": artefact,
    }  # fmt: skip


def _frozen(review: Any) -> Artefact:
    english, french = (
        keep_document(kind="test", subject_id="2", language=language, title="A record", content=b"%PDF-1.7")
        for language in ("en", "fr")
    )
    artefact = Artefact(
        review=review, number=1, title="A record", frozen_kind="strategy", frozen_key=str(review.product_id), frozen_digest="1",
        document_en=english, document_fr=french, sha256=english.sha256, sha256_fr=french.sha256,
    )  # fmt: skip
    save(artefact, by=SYSTEM)
    return artefact
