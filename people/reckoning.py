"""What is counted by a department's fiscal years: while there is any, the years begin where they began (domain.md §1, §4).

A roadmap year, a budget line or a figure of a quarter keeps the year it was entered under. With another first month it
would say something nobody said. Each floor names what it counts (`counts_by_year`) when it starts; this floor asks them all.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Department
from people.wording import joined

COUNTED: dict[str, tuple[Any, Callable[[Department], bool]]] = {}


def counts_by_year(name: str, words: Any, has_any: Callable[[Department], bool]) -> None:
    """Register one thing counted by fiscal years; `words` names it to people, `has_any` says whether a department has any."""
    COUNTED[name] = (words, has_any)


def check_first_month(department: Department, month: int) -> None:
    """ValidationError when the fiscal years of `department` would begin in another month and something is counted by them."""
    if Department.objects.select_for_update().get(pk=department.pk).fiscal_start_month == month:
        return
    held = [str(words) for words, has_any in COUNTED.values() if has_any(department)]
    if held:
        words = _("This department has %(what)s counted by its fiscal years; their first month stays as it is.")
        raise ValidationError({"fiscal_start_month": words % {"what": joined(held)}})
