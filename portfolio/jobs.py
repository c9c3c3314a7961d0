"""Work of this floor: check and apply uploaded inventories as the person who uploaded them; seal approved roadmap years."""

from typing import Any

from people.models import Person
from portfolio.actions.imports import apply_inventory, check_inventory
from portfolio.actions.years import seal_year
from portfolio.models import InventoryImport
from portfolio.sealing import due, has_work
from records.actors import SYSTEM
from records.jobs import job, waiting


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


@waiting("portfolio.seal_year", has_work)
def seal_next_year(payload: dict[str, Any]) -> dict[str, Any]:
    """Seal one approved year in both languages; the next one is another piece of work, so that a kill costs one at most."""
    baseline = due().select_related("mandate").order_by("taken_at", "pk").first()
    return {"documents": [each.number for each in seal_year(baseline=baseline, by=SYSTEM)] if baseline else []}
