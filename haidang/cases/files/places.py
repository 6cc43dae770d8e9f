"""Where bytes of files stand: `cases/<yymm>/<key>.<ending>`, beside it `.small.jpg` and `.blurred.jpg`.

Never: takes a path from outside (a key is letters and digits of our own making).
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

SMALL, BLURRED = ".small.jpg", ".blurred.jpg"


def root() -> Path:
    """The folder of all files of Cases (a backup carries it)."""
    return Path(settings.HOME) / "cases"


def whole(path: str) -> Path:
    """A row's `path` or `blurred` as it stands on the disk."""
    return root() / path


def beside(path: str, ending: str) -> str:
    """The path of a thing made of a file."""
    return str(Path(path).with_suffix("")) + ending


def every(path: str) -> tuple[Path, ...]:
    """The file and all that may be made of it."""
    return (whole(path), whole(beside(path, SMALL)), whole(beside(path, BLURRED)))
