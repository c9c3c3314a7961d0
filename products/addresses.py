"""How products stand in addresses: /products/<code>/…, with codes as the inventory writes them."""

from django.urls import register_converter


class ProductCode:
    """A product code; anything else is simply not found."""

    regex = "[A-Z0-9][A-Z0-9-]{1,29}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ProductCode, "code")
