"""The few files that teams of the demonstration upload as evidence, made here each time: a report and two tables.

The same content gives the same bytes, so that the demonstration is the same every time.
"""

import csv
from io import BytesIO, StringIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile

REPORT: dict[str, Any] = {
    "title": "Voice line: proof of concept",
    "summary": "Three of four callers finished their task without an agent. The line is ready for a first release.",
    "facts": [
        ("Calls tested", "412, of which 168 in French"),
        ("Finished without an agent", "76%"),
        ("Understood at the first attempt", "91% in English, 88% in French"),
        ("Longest silence before an answer", "2.1 seconds"),
    ],
    "recommendation": "Build the first release for address changes and payment dates; leave complaints to agents.",
}
PRICES: list[tuple[str, ...]] = [
    ("Calls a month", "Unit price", "Carried by"),
    ("20,000", "1.42", "Benefits"),
    ("40,000", "0.97", "Benefits"),
    ("80,000", "0.81", "Benefits and Employment"),
]
RESULTS: list[tuple[str, ...]] = [
    ("Criterion", "Region", "Tested on", "Result"),
    ("A case is found in five seconds", "North", "2026-09-02", "passed"),
    ("A case is found in five seconds", "South", "2026-09-03", "passed"),
    ("A screen reader announces each change", "North", "2026-09-02", "passed"),
    ("A screen reader announces each change", "South", "", "to come"),
]


def uploaded(name: str, made: str) -> InMemoryUploadedFile:
    """A file as a browser would send it; `made` says how it is made: report, prices or results."""
    content = _report() if made == "report" else _table({"prices": PRICES, "results": RESULTS}[made])
    kind = "application/pdf" if made == "report" else "text/csv"
    return InMemoryUploadedFile(BytesIO(content), "file", name, kind, len(content), None)


def _report() -> bytes:
    from records.pdf import render_pdf  # the renderer takes long to load, and the demonstration needs it here first

    return render_pdf("pdf/evidence_sample.html", REPORT, language="en")


def _table(lines: list[tuple[str, ...]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()
