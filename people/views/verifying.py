"""Anybody may ask whether a sealed document is genuine and still stands: no sign-in, no script, nothing else revealed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people.forms.verifying import FileForm, TextForm
from people.throttle import is_too_often
from records.seals import verdicts

MOST_A_MINUTE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def document_verify(request: HttpRequest) -> HttpResponse:
    """By number or hash in the address, or by a file that is sent."""
    is_asked = request.method == "POST" or "q" in request.GET
    if is_asked and is_too_often(request, "verify", most=MOST_A_MINUTE):
        return render(request, "429.html", status=429)
    by_text, by_file = TextForm(), FileForm()
    verdict = None
    if request.method == "POST":
        by_file = FileForm(request.POST, request.FILES)
        if by_file.is_valid():
            verdict = verdicts.of_file(by_file.cleaned_data["file"])
    elif is_asked:
        by_text = TextForm(request.GET)
        if by_text.is_valid():
            verdict = verdicts.of_text(by_text.cleaned_data["q"])
    return _page(request, by_text, by_file, verdict)


def _page(request: HttpRequest, by_text: TextForm, by_file: FileForm, verdict: Any) -> HttpResponse:
    wrong = by_text if by_text.errors else by_file
    context = {"by_text": by_text, "by_file": by_file, "form": wrong, "verdict": verdict}
    return render(request, "people/verify.html", context, status=422 if wrong.errors else 200)
