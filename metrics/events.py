"""Audit event names of this floor. Events of machines keep their own rows; these are the acts of people and of the month."""

from django.utils.translation import gettext_noop as _

DELIVERY_SETTINGS_CHANGED = _("delivery settings changed")
TARGET_SET = _("target of a delivery measure set")
SOURCE_CONNECTED = _("delivery source connected")
SOURCE_CHANGED = _("delivery source changed")
SECRET_ROTATED = _("secret of a delivery source replaced")
DELIVERIES_UPLOADED = _("delivery file uploaded")
DELIVERIES_TAKEN_OVER = _("delivery file taken over")
MONTH_CLOSED = _("month of delivery measures closed")
MONTH_RESTATED = _("month of delivery measures restated")
RESTATEMENT_APPROVED = _("restatement approved")
MONTH_DECLARED = _("month declared")
DECLARED_MONTH_WITHDRAWN = _("declared month withdrawn")
DEPLOYMENT_VOIDED = _("deployment voided")
DEPLOYMENT_RESTORED = _("deployment counted again")
INCIDENT_LINKED = _("incident linked to a deployment")
INCIDENT_UNLINKED = _("incident linked to no deployment")
INCIDENT_LINK_RELEASED = _("link of an incident left to its source")
