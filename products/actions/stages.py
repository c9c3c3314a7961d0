"""The value stream of a departmental product: its stages, and the CIO products each of them uses (domain.md §2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from people.permissions import require
from products import events
from products.models import Product, StageUse, ValueStreamStage
from products.permissions import may_change_product
from products.states import Level
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import remove, save


@act
def add_stage(*, product: Product, name_en: str, name_fr: str, by: Actor, reason: str = "") -> ValueStreamStage:
    """Add a stage at the end of the value stream. Only a departmental product has one."""
    require(may_change_product(by, product))
    if product.level != Level.DEPARTMENTAL:
        raise ValidationError({"name_en": _("Only a departmental product has value-stream stages.")})
    last = ValueStreamStage.objects.filter(product=product).aggregate(last=Max("position"))["last"] or 0
    stage = ValueStreamStage(product=product, position=last + 1, name_en=name_en, name_fr=name_fr)
    record(events.STAGE_ADDED, on=stage, by=by, changes=save(stage, by=by), reason=reason)
    return stage


@act
def change_stage(
    *, stage: ValueStreamStage, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> ValueStreamStage:
    """Change the name or the place of a stage. A place that is taken is a ValidationError."""
    require(may_change_product(by, stage.product))
    for name, value in values.items():
        setattr(stage, name, value)
    changes = save(stage, by=by, expected=expected)
    if changes:
        record(events.STAGE_CHANGED, on=stage, by=by, changes=changes, reason=reason)
    return stage


@act
def remove_stage(*, stage: ValueStreamStage, by: Actor, reason: str) -> None:
    """Take a stage away together with what it uses; both stay in the history."""
    require(may_change_product(by, stage.product))
    for use in stage.uses.select_related("used"):
        remove(use, by=by)
    changes = {"name_en": [stage.name_en, None], "name_fr": [stage.name_fr, None], "position": [stage.position, None]}
    record(events.STAGE_REMOVED, on=stage, by=by, changes=changes, reason=reason)
    remove(stage, by=by)


@act
def use_in_stage(*, stage: ValueStreamStage, used: Product, by: Actor, reason: str = "") -> StageUse:
    """Say that a stage uses a CIO product."""
    require(may_change_product(by, stage.product))
    if used.level != Level.CIO:
        raise ValidationError({"used": _("A stage uses CIO products only.")})
    use = StageUse(product=stage.product, stage=stage, used=used)
    record(events.LINK_ADDED, on=use, by=by, changes=save(use, by=by), reason=reason)
    return use
