"""How months stand in addresses: /products/<code>/metrics/2026-05/."""

from datetime import date

from django.urls import register_converter


class MonthConverter:
    """A month as YYYY-MM, as far as deliveries can be dated (1970 to 2199, by any clock); others are not found.

    Addresses of the months around them are written all the same, because pages link to the month before and the next.
    """

    regex = "(?:19|2[0-2])[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        month = date.fromisoformat(f"{value}-01")
        if not date(1969, 12, 1) <= month <= date(2200, 1, 1):
            raise ValueError(value)
        return month

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(MonthConverter, "month")
