"""Which briefs await their people: nobody confirmed them this quarter, or their facts are too old (domain.md §3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from people.actions.notices import tell_people
from people.models import Person
from people.notices import both
from people.permissions import LEADS, TABLE
from products.brief.staleness import policy, quarter_start
from products.models import Product
from products.notices import BRIEF_DUE, holders_of_many, product_path
from products.states import Phase
from records.actors import SYSTEM

CLOSED = (Phase.REJECTED, Phase.PHASED_OUT)
TO_CONFIRM = gettext_noop("The brief of %(product)s waits to be confirmed for the quarter that began on %(start)s.")
TOO_OLD = gettext_noop("The brief of %(product)s was last confirmed or published %(days)d days ago.")


@dataclass(frozen=True)
class Due:
    """A brief that awaits its people: who, in what words, and the key under which they are told once."""

    product: Product
    kinds: frozenset[Any]
    words: dict[str, str]
    key: str


def published() -> QuerySet[Any]:
    """Heads of families in work that have a published brief, with `brief_at` and `confirmed_on`, the last of each."""
    heads = Product.objects.heads().exclude(phase__in=CLOSED).filter(brief_versions__isnull=False)
    told = heads.annotate(
        brief_at=Max("brief_versions__published_at"), confirmed_on=Max("briefconfirmations__confirmed_on")
    )
    return told.select_related("department").order_by("code")


def due(day: date) -> Iterator[Due]:
    """What is due on `day`. A stale brief is told once for each spell, a quarter's confirmation once for each quarter."""
    limit = policy().stale_after_days
    product: Any
    for product in published():
        updated = max(filter(None, [timezone.localtime(product.brief_at).date(), product.confirmed_on]))
        start, age = quarter_start(product, day), (day - updated).days
        name = lambda product=product: product.name  # noqa: E731 - asked in each language
        if age > limit:
            yield Due(product, LEADS, both(TOO_OLD, product=name, days=age), f"old:{product.pk}:{updated}")
        elif updated < start:
            words = both(TO_CONFIRM, product=name, start=start)
            yield Due(product, TABLE["confirm_brief"], words, f"quarter:{product.pk}:{start}")


def tell_due(day: date) -> int:
    """Tell the people of every brief that is due; those who know already are not told again. Returns how many are due."""
    found = list(due(day))
    people: dict[Any, dict[Any, list[Person]]] = {
        kinds: holders_of_many([each.product.pk for each in found if each.kinds == kinds], kinds)
        for kinds in {each.kinds for each in found}
    }
    for each in found:
        tell_people(
            people=people[each.kinds].get(each.product.pk, []),
            kind=BRIEF_DUE,
            path=product_path(each.product),
            by=SYSTEM,
            key=each.key,
            **each.words,
        )
    return len(found)
