"""Who holds which role in the team of a family today, and which roles nobody holds (ux.md A2)."""

from dataclasses import dataclass
from typing import Any

from people.bilingual import said
from people.states import CapacityKind

HOLDER = ("kind", "person__name", "member__name_en", "member__name_fr")
ORDER = [kind.value for kind in CapacityKind.roles()]


@dataclass(frozen=True)
class Holder:
    """A role somebody holds; for one member of the family alone where that one is named."""

    kind: str
    name: str
    member_en: str = ""
    member_fr: str = ""

    @property
    def role(self) -> str:
        return str(CapacityKind(self.kind).label)

    @property
    def member(self) -> str:
        """The only product of the family it is held for, empty for all of them."""
        return said(self, "member")


def team_of(product: Any) -> list[Holder]:
    """Of a product that carries the facts: in the order of the standard, not of the alphabet."""
    team = [Holder(*(each[name] or "" for name in HOLDER)) for each in product.team]
    return sorted(team, key=lambda each: (ORDER.index(each.kind), each.name))


def required(product: Any) -> list[str]:
    """The roles every team must fill; the standard's required ones where no definition says otherwise."""
    kinds = product.roles_required or [kind for kind in ORDER if kind != CapacityKind.IT_MANAGER]
    return sorted(kinds, key=ORDER.index)


def unfilled(product: Any) -> list[str]:
    """The names of the required roles that nobody holds."""
    held = {each["kind"] for each in product.team}
    return [str(CapacityKind(kind).label) for kind in required(product) if kind not in held]
