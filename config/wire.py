"""What every answer tells the browser beside the policy of its content: pages, files, errors, the administration alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No page asks for any of these; security keys and copying stay with our own pages.
UNUSED = ("camera", "microphone", "geolocation", "display-capture", "payment", "usb", "serial", "hid", "midi")
SENSORS = ("accelerometer", "gyroscope", "magnetometer")
ALWAYS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED + SENSORS),
    "Cross-Origin-Resource-Policy": "same-origin",  # nobody else's page shows or reads what is ours
}


class WireMiddleware:
    """Outermost, so that files and failures have the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
