"""Django's checks at start: evidence lies outside the web root, and an installation in service has a scanner."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.files)
def check_media_outside_web_root(**kwargs: Any) -> list[CheckMessage]:
    """No folder that is served over the web may hold the uploads, nor lie in them."""
    media = Path(settings.MEDIA_ROOT).resolve()
    served = [Path(settings.STATIC_ROOT).resolve(), *(Path(each).resolve() for each in settings.STATICFILES_DIRS)]
    if any(media.is_relative_to(each) or each.is_relative_to(media) for each in served):
        return [Error("MEDIA_ROOT must lie outside the folders that are served as static files.", id="records.E001")]
    return []


@register(Tags.security, deploy=True)
def check_scanner(**kwargs: Any) -> list[CheckMessage]:
    """SCANNER=none is for demonstrations and tests."""
    if settings.SCANNER == "none":
        return [Error("SCANNER is none: nobody looks for malware in what people upload.", id="records.E002")]
    return []
