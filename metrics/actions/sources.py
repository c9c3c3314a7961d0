"""Connect a pipeline to a product, say what its names mean, replace its secret, retire it (dora.md §3).

A secret leaves this module as text exactly once, to whoever made it. What is kept is sealed, and neither history nor the
trail ever holds it.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from metrics import events
from metrics.actions.settings import ensure_settings
from metrics.models import DeliverySource, EnvironmentMapping, SourceSecret, WorkflowMapping
from metrics.permissions import may_connect_source
from metrics.sealing import is_of_today, seal, unseal
from metrics.states import SnapshotReason
from metrics.storing import remeasure
from metrics.verification import PREFIX
from people.permissions import require
from products.models import Product
from records import clock, jobs
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record
from records.writing import remove, save

OVERLAP = timedelta(hours=24)
SECRET_BYTES = 32
# What decides how a delivery reads; a change concerns what arrived before as well.
MEANING = {"repository", "default_branch", "incident_label", "counts_releases"}


@dataclass(frozen=True)
class Meaning:
    """What the team says a name of the source means: a row as the form holds it. Without a name the row goes away."""

    name: str
    environment: str
    id: UUID | None = None
    expected: int | None = None


@act
def connect_source(*, product: Product, kind: str, by: Actor, **values: Any) -> tuple[DeliverySource, str]:
    """Add a source and its first secret, whose text is returned this once. ValidationError names the bad fields."""
    require(may_connect_source(by, product))
    source = DeliverySource(product=product, kind=kind, **values)
    changes = save(source, by=by)
    _secret, text = _new_secret(source, by)
    record(events.SOURCE_CONNECTED, on=source, by=by, changes=changes)
    _tell_of_incidents(source, by)
    return source, text


@act
def change_source(
    *, source: DeliverySource, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> DeliverySource:
    """Change what is known of a source; `is_active` retires it and takes it up again. Its name stays: facts carry it."""
    require(may_connect_source(by, source.product))
    for name in values.keys() & {"name", "kind", "product"}:
        raise TypeError(f"The {name} of a source does not change.")
    for name, value in values.items():
        setattr(source, name, value)
    changes = save(source, by=by, expected=expected)
    if changes:
        record(events.SOURCE_CHANGED, on=source, by=by, changes=changes, reason=reason)
    if changes.keys() & MEANING:
        _read_again(source, by)
    _tell_of_incidents(source, by)
    return source


def _tell_of_incidents(source: DeliverySource, by: Actor) -> None:
    """From a source of incidents on, none means none. What a feed no longer tells is for the settings to say: it was told."""
    settings = ensure_settings(product=source.product, by=by)
    if not source.reports_incidents or settings.has_incident_feed:
        return
    settings.has_incident_feed = True
    changes = save(settings, by=by)
    record(events.DELIVERY_SETTINGS_CHANGED, on=settings, by=by, changes=changes)
    remeasure(source.product_id, reason=SnapshotReason.SETTINGS)


@act
def map_source(
    *,
    source: DeliverySource,
    by: Actor,
    environments: Iterable[Meaning] = (),
    workflows: Iterable[Meaning] = (),
    reason: str = "",
) -> None:
    """Say what the source's names mean; what arrived before is read again with it.

    Stale or Conflict when somebody else changed a row in the meantime.
    """
    require(may_connect_source(by, source.product))
    changes: dict[str, Any] = {}
    for model, meanings in ((EnvironmentMapping, environments), (WorkflowMapping, workflows)):
        # What goes away first, so that its name is free for another row of the same form.
        for meaning in sorted(meanings, key=lambda each: bool(each.name)):
            changes |= _mean(model, source, meaning, by)
    if changes:
        record(events.SOURCE_CHANGED, on=source, by=by, changes=changes, reason=reason)
        _read_again(source, by)


def _read_again(source: DeliverySource, by: Actor) -> None:
    """Have what arrived before read with the new meaning, once for each change."""
    jobs.enqueue("metrics.read_again", f"{source.pk}:{clock.now().isoformat()}", {"source": str(source.pk)}, by=by)


def _mean(
    model: type[EnvironmentMapping] | type[WorkflowMapping], source: DeliverySource, meaning: Meaning, by: Actor
) -> dict[str, Any]:
    kind = "environment" if model is EnvironmentMapping else "workflow"
    row = model.objects.filter(source=source, pk=meaning.id).first() if meaning.id else model(source=source)
    if row is None:
        raise Conflict(_("Somebody else took this row away in the meantime. Look again before you save."))
    before = row.environment if meaning.id else None
    if not meaning.name:
        if meaning.id:
            remove(row, by=by)
        return {f"{kind} {row.name}": [before, None]} if meaning.id else {}
    row.name, row.environment = meaning.name, meaning.environment
    changed = save(row, by=by, expected=meaning.expected)
    return {f"{kind} {row.name}": [before, row.environment]} if changed else {}


@act
def rotate_secret(*, source: DeliverySource, by: Actor, overlap: timedelta = OVERLAP) -> str:
    """Make a new secret and return its text this once; the one in force stays valid for `overlap`, older ones end now."""
    require(may_connect_source(by, source.product))
    now = clock.now()
    until = now + overlap
    for old in SourceSecret.objects.select_for_update().filter(source=source):
        if old.retires_at is None or old.retires_at > now:
            old.retires_at = until if old.retires_at is None else now
            save(old, by=by)
    _secret, text = _new_secret(source, by)
    record(events.SECRET_ROTATED, on=source, by=by, changes={"old secret valid until": [None, until]})
    return text


@act
def reseal_secrets(*, by: Actor) -> int:
    """Seal every secret in force with the key of today, so that the former SECRET_KEY may go; how many were sealed anew.

    The secrets stay what they are; nothing changes for who uses them. Raises Unsealable when no key opens one.
    """
    done = 0
    for secret in SourceSecret.objects.select_for_update(of=("self",)).select_related("source"):
        if secret.is_valid(clock.now()) and not is_of_today(secret.sealed):
            secret.sealed = seal(unseal(secret.sealed))
            save(secret, by=by)
            record(events.SECRET_RESEALED, on=secret, by=by)
            done += 1
    return done


def _new_secret(source: DeliverySource, by: Actor) -> tuple[SourceSecret, str]:
    text = PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    secret = SourceSecret(source=source, sealed=seal(text))
    save(secret, by=by)
    return secret, text
