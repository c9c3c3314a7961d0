"""The rules of a vote, counted by hand: quorum, majority, ties, consensus, the chair on advice (domain.md §5)."""

import pytest

from governance.states import Outcome
from governance.voting.tally import Tally, outcomes_allowed

CARRIED = {"approved", "with_conditions", "deferred"}
FAILED = {"returned", "deferred", "rejected"}
ALL = {each.value for each in Outcome}

# rule, chair casts, chair voted, eligible, recused, present, quorum, for, against, abstained,
# then: has quorum, passes, by casting vote, what may be recorded
CASES = [
    ("majority", False, "for", 5, 0, 5, 4, 3, 2, 0, True, True, False, CARRIED),
    ("majority", False, "for", 5, 0, 5, 4, 2, 3, 0, True, False, False, FAILED),
    ("majority", False, "for", 5, 1, 4, 4, 3, 1, 0, True, True, False, CARRIED),  # one recused, quorum four
    ("majority", False, "for", 5, 2, 3, 4, 3, 0, 0, False, False, False, set()),  # two recused: out of reach
    ("majority", False, "", 5, 0, 3, 4, 3, 0, 0, False, False, False, set()),  # two away
    ("majority", False, "for", 5, 0, 4, 4, 1, 0, 3, True, True, False, CARRIED),  # abstaining makes quorum
    ("majority", False, "abstain", 5, 0, 5, 4, 0, 0, 5, True, False, False, FAILED),  # all abstain
    ("majority", True, "abstain", 5, 0, 5, 4, 0, 0, 5, True, False, False, FAILED),
    ("majority", False, "", 5, 0, 5, 4, 0, 0, 0, True, False, False, FAILED),  # there, but nobody voted
    ("majority", False, "for", 5, 0, 4, 4, 2, 2, 0, True, False, False, FAILED),  # a tie fails
    ("majority", True, "for", 5, 0, 4, 4, 2, 2, 0, True, True, True, CARRIED),  # unless the chair casts
    ("majority", True, "against", 5, 0, 4, 4, 2, 2, 0, True, False, False, FAILED),
    ("majority", True, "abstain", 5, 0, 5, 4, 2, 2, 1, True, False, False, FAILED),
    ("majority", True, "", 5, 1, 4, 4, 2, 2, 0, True, False, False, FAILED),  # the chair is recused
    ("majority", True, "for", 5, 0, 4, 5, 2, 2, 0, False, False, True, set()),
    ("consensus", False, "for", 5, 0, 5, 4, 5, 0, 0, True, True, False, CARRIED),
    ("consensus", False, "for", 5, 0, 5, 4, 1, 0, 4, True, True, False, CARRIED),
    ("consensus", False, "for", 5, 0, 5, 4, 4, 1, 0, True, False, False, FAILED),
    ("consensus", True, "for", 5, 0, 5, 4, 4, 1, 0, True, False, False, FAILED),  # no casting vote against somebody
    ("consensus", False, "abstain", 5, 0, 5, 4, 0, 0, 5, True, False, False, FAILED),
    ("consensus", False, "for", 5, 0, 3, 4, 3, 0, 0, False, False, False, set()),
    ("chair", False, "for", 5, 0, 5, 4, 1, 4, 0, True, False, False, ALL),  # the board advised against
    ("chair", False, "against", 5, 0, 5, 4, 4, 1, 0, True, True, False, ALL),
    ("chair", False, "for", 5, 0, 3, 4, 3, 0, 0, False, False, False, set()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(str(each) for each in case[:10]))
def test_rule_by_hand(case):
    rule, casts, chair, eligible, recused, present, quorum, for_, against, abstained, *wanted = case
    tally = Tally(eligible, recused, present, quorum, for_, against, abstained, rule, casts, chair)
    has_quorum, passes, casting, allowed = wanted
    assert (tally.has_quorum, tally.passes, tally.casting) == (has_quorum, passes, casting)
    assert {each.value for each in outcomes_allowed(tally)} == allowed
    assert Tally.from_json(tally.as_json() | {"votes": []}) == tally


def test_base_leaves_out_the_recused_and_missing_counts_down():
    tally = Tally(5, 1, 2, 4, 2, 0, 0, "majority")
    assert (tally.base, tally.voted, tally.missing) == (4, 2, 2)
