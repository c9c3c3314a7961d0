"""Work of this floor: check and apply uploaded inventories as the person who uploaded them."""

from typing import Any

from people.models import Person
from portfolio.actions.imports import apply_inventory, check_inventory
from portfolio.models import InventoryImport
from records.jobs import job


@job("portfolio.check_inventory", awaited=True)
def check(payload: dict[str, Any]) -> None:
    """Check the file. Once per file: a second run finds it checked."""
    inventory = InventoryImport.objects.get(pk=payload["import"])
    check_inventory(inventory=inventory, by=Person.objects.get(pk=inventory.uploaded_by_id))


@job("portfolio.apply_inventory", awaited=True)
def apply(payload: dict[str, Any]) -> None:
    """Apply the file, all or nothing. Once per file."""
    inventory = InventoryImport.objects.get(pk=payload["import"])
    apply_inventory(inventory=inventory, by=Person.objects.get(pk=inventory.uploaded_by_id))
