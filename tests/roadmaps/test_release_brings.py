"""What a release does to the milestones it brings, and what leaves it again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records.actors import SYSTEM
from records.refusals import Conflict
from records.writing import save
from roadmaps.actions import milestones as acts
from roadmaps.actions.releases import (
    change_release,
    correct_release,
    make_release,
    plan_release,
    withdraw_release,
)
from roadmaps.models import BaselineEntry, Milestone, Outcome
from roadmaps.reading import RoadmapAt


def test_release_marks_its_milestones_and_withdrawal_frees_them(roadmap, milestone, cast):
    plan = {
        "roadmap": roadmap,
        "by": cast.product_owner,
        "goal_en": "G",
        "goal_fr": "B",
        "planned_on": date(2026, 12, 1),
    }
    first = plan_release(number="1.0", milestones=[milestone], **plan)
    with pytest.raises(ValidationError, match=r"1\.0"):
        plan_release(number="1.1", milestones=[milestone], **plan)
    withdraw_release(release=first, reason="Not ready", by=cast.product_owner)
    second = plan_release(number="1.2", milestones=[milestone], **plan)
    with pytest.raises(ValidationError):
        make_release(release=second, authorisation=" ", by=cast.change_coordinator)
    second.refresh_from_db()
    make_release(release=second, authorisation="CAB 9", by=cast.change_coordinator, released_on=date(2026, 11, 10))
    found = RoadmapAt(roadmap).milestones[0]
    assert (found.state, found.released_on, found.release_number) == ("released", date(2026, 11, 10), "1.2")
    with pytest.raises(Conflict):
        change_release(release=second, by=cast.product_owner, number="9")


def test_cancelled_milestone_comes_with_no_release(roadmap, milestone, outcome, cast):
    plan = {"roadmap": roadmap, "by": cast.product_owner, "goal_en": "G", "goal_fr": "B"}
    release = plan_release(number="1.0", milestones=[milestone], planned_on=date(2026, 12, 1), **plan)
    acts.cancel_milestone(milestone=milestone, reason="No money", by=cast.product_manager)
    with pytest.raises(ValidationError, match="is cancelled"):
        plan_release(number="1.1", milestones=[milestone], planned_on=date(2026, 12, 1), **plan)
    made = make_release(release=release, authorisation="CAB 9", by=cast.product_owner)
    assert (made.state, made.brings.count(), Outcome.objects.get().state) == ("released", 0, "planned")


def test_marking_at_risk_wants_words_and_ends_with_the_release(milestone, cast):
    with pytest.raises(ValidationError):
        acts.mark_at_risk(milestone=milestone, by=cast.product_manager)
    milestone.refresh_from_db()
    acts.mark_at_risk(milestone=milestone, by=cast.product_manager, risk_reason_en="privacy review late")
    acts.release_milestone(milestone=milestone, by=cast.product_manager)
    assert not Milestone.objects.get().is_at_risk


@pytest.mark.parametrize("planned", [(2026, date(2027, 2, 1)), (2027, date(2027, 6, 1)), (2026, None), (None, None)])
def test_released_milestone_stands_in_the_month_it_came(milestone, cast, planned):
    milestone.move_to(*planned)
    save(milestone, by=SYSTEM)
    acts.release_milestone(milestone=milestone, by=cast.product_manager, released_on=date(2026, 10, 20))
    found = Milestone.objects.get()
    assert (found.planned_year, found.month, found.released_on) == (2026, date(2026, 10, 1), date(2026, 10, 20))


def test_release_brings_its_milestones_into_its_month_and_a_correction_takes_them_along(milestone, approved, cast):
    by = cast.product_owner
    told = {"number": "1.2", "goal_en": "Alerts", "goal_fr": "Alertes", "planned_on": date(2026, 12, 1)}
    release = plan_release(roadmap=milestone.roadmap, milestones=[milestone], by=by, **told)
    release = make_release(release=release, authorisation="CAB 9", by=cast.change_coordinator)
    assert Milestone.objects.get().month == date(2026, 11, 1)
    assert BaselineEntry.objects.get().month == date(2027, 2, 1)
    correct_release(release=release, released_on=date(2026, 10, 30), reason="It was the month before",
                    by=cast.change_coordinator)  # fmt: skip
    assert Milestone.objects.get().month == date(2026, 10, 1)
