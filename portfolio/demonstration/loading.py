"""Load the whole demonstration, or say that it is there."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from people.models import Department
from portfolio.demonstration.organisation import build_organisation
from portfolio.demonstration.products import register, staff
from portfolio.demonstration.reading import read
from portfolio.demonstration.world import World
from records import identity

SEED = 20_261_118


def is_loaded() -> bool:
    """Whether the demonstration's departments are in the database."""
    return Department.objects.filter(code__in=[told["code"] for told in read("organisation")["departments"]]).exists()


def load(tell: Callable[[str], Any]) -> World:
    """Tell the whole story, all or nothing, with the same keys every time. `tell` gets one line a product."""
    world = World()
    with transaction.atomic(), identity.repeatable(SEED):
        build_organisation(world)
        tell(f"{len(world.places)} departments, {len(world.people)} people")
        for code, place in world.places.items():
            told_products = read(f"products_{code}")["products"]
            for told in told_products:
                register(world, place, told)
            for told in told_products:
                staff(world, place, told)
                tell(f"{told['code']:10} {told['name_en']}")
    return world
