"""What the amounts of one branch and one source were when somebody opened their form."""

from collections.abc import Iterable

from governance.models import MouAmount


def seen_of(lines: Iterable[MouAmount]) -> str:
    """The versions of the lines as one short text; another text when any of them changed, came or went."""
    return ".".join(sorted(f"{each.pk.hex[:8]}{each.version}" for each in lines)) or "-"
