"""Reprioritising: drafts, moves, publishing, taking back, two authors."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from roadmaps.actions.change_sets import (
    draft_change,
    move_milestone,
    publish_changes,
    reprioritise,
    undo_changes,
)
from roadmaps.actions.milestones import add_milestone, change_milestone, release_milestone
from roadmaps.clashes import ChangesClash
from roadmaps.models import ChangeSet, Milestone
from roadmaps.placing import Move
from roadmaps.reading import RoadmapAt

FEBRUARY, APRIL_2027 = date(2027, 2, 1), date(2027, 4, 1)
YESTERDAY = datetime(2026, 11, 17, 14, tzinfo=UTC)
WHY = {"reason_kind": "learned", "reason": "Users asked for the map first."}


def test_milestone_moved_over_the_year_end_is_carried_out(roadmap, milestone, approved, cast):
    reprioritise(roadmap=roadmap, moves=[Move(milestone, months=2)], by=cast.product_manager, **WHY)
    [out] = RoadmapAt(roadmap).year(2026).carried_out
    [came] = RoadmapAt(roadmap).year(2027).carried_in
    assert (out.moved, out.carried_to, out.promised_month) == (2, 2027, FEBRUARY)
    assert (came.moved, came.carried_from, came.month) == (2, 2026, APRIL_2027)
    assert out.moved_label == "+2 mo"


def test_yesterdays_reading_still_shows_february(roadmap, milestone, approved, cast):
    reprioritise(roadmap=roadmap, moves=[Move(milestone, months=2)], by=cast.product_manager, **WHY)
    [then] = RoadmapAt(roadmap, at=YESTERDAY).year(2026).milestones
    assert (then.month, then.moved, then.is_carried_out) == (FEBRUARY, 0, False)
    assert RoadmapAt(roadmap, at=YESTERDAY).about(2026).changes_since == 0
    assert RoadmapAt(roadmap).about(2026).changes_since == 1


def test_publishing_raises_the_edition_and_tells_the_trail_why(roadmap, milestone, cast):
    published = reprioritise(roadmap=roadmap, moves=[Move(milestone, month=APRIL_2027)], by=cast.product_owner, **WHY)
    roadmap.refresh_from_db()
    event = AuditEvent.objects.get(event="milestone moved")
    assert (published.number, roadmap.edition) == (1, 2)
    assert event.changes["month"] == ["2027-02-01", "2027-04-01"]
    assert event.changes["planned_year"] == [2026, 2027]
    assert event.reason == WHY["reason"]


def test_publishing_without_reason_is_refused_and_moves_nothing(roadmap, milestone, cast):
    with pytest.raises(ValidationError) as refusal:
        reprioritise(
            roadmap=roadmap, moves=[Move(milestone, months=2)], by=cast.product_manager, reason_kind="", reason=" "
        )
    milestone.refresh_from_db()
    assert set(refusal.value.message_dict) == {"reason_kind", "reason"}
    assert milestone.month == FEBRUARY


def test_two_steps_in_a_draft_add_up_and_back_again_leaves_nothing(roadmap, milestone, cast):
    draft = draft_change(roadmap=roadmap, by=cast.product_manager)
    move_milestone(change_set=draft, move=Move(milestone, months=1), by=cast.product_manager)
    line = move_milestone(change_set=draft, move=Move(milestone, months=1), by=cast.product_manager)
    assert line.fields["month"] == ["2027-02-01", "2027-04-01"]
    move_milestone(change_set=draft, move=Move(milestone, months=-2), by=cast.product_manager)
    assert not draft.changes.exists()


def test_year_alone_means_unscheduled_in_it(roadmap, milestone, cast):
    reprioritise(roadmap=roadmap, moves=[Move(milestone, year=2027)], by=cast.product_manager, **WHY)
    milestone.refresh_from_db()
    assert (milestone.planned_year, milestone.month) == (2027, None)


@pytest.mark.parametrize(
    "wish",
    [{"year": 1999}, {"year": 2026, "month": date(2028, 1, 1)}, {"month": date(2027, 1, 2)}, {"order": "sideways"}],
)
def test_place_that_cannot_be_is_refused(roadmap, milestone, cast, wish):
    draft = draft_change(roadmap=roadmap, by=cast.product_manager)
    with pytest.raises(ValidationError):
        move_milestone(change_set=draft, move=Move(milestone, **wish), by=cast.product_manager)


def test_released_milestone_stays(roadmap, milestone, cast):
    release_milestone(milestone=milestone, by=cast.product_manager)
    draft = draft_change(roadmap=roadmap, by=cast.product_manager)
    with pytest.raises(ValidationError, match="released"):
        move_milestone(change_set=draft, move=Move(milestone, months=1), by=cast.product_manager)


def three(roadmap, milestone, cast) -> list[Milestone]:
    values = {"goal": milestone.goal, "planned_year": 2026, "month": FEBRUARY}
    return [
        milestone,
        *(
            add_milestone(roadmap=roadmap, by=cast.product_manager, title_en=name, title_fr=name, **values)
            for name in ("Second", "Third")
        ),
    ]


def titles(roadmap) -> list[str]:
    return [each.title_en for each in RoadmapAt(roadmap).year(2026).milestones]


@pytest.mark.parametrize(
    ("which", "order", "expected"),
    [
        (2, "top", [2, 0, 1]),
        (2, "up", [0, 2, 1]),
        (0, "down", [1, 0, 2]),
        (0, "bottom", [1, 2, 0]),
        (0, "up", [0, 1, 2]),
    ],
)
def test_order_within_a_month(roadmap, milestone, cast, which, order, expected):
    rows = three(roadmap, milestone, cast)
    move = Move(rows[which], order=order)
    draft = draft_change(roadmap=roadmap, by=cast.product_manager)
    if move_milestone(change_set=draft, move=move, by=cast.product_manager):
        publish_changes(change_set=draft, by=cast.product_manager, **WHY)
    assert titles(roadmap) == [rows[index].title_en for index in expected]


def test_order_spaces_out_when_there_is_no_room(roadmap, milestone, cast):
    rows = three(roadmap, milestone, cast)
    for _round in range(24):
        first = Milestone.objects.in_year(2026).in_order()[1]
        reprioritise(roadmap=roadmap, moves=[Move(first, order="top")], by=cast.product_manager, **WHY)
        second = Milestone.objects.in_year(2026).in_order()[2]
        reprioritise(roadmap=roadmap, moves=[Move(second, order="up")], by=cast.product_manager, **WHY)
    assert len(set(Milestone.objects.values_list("rank", flat=True))) == len(rows)


def test_taking_back_restores_and_both_stay_in_the_log(roadmap, milestone, cast):
    published = reprioritise(roadmap=roadmap, moves=[Move(milestone, months=2)], by=cast.product_manager, **WHY)
    back = undo_changes(change_set=published, by=cast.product_owner)
    milestone.refresh_from_db()
    published.refresh_from_db()
    assert milestone.month == FEBRUARY
    assert (published.state, back.undoes, back.number) == ("undone", published, 2)


def test_taking_back_swapped_order_restores_it(roadmap, milestone, cast):
    rows = three(roadmap, milestone, cast)
    before = titles(roadmap)
    moves = [Move(rows[2], order="top"), Move(rows[0], order="bottom")]
    published = reprioritise(roadmap=roadmap, moves=moves, by=cast.product_manager, **WHY)
    undo_changes(change_set=published, by=cast.product_manager)
    assert titles(roadmap) == before


def test_taking_back_stops_once_something_later_touched_it(roadmap, milestone, cast):
    published = reprioritise(roadmap=roadmap, moves=[Move(milestone, months=2)], by=cast.product_manager, **WHY)
    reprioritise(roadmap=roadmap, moves=[Move(milestone, months=1)], by=cast.product_owner, **WHY)
    with pytest.raises(Conflict, match="Alerts by text"):
        undo_changes(change_set=published, by=cast.product_manager)


def test_two_authors_clash_on_one_milestone_and_the_rest_publishes(roadmap, milestone, cast):
    rows = three(roadmap, milestone, cast)
    mine = draft_change(roadmap=roadmap, by=cast.product_manager)
    for row in rows[:2]:
        move_milestone(change_set=mine, move=Move(row, months=1), by=cast.product_manager)
    reprioritise(roadmap=roadmap, moves=[Move(milestone, months=-1)], by=cast.product_owner, **WHY)
    with pytest.raises(ChangesClash) as clash:
        publish_changes(change_set=mine, by=cast.product_manager, **WHY)
    assert [each.milestone for each in clash.value.clashes] == [milestone]
    mine.refresh_from_db()
    publish_changes(change_set=mine, by=cast.product_manager, leave_clashing=True, **WHY)
    left = ChangeSet.objects.get(author=cast.product_manager, state="draft")
    assert [line.milestone for line in left.changes.all()] == [milestone]
    assert Milestone.objects.get(pk=rows[1].pk).month == date(2027, 3, 1)
    assert Milestone.objects.get(pk=milestone.pk).month == date(2027, 1, 1)


def test_changed_text_is_no_clash(roadmap, milestone, cast):
    mine = draft_change(roadmap=roadmap, by=cast.product_manager)
    move_milestone(change_set=mine, move=Move(milestone, months=1), by=cast.product_manager)
    change_milestone(milestone=milestone, by=cast.product_owner, summary_en="Hear at once", summary_fr="Être avisé")
    assert publish_changes(change_set=mine, by=cast.product_manager, **WHY).state == "published"


def test_draft_of_another_author_is_refused(roadmap, milestone, cast):
    mine = draft_change(roadmap=roadmap, by=cast.product_manager)
    with pytest.raises(Refused):
        move_milestone(change_set=mine, move=Move(milestone, months=1), by=cast.product_owner)


def test_reading_of_any_past_day_follows_each_move(roadmap, milestone, approved, cast):
    for day in range(3):
        with clock.at(clock.now() - timedelta(days=30 - day)):
            reprioritise(roadmap=roadmap, moves=[Move(milestone, months=1)], by=cast.product_manager, **WHY)
    months = [
        RoadmapAt(roadmap, at=clock.now() - timedelta(days=31 - day)).milestones[0].month.month for day in range(4)
    ]
    assert months == [2, 3, 4, 5]
