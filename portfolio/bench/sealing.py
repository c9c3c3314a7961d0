"""What sealing costs, and that nothing is lost or made twice when the worker is killed (trust.md R-05, R-06)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.actions.mous import answer_prompt, begin_mou
from governance.models import Mou, MouText
from governance.mou.canonical import content_of, digest
from governance.mou.paper import paper_of
from governance.mou_states import ClauseKind, MouState
from people.models import Person
from portfolio.bench.line import Line
from products.models import Product
from records import clock, jobs
from records.actions.seals import Paper, seal_document
from records.actors import SYSTEM
from records.identity import new_id
from records.models import Document, Job, JobState
from records.pdf import forget_papers, render_pdf
from records.seals.authority import ensure_for_demonstration
from records.seals.signing import seal

QUEUED, KILLS, LONGEST = 200, 3, 600
KIND = "bench.seal"
WORDS = "What the parties agree on here takes a few lines, as such answers do in life. " * 6
WORKER = """
import django
django.setup()
import portfolio.bench.sealing as sealing
while sealing.unfinished(RUN):
    if not sealing.jobs.run_next():
        sealing.time.sleep(0.2)
"""


def sealings(product: Product, manager: Person, queued: int = QUEUED) -> Iterator[Line]:
    """The memorandum on one core, warm; then the queue."""
    ensure_for_demonstration()
    with transaction.atomic():
        text = _text(product, manager)
        transaction.set_rollback(True)
    took = min(_timed(text) for _round in range(3))
    yield Line("Memorandum of fourteen sections rendered and sealed", took * 1000, "ms", 4_000)
    yield from drained(queued)


def _text(product: Product, manager: Person) -> MouText:
    """A memorandum whose every question is answered at some length."""
    mou = Mou.objects.filter(product=product, state__in=MouState.under_way()).first() or begin_mou(
        product=product, by=manager
    )
    for clause in mou.template.clauses.filter(kind=ClauseKind.PROMPT):
        answer_prompt(mou=mou, clause=clause, by=manager, text_en=WORDS, text_fr=WORDS)
    content = content_of(mou)
    return MouText(content=content, sha256=digest(content), frozen_at=timezone.now())


def _timed(text: MouText) -> float:
    forget_papers()
    began = time.perf_counter()
    pdf = render_pdf("pdf/mou.html", paper_of(text.content, text=text), language="en", archival=True)
    seal(pdf, number="GH-2222-2222-2222", reason="Measured.")
    return time.perf_counter() - began


@jobs.job(KIND, awaited=True)
def seal_one(payload: dict[str, Any]) -> None:
    """One small document, sealed like any other."""
    forget_papers()
    paper = Paper(
        kind=KIND,
        subject_id=payload["subject"],
        language="en",
        title="Measured",
        reason="Measured.",
        render=lambda number: render_pdf("paper.html", {}, language="en", archival=True),
    )
    seal_document(paper=paper, chain="bench", since=clock.today(), by=SYSTEM)


def drained(queued: int) -> Iterator[Line]:
    """Seal what is queued while the worker is killed three times."""
    run = str(new_id())
    with transaction.atomic():
        for number in range(queued):
            jobs.enqueue(KIND, f"{run}:{number}", {"subject": f"{run}:{number}"})
    began = time.monotonic()
    for kill in range(1, KILLS + 1):
        worker = _worker(run)
        while unfinished(run) > queued - kill * queued // (KILLS + 1) and time.monotonic() - began < LONGEST:
            time.sleep(0.05)
        worker.kill()
        worker.wait()
    _worker(run).wait(LONGEST)
    made = Document.objects.filter(kind=KIND, subject_id__startswith=run, seal__isnull=False).count()
    what = f"{queued} sealings, worker killed {KILLS} times"
    yield Line(f"{what}: lost or made twice", abs(queued - made) + unfinished(run), "papers", 0)
    yield Line(f"{what}: until all were done", time.monotonic() - began, "s", 300)


def unfinished(run: str) -> int:
    """How many of the queued are still to be done."""
    return Job.objects.filter(kind=KIND, dedupe_key__startswith=f"{KIND}:{run}").exclude(state=JobState.DONE).count()


def _worker(run: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER.replace("RUN", repr(run))])
