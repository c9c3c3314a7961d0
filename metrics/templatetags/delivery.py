"""Months, days and units of the delivery pages in templates: `{% load delivery %}`."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from metrics import events
from metrics.reading.amounts import Unit, duration, unit_word
from people import wording
from people.templatetags.gatehouse import iso
from people.wording import capital
from records.models import AuditEvent

register = template.Library()


@register.filter
def month_name(month: date) -> str:
    """May 2026, Mai 2026: at the beginning of a sentence."""
    return capital(wording.month_name(month))


@register.filter
def iso_day(at: datetime | date | None) -> SafeString | str:
    """The day of an instant by the clock it carries: that of the product whose month it is."""
    return iso(at.date() if isinstance(at, datetime) else at)


@register.filter
def unit_name(unit: Unit) -> str:
    """The unit of a column: days, hours."""
    return unit_word(unit)


@register.filter
def iso_in(at: datetime | None, zone: tzinfo) -> SafeString | str:
    """An instant by the clock of the product's months."""
    with timezone.override(zone):
        return iso(at)


@register.filter
def span_words(span: timedelta | None) -> str:
    """How long something took, in the unit people use."""
    return "–" if span is None else duration(Decimal(span / timedelta(milliseconds=1)) / 1_000)


@register.filter
def correction(event: AuditEvent) -> str:
    """What a correction of the team did, by whom."""
    words = {
        events.DEPLOYMENT_VOIDED: _("Left out by %(who)s"),
        events.DEPLOYMENT_RESTORED: _("Counted again by %(who)s"),
        events.INCIDENT_LINKED: _("Laid to it by %(who)s"),
        events.INCIDENT_UNLINKED: _("Laid to none by %(who)s"),
        events.INCIDENT_LINK_RELEASED: _("Left to its source by %(who)s"),
    }
    return words[event.event] % {"who": event.actor_name}
