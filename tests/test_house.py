"""The house rules that a machine can hold: imports point one way, records survive the edge, names stay plain."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "onrecord"
FLOORS = (  # lowest first; a room may import rooms below its own floor, and itself
    ("errors", "ids", "edtf", "records", "beat", "beats"),
    ("read", "extract", "marked"),
    ("resolve", "trace", "weigh"),
    ("ledger",),
    ("tell",),
    ("engine", "llm"),
    ("flow", "evaluate"),
    ("cli", "web", "mcp", "__init__"),
    ("__main__",),
)
BASE = {"errors": 0, "ids": 1, "edtf": 2, "records": 3, "beat": 4, "beats": 4}  # order inside the lowest floor
FLOOR = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
FORBIDDEN = {"utils", "helpers", "misc", "common", "manager"}


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def edges(path: Path, source: str) -> set[str]:
    """Rooms that a file imports, lazily or for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= (
                {f"{node.module}.{a.name}" for a in node.names} if node.module == "onrecord" else {node.module or ""}
            )
    return {name.split(".")[1] for name in found if name.startswith("onrecord.")}


def wrong(source_room: str, target: str) -> bool:
    if source_room == target or target not in FLOOR:
        return False
    if FLOOR[source_room] == FLOOR[target] == 0:
        return BASE[target] >= BASE[source_room]
    return FLOOR[target] >= FLOOR[source_room]


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.py")), ids=lambda p: str(p.relative_to(HOUSE)))
def test_imports_point_one_way(path):
    bad = {t for t in edges(path, path.read_text("utf-8")) if wrong(room(path), t)}
    assert not bad, f"{path.relative_to(HOUSE)} may not import {sorted(bad)}"


def test_the_layer_test_can_fail():
    source = "def f():\n    from onrecord.ledger import write\n"
    assert edges(HOUSE / "read" / "x.py", source) == {"ledger"} and wrong("read", "ledger") and wrong("read", "extract")


def test_every_file_has_a_plain_name_and_a_docstring():
    for path in HOUSE.rglob("*.py"):
        assert path.stem not in FORBIDDEN
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))) or not path.read_text("utf-8").strip(), path
