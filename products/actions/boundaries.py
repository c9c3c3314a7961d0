"""The architectural boundaries of a product: information assessments and the standards it uses (domain.md §2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products import events
from products.models import InformationAssessment, Product, StandardInUse, TechnologyStandard
from products.permissions import may_change_boundaries
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import difference, remove, save


@act
def record_assessment(*, product: Product, by: Actor, reason: str = "", **values: Any) -> InformationAssessment:
    """Enter an assessment: `kind`, `state`, and `reference`, `assessed_on`, `next_review_on` as far as there are any."""
    require(may_change_boundaries(by, product))
    assessment = InformationAssessment(product=product, **values)
    _check(assessment)
    record(events.ASSESSMENT_RECORDED, on=assessment, by=by, changes=save(assessment, by=by), reason=reason)
    return assessment


@act
def change_assessment(
    *, assessment: InformationAssessment, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> InformationAssessment:
    """Bring an assessment up to date."""
    require(may_change_boundaries(by, assessment.product))
    for name, value in values.items():
        setattr(assessment, name, value)
    _check(assessment)
    changes = save(assessment, by=by, expected=expected)
    if changes:
        record(events.ASSESSMENT_CHANGED, on=assessment, by=by, changes=changes, reason=reason)
    return assessment


def _check(assessment: InformationAssessment) -> None:
    """What was assessed, was assessed by today."""
    if assessment.assessed_on is not None and assessment.assessed_on > clock.today():
        raise ValidationError({"assessed_on": _("This day is still to come.")})


@act
def use_standard(
    *, product: Product, standard: TechnologyStandard, by: Actor, reason: str = "", **plan: Any
) -> StandardInUse:
    """Say that the product uses a standard; `plan_en`, `plan_fr`, `leave_by` when it has to leave it."""
    require(may_change_boundaries(by, product))
    use = StandardInUse(product=product, standard=standard, **plan)
    record(events.STANDARD_ADDED, on=use, by=by, changes=save(use, by=by), reason=reason)
    return use


@act
def plan_leaving(
    *, use: StandardInUse, by: Actor, expected: int | None = None, reason: str = "", **plan: Any
) -> StandardInUse:
    """Change how and until when the product leaves a standard."""
    require(may_change_boundaries(by, use.product))
    for name, value in plan.items():
        setattr(use, name, value)
    changes = save(use, by=by, expected=expected)
    if changes:
        record(events.STANDARD_CHANGED, on=use, by=by, changes=changes, reason=reason)
    return use


@act
def stop_using_standard(*, use: StandardInUse, by: Actor, reason: str) -> None:
    """The product no longer uses a standard."""
    require(may_change_boundaries(by, use.product))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    removed = {name: [after, before] for name, (before, after) in difference(None, use).items()}
    record(events.STANDARD_REMOVED, on=use, by=by, changes=removed, reason=reason)
    remove(use, by=by)
