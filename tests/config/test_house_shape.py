"""Short modules and functions, under names that say what they are about."""

import ast

from tests.config import house

VAGUE = {"utils", "helpers", "common", "services", "misc", "lib", "tools"}


def test_modules_are_at_most_400_lines():
    long = {house.short(path): len(path.read_text().splitlines()) for path in house.modules()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_functions_are_at_most_60_lines():
    long = [
        f"{house.short(path)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in house.modules()
        for node in house.functions(path)
        if node.end_lineno - node.lineno + 1 > 60
    ]
    assert long == []


def test_no_module_has_a_vague_name():
    assert [house.short(path) for path in house.modules() if VAGUE & {path.stem, path.parent.name}] == []


def test_every_module_says_what_it_carries():
    silent = [
        path for path in house.modules() if path.read_text().strip() and not ast.get_docstring(house.parsed(path))
    ]
    assert [house.short(path) for path in silent] == []
