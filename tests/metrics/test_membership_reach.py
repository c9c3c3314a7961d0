"""A push is only followed through the whole history where a deployment could hold something of it."""

from datetime import UTC, datetime

import pytest

from metrics.models import DeploymentChange
from metrics.storing.membership import is_reached
from records import clock
from tests.metrics import feeding

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
CHAIN = [f"{number:040x}" for number in range(1, 9)]


def pushed(first, last):
    return feeding.push(
        [{"sha": CHAIN[n], "committed_at": NOW, "parent": CHAIN[n - 1] if n else "0" * 40} for n in range(first, last)]
    )


def deployed(name, sha, day):
    return feeding.deployment(
        {
            "source": "ci",
            "id": name,
            "environment": "production",
            "status": "success",
            "finished_at": datetime(2026, 6, day, tzinfo=UTC),
            "sha": sha,
            "rollback_of": None,
            "unplanned": False,
            "voided": False,
            "updated_at": NOW,
            "commits": None,
        }
    )


@pytest.fixture
def product(cast):
    with clock.at(NOW):
        feeding.measured(cast.product)
        feeding.feed_with(cast.product, [pushed(0, 2), deployed("a", CHAIN[1], 1), deployed("b", CHAIN[5], 2)])
        yield cast.product


def held_by(name):
    links = DeploymentChange.objects.filter(deployment__external_id=name)
    return sorted(links.values_list("change__sha", flat=True))


def test_push_after_every_deployment_reaches_none(product):
    feeding.feed_with(product, [pushed(2, 6)])
    assert not is_reached(product.pk, {CHAIN[6], CHAIN[7]})


def test_push_of_a_deployed_commit_or_of_what_it_follows_from_reaches_it(product):
    assert is_reached(product.pk, {CHAIN[5]})
    feeding.feed_with(product, [pushed(4, 6)])
    assert is_reached(product.pk, {CHAIN[3]})
    assert not is_reached(product.pk, {CHAIN[7]})


def test_commits_told_late_and_backwards_are_held_by_their_deployment(product):
    for first in (4, 3, 2):
        feeding.feed_with(product, [pushed(first, 6)])
    assert held_by("b") == CHAIN[2:6]


def test_new_tip_costs_no_walk_through_the_history(product, django_assert_max_num_queries):
    feeding.feed_with(product, [pushed(2, 6)])
    with django_assert_max_num_queries(10):
        feeding.feed_with(product, [pushed(6, 7)])
