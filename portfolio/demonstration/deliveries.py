"""Deliveries of the demonstration: fourteen months of deployments, changes and incidents, arriving as pipelines send them.

Six products have a pipeline, one of them without a single incident, one whose incidents nobody connects, one that learns late
of an incident in a closed month. One team without a pipeline declares its months. The others report nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from metrics.actions.declared import declare_month
from metrics.actions.settings import change_settings, set_target
from metrics.actions.sources import connect_source
from metrics.compiling import close_due, compile_missing, compile_stale
from metrics.normal import Commit, DeploymentRecord, IncidentRecord, Record
from metrics.states import Metric
from metrics.storing import store
from people.models import Person
from portfolio.demonstration.plans import spread
from portfolio.demonstration.reading import moment
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, World, working_day
from products import fiscal
from records import clock

BEGUN = date(2025, 10, 1)  # the first month of the pipelines
MONTHS = 14
CONNECTED = date(2025, 9, 22)
DAY, HOUR = 86_400, 3_600
ZONE_NAME = "America/Toronto"
Told = tuple[datetime, str, Record]


@dataclass(frozen=True)
class Stream:
    """What a pipeline sends, from how it began to how it goes now."""

    code: str
    deployments: tuple[int, int]  # a month
    lead_days: tuple[float, float]
    failures: tuple[int, int]  # in a thousand deployments
    restore_hours: tuple[float, float] = (6, 3)
    reports_incidents: bool = True

    def at(self, ends: tuple[float, float], month: int) -> float:
        """Between the two ends, `month` months after the beginning."""
        return ends[0] + (ends[1] - ends[0]) * month / (MONTHS - 1)


STREAMS = (
    Stream("JOBS-SEEK", (7, 14), (6.5, 2.2), (160, 80), (7, 3)),
    Stream("JOBS-EMPL", (4, 7), (8, 4.5), (140, 100), (9, 4)),
    Stream("PAY", (3, 5), (16, 11), (230, 200), (30, 18)),
    Stream("SIGNIN", (6, 11), (3, 0.9), (0, 0)),
    Stream("MOBILE", (2, 4), (9, 7), (0, 0), reports_incidents=False),
    Stream("HARBOUR", (5, 8), (5, 2.8), (120, 70), (5, 2)),
)
# measure → (a family or product, target): deployments a month, seconds, a rate.
TARGETS: dict[str, dict[Metric, str]] = {
    "JOBS": {
        Metric.DEPLOYMENT_FREQUENCY: "20",
        Metric.LEAD_TIME: str(3 * DAY),
        Metric.CHANGE_FAILURE: "0.10",
        Metric.TIME_TO_RESTORE: str(4 * HOUR),
    },
    "PAY": {
        Metric.DEPLOYMENT_FREQUENCY: "6",
        Metric.LEAD_TIME: str(7 * DAY),
        Metric.CHANGE_FAILURE: "0.15",
        Metric.TIME_TO_RESTORE: str(12 * HOUR),
    },
    "SIGNIN": {Metric.DEPLOYMENT_FREQUENCY: "8", Metric.LEAD_TIME: str(2 * DAY), Metric.CHANGE_FAILURE: "0.05"},
    "MOBILE": {Metric.DEPLOYMENT_FREQUENCY: "4", Metric.LEAD_TIME: str(7 * DAY)},
    "APPRENT": {Metric.DEPLOYMENT_FREQUENCY: "3", Metric.LEAD_TIME: str(10 * DAY), Metric.CHANGE_FAILURE: "0.15"},
    "HARBOUR": {
        Metric.DEPLOYMENT_FREQUENCY: "6",
        Metric.LEAD_TIME: str(4 * DAY),
        Metric.CHANGE_FAILURE: "0.10",
        Metric.TIME_TO_RESTORE: str(4 * HOUR),
    },
}


# A team without a pipeline counts by hand: deployments, failed, changes, median lead in days, incidents, median hours.
BY_HAND = "APPRENT"
DECLARED = (
    (2, 0, 9, 12, 0, None),
    (1, 0, 6, 14, 1, 9),
    (2, 1, 11, 12, 1, 11),
    (2, 0, 8, 11, 0, None),
    (3, 0, 12, 10, 1, 7),
    (2, 0, 10, 11, 0, None),
    (3, 1, 13, 9, 2, 8),
    (2, 0, 9, 9, 0, None),
    (3, 0, 14, 8, 1, 6),
    (3, 0, 12, 9, 0, None),
    (2, 0, 9, 8, 1, 5),
    (4, 0, 16, 7, 1, 4),
    (3, 0, 13, 8, 0, None),
)
SOURCES = {
    "en": "Release calendar of the team and service desk",
    "fr": "Calendrier des mises en production et centre de services",
}


def connect(world: World, timeline: Timeline, only: Any = None) -> None:
    """Add the acts by which teams connect their pipelines, say what they aim at, and declare their months."""
    for stream in _wanted(only):
        by = _lead(world, stream.code)
        timeline.add(CONNECTED, by, partial(_connect, world, stream, by))
    for code, targets in TARGETS.items():
        if only is None or code in only:
            timeline.add(CONNECTED + timedelta(days=2), _lead(world, code), partial(_aim, world, code, targets))

    if only is None or BY_HAND in only:
        by = _lead(world, BY_HAND)
        for number in range(len(DECLARED)):
            after = fiscal.add_months(BEGUN, number + 1)
            timeline.add(after + timedelta(days=3), by, partial(_declare, world, number, by))


def _declare(world: World, number: int, by: Person) -> None:
    deployments, failed, changes, lead, incidents, restore = DECLARED[number]
    declare_month(
        product=world.products[BY_HAND],
        month=fiscal.add_months(BEGUN, number),
        source=SOURCES["fr" if by.language == "fr" else "en"],
        deployment_count=deployments,
        failed_deployment_count=failed,
        change_count=changes,
        lead_time_p50_seconds=Decimal(lead * DAY),
        restored_incident_count=incidents,
        time_to_restore_p50_seconds=None if restore is None else Decimal(restore * HOUR),
        by=by,
    )


def _wanted(only: Any) -> list[Stream]:
    return [stream for stream in STREAMS if only is None or stream.code.partition("-")[0] in only]


def _lead(world: World, code: str) -> Person:
    """The Product Manager of the family."""
    return world.people[world.teams[code.partition("-")[0]]["pm"]]


def _connect(world: World, stream: Stream, by: Person) -> None:
    product = world.products[stream.code]
    change_settings(product=product, by=by, timezone=ZONE_NAME)
    connect_source(
        product=product,
        kind="github",
        name="github",
        repository=f"{world.place_of(product).department.code.lower()}/{stream.code.lower()}",
        reports_incidents=stream.reports_incidents,
        by=by,
    )


def _aim(world: World, code: str, targets: dict[Metric, str]) -> None:
    by = _lead(world, code)
    for metric, value in targets.items():
        set_target(product=world.products[code], metric=metric, value=Decimal(value), by=by)


def arrive(world: World, tell: Callable[[str], Any], only: Any = None) -> None:
    """Store what the pipelines sent twice a month, compute, and close each month on its day, each at its own instant."""
    waiting = sorted(
        ((each[0], stream.code, each[2]) for stream in _wanted(only) for each in sent(stream)),
        key=lambda each: (each[0], each[1]),
    )
    if not waiting:
        return
    for instant in _instants():
        due = [each for each in waiting if each[0] <= instant]
        waiting = waiting[len(due) :]
        with clock.at(instant):
            store([(world.products[code].pk, record) for _sent_at, code, record in due])
            compile_stale()
            compile_missing()
            close_due()
    tell(f"Deliveries of {len(_wanted(only))} pipelines over {MONTHS} months")


def _instants() -> Iterator[datetime]:
    """Nights on which the jobs ran: of the closing day and after the middle of each month."""
    last = moment(LAST_DAY + timedelta(days=1), 3)
    for number in range(MONTHS + 1):
        month = fiscal.add_months(BEGUN, number)
        for day in (month + timedelta(days=4), month + timedelta(days=15)):
            if (instant := moment(day, 3)) < last:
                yield instant
    yield last


def sent(stream: Stream) -> Iterator[Told]:
    """Everything one pipeline sends until the last day: when, and what."""
    for number in range(MONTHS):
        month = fiscal.add_months(BEGUN, number)
        for each in range(_count(stream, number, month)):
            deployed = _finished(stream, month, number, each)
            if deployed < moment(LAST_DAY, 18):
                yield from _deployment(stream, month, number, each, deployed)
    if stream.code == "PAY":
        yield _late_incident()


def _count(stream: Stream, number: int, month: date) -> int:
    return max(round(stream.at(stream.deployments, number)) + spread(f"{stream.code}{month}", 3) - 1, 1)


def _finished(stream: Stream, month: date, number: int, each: int) -> datetime:
    """Spread over the working days of the month, in the working hours."""
    count, name = _count(stream, number, month), f"{stream.code}{month}{each}"
    day = working_day(month + timedelta(days=(each * 27) // count))
    return moment(day, 9 + spread(f"{name}h", 8), spread(f"{name}m", 60))


def _deployment(stream: Stream, month: date, number: int, each: int, finished: datetime) -> Iterator[Told]:
    name = f"{stream.code}{month}{each}"
    repository = stream.code.lower()
    commits = tuple(
        Commit(sha(f"{name}c{change}"), repository, finished - _lead_time(stream, number, f"{name}c{change}"))
        for change in range(2 + spread(f"{name}n", 5))
    )
    deployed = f"{month:%Y%m}{each:02d}"
    yield (
        finished,
        deployed,
        DeploymentRecord(
            source="github",
            id=deployed,
            environment="production",
            status="success",
            updated_at=finished,
            started_at=finished - timedelta(minutes=6 + spread(name, 9)),
            finished_at=finished,
            repo=repository,
            sha=commits[0].sha,
            commits=commits,
        ),
    )
    if spread(f"{name}f", 1000) < stream.at(stream.failures, number):
        yield _incident(stream, number, name, deployed, finished)


def _lead_time(stream: Stream, number: int, name: str) -> timedelta:
    """Between three tenths and twice of what is usual."""
    days = stream.at(stream.lead_days, number) * (0.3 + 1.7 * spread(name, 100) / 100)
    return timedelta(seconds=round(days * DAY))


def _incident(stream: Stream, number: int, name: str, deployed: str, finished: datetime) -> Told:
    started = finished + timedelta(minutes=20 + spread(f"{name}s", 200))
    hours = stream.at(stream.restore_hours, number) * (0.4 + 1.5 * spread(f"{name}r", 100) / 100)
    resolved = started + timedelta(seconds=round(hours * HOUR))
    return (
        resolved,
        deployed,
        IncidentRecord(
            source="github",
            id=f"incident-{deployed}",
            status="resolved",
            updated_at=resolved,
            started_at=started,
            resolved_at=resolved,
            deployment_source="github",
            deployment_id=deployed,
            title="Users met an error after the release",
        ),
    )


def _late_incident() -> Told:
    """Traced to a deployment of August only after that month was closed, so August is restated."""
    found = moment(date(2026, 9, 22), 11)
    incident = IncidentRecord(
        source="github",
        id="incident-late",
        status="resolved",
        updated_at=found,
        started_at=moment(date(2026, 8, 20), 15),
        resolved_at=moment(date(2026, 8, 21), 10),
        deployment_source="github",
        deployment_id="20260800",
        title="Payments of one region were held back",
    )
    return found, incident.id, incident


def sha(text: str) -> str:
    """A commit's name: forty hexadecimal digits that are always the same for `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:40]
