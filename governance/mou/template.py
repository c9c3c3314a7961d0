"""The edition of the template that the next memorandum is begun with, and the text that ships as the first one."""

from datetime import date
from typing import Any

from django.db.models import F, Q

from governance.default_mou import AGREED, EDITION, NAME
from governance.default_mou_working import WORKING
from governance.models import MouTemplate
from people.models import Department
from records import clock

IN_USE_FROM = date(2022, 4, 1)  # what ships is in use from before any memorandum kept here


def template_in_use(department: Department) -> MouTemplate:
    """The department's own latest edition that is in use today, else the installation's. DoesNotExist when there is none."""
    mine = Q(department=department) | Q(department__isnull=True)
    rows = MouTemplate.objects.filter(mine, in_use_from__lte=clock.today(department.time_zone))
    found = rows.order_by(F("department").desc(nulls_last=True), "-in_use_from", "-edition").first()
    if found is None:
        raise MouTemplate.DoesNotExist
    return found


def spaced(french: str) -> str:
    """French with its no-break spaces inside quotation marks and before a colon."""
    return french.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")


def shipped_template() -> dict[str, Any]:
    """The columns of the template that ships."""
    return {"edition": EDITION, "name_en": NAME[0], "name_fr": NAME[1]}


def shipped_clauses() -> list[dict[str, Any]]:
    """The columns of its clauses, in order."""
    return [
        {
            "section": section, "position": position, "kind": each.kind, "text_en": each.en, "text_fr": spaced(each.fr),
            "guidance_en": each.guidance_en, "guidance_fr": spaced(each.guidance_fr),
        }
        for section, clauses in {**AGREED, **WORKING}.items()
        for position, each in enumerate(clauses, start=1)
    ]  # fmt: skip
