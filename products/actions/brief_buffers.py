"""What one person has typed and not yet saved. Private rows beside the trail: no act, no event, never validated."""

from typing import Any

from people.models import Person
from people.permissions import require
from products.models import BriefBuffer, Product
from products.permissions import may_edit_brief
from records import clock


def keep_buffer(*, product: Product, code: str, content: dict[str, Any], based_on: int, by: Person) -> BriefBuffer:
    """Replace what `by` has typed in the section. `based_on` is the version of the section the person saw."""
    require(may_edit_brief(by, product))
    buffer, _made = BriefBuffer.objects.update_or_create(
        product=product,
        code=code,
        person=by,
        defaults={"content": content, "based_on": based_on, "saved_at": clock.now()},
    )
    return buffer


def drop_buffer(*, product: Product, code: str, by: Person) -> None:
    """Forget what `by` has typed: it was saved, or is not wanted any more."""
    BriefBuffer.objects.filter(product=product, code=code, person=by).delete()
