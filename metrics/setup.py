"""How a pipeline is connected: the address of a source, and an example that can be pasted into a job."""

from django.conf import settings
from django.urls import reverse

from metrics.models import DeliverySource
from metrics.states import SourceKind

# The signature is over number, time and body; the number stays the same when the job tries again.
OWN = """\
SECRET='whsec_…'
ID="deploy-$CI_JOB_ID"
NOW=$(date +%s)
BODY='{{"kind": "deployment", "id": "'$CI_JOB_ID'", "environment": "production", "status": "success",
  "finished_at": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'", "updated_at": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
  "sha": "'$CI_COMMIT_SHA'"}}'
SIGNATURE=$(printf '%s.%s.%s' "$ID" "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64)
curl --fail-with-body {address} \\
  -H "Content-Type: application/json" \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" -H "webhook-signature: v1,$SIGNATURE" \\
  --data-binary "$BODY"
"""
CDEVENTS = """\
SECRET='whsec_…'
curl --fail-with-body {address} \\
  -H "Authorization: Bearer $SECRET" \\
  -H "Content-Type: application/json" \\
  -H "ce-specversion: 1.0" -H "ce-id: $CI_JOB_ID" -H "ce-source: /pipelines/deploy" \\
  -H "ce-type: dev.cdevents.service.deployed.0.2.0" \\
  --data-binary @event.json
"""
EXAMPLES = {SourceKind.GENERIC: OWN, SourceKind.CDEVENTS: CDEVENTS}


def address_of(source: DeliverySource) -> str:
    """Where the source's deliveries go, in full."""
    return settings.SITE_URL.rstrip("/") + reverse("delivery-receive", kwargs={"source": source.pk})


def example_of(source: DeliverySource) -> str:
    """Lines of shell that deliver; empty where the vendor is only set up."""
    example = EXAMPLES.get(SourceKind(source.kind), "")
    return example.format(address=address_of(source))
