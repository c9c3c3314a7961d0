"""Who may do what, in words: nothing of the table is left out, in either language."""

import pytest

from people.permissions import TABLE
from people.states import CapacityKind
from people.verbs import VERBS, by_capacity, rights

# Who acts for somebody has no rights of their own by it.
CAPACITIES = [kind for kind in CapacityKind if kind not in CapacityKind.delegated()]


def test_every_verb_has_a_label_and_every_label_a_verb():
    labelled = [verb for _heading, words in VERBS for verb in words]
    assert sorted(labelled) == sorted(TABLE)


def test_labels_are_said_once():
    labels = [str(label) for _heading, words in VERBS for label in words.values()]
    assert len(set(labels)) == len(labels)


def test_both_directions_say_what_the_table_says():
    shown = {right.verb: set(right.capacities) for _heading, group in rights() for right in group}
    assert shown == {verb: set(kinds) for verb, kinds in TABLE.items()}
    assert {kind: len(labels) for kind, labels in by_capacity()} == {
        kind: sum(kind in kinds for kinds in TABLE.values()) for kind in CAPACITIES
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_is_for_everybody_signed_in_and_reached_from_the_foot(cast, client, client_of, language):
    address = f"/{language}/rights/"
    assert address in client_of("stranger").get(f"/{language}/about/").content.decode()
    page = client_of("stranger").get(address).content.decode()
    assert page.count("<dt>") == len(TABLE) + len(CAPACITIES)
    assert client.get(address).status_code == 302
