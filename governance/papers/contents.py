"""What a pack holds, as data: kept with each revision, so that the next one can say what changed (ux.md A8)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaPoint, Meeting, Package
from governance.states import AgendaState
from people.bilingual import other, reader
from records.trail import as_json, canonical

SCHEMA = 1


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The agenda of `meeting` with every package on it, as JSON."""
    points = AgendaPoint.objects.filter(meeting=meeting).exclude(state=AgendaState.REMOVED).order_by("position")
    points = points.select_related("review__product", "review__gate", "review__change")
    reviews = [point.review_id for point in points if point.review_id]
    packages = {str(each.review_id): each for each in Package.objects.filter(review__in=reviews)}
    content = {
        "schema": SCHEMA,
        "board": {"name_en": meeting.board.name_en, "name_fr": meeting.board.name_fr},
        "form": meeting.form,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
        "points": [_point(point, packages.get(str(point.review_id))) for point in points],
    }
    return dict(as_json(content))


def _point(point: AgendaPoint, package: Package | None) -> dict[str, Any]:
    texts = package.content.get("texts", {}) if package else {}
    named = {
        f"title_{code}": texts.get(f"ask_{code}") or getattr(point, f"title_{code}") or "" for code in ("en", "fr")
    }
    return {
        "key": point.pk,
        "review": point.review_id,
        "minutes": point.minutes,
        "package": package.sha256 if package else "",
        **named,
    }


def sha256(content: dict[str, Any]) -> str:
    """The hash of canonical content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Item:
    """One line of the agenda as it was issued."""

    number: int
    key: str
    title: str
    minutes: int
    starts_at: datetime | None
    review: str
    package: str


def items_of(content: dict[str, Any]) -> list[Item]:
    """The agenda in the reader's language, each point at its time; a written procedure has no times."""
    at = parse_datetime(content["starts_at"]) if content["form"] == "meeting" else None
    found = []
    for number, point in enumerate(content["points"], start=1):
        found.append(
            Item(
                number,
                point["key"],
                _title(point),
                point["minutes"],
                timezone.localtime(at) if at else None,
                point["review"] or "",
                point["package"],
            )
        )
        at = at + timedelta(minutes=point["minutes"]) if at else None
    return found


def _title(point: dict[str, Any]) -> str:
    mine = reader()
    return str(point[f"title_{mine}"] or point[f"title_{other(mine)}"] or "–")


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is different in `after`, in the reader's language; empty when nothing is."""
    return [*_of_meeting(before, after), *_of_agenda(items_of(before), items_of(after))]


def _of_meeting(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name, words in (
        ("starts_at", _("Starts %(now)s, was %(was)s.")),
        ("ends_at", _("Voting ends %(now)s, was %(was)s.")),
    ):
        if before[name] != after[name]:
            yield words % {"now": _instant(after[name]), "was": _instant(before[name])}
    if before["place"] != after["place"]:
        yield _("Place: %(now)s, was %(was)s.") % {"now": after["place"] or "–", "was": before["place"] or "–"}


def _instant(text: str | None) -> str:
    instant = parse_datetime(text) if text else None
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}" if instant else "–"


def _of_agenda(before: list[Item], after: list[Item]) -> Iterator[str]:
    was, now = {each.key: each for each in before}, {each.key: each for each in after}
    for item in after:
        if item.key not in was:
            yield _("Added as item %(number)d: %(title)s") % {"number": item.number, "title": item.title}
    for item in before:
        if item.key not in now:
            yield _("Taken off: %(title)s") % {"title": item.title}
    stayed = [each.key for each in before if each.key in now]
    moved = stayed != [each.key for each in after if each.key in was]
    for item in after:
        if item.key in was:
            yield from _of_item(was[item.key], item, moved)


def _of_item(was: Item, now: Item, moved: bool) -> Iterator[str]:
    told = {"number": now.number, "was": was.number, "title": now.title}
    if moved and was.number != now.number:
        yield _("Now item %(number)d, was item %(was)d: %(title)s") % told
    if was.package != now.package:
        yield _("A new package for item %(number)d: %(title)s") % told
    if was.title != now.title:
        yield _("Item %(number)d has another title: %(title)s") % told
    if was.minutes != now.minutes:
        words = ngettext(
            "Item %(number)d now takes %(count)d minute, was %(before)d: %(title)s",
            "Item %(number)d now takes %(count)d minutes, was %(before)d: %(title)s",
            now.minutes,
        )
        yield words % (told | {"count": now.minutes, "before": was.minutes})
