"""How often one address may do what anybody may do without signing in (trust.md S-05)."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int = 60) -> bool:
    """Count this request; whether its address has asked more than `most` times within `seconds`."""
    key = f"throttle:{what}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two lines
        return False
