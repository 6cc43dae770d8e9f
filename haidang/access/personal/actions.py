"""What is done about people's data, traced. Never: asks whether one may (doors and the gate do), writes the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from haidang.access import trace
from haidang.words.nouns import Actor


def said(who: Actor, purpose: str, packs: Iterable[str]) -> None:
    """Somebody said what personal data of these packs is looked at for."""
    trace.note(replace(who, purpose=purpose), "purpose", f"begin {' '.join(sorted(packs))}")


def ended(who: Actor) -> None:
    """They said that they are done."""
    trace.note(who, "purpose", "end")
