"""The strategy of a product: one page, a draft in the open, numbered versions for good (domain.md §2; gate 1 needs it)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products import events
from products.models import Product, ProductStrategy
from products.permissions import may_write_strategy
from products.states import StrategyState
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record
from records.writing import save

TEXTS = ("why", "for_whom", "outcomes", "available")


@act
def save_strategy_draft(*, product: Product, by: Actor, expected: int | None = None, **texts: str) -> ProductStrategy:
    """Write the draft of the next version (`why_en`, `why_fr`, …); the first save begins it from the published one.

    `expected` is the version of the draft row the person saw, 0 when there was none. Stale when somebody wrote since.
    """
    require(may_write_strategy(by, product))
    draft = product.productstrategys.filter(state=StrategyState.DRAFT).first() or _next(product)
    if expected == 0 and draft.version:
        raise _begun_meanwhile(draft)
    for name, text in texts.items():
        setattr(draft, name, text)
    changes = save(draft, by=by, expected=expected or None)
    if changes:
        record(events.STRATEGY_DRAFTED, on=draft, by=by, changes=changes)
    return draft


def _begun_meanwhile(draft: ProductStrategy) -> Conflict:
    from records.refusals import Stale

    return Stale(_("%(name)s began a draft while you were writing.") % {"name": draft.changed_by_name}, current=draft)


def _next(product: Product) -> ProductStrategy:
    if not product.is_head:
        raise ValidationError(_("The strategy belongs to the head of the family."))
    last = product.productstrategys.order_by("-number").first()
    draft = ProductStrategy(product=product, number=last.number + 1 if last else 1)
    for name in (f"{text}_{language}" for text in TEXTS for language in ("en", "fr") if last):
        setattr(draft, name, getattr(last, name))
    return draft


@act
def publish_strategy(*, strategy: ProductStrategy, by: Actor, expected: int | None = None) -> ProductStrategy:
    """Make the draft a numbered version that never changes again. ValidationError names each text still missing."""
    require(may_write_strategy(by, strategy.product))
    if strategy.state != StrategyState.DRAFT:
        raise Conflict(_("This version is published already."))
    missing = {name: _("Needed in both languages before you publish.") for name in empty_texts(strategy)}
    if missing:
        raise ValidationError(missing)
    strategy.state, strategy.published_at = StrategyState.PUBLISHED, clock.now()
    strategy.published_by_id, strategy.published_by_name = str(by.pk), by.get_full_name()
    record(events.STRATEGY_PUBLISHED, on=strategy, by=by, changes=save(strategy, by=by, expected=expected))
    return strategy


def empty_texts(strategy: ProductStrategy) -> list[str]:
    """The fields of the page that say nothing yet."""
    names = [f"{text}_{language}" for text in TEXTS for language in ("en", "fr")]
    return [name for name in names if not getattr(strategy, name).strip()]
