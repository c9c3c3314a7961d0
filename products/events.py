"""Audit event names of this floor."""

PRODUCT_REGISTERED = "product registered"
PRODUCT_CHANGED = "product changed"
PHASE_MOVED = "phase moved"
STATUS_GRANTED = "product status granted"
ROLE_ASSIGNED = "role assigned"
ROLE_ENDED = "role ended"
