"""Changes of one roadmap that meet: each clashing milestone is named, the order stays one order, none is lost (R-21)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records import clock, trail
from records.refusals import Conflict
from roadmaps.actions.change_sets import (
    draft_change,
    drop_change,
    drop_draft,
    move_milestone,
    publish_changes,
    reprioritise,
)
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.clashes import ChangesClash
from roadmaps.models import ChangeSet, Milestone, MilestoneChange
from roadmaps.placing import Move
from tests.attack.at_once import at_once, meeting_at
from tests.config.url_world_roadmap import APRIL, approved

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason_kind": "learned", "reason": "Users asked."}
AUTHORS = ("product_manager", "product_owner", "head_of_product")


@pytest.fixture
def roadmap(cast):
    """Six milestones in one month of an approved year."""
    by = cast.product_manager
    with clock.at(APRIL):
        made = open_roadmap(product=cast.product, horizon_from=2026, by=by, vision_en="Sooner", vision_fr="Plus tôt")
        goal = add_goal(roadmap=made, by=by, name_en="Goal", name_fr="But")
        outcome = add_outcome(goal=goal, by=by, name_en="Outcome", name_fr="Résultat")
        for letter in "ABCDEF":
            add_milestone(roadmap=made, by=by, outcomes=[outcome], planned_year=2026, month=date(2026, 12, 1),
                          title_en=letter, title_fr=letter)  # fmt: skip
        approved(made, cast)
    return made


def titled(roadmap, letter):
    return Milestone.objects.select_related("roadmap").get(roadmap=roadmap, title_en=letter)


def drafted(roadmap, by, letters, **wish):
    draft = draft_change(roadmap=roadmap, by=by)
    for letter in letters:
        move_milestone(change_set=draft, move=Move(titled(roadmap, letter), **wish), by=by)
    return ChangeSet.objects.select_related("roadmap", "author").get(pk=draft.pk)


def in_one_order(roadmap):
    ranks = list(Milestone.objects.filter(roadmap=roadmap).values_list("rank", flat=True))
    return len(ranks) == 6 and len(set(ranks)) == 6


def test_overlapping_changes_clash_milestone_by_milestone(cast, roadmap):
    mine = drafted(roadmap, cast.product_manager, "AB", months=1)
    theirs = drafted(roadmap, cast.product_owner, "BC", months=2)
    answers = at_once(
        lambda: publish_changes(change_set=mine, by=cast.product_manager, **WHY),
        lambda: publish_changes(change_set=theirs, by=cast.product_owner, **WHY),
    )
    [clash] = [each for each in answers if isinstance(each, ChangesClash)]
    assert [each.milestone.title_en for each in clash.clashes] == ["B"]
    first_won = isinstance(answers[1], ChangesClash)
    assert titled(roadmap, "B").month == (date(2027, 1, 1) if first_won else date(2027, 2, 1))
    assert titled(roadmap, "C" if first_won else "A").month == date(2026, 12, 1)
    assert in_one_order(roadmap)


def test_order_from_many_hands_stays_one_order(cast, roadmap):
    def pull(letter, name):
        return lambda: reprioritise(
            roadmap=roadmap, moves=[Move(titled(roadmap, letter), order="top")], by=cast.people[name], **WHY
        )

    for letters in ("FED", "CFE", "BDA", "FEC"):
        answers = at_once(*(pull(letter, name) for letter, name in zip(letters, AUTHORS, strict=True)))
        assert all(isinstance(each, ChangeSet | Conflict | ValidationError) for each in answers)
        for name in AUTHORS:
            for draft in ChangeSet.objects.filter(author=cast.people[name], state="draft"):
                drop_draft(change_set=draft, by=cast.people[name])
        assert in_one_order(roadmap)
    published = ChangeSet.objects.filter(roadmap=roadmap, state="published").values_list("number", flat=True)
    assert sorted(published) == list(range(1, len(published) + 1))
    assert trail.verify(cast.product.chain()) is None


def test_a_move_behind_the_publication_is_not_slipped_into_it(cast, roadmap):
    by = cast.product_manager
    draft = drafted(roadmap, by, "A", months=1)
    answers = meeting_at(
        roadmap,
        lambda: publish_changes(change_set=again(draft), by=by, **WHY),
        lambda: move_milestone(change_set=again(draft), move=Move(titled(roadmap, "B"), months=1), by=by),
    )
    assert isinstance(answers[1], Conflict)
    assert [line.milestone.title_en for line in MilestoneChange.objects.filter(change_set=draft)] == ["A"]
    assert titled(roadmap, "B").month == date(2026, 12, 1)


@pytest.mark.parametrize("throw", ["line", "draft"])
def test_nothing_is_thrown_out_of_a_published_change(cast, roadmap, throw):
    by = cast.product_manager
    draft = drafted(roadmap, by, "AB", months=1)
    line = MilestoneChange.objects.select_related("change_set__roadmap", "milestone").filter(change_set=draft).first()
    drop = {
        "line": lambda: drop_change(line=line, by=by),
        "draft": lambda: drop_draft(change_set=again(draft), by=by),
    }
    answers = meeting_at(roadmap, lambda: publish_changes(change_set=again(draft), by=by, **WHY), drop[throw])
    assert isinstance(answers[1], Conflict)
    assert MilestoneChange.objects.filter(change_set__state="published").count() == 2


def test_a_draft_thrown_away_is_not_published(cast, roadmap):
    by = cast.product_manager
    draft = drafted(roadmap, by, "AB", months=1)
    answers = meeting_at(
        roadmap,
        lambda: drop_draft(change_set=again(draft), by=by),
        lambda: publish_changes(change_set=again(draft), by=by, **WHY),
    )
    assert isinstance(answers[1], Conflict)
    assert not ChangeSet.objects.exists()
    assert titled(roadmap, "A").month == date(2026, 12, 1)


def test_two_clicks_on_publish_make_one_change(cast, roadmap):
    by = cast.product_manager
    draft = drafted(roadmap, by, "AB", months=1)
    answers = at_once(*[lambda: publish_changes(change_set=again(draft), by=by, **WHY)] * 4)
    assert sum(isinstance(each, ChangeSet) for each in answers) == 1
    assert ChangeSet.objects.get().number == 1


def again(draft):
    """The draft as another request would have read it."""
    return ChangeSet.objects.select_related("roadmap", "author").get(pk=draft.pk)
