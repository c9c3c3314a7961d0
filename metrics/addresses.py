"""How months stand in addresses: /products/<code>/metrics/2026-05/."""

from datetime import date

from django.urls import register_converter


class MonthConverter:
    """A month as YYYY-MM, from 1970 on; anything else is simply not found."""

    regex = "(?:19[7-9][0-9]|20[0-9]{2})-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(MonthConverter, "month")
