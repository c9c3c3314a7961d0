"""Months in words: running, provisional, closed, restated, declared, not reported (dora.md §2.7)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from metrics.models import DeclaredMonth, DoraSnapshot, MonthClosing
from metrics.models.months import DoraSnapshotQuerySet
from metrics.reading.subject import Subject
from metrics.reading.values import NOT_REPORTED, Value, Values, computed, declared
from metrics.states import DeclaredState, Metric, Period, Scope
from products.fiscal import add_months

WINDOW = 12


class MonthState(TextChoices):
    RUNNING = "running", _("Running")
    PROVISIONAL = "provisional", _("Provisional")
    CLOSED = "closed", _("Closed")
    RESTATED = "restated", _("Restated")
    DECLARED = "declared", _("Declared by the team")
    NOT_REPORTED = "not_reported", _("Not reported")


@dataclass(frozen=True)
class Restatement:
    """A closed month whose figures changed afterwards."""

    month: date
    at: datetime
    before: DoraSnapshot
    after: DoraSnapshot

    @property
    def cause(self) -> str:
        return self.after.cause or str(self.after.get_reason_display())


@dataclass(frozen=True)
class Month:
    """One month of a product or family as it is shown; a declared month hides what was computed of it."""

    starts_on: date
    state: MonthState
    values: Values
    row: DoraSnapshot | None = None
    declared: DeclaredMonth | None = None
    closed_at: datetime | None = None
    restatements: tuple[Restatement, ...] = field(default=())

    def __getitem__(self, metric: Metric) -> Value:
        return self.values[metric]

    @property
    def is_computed(self) -> bool:
        """Whether the page shows computed figures of it."""
        return self.row is not None and self.declared is None

    @property
    def is_final(self) -> bool:
        return self.is_computed and self.state != MonthState.RUNNING

    @property
    def restated_at(self) -> datetime | None:
        return self.restatements[-1].at if self.restatements else None


@dataclass
class _Found:
    rows: dict[date, DoraSnapshot]
    declared: dict[date, DeclaredMonth]
    closed: dict[date, datetime]
    restated: dict[date, list[Restatement]]


def read_months(subject: Subject, first: date, last: date) -> dict[date, Month]:
    """Every month from `first` to `last`, also those of which nothing is known. As many queries whatever the months."""
    found = _find(subject, first, last)
    months, month = {}, first
    while month <= last:
        months[month] = _month(subject, month, found)
        month = add_months(month, 1)
    return months


def read_year(subject: Subject, month: date) -> list[Month]:
    """The month and the eleven before it, oldest first."""
    return list(read_months(subject, add_months(month, 1 - WINDOW), month).values())


def read_all(subject: Subject) -> list[Month]:
    """Every month from the first of which anything is known to the running one."""
    first = min(filter(None, (_first_row(subject), _first_declared(subject))), default=None)
    return list(read_months(subject, first, subject.running).values()) if first else []


def _first_row(subject: Subject) -> date | None:
    return _rows(subject).order_by("starts_on").values_list("starts_on", flat=True).first()


def _first_declared(subject: Subject) -> date | None:
    return _declared(subject).order_by("month").values_list("month", flat=True).first()


def _rows(subject: Subject) -> DoraSnapshotQuerySet:
    return DoraSnapshot.objects.filter(product=subject.product, scope=subject.scope, period=Period.MONTH)


def _declared(subject: Subject) -> QuerySet[DeclaredMonth]:
    if subject.is_family:
        return DeclaredMonth.objects.none()
    return DeclaredMonth.objects.filter(product=subject.product, state=DeclaredState.IN_FORCE)


def _find(subject: Subject, first: date, last: date) -> _Found:
    rows = _rows(subject).filter(starts_on__range=(first, last)).current()
    closed = _closings(subject, first, last)
    return _Found(
        # until the levels or the method that hold now are computed, a month shows those that held before
        {row.starts_on: row for row in sorted(rows, key=lambda row: preference(row, subject.policy.level_set))},
        {row.month: row for row in _declared(subject).filter(month__range=(first, last))},
        closed,
        _restatements(subject, closed) if closed and not subject.is_family else {},
    )


def preference(row: DoraSnapshot, level_set: str) -> tuple[bool, int, int]:
    """The greatest is shown: the levels of the policy first, then the newest method, then the newest row."""
    return row.level_set == level_set, row.method_version, row.pk


def _closings(subject: Subject, first: date, last: date) -> dict[date, datetime]:
    """When each month was closed; that of a family once the last of its products was."""
    products = {product.pk for product in subject.family} if subject.is_family else {subject.product.pk}
    closed: dict[date, datetime] = {}
    count: Counter[date] = Counter()
    for month, at in MonthClosing.objects.filter(product__in=products, month__range=(first, last)).values_list(
        "month", "closed_at"
    ):
        closed[month] = max(at.astimezone(ZoneInfo(subject.timezone)), closed.get(month, at))
        count[month] += 1
    if not subject.is_family:
        return closed
    measured = DoraSnapshot.objects.filter(
        product__in=products, scope=Scope.PRODUCT, period=Period.MONTH, starts_on__range=(first, last)
    )
    wanted = Counter(month for month, _product in measured.values_list("starts_on", "product").distinct())
    return {month: at for month, at in closed.items() if count[month] >= wanted[month]}


def _restatements(subject: Subject, months: Iterable[date]) -> dict[date, list[Restatement]]:
    """What changed after the closing, step by step. A revision that shows the same figures is none."""
    closings = MonthClosing.objects.filter(product=OuterRef("product"), month=OuterRef("starts_on"))
    since = Exists(closings.filter(revision_id__lte=OuterRef("pk")))
    rows = (
        DoraSnapshot.objects.filter(since, product=subject.product, scope=Scope.PRODUCT, period=Period.MONTH)
        .filter(starts_on__in=list(months))
        .order_by("starts_on", "pk")
    )
    found: dict[date, list[Restatement]] = defaultdict(list)
    before: DoraSnapshot | None = None
    for row in rows:
        if before is not None and before.starts_on == row.starts_on:
            if _figures(before) == _figures(row):
                continue
            at = row.computed_at.astimezone(ZoneInfo(subject.timezone))
            found[row.starts_on].append(Restatement(row.starts_on, at, before, row))
        before = row
    return found


def _figures(row: DoraSnapshot) -> list[tuple[object, ...]]:
    return [(value.amount, value.n, value.missing) for value in computed(row).values()]


def _month(subject: Subject, month: date, found: _Found) -> Month:
    row, typed = found.rows.get(month), found.declared.get(month)
    values = declared(typed) if typed else computed(row) if row else NOT_REPORTED
    restated = tuple(found.restated.get(month, ()))
    state = _state(subject, month, found, bool(restated))
    return Month(month, state, values, row, typed, found.closed.get(month), restated)


def _state(subject: Subject, month: date, found: _Found, is_restated: bool) -> MonthState:
    if month in found.declared:
        return MonthState.DECLARED
    if month not in found.rows:
        return MonthState.NOT_REPORTED
    if month >= subject.running:
        return MonthState.RUNNING
    if is_restated:
        return MonthState.RESTATED
    return MonthState.CLOSED if month in found.closed else MonthState.PROVISIONAL
