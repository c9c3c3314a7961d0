"""Families of products: the tree of one, and what ties a family to its head (decisions.md §11).

A brief, a roadmap or an MOU belongs to the head of a family, so a head that holds one is never put under another product.
What is numbered through a family, such as its risks, keeps whoever holds some of it in that family.
Each floor names what it keeps (`ties_family`, `ties_member`) when it starts; this floor asks them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from products.models import BriefVersion, Product

Ties = dict[str, tuple[Any, Callable[[Product], bool]]]
TIES: Ties = {}
OF_MEMBERS: Ties = {}


def ties_family(name: str, words: Any, holds: Callable[[Product], bool]) -> None:
    """Register one thing that ties a family to its head; `words` names it to people, `holds` says whether there is one."""
    TIES[name] = (words, holds)


def ties_member(name: str, words: Any, holds: Callable[[Product], bool]) -> None:
    """Register one thing that ties a product to the family it is in, without being its head."""
    OF_MEMBERS[name] = (words, holds)


def kept_by(products: Iterable[Product]) -> list[str]:
    """What keeps any of `products` in their family, in words; empty when they may leave it."""
    products = list(products)
    return [str(words) for words, holds in OF_MEMBERS.values() if any(holds(each) for each in products)]


def tied_by(head: Product) -> list[str]:
    """What the family of `head` holds, in words; empty when it may go under another product."""
    return [str(words) for words, holds in TIES.values() if holds(head)]


def has_published_brief(head: Product) -> bool:
    return BriefVersion.objects.filter(product=head).exists()


@dataclass
class Node:
    """A product of a family with the products that are part of it."""

    product: Product
    members: list["Node"] = field(default_factory=list)


def tree(products: Iterable[Product]) -> list[Node]:
    """The products as a forest in code order; one whose parent is not among them stands at the top."""
    nodes = {product.pk: Node(product) for product in sorted(products, key=lambda product: product.code)}
    tops: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.product.parent_id) if node.product.parent_id else None
        (above.members if above else tops).append(node)
    return tops


def below(product: Product, family: Iterable[Product]) -> list[Product]:
    """Every product under `product`, nearest first."""
    family, found = list(family), [product]
    for each in found:
        found += [other for other in family if other.parent_id == each.pk and other not in found]
    return found[1:]
