"""The world of the address matrix with what belongs to one person only: everything there is to attack."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from people.models import SavedView
from portfolio.actions.imports import upload_inventory
from products.actions.brief_buffers import keep_buffer
from records import clock
from roadmaps.actions.change_sets import draft_change, move_milestone
from roadmaps.actions.dependencies import add_dependency
from roadmaps.actions.funding import fund_milestone
from roadmaps.actions.milestones import add_milestone
from roadmaps.models import Outcome
from roadmaps.placing import Move
from tests.cast import Cast
from tests.config.test_url_matrix import ADDRESSES, EXPECTED
from tests.config.url_world import World, make_world
from tests.config.url_world_roadmap import NOVEMBER

INVENTORY = b"code,name_en,name_fr,level,orientation\nNEW,New,Nouveau,cio,external\n"
PRIVATE = "PRIVATE-BUFFER"
OURS = sorted(name for name in ADDRESSES if not name.startswith("admin:"))


@dataclass
class Town:
    """Everybody, everything, and the way to each of it."""

    world: World
    own: dict[str, dict[str, Any]]

    @property
    def cast(self) -> Cast:
        return self.world.cast

    def address(self, name: str, **changed: Any) -> str:
        """The address `name` with arguments that are all true, but for `changed`."""
        arguments = EXPECTED[name].arguments(self.world, ADDRESSES[name]) | self.own.get(name, {})
        return reverse(name, kwargs=arguments | changed)


def make_town(cast: Cast) -> Town:
    """One of each thing; call under the business clock of November 2026."""
    world = make_world(cast)
    by = cast.product_manager
    keep_buffer(product=cast.product, code="roles", content={"cover_en": PRIVATE}, based_on=0, by=by)
    view = SavedView(owner=by, page="product-list", name="Mine", query="q=a")
    view.save()
    upload = {"department": cast.department, "file_name": "i.csv", "content": INVENTORY, "by": cast.portfolio_manager}
    made = {"pk": upload_inventory(**upload).pk}
    own = {
        "import-detail": made,
        "import-confirm": made,
        "view-choose": {"pk": view.pk},
        "view-delete": {"pk": view.pk},
    }
    return Town(world, own | _plan(world))


def _plan(world: World) -> dict[str, dict[str, Any]]:
    """A second milestone, a dependency, money, and an unpublished move."""
    by, first = world.cast.product_manager, world.milestone
    outcome = Outcome.objects.get(roadmap=first.roadmap)
    texts = {"title_en": "Maps", "title_fr": "Cartes"}
    second = add_milestone(roadmap=first.roadmap, by=by, outcomes=[outcome], planned_year=2026, **texts)
    needs = add_dependency(milestone=first, needs=second, by=by)
    money = fund_milestone(milestone=first, source=world.fundingsource, amount=Decimal(100), by=by)
    draft = draft_change(roadmap=first.roadmap, by=by)
    move_milestone(change_set=draft, move=Move(first, months=-1), by=by)
    return {"dependency-drop": {"link": needs.pk}, "funding-drop": {"link": money.pk}}


def at_november() -> Any:
    return clock.at(NOVEMBER)
