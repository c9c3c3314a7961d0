"""What is attached to a review while it is prepared: files, links, and our own records frozen in one click (domain.md §5)."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from governance import events
from governance.gates.inputs import inputs_of
from governance.models import Artefact, GateInput, Review
from governance.permissions import may_prepare_review
from governance.states import ReviewState
from people.permissions import require
from records.actions.evidence import keep_evidence
from records.actions.freezing import freeze
from records.actors import Actor
from records.acts import act
from records.frozen import Frozen
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import remove, save


@act
def attach_link(
    *, review: Review, link: str, title: str, by: Actor, version_label: str = "", gate_input: GateInput | None = None
) -> Artefact:
    """Attach an address (https only). It is never fetched, so what lies behind it is not frozen; its hash is the address's."""
    review = preparing(review, by)
    address = hashlib.sha256(link.encode()).hexdigest()
    return _attach(
        review, by, input=_own(review, gate_input), title=title, version_label=version_label, link=link, sha256=address
    )


@act
def attach_file(
    *,
    review: Review,
    file: Any,
    by: Actor,
    title: str = "",
    version_label: str = "",
    gate_input: GateInput | None = None,
) -> Artefact:
    """Keep an uploaded file and attach it. ValidationError on `file` in exact words for one that is not kept here.

    It can be submitted once the scanner found it clean.
    """
    review, gate_input = preparing(review, by), _own(review, gate_input)
    evidence = keep_evidence(file=file, chain=review.chain(), by=by)
    return _attach(
        review,
        by,
        input=gate_input,
        title=title or evidence.name,
        version_label=version_label,
        evidence=evidence,
        sha256=evidence.sha256,
    )


@act
def attach_record(*, review: Review, kind: str, key: str, by: Actor, gate_input: GateInput | None = None) -> Artefact:
    """Freeze one of the system's own records as PDF in both languages and attach it.

    Attached already for the same input, it is frozen anew. ValidationError on `key` for a record that is not there or that
    `by` may not read.
    """
    review, gate_input = preparing(review, by), _own(review, gate_input)
    english, french = (
        freeze(kind=kind, key=key, product=review.product, language=language, by=by) for language in ("en", "fr")
    )
    if english.digest != french.digest:
        raise Conflict(_("The record was changed while it was being frozen. Please try again."))
    there = Artefact.objects.filter(review=review, input=gate_input, frozen_kind=kind, frozen_key=key).first()
    if there is None:
        return _attach(review, by, input=gate_input, frozen_kind=kind, frozen_key=key, **_frozen(english, french))
    for name, value in _frozen(english, french).items():
        setattr(there, name, value)
    changes = save(there, by=by)
    if changes:
        record(events.ARTEFACT_RENEWED, on=there, by=by, changes=changes)
    return there


@act
def remove_artefact(*, artefact: Artefact, by: Actor) -> None:
    """Take an artefact away while the review is prepared; its history stays."""
    preparing(artefact.review, by)
    record(events.ARTEFACT_REMOVED, on=artefact, by=by, changes={"title": [artefact.title, None]})
    remove(artefact, by=by)


def preparing(review: Review, by: Actor) -> Review:
    """The review, its row locked, if `by` may prepare it and it is still in preparation. Conflict otherwise."""
    require(may_prepare_review(by, review.product, review.kind))
    rows = Review.objects.select_for_update(of=("self",)).select_related("product__department", "gate", "change")
    held = rows.get(pk=review.pk)
    if held.state != ReviewState.PREPARING:
        raise OutOfTurn(
            _("This review is %(state)s; what was submitted does not change. Withdraw it to work on it again.")
            % {"state": held.get_state_display()}
        )
    return held


def _own(review: Review, gate_input: GateInput | None) -> GateInput | None:
    if gate_input is not None and gate_input not in inputs_of(review):
        raise ValidationError({"input": _("This review is not asked for that.")})
    return gate_input


def _attach(review: Review, by: Actor, **values: Any) -> Artefact:
    last = Artefact.objects.filter(review=review).aggregate(highest=Max("number"))["highest"] or 0
    artefact = Artefact(review=review, number=last + 1, **values)
    record(events.ARTEFACT_ATTACHED, on=artefact, by=by, changes=save(artefact, by=by))
    return artefact


def _frozen(english: Frozen, french: Frozen) -> dict[str, Any]:
    return {
        "title": english.document.title,
        "version_label": english.version,
        "version_label_fr": french.version,
        "frozen_digest": english.digest,
        "document_en": english.document,
        "document_fr": french.document,
        "sha256": english.document.sha256,
        "sha256_fr": french.document.sha256,
    }
