"""What kinds of work there are, and how one piece is done exactly once.

A package registers its kinds at start (`@job("kind")`, `@daily("kind")`). An action calls `enqueue` inside its own act;
after the commit the courier is woken where there is one. A worker claims a row in a short transaction that counts the
attempt and leases it, then does the work and marks it done in one second transaction that holds the row's lock: killed
anywhere, the row is simply found again when its lease is over, and no effect is half there or there twice.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Now

from records import clock
from records.acts import performing
from records.identity import new_id
from records.models import Job, JobState

log = structlog.get_logger(__name__)
Work = Callable[[dict[str, Any]], dict[str, Any] | None]

KINDS: dict[str, Work] = {}
DAILY: dict[str, Work] = {}
WAITING: dict[str, Callable[[], bool]] = {}
AWAITED: set[str] = set()
ATTEMPTS = 5
LEASE = timedelta(seconds=10)
A_DAY_AGO = timedelta(days=1)


@dataclass(frozen=True)
class Patience:
    """How often a kind of work is tried before it is parked, and the longest pause between two tries in seconds."""

    attempts: int = ATTEMPTS
    pause: int = 600


A_DAY = Patience(attempts=30, pause=3_600)  # for what needs a machine of others: most of them are back within a day
PATIENCE: dict[str, Patience] = {}


class Denied(Exception):
    """The other side answers and says no: tried as often as any work, however patient its kind is."""


def job(kind: str, patience: Patience | None = None, *, awaited: bool = False) -> Callable[[Work], Work]:
    """Register the function that does jobs of `kind`. It gets the payload and may return a result (JSON).

    `awaited` work is what somebody sits before a page for: it is claimed before all other work that is due.
    """

    def register(work: Work) -> Work:
        KINDS[kind], PATIENCE[kind] = work, patience or Patience()
        if awaited:
            AWAITED.add(kind)
        return work

    return register


def daily(kind: str) -> Callable[[Work], Work]:
    """Register work due once a business day; the missing row decides, not the clock tick."""

    def register(work: Work) -> Work:
        DAILY[kind] = KINDS[kind] = work
        return work

    return register


def waiting(kind: str, has_work: Callable[[], bool]) -> Callable[[Work], Work]:
    """Register work whose own rows are the promise (a queue table): due whenever `has_work` says so, however it came."""

    def register(work: Work) -> Work:
        WAITING[kind], KINDS[kind] = has_work, work
        return work

    return register


def enqueue(kind: str, key: str, payload: dict[str, Any] | None = None, *, by: Any = None) -> None:
    """Promise one piece of work inside the running transaction; the same `key` is promised once."""
    if kind not in KINDS:
        raise LookupError(f"No work of kind {kind!r} is registered.")
    Job.objects.bulk_create(
        [Job(kind=kind, dedupe_key=_once(kind, key), payload=payload or {}, asked_by_id=str(by.pk) if by else "")],
        ignore_conflicts=True,
    )
    transaction.on_commit(wake_courier)


def hasten(kind: str, key: str) -> None:
    """Somebody now sits before a page for this work: it goes before what was promised earlier and nobody waits for.

    Work that is being done, or pauses after a failure, is left as it is.
    """
    due = Job.objects.filter(dedupe_key=_once(kind, key), state=JobState.QUEUED, run_after__lte=Now())
    due.update(run_after=Now() - A_DAY_AGO)


def is_parked(kinds: Iterable[str], keys: Iterable[str]) -> bool:
    """Whether work of one of these kinds, promised for one of these keys, was given up: who waits for it is told so."""
    promised = [_once(kind, key) for kind, key in product(kinds, keys)]
    return Job.objects.filter(dedupe_key__in=promised, state=JobState.PARKED).exists()


def _once(kind: str, key: str) -> str:
    """What keeps a piece of work from being promised twice."""
    return f"{kind}:{key}"[:200]


def enqueue_daily(day: date | None = None) -> None:
    """Promise today's daily work; harmless when it was promised before."""
    today = (day or clock.today()).isoformat()
    with transaction.atomic():
        for kind in sorted(DAILY):
            enqueue(kind, today, {"day": today})


def enqueue_waiting() -> bool:
    """Promise the work whose rows wait, one job of a kind at a time; whether there was any.

    Two workers that do so at once do no harm: whoever comes second finds no rows.
    """
    promised = False
    for kind in sorted(WAITING):
        if WAITING[kind]() and not Job.objects.filter(kind=kind, state=JobState.QUEUED).exists():
            with transaction.atomic():
                enqueue(kind, str(new_id()))
            promised = True
    return promised


def wake_courier() -> None:
    """Tell Celery that rows wait, where Redis is configured. A silent broker only costs time: workers also poll."""
    if not settings.REDIS_URL:
        return
    from kombu.exceptions import OperationalError

    from records.tasks import drain_outbox

    try:
        drain_outbox.apply_async(retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("courier not woken", error=str(error))


@dataclass(frozen=True)
class Claim:
    id: Any
    attempt: int
    patience: Patience


def _claim() -> Claim | None:
    """Lease the next due row, the awaited first, and count the attempt."""
    with transaction.atomic():
        row = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(state=JobState.QUEUED, run_after__lte=Now())
            .order_by(Case(When(kind__in=AWAITED, then=0), default=1), "run_after")
            .first()
        )
        if row is None:
            return None
        Job.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1, run_after=Now() + LEASE)
        return Claim(row.pk, row.attempts + 1, PATIENCE.get(row.kind, Patience()))


def _perform(claim: Claim) -> None:
    """Do the work and mark it done in one transaction."""
    with performing():
        # Waits where another worker that looked for work holds the row for a moment; skipped, it would lie until its lease ends.
        row = Job.objects.select_for_update().filter(pk=claim.id, state=JobState.QUEUED).first()
        if row is None:
            return
        result = KINDS[row.kind](row.payload) or {}
        Job.objects.filter(pk=row.pk).update(state=JobState.DONE, finished_at=Now(), result=result, last_error="")


def _failed(claim: Claim, error: Exception) -> None:
    """Back off with jitter; park after the last attempt, where the admin shows it."""
    attempts = ATTEMPTS if isinstance(error, Denied) else claim.patience.attempts
    state = JobState.PARKED if claim.attempt >= attempts else JobState.QUEUED
    seconds = min(claim.patience.pause, 5 * 2**claim.attempt)
    wait = timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 - only spreads retries
    Job.objects.filter(pk=claim.id).exclude(state=JobState.DONE).update(
        state=state, last_error=f"{type(error).__name__}: {error}"[:2000], run_after=Now() + wait
    )
    log.error("job failed", job=str(claim.id), attempt=claim.attempt, state=state, exc_info=error)


def run_next() -> bool:
    """Claim and do one job. False when nothing is due."""
    claim = _claim()
    if claim is None:
        return False
    if claim.attempt > claim.patience.attempts:
        # The worker died each time before it could report: the job itself is the likely cause.
        _failed(claim, RuntimeError("the worker ended without a word while doing this"))
        return True
    try:
        _perform(claim)
    except Exception as error:  # noqa: BLE001 - whatever a job raises is written on its row and logged
        _failed(claim, error)
    return True


def run_due(limit: int = 1_000) -> int:
    """Do due jobs until none is left or `limit` is reached; return how many."""
    done = 0
    while done < limit and (run_next() or (enqueue_waiting() and run_next())):
        done += 1
    return done


def close_connection() -> None:
    """Let go of the database between rounds when it went away, so that the next round connects anew."""
    connection.close_if_unusable_or_obsolete()
