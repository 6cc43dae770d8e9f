"""The face of the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from haidang.words.nouns import Actor, Answer, Question, Scope


def answer(question: Question, who: Actor) -> Answer:
    """One question. Raises Absent (unknown indicator or place), Denied, BadQuestion."""
    raise NotImplementedError


def answer_many(questions: Sequence[Question], who: Actor) -> tuple[Answer, ...]:
    """All of a board in one pass: one query for the observations of all of them (per as-of), never one per tile.

    An indicator the actor may not see gives an Answer with value None and reason `denied` (a board shows it as absent).
    """
    raise NotImplementedError


@dataclass(frozen=True)
class Records:
    """A page of facts behind a question: columns (name, vi, en, unit), rows as text-ready values, total count."""

    dataset: str
    columns: tuple[tuple[str, str, str, str], ...]
    rows: tuple[dict[str, Any], ...]
    total: int
    scope: Scope
    masked: tuple[str, ...] = ()  # columns left out for the actor's level


def records(
    question: Question, who: Actor, *, limit: int = 50, offset: int = 0, sort: str = "", search: str = ""
) -> Records:
    """The facts behind the answer, as the actor may see them."""
    raise NotImplementedError
