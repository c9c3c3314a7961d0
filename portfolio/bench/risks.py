"""What the matrix of risks costs over a hundred thousand open ones, today and on a past day (scale.md)."""

import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

from django.urls import reverse

from governance.models import RiskScore
from governance.risk_states import ScoreKind
from portfolio.bench.line import Line
from products.lists.filters import EVERYWHERE
from records import clock

ROUNDS = 21
RISKS = 125_000  # of which four in five are open (portfolio.corpus.risks)
PAST = timedelta(days=120)


def matrices(client: Any) -> Iterator[Line]:
    """`client` is signed in as somebody who reads every department."""
    page = f"{reverse('risk-overview')}?department={EVERYWHERE}"
    past = f"{page}&on={clock.today() - PAST}"
    now, then = [], []
    for _round in range(ROUNDS):  # by turns, so that what else the machine does meets both alike
        now.append(_milliseconds(client, page))
        then.append(_milliseconds(client, past))
    many = RiskScore.objects.filter(kind=ScoreKind.CURRENT).standing().count()
    yield Line(f"Matrix of {many:,} open risks with its register, p95", _p95(now), "ms", 300)
    # The two are held against each other by their medians: one hiccup of the machine would decide between two p95.
    today, past_day = median(now), median(then)
    yield Line(f"Matrix of a past day; today's takes {today:,.0f} ms", past_day, "ms", 2 * today, past_day / today)


def _milliseconds(client: Any, address: str) -> float:
    began = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return (time.perf_counter() - began) * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[round(len(times) * 0.95) - 1]
