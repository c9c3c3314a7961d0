"""The other language inside a form that keeps drafts: a button that posts the form, so that nothing typed is lost.

A page names its form (`language_form="work"` in the context, `<form id="work" method="post">`); the masthead then shows
the language as a button of that form. Its view keeps the draft first and asks `switched(request)` where to go.
"""

from django.http import HttpRequest
from django.urls import translate_url

from people.bilingual import LANGUAGES

SWITCH = "switch_language"


def switched(request: HttpRequest) -> str | None:
    """The same page and query in the language whose button was pressed; None when none was."""
    language = request.POST.get(SWITCH)
    return translate_url(request.get_full_path(), language) if language in LANGUAGES else None
