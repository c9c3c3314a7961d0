"""Sending deliveries in tests: sources with their secrets, and each vendor's signature made independently of ours."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass

from django.test import Client

from metrics.actions.sources import connect_source
from metrics.models import Delivery, DeliveryLogEntry, DeliveryReceipt, DeliverySource, PendingDelivery


@dataclass
class Sender:
    """Somebody who knows the secret of one source."""

    source: DeliverySource
    secret: str

    @property
    def address(self):
        return f"/deliveries/{self.source.pk}/"

    def post(self, body, client=None, **headers):
        """Send bytes as they are; header names as HTTP writes them."""
        content_type = headers.pop("content_type", "application/json")
        return (client or Client()).post(self.address, body, content_type=content_type, headers=headers)

    def github(self, event, payload, number=None, secret=None, **headers):
        body = as_body(payload)
        mine = {
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": number or str(uuid.uuid4()),
            "X-Hub-Signature-256": "sha256=" + hmac.new((secret or self.secret).encode(), body, "sha256").hexdigest(),
        }
        return self.post(body, **(mine | headers))

    def gitlab(self, payload, number=None, **headers):
        mine = {"X-Gitlab-Token": self.secret, "Idempotency-Key": number or str(uuid.uuid4())}
        return self.post(as_body(payload), **(mine | headers))

    def signed(self, payload, number=None, at=None, secret=None, **headers):
        body = as_body(payload)
        return self.post(body, **(standard(secret or self.secret, body, number, at) | headers))


def as_body(payload):
    return payload if isinstance(payload, bytes) else json.dumps(payload).encode()


def standard(secret, body, number=None, at=None):
    """The headers of Standard Webhooks, signed with the decoded secret."""
    number, sent = number or str(uuid.uuid4()), str(int(at if at is not None else time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{number}.{sent}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": number,
        "webhook-timestamp": sent,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def connected(cast, kind, name="pipeline", **values):
    source, secret = connect_source(product=cast.product, kind=kind, name=name, by=cast.product_manager, **values)
    return Sender(source, secret)


def stored(source):
    """How much stands in the database of a source: deliveries, receipts, promises."""
    return (
        Delivery.objects.filter(source=source).count(),
        DeliveryReceipt.objects.filter(source=source).count(),
        PendingDelivery.objects.filter(source=source).count(),
    )


def log_of(source):
    return list(DeliveryLogEntry.objects.filter(source=source).order_by("id").values_list("outcome", "reason"))
