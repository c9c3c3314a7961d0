"""Frozen content as it reads in one language, exactly as it was frozen: nothing is merged or looked up anew; only sums of
money are written as that language writes them, to the cent."""

from decimal import Decimal
from typing import Any

from people.bilingual import other
from people.templatetags.gatehouse import NO_BREAK

SUMS = frozenset({"amount", "salary", "non_salary", "sum"})


def spoken(value: Any, language: str, key: str = "") -> Any:
    """`value` with each pair (name_en, name_fr) as one `name`, and each text (en, fr) as one `text`."""
    if isinstance(value, dict):
        foreign = other(language)
        kept = {name: each for name, each in value.items() if name != foreign and not name.endswith(f"_{foreign}")}
        return {_own(name, language): spoken(each, language, name) for name, each in kept.items()}
    if isinstance(value, list):
        return [spoken(each, language) for each in value]
    return exact_money(value, language) if key in SUMS and isinstance(value, str) else value


def _own(key: str, language: str) -> str:
    return "text" if key == language else key.removesuffix(f"_{language}")


def exact_money(value: str, language: str) -> str:
    """$1,180,000 or 1 180 000 $; with its cents where there are any, because a signature is given to the exact sum."""
    amount = Decimal(value)
    digits = f"{amount:,.2f}".removesuffix(".00")
    if language == "fr":
        return f"{digits.replace(',', NO_BREAK).replace('.', ',')}{NO_BREAK}$"
    return f"${digits}"
