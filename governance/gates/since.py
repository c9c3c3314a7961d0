"""What moved on since it was frozen: each record of a package compared with what it says today (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from governance.models import Artefact
from records import frozen


class Since(TextChoices):
    """What became of the source of an artefact."""

    SAME = "same", _("No change")
    CHANGED = "changed", _("Changed since")
    GONE = "gone", _("No longer there")
    UNKNOWN = "unknown", _("Not followed")  # a link or a file: what lies behind it is not ours to watch


@dataclass(frozen=True)
class Followed:
    """An artefact and what became of its source."""

    artefact: Artefact
    since: Since

    @property
    def has_moved(self) -> bool:
        return self.since in (Since.CHANGED, Since.GONE)


def since(artefact: Artefact) -> Since:
    """What became of the source of `artefact`."""
    if not artefact.is_record or artefact.frozen_kind not in frozen.KINDS:
        return Since.UNKNOWN
    now = frozen.digest(artefact.frozen_kind, artefact.frozen_key)
    if not now:
        return Since.GONE
    return Since.SAME if now == artefact.frozen_digest else Since.CHANGED


def follow(artefacts: Iterable[Artefact]) -> list[Followed]:
    """Each artefact with what became of its source; the same record is asked once."""
    known: dict[tuple[str, str, str], Since] = {}
    found = []
    for artefact in artefacts:
        key = (artefact.frozen_kind, artefact.frozen_key, artefact.frozen_digest)
        if not artefact.is_record or key not in known:
            known[key] = since(artefact)
        found.append(Followed(artefact, known[key] if artefact.is_record else Since.UNKNOWN))
    return found


def moved_on(artefacts: Iterable[Artefact]) -> set[UUID]:
    """The keys of those whose source changed or is gone."""
    return {each.artefact.pk for each in follow(artefacts) if each.has_moved}
