"""Moves and months in words, the same in preview, log, messages and notices."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products import fiscal


def month_words(month: date | None) -> str:
    """April 2027, avril 2027; "no month" when there is none."""
    return date_format(month, "F Y") if month else _("no month")


def shift_words(months: int) -> str:
    """+2 months, −1 month."""
    sign = "+" if months > 0 else "−"
    return ngettext("%(sign)s%(count)s month", "%(sign)s%(count)s months", abs(months)) % {
        "sign": sign,
        "count": abs(months),
    }


def move_words(fields: dict[str, list[Any]], letters: dict[UUID, str]) -> list[str]:
    """What a line of a change does, clause by clause. `letters`: goal key → its letter."""
    clauses = []
    if "month" in fields or "planned_year" in fields:
        clauses.append(_time_words(fields))
    if "goal_id" in fields:
        old, new = (letters.get(UUID(key), "–") if key else _("no goal") for key in fields["goal_id"])
        clauses.append(_("goes from lane %(old)s to lane %(new)s") % {"old": old, "new": new})
    if not clauses and "rank" in fields:
        clauses.append(
            _("comes earlier in the order") if fields["rank"][1] < fields["rank"][0] else _("comes later in the order")
        )
    return clauses


def _time_words(fields: dict[str, list[Any]]) -> str:
    old, new = (date.fromisoformat(day) if day else None for day in fields.get("month", (None, None)))
    before, after = fields.get("planned_year", (None, None))
    if old and new:
        said = [shift_words(fiscal.months_between(old, new))]
        if before is not None and before != after:
            said.append(_("carried out of %(year)s") % {"year": fiscal.unbroken(before)})
        return _("moved from %(old)s to %(new)s (%(said)s)") % {
            "old": month_words(old),
            "new": month_words(new),
            "said": ", ".join(said),
        }
    return _without_month(old, new, before, after)


def _without_month(old: date | None, new: date | None, before: int | None, after: int | None) -> str:
    if new:
        return _("placed in %(month)s") % {"month": month_words(new)}
    if before == after:
        return _("taken out of %(month)s, unscheduled in the same year") % {"month": month_words(old)}
    if after is None and before is not None:
        return _("taken out of %(year)s, in no year yet") % {"year": fiscal.unbroken(before)}
    if before is None and after is not None:
        return _("taken into %(year)s, unscheduled") % {"year": fiscal.unbroken(after)}
    years = {"old": fiscal.unbroken(before or 0), "new": fiscal.unbroken(after or 0)}
    return _("moved from %(old)s to %(new)s, unscheduled") % years
