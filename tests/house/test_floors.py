"""The floors and the faces hold: who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {p.parent.name for p in (ROOT / "haidang").glob("*/__init__.py")}
FACES = {
    "words": None,  # every module: nouns are for all
    "network": {"guard", "remote", "calling"},
    "catalog": {"declared", "queries", "calendar", "places", "shapes", "conditions", "formulas", "nearest"},
    "store": {"tables", "landing", "upkeep"},
    "access": {
        "gate",
        "territory",
        "actions",
        "explain",
        "trace",
        "identity",
        "people",
        "privilege",
        "personal",
        "tracing",
    },
    "intake": {
        "reads",
        "actions",
        "derive",
        "bench",
        "sources",
        "mending",
        "contracts",
        "made",
        "own",
        "drift",
        "erasing",
        "mailbox",
    },
    "indicators": {"answer", "bench"},
    "cases": {
        "reads",
        "actions",
        "machine",
        "faces",
        "clocks",
        "senders",
        "files",
        "forms",
        "push",
        "results",
        "channels",
        "calls",
        "suggest",
        "digest",
        "routing",
        "importing",
        "forwarding",
        "own",
        "bench",
        "rights",
        "erasing",
        "georeport",
        "areas",
        "sentences",
        "whereabouts",
        "clean",
    },
    "watch": {"reads", "actions"},
}


def test_floors() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{a.name}" for a in node.names} | {node.module}
    return {name for name in found if name.startswith("haidang.")}


def test_only_faces_are_imported() -> None:
    """A room is entered by its face: `haidang.catalog.declared`, never `haidang.catalog.schema`."""
    wrong = []
    for file in (ROOT / "haidang").rglob("*.py"):
        own = file.relative_to(ROOT / "haidang").parts[0]
        for name in imports(file):
            room, *rest = name.split(".")[1:]
            faces = FACES.get(room)
            if room in ROOMS and room != own and faces is not None and rest and rest[0] not in faces:
                wrong.append(f"{file.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(sorted(wrong))


def test_every_room_has_a_door_plate() -> None:
    for room in ROOMS:
        text = (ROOT / "haidang" / room / "__init__.py").read_text()
        assert "Never:" in text, room
        assert "May call it:" in text, room
        assert room in (ROOT / "docs" / "HOUSE.md").read_text(), room
