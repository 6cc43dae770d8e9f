"""Which kinds the program has, by listing their folders: charts, checks, formats.

Never: imports a kind. An empty answer means the room does not stand yet, and nothing can be said against a name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[1]
CHARTS, CHECKS, FORMATS = "web/charts", "intake/checks", "intake/formats"


@cache
def kinds(folder: str) -> frozenset[str]:
    """Names of the modules in a folder of the program, private ones left out."""
    found = {p.stem for p in (_PROGRAM / folder).glob("*.py")} | {
        p.parent.name for p in (_PROGRAM / folder).glob("*/__init__.py")
    }
    return frozenset(name.replace("_", "-") for name in found if not name.startswith("_"))
