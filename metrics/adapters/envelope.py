"""What an adapter is given: one delivery, and what it needs to know of the source it came from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Feed:
    """A source as its adapter sees it. `keys` are the names by which a record may call the product; none means any."""

    name: str
    kind: str
    repository: str = ""
    default_branch: str = "main"
    incident_label: str = "incident"
    counts_releases: bool = False
    keys: tuple[str, ...] = ()
    environments: Mapping[str, str] = field(default_factory=dict)
    workflows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrival:
    """A genuine delivery: its headers (names in lower case), its bytes, and the JSON they hold."""

    headers: Mapping[str, str]
    body: bytes
    payload: dict[str, Any]

    def digest(self) -> str:
        """The key of a delivery that brings none: the same bytes are the same delivery."""
        return "sha256:" + hashlib.sha256(self.body).hexdigest()
