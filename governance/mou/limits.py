"""What a text of a memorandum may hold: as long as people write, and no characters that nobody sees (trust.md S-09)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.mou.facts import UNSEEN
from people.editing import LONGEST


def check_texts(values: dict[str, Any]) -> None:
    """ValidationError at each text that is too long or holds characters that turn, hide or end its lines."""
    errors = {}
    for name, value in values.items():
        problem = problem_of(value) if isinstance(value, str) else ""
        if problem:
            errors[name] = problem
    if errors:
        raise ValidationError(errors)


def problem_of(text: str) -> str:
    """What is wrong with a text; empty when nothing is."""
    if len(text) > LONGEST:
        return _("At most %(most)s characters; this has %(count)s.") % {"most": LONGEST, "count": len(text)}
    found = UNSEEN.search(text.replace("\r\n", "\n"))
    if found is None:
        return ""
    return _(
        "This holds a character that nobody sees (U+%(code)s, at place %(place)s): it can turn or hide text. Type the line "
        "again."
    ) % {"code": f"{ord(found[0]):04X}", "place": found.start() + 1}
