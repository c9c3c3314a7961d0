"""The normal form every source is read into (dora.md §4, `dora-events/1`), as plain values that stand in JSON.

A record is a full replacement of the thing it names; of several versions the greatest `updated_at` counts. Times are
aware. `product` is the product's key in delivery events, empty where the source belongs to one product.
"""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

SCHEMA = "dora-events/1"


@dataclass(frozen=True)
class Commit:
    """A commit: `committed_at` is the committer's date; `parent` its predecessor on the branch, where the source says so."""

    sha: str
    repo: str = ""
    committed_at: datetime | None = None
    is_merge: bool = False
    parent: str = ""


@dataclass(frozen=True)
class DeploymentRecord:
    """A deployment. `commits` None: the source does not list them, so they follow from the pushes or the commit alone."""

    source: str
    id: str
    environment: str
    status: str
    updated_at: datetime
    product: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    repo: str = ""
    sha: str = ""
    rollback_of: str = ""
    unplanned: bool = False
    voided: bool = False
    url: str = ""
    commits: tuple[Commit, ...] | None = None


@dataclass(frozen=True)
class IncidentRecord:
    """An incident. `environment` empty means production. `is_partial`: the source tells one moment at a time, so the
    earliest start and the latest resolution ever told are kept, whatever the order."""

    source: str
    id: str
    status: str
    updated_at: datetime
    product: str = ""
    environment: str = ""
    started_at: datetime | None = None
    resolved_at: datetime | None = None
    deployment_source: str = ""
    deployment_id: str = ""
    change_related: bool | None = None
    title: str = ""
    url: str = ""
    is_partial: bool = False


@dataclass(frozen=True)
class CommitsRecord:
    """Commits told outside a deployment (a push, a merge); they count once a production deployment holds them."""

    commits: tuple[Commit, ...]
    product: str = ""


@dataclass(frozen=True)
class ProductRecord:
    """How a product is measured; None leaves a setting as it is."""

    product: str
    timezone: str | None = None
    has_incident_feed: bool | None = None
    attribution_window: int | None = None
    sets_window: bool = False


Record = DeploymentRecord | IncidentRecord | CommitsRecord | ProductRecord
KINDS: dict[str, type[Any]] = {
    "deployment": DeploymentRecord,
    "incident": IncidentRecord,
    "commits": CommitsRecord,
    "product": ProductRecord,
}
NAMES = {kind: name for name, kind in KINDS.items()}
TIMES = ("updated_at", "started_at", "finished_at", "resolved_at", "committed_at")


def to_json(record: Record) -> dict[str, Any]:
    """The record as it is kept with its delivery: times as ISO in UTC, to the microsecond."""
    return {"kind": NAMES[type(record)], **_plain(asdict(record))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def from_json(kept: dict[str, Any]) -> Record:
    """The record that `to_json` kept."""
    values = dict(kept)
    kind = KINDS[values.pop("kind")]
    if values.get("commits") is not None:
        values["commits"] = tuple(Commit(**_times(each)) for each in values["commits"])
    record: Record = kind(**_times(values))
    return record


def _times(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name in TIMES and value is not None else value
        for name, value in values.items()
    }


@dataclass(frozen=True)
class Reading:
    """What an adapter read from one delivery: its records, or why there are none (`reason` is a code, `detail` for people)."""

    event: str
    records: tuple[Record, ...] = field(default=())
    reason: str = ""
    detail: str = ""


class Malformed(ValueError):
    """The delivery is not what its format promises. `field` names the place, for example deployments[3].finished_at."""

    def __init__(self, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.detail, self.field = detail, field
