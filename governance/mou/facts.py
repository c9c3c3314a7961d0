"""Everything the text of a memorandum is made from, read once."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from governance.models import Mou, MouAmount, MouAnswer, MouOfficial, MouParty
from governance.models.mou_template import MouClause
from governance.mou_states import OfficialRole, Side
from metrics.models import DoraTarget, ProductKpi
from products.models import GovernanceBody, Product, Service
from records import clock

# What turns the direction of a line, ends it, or is seen by nobody has no place in a text that people sign.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """`text` without characters that nobody sees, in the one form Unicode has for each letter."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


@dataclass(frozen=True)
class Facts:
    """The rows of one version, and the living records of its product that it merges."""

    mou: Mou
    day: date

    @property
    def product(self) -> Product:
        return self.mou.product

    @cached_property
    def parties(self) -> list[MouParty]:
        return list(self.mou.parties.select_related("branch"))

    @property
    def it_party(self) -> MouParty | None:
        return next((each for each in self.parties if each.side == Side.IT), None)

    @property
    def sponsors(self) -> list[MouParty]:
        return [each for each in self.parties if each.side == Side.SPONSOR]

    @cached_property
    def amounts(self) -> list[MouAmount]:
        return list(
            self.mou.amounts.select_related("party__branch", "source").order_by("fiscal_year", "kind", "source")
        )

    @cached_property
    def officials(self) -> list[MouOfficial]:
        return list(self.mou.officials.select_related("party__branch", "person"))

    def named(self, role: OfficialRole) -> list[MouOfficial]:
        return [each for each in self.officials if each.role == role]

    @cached_property
    def clauses(self) -> list[MouClause]:
        return list(self.mou.template.clauses.all())

    @cached_property
    def answers(self) -> dict[Any, MouAnswer]:
        """Clause → answer."""
        return {each.clause_id: each for each in self.mou.answers.all()}

    @cached_property
    def services(self) -> list[Service]:
        """What the product enables, the program's first."""
        rows = Service.objects.filter(enabled_by__product__head=self.product).distinct()
        return sorted(rows, key=lambda each: (each.program_id != self.mou.program_id, each.code))

    @cached_property
    def kpis(self) -> list[ProductKpi]:
        """Indicators of the product that have a target."""
        rows = ProductKpi.objects.filter(product=self.product, ends_on__isnull=True, target__isnull=False)
        return list(rows.select_related("definition").order_by("definition__kind", "definition__code"))

    @cached_property
    def delivery_targets(self) -> list[DoraTarget]:
        return list(DoraTarget.objects.filter(product=self.product))

    @cached_property
    def bodies(self) -> list[GovernanceBody]:
        return list(GovernanceBody.objects.filter(product=self.product).on(self.day))

    @property
    def years(self) -> list[int]:
        """The fiscal years of the agreement; none while one end is open."""
        first, last = self.mou.first_year, self.mou.last_year
        return list(range(first, last + 1)) if first is not None and last is not None else []

    @property
    def total(self) -> Decimal | None:
        return sum((each.amount for each in self.amounts), Decimal(0)) if self.amounts else None


def facts_of(mou: Mou) -> Facts:
    """The facts of `mou` on the business day."""
    return Facts(mou, clock.today(mou.product.department.time_zone))
