"""Audit event names of this floor."""

INVENTORY_UPLOADED = "inventory uploaded"
INVENTORY_CHECKED = "inventory checked"
INVENTORY_ASKED = "inventory import confirmed"
INVENTORY_APPLIED = "inventory imported"
INVENTORY_FAILED = "inventory import refused"
