"""Lines of a history: who did what, when, what changed from what to what, and why (domain.md §11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from governance.models import Condition, Decision, Review
from metrics.models import DoraTarget
from metrics.reading.amounts import aim, duration
from metrics.states import Metric
from people.models import Person
from people.templatetags.gatehouse import money
from people.wording import capital
from portfolio.gates import CONFIDENTIAL
from portfolio.trail import sentences
from portfolio.trail.names import Names, field_of, names_in, part_of, reasons_in, subject_names
from products import fiscal
from products.models import Product
from products.permissions import may_see_drafts
from records.models import AuditEvent
from records.states import StandingState

LONGEST = 400
# Kept in the trail as proof; to a reader they are the page itself, or a key without meaning.
UNTOLD = {
    "product",
    "roadmap",
    "head",
    "sha256",
    "mandate",
    "phase_mandate",
    "published_by_id",
    "vetted_by_id",
    "rank",
    "planned_from",
    "starts_on_month",
    "content",
    "id",
    "voided_by_team",
    "package",
    "ballot",
    "edits",
    "base_edition",
    "reason_language",
    "submitted_for_id",
    "tally",
    "frozen_digest",
    "frozen_key",
    "frozen_kind",
    "sha256_fr",
    "base_version",
    "change_set",
    "fields",
    "owner_chain",
    "stored_name",
    "preview",
    "exit_mandate",
    "mou",
    "body",
    "problem_count",
    "scorings",
    "state_since",
}
# The numbered ballot of a vote: that somebody voted is the sentence itself.
UNTOLD_OF = {("governance.agendapoint", "number")}
# Words that only the trail says; the catalogue of translations finds them here.
ONLY_HERE = (gettext_noop("abstained"), gettext_noop("old secret valid until"))
TARGET = "metrics.doratarget"
MONEY = {"planned", "secured", "actual", "cost", "cost_salary", "cost_non_salary", "amount"}
FISCAL = {"fiscal_year", "planned_year", "year", "horizon_from"}


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it became, in the reader's words; empty when there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    topic: str
    changes: list[Change]
    reason: str


def events_for(person: Person, product: Product) -> "QuerySet[AuditEvent]":
    """The product's chain, newest first; without what concerns drafts unless this person may read those, and then without
    what boards decided in confidence on reviews that this person may not read."""
    events = AuditEvent.objects.filter(chain=product.chain()).order_by("-number")
    if may_see_drafts(person, product):
        return events
    decisions, conditions = _kept_from(person, product)
    told = events.exclude(event__in=sentences.draft_events())
    return told.exclude(subject_id__in=decisions).exclude(subject_id__in=conditions)


def _kept_from(person: Person, product: Product) -> tuple["QuerySet[Any]", "QuerySet[Any]"]:
    """Keys of the decisions on confidential reviews that `person` may not read, and of the conditions asked for there."""
    reviews = Review.objects.filter(product=product, kind__in=CONFIDENTIAL)
    hidden = reviews.exclude(pk__in=Review.objects.visible_to(person).values("pk"))
    mine = Condition.objects.visible_to(person).values("pk")
    conditions = Condition.objects.filter(review__in=hidden).exclude(pk__in=mine)
    return _keys(Decision.objects.filter(review__in=hidden)), _keys(conditions)


def _keys(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """As the trail writes them: text."""
    return rows.order_by().annotate(key=Cast("pk", models.CharField())).values("key")


def lines(events: Iterable[AuditEvent], person: Person) -> list[Line]:
    """The events in full. As many queries as kinds of records are named."""
    events = list(events)
    names, reasons, metrics = names_in(events, person), reasons_in(events), _metrics_of(events)
    return [
        _line(event, names, reason=reasons.get(event.subject_id), metric=metrics.get(event.subject_id))
        for event in events
    ]


def _metrics_of(events: list[AuditEvent]) -> dict[str, str]:
    """Key of a target → the measure it is for, without which its number says nothing; known of one taken away too."""
    targets = {event.subject_id for event in events if event.subject_kind == TARGET}
    return {str(key): metric for key, metric in DoraTarget.history.filter(id__in=targets).values_list("id", "metric")}


def latest_acts(person: Person, product: Product, many: int) -> list[Line]:
    """The last acts as one sentence each, things under the name they have today in the reader's language. What the software
    did by itself because of an act would push the acts out, and stands in the whole history."""
    events = list(events_for(person, product).exclude(event__in=sentences.following_events())[:many])
    names = subject_names(events, person)
    return [
        Line(event.at, _sentence(event, _name(event, names)), sentences.sentence(event.event).topic, [], event.reason)
        for event in events
    ]


def _line(event: AuditEvent, names: Names, *, reason: str | None, metric: str | None) -> Line:
    what = _name(event, names)
    kind = event.subject_kind
    told = {name: values for name, values in event.changes.items() if _is_told(kind, name) and _is_pair(values)}
    changes = [
        _aim(metric, *values) if metric and name == "value" else _change(kind, name, values, names)
        for name, values in told.items()
    ]
    return Line(
        event.at, _sentence(event, what), sentences.sentence(event.event).topic, changes, reason or event.reason
    )


def _is_told(kind: str, name: str) -> bool:
    """Whether a reader learns from this field: who and when stand in the line itself, keys and proofs mean nothing."""
    if name in UNTOLD or (kind, name) in UNTOLD_OF or name.endswith("_by_id"):
        return False
    field = field_of(kind, name)
    return field is None or field.editable or not isinstance(field, models.DateTimeField)


def _name(event: AuditEvent, names: Names) -> str:
    """What the thing is called today; what it was called then, once it is gone."""
    return names.get((event.subject_kind, event.subject_id), event.subject_name)


def _is_pair(values: Any) -> bool:
    return isinstance(values, list) and len(values) == 2


def _sentence(event: AuditEvent, what: str) -> str:
    return str(sentences.sentence(event.event).words) % {"who": event.actor_name, "what": what}


def _change(kind: str, name: str, values: list[Any], names: Names) -> Change:
    field = field_of(kind, name)
    code = part_of(kind, name)[0] if field is not None else ""
    # A field that was given no name of its own is called in English by its column; the catalogue may know that word.
    label = f"{code} {_(str(field.verbose_name))}".strip() if field is not None else _(name.replace("_", " "))
    return Change(label[:1].upper() + label[1:], *(_told(field, name, value, names) for value in values))


def _aim(metric: str, *values: Any) -> Change:
    """A target as the page of the measures says it: 4 hours or less."""
    before, after = (aim(Metric(metric), Decimal(str(value))) if value is not None else "" for value in values)
    return Change(capital(_("target")), before, after)


def _instant(value: Any) -> datetime | None:
    """The instant a stored value says with its offset, if it is one."""
    try:
        instant = parse_datetime(str(value))
    except ValueError:
        return None
    return instant if instant and instant.tzinfo else None


def _told(field: models.Field | None, name: str, value: Any, names: Names) -> str:
    """A stored value as a reader says it."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in FISCAL and isinstance(value, int):
        return fiscal.label(value)
    if field is not None and field.remote_field:
        return names.get((field.remote_field.model._meta.label_lower, str(value)), _("not shown to you, or gone"))
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name == "standing" and value in StandingState.values:
        return str(StandingState(value).label)
    if name.endswith("_seconds"):
        return duration(Decimal(str(value)))
    if name in MONEY:
        return money(Decimal(str(value)))
    if isinstance(field, models.DateTimeField | None) and (instant := _instant(value)):
        return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"
    if isinstance(value, list | dict):
        return ngettext("one entry", "%(count)d entries", len(value)) % {"count": len(value)}
    return Truncator(str(value)).chars(LONGEST)
