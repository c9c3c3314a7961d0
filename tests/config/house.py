"""The source as the guard tests read it: packages, modules, their functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("records", "people", "products", "metrics", "roadmaps", "governance", "portfolio", "config")


def modules(pattern: str = "**/*.py") -> list[Path]:
    """Our own modules, migrations left out."""
    found = [path for package in PACKAGES for path in (BASE / package).glob(pattern)]
    return sorted(path for path in found if "migrations" not in path.parts)


def short(path: Path) -> str:
    return str(path.relative_to(BASE))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef))


def public_actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Name and definition of every public function of an actions module."""
    for path in modules("actions/*.py"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{short(path)[:-3].replace('/', '.')}.{node.name}", node
