"""The only file of this room that writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from haidang.words.nouns import Actor

Progress = Callable[[str, int, int], None]
"""(step code, done, of how many) — `of` 0 when unknown."""


@dataclass(frozen=True)
class Landed:
    """What `haidang import` prints for one file."""

    run: str
    dataset: str
    file: str
    read: int
    landed: int
    set_aside: int
    unchanged: int
    superseded: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    repeated: bool = False  # the same bytes had landed before: nothing was done
    snapshot: int = 0


def receive(who: Actor, dataset: str, file: Path, *, name: str = "", progress: Progress | None = None) -> str:
    """Keep the bytes safe on disk and open a Run (state `received`); gives the run id. Raises Denied, IntakeStopped."""
    raise NotImplementedError


def land(run: str, *, progress: Progress | None = None) -> Landed:
    """Read, check and land a received Run in one transaction; safe to call again after a kill."""
    raise NotImplementedError


def import_file(who: Actor, dataset: str, file: Path, *, progress: Progress | None = None) -> Landed:
    """receive + land; completes an earlier Run of the same bytes that was killed."""
    raise NotImplementedError


def mend(who: Actor, reject: str, values: dict[str, str]) -> Landed:
    """Correct one set-aside row and replay it as a Run of its own; the reject is then closed."""
    raise NotImplementedError


def accept(who: Actor, run: str, code: str) -> Landed:
    """Replay every open set-aside row of a run with that reason, accepted with a mark (duplicates cannot be)."""
    raise NotImplementedError


def discard(who: Actor, reject: str, why: str) -> None:
    """Close a set-aside row without landing it; it stays on record."""
    raise NotImplementedError
