"""Which kinds the program has, by listing their folders: charts, checks, formats, masks.

Never: imports a kind. An empty answer means the room does not stand yet, and nothing can be said against a name.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[1]
_KIND = re.compile(r"^KIND = \"([a-z0-9-]+)\"", re.M)
_SUFFIXES = re.compile(r"^SUFFIXES\b[^=\n]*=\s*\(([^)]*)\)", re.M)


def charts() -> frozenset[str]:
    """Kinds a tile may be drawn as."""
    return _modules("web/charts")


def checks() -> frozenset[str]:
    """Kinds of checks of whole tables."""
    return _modules("intake/checks")


def connectors() -> frozenset[str]:
    """Ways bytes come; `file` (shipped), `upload` (by hand) and `own` (made by the centre) need no module."""
    return _modules("intake/connectors") | {"file", "upload", "own"}


def masks() -> frozenset[str]:
    """Ways a personal cell is masked."""
    return _modules("access/personal/masks")


@cache
def formats() -> frozenset[str]:
    """Formats a source may name: the suffixes, without their dot, and the names (`KIND`) that the modules declare."""
    texts = [file.read_text("utf-8") for file in (_PROGRAM / "intake/formats").glob("*.py")]
    return frozenset(kind for text in texts for kind in _KIND.findall(text)) | frozenset(
        suffix for text in texts for line in _SUFFIXES.findall(text) for suffix in re.findall(r"[\"']\.(\w+)", line)
    )


@cache
def _modules(folder: str) -> frozenset[str]:
    names = {p.stem for p in (_PROGRAM / folder).glob("*.py")}
    return frozenset(name.replace("_", "-") for name in names if not name.startswith("_"))
