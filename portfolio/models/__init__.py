"""Rows of the floor that composes all others."""

from portfolio.models.inventory_import import InventoryImport

__all__ = ["InventoryImport"]
