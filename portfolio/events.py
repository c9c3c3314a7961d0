"""Audit event names of this floor."""

from django.utils.translation import gettext_noop as _

INVENTORY_UPLOADED = _("inventory uploaded")
INVENTORY_CHECKED = _("inventory checked")
INVENTORY_ASKED = _("inventory import confirmed")
INVENTORY_APPLIED = _("inventory imported")
INVENTORY_FAILED = _("inventory import refused")
