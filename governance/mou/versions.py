"""The version log: one line for each version of an agreement up to this one (domain.md §6)."""

from typing import Any

from governance.models import Mou


def editions_of(mou: Mou) -> list[Mou]:
    """The versions from the first to `mou`, each amended by the next."""
    found = [mou]
    while found[-1].amends is not None:
        found.append(found[-1].amends)
    return found[::-1]


def log_of(mou: Mou) -> list[dict[str, Any]]:
    """Number, sections, who wrote it, what changed, and since when it is in force; the last is not known of a draft."""
    return [
        {
            "edition": each.edition,
            "sections": sorted(each.opened_sections) if each.is_amendment else [],
            "begun_on": each.created_at.date() if each.created_at else None,
            "begun_by": _author(each),
            "in_force_from": each.in_force_from if each.pk != mou.pk else None,
            "detail_en": each.change_en,
            "detail_fr": each.change_fr,
        }
        for each in editions_of(mou)
    ]


def _author(mou: Mou) -> str:
    """Who began the version; history keeps the name of its first state."""
    first = mou.history.order_by("history_date").first()
    return first.changed_by_name if first is not None else mou.changed_by_name
