"""Every day the heads of all chains are written into the installation's own chain, so that a chain cannot be cut back unseen."""

from typing import Any

from django.utils.translation import gettext_noop

from records import trail
from records.actors import SYSTEM
from records.jobs import daily
from records.models import ChainHead


@daily("records.anchor_chains")
def anchor_chains(payload: dict[str, Any]) -> dict[str, Any]:
    """Record number and hash of each chain's head, if any moved since the last anchor. Returns how many were anchored."""
    heads = dict(ChainHead.objects.exclude(chain=trail.INSTALLATION).order_by("chain").values_list("chain", "hash"))
    if heads:
        trail.record(
            gettext_noop("chains anchored"),
            on=ChainHead(chain=trail.INSTALLATION, number=0, hash=""),
            by=SYSTEM,
            changes={"heads": [None, heads]},
            chain=trail.INSTALLATION,
        )
    return {"anchored": len(heads)}
