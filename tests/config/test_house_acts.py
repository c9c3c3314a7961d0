"""Every write is an act: keyword-only, with `by`, wrapped; states move and rows are written nowhere else."""

import ast
import re

import pytest
from django.apps import apps

from records.models import Governed
from tests.config import house

# Writing functions that run inside somebody else's act, and why they are none themselves.
EXCUSED = {
    "governance.actions.risk_scores.begin_score": "part of the act that raises, scores or reopens a risk",
    "governance.actions.risk_scores.end_score": "part of the act that scores a risk, closes it or notes its issue",
    "people.actions.capacities.grant_capacity": "written beside the row that gives the capacity, inside its act",
    "people.actions.capacities.withdraw_capacity": "taken back beside the row that gave the capacity, inside its act",
    "people.actions.notices.read_all_notices": "marks on private rows, as autosave",
    "people.actions.notices.read_notice": "a mark on a private row, as autosave",
    "people.actions.notices.tell_people": "part of the act that it tells of, whose event says what happened",
    "people.actions.people.end_sessions": "part of deactivation and of a new address",
    "products.actions.brief_buffers.drop_buffer": "a private buffer, no record",
    "products.actions.brief_buffers.keep_buffer": "autosave into a private buffer, no record",
    "products.actions.published.apply_to_live": "part of publishing a version",
    "records.actions.documents.keep_document": "part of the act or job that renders the document",
    "records.actions.mandates.give_mandate": "part of the act that carries a decision or an opening position",
    "roadmaps.actions.placement.put": "part of the act that publishes or takes back a change",
}
ACTIONS = dict(house.public_actions())
WRITING = {"save", "remove", "record", "write", "enqueue", "create", "delete", "update", "bulk_create", "update_or_create",
           "get_or_create", "grant_capacity", "withdraw_capacity"}  # fmt: skip
WRITERS = {"update", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
STATES = {"state", "phase"}


def writes(function):
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    return bool(names & WRITING)


def is_act(function):
    return "act" in {ast.unparse(decorator) for decorator in function.decorator_list}


TO_CHECK = sorted(name for name, action in ACTIONS.items() if is_act(action) or writes(action))


def test_excuses_are_still_needed():
    assert set(EXCUSED) <= set(TO_CHECK)


@pytest.mark.parametrize("name", sorted(set(TO_CHECK) - set(EXCUSED)))
def test_action_is_keyword_only_takes_by_and_is_an_act(name):
    action = ACTIONS[name]
    assert not action.args.args, "keyword-only"
    assert not action.args.posonlyargs, "keyword-only"
    assert "by" in {argument.arg for argument in action.args.kwonlyargs}, "who acts is `by`"
    assert is_act(action), "@act"


def test_every_act_is_recorded():
    """An act notes its event itself, or is made of acts and of functions beside it that do."""
    silent = [name for name in TO_CHECK if is_act(ACTIONS[name]) and not calls_a_recorder(name)]
    assert silent == []


def calls_a_recorder(name):
    recorders = {"record"} | {each.rsplit(".", 1)[1] for each in ACTIONS if is_act(ACTIONS[each])}
    recorders -= {name.rsplit(".", 1)[1]}
    path = house.BASE / (name.rsplit(".", 1)[0].replace(".", "/") + ".py")
    beside = {each.name: each for each in house.functions(path) if each.name.startswith("_")}
    recorders |= {"put", "apply_to_live"}
    return reaches(ACTIONS[name], recorders, beside, set())


def reaches(function, recorders, beside, seen):
    for node in ast.walk(function):
        called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if called in recorders:
            return True
        if called in beside and called not in seen and reaches(beside[called], recorders, beside, seen | {called}):
            return True
    return False


def assigned_states(path):
    for node in ast.walk(house.parsed(path)):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            for part in parts:
                if isinstance(part, ast.Attribute) and part.attr in STATES:
                    yield f"{house.short(path)}:{part.lineno}"


def test_states_are_set_in_actions_only():
    elsewhere = [path for path in house.modules() if path.parent.name != "actions"]
    assert [place for path in elsewhere for place in assigned_states(path)] == []


def queryset_writes(path):
    """Calls such as `Product.objects.filter(…).update(…)` on a governed model, or on a query that names no model."""
    for node in ast.walk(house.parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            source = ast.unparse(node.func.value)
            if re.search(r"objects|_manager|\.(filter|all|exclude)\(", source) and not names_free_model(source):
                yield f"{house.short(path)}:{node.lineno} {source[:60]}.{node.func.attr}"


FREE = {model.__name__ for model in apps.get_models() if not issubclass(model, Governed)}


def names_free_model(source):
    """Whether the query starts at a model that is no governed record (jobs, form tokens, the trail, capacities …)."""
    return source.split(".", 1)[0] in FREE


def test_no_query_writes_around_the_one_writer():
    assert [place for path in house.modules() for place in queryset_writes(path)] == []
