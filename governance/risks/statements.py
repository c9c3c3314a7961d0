"""A risk in one sentence, joined from its three parts, in the one language in which all of them are said (domain.md §7)."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from governance.models import Risk
from people.bilingual import LANGUAGES, other, reader

PARTS = ("given", "event", "consequence")


@dataclass(frozen=True)
class Statement:
    """The sentence and its language, which is the reader's wherever the risk is said in it."""

    text: str
    language: str


def statement(risk: Risk) -> Statement:
    """Given that …, there is a risk that …, which will lead to …"""
    mine = reader()
    language = next((each for each in (mine, other(mine)) if is_full(risk, each)), mine)
    parts = {part: _bare(getattr(risk, f"{part}_{language}")) for part in PARTS}
    with translation.override(language):
        words = _("Given that %(given)s, there is a risk that %(event)s, which will lead to %(consequence)s.")
    return Statement(words % parts, language)


def is_full(risk: Risk, language: str) -> bool:
    """Whether all three parts are said in `language`. ValueError for a language there is not."""
    if language not in LANGUAGES:
        raise ValueError(language)
    return all(getattr(risk, f"{part}_{language}") for part in PARTS)


def _bare(text: str) -> str:
    """A part as it stands inside the sentence."""
    return text.strip().rstrip(".")
