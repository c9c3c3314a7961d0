"""Attempts at the same decision: numbered, and what one hands on to the next (domain.md §5)."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from governance.gates.package import TEXTS
from governance.gates.past import Subject, reviews_of
from governance.models import Artefact, Condition, Decision, Review
from governance.states import ConditionState, Outcome, ReviewState

KEY = ("product", "kind", "gate", "change", "year", "outcome", "mou", "risk")
# What an artefact is; the rest of its columns belong to the row.
OF_ARTEFACT = (
    "input", "number", "title", "version_label", "version_label_fr", "link", "evidence", "document_en", "document_fr",
    "frozen_kind", "frozen_key", "frozen_digest", "sha256", "sha256_fr",
)  # fmt: skip
OF_CONDITION = ("number", "what_en", "what_fr", "owner", "due_on", "wanted_en", "wanted_fr", "verifier")


def next_attempt(review: Review) -> Review | None:
    """Number `review`, and give it the texts of the attempt before if that one was withdrawn or returned; return that one."""
    same = Review.objects.filter(**{name: getattr(review, name) for name in KEY})
    last = same.order_by("-attempt").first()
    review.attempt = last.attempt + 1 if last else 1
    if last is None or not hands_on(last):
        return None
    for name in (*TEXTS, "asked_until"):
        setattr(review, name, getattr(last, name))
    return last


def hands_on(review: Review) -> bool:
    """Whether the next attempt begins with what this one held."""
    if review.state == ReviewState.WITHDRAWN:
        return True
    return review.decisions.filter(outcome=Outcome.RETURNED, corrected_by__isnull=True).exists()


def copies(before: Review, review: Review) -> list[Any]:
    """What `review` takes over of the attempt before: artefacts as they were, and the proposed conditions. Not saved yet."""
    artefacts = Artefact.objects.filter(review=before).order_by("number")
    proposed = Condition.objects.filter(review=before, state=ConditionState.PROPOSED).order_by("number")
    return [_copy(each, OF_ARTEFACT, review) for each in artefacts] + [
        _copy(each, OF_CONDITION, review) for each in proposed
    ]


def _copy(row: models.Model, fields: tuple[str, ...], review: Review) -> Any:
    names = [row._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    return type(row)(review=review, **{name: getattr(row, name) for name in names})


@dataclass
class Attempt:
    """An attempt with what was decided on it, the latest first."""

    review: Review
    decisions: list[Decision] = field(default_factory=list)

    @property
    def decision(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None


def attempts_of(subject: Subject) -> list[Attempt]:
    """Every gate attempt of `subject`, the latest first: two questions."""
    attempts = {review.pk: Attempt(review) for review in reviews_of(subject)}
    for decision in Decision.objects.filter(review__in=attempts).order_by("-decided_at"):
        attempts[decision.review_id].decisions.append(decision)
    return list(attempts.values())
