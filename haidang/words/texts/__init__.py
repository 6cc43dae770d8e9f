"""The locale: every text a user sees, by code, Vietnamese first. `say` fills in the facts.

Each room keeps its texts in a module of this folder (`TEXTS: dict[str, Label]`), found by listing; there is no
central list.
Codes of errors and problems are plain (`not-a-number`); texts of screens are prefixed by their page (`overview.title`).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from haidang.words.errors import HaiDangError, Problem
from haidang.words.nouns import Label


@cache
def texts() -> dict[str, Label]:
    """Every text by code; that no code stands twice is a house test, so that a slip there stops no centre."""
    return {code: label for texts in by_module().values() for code, label in texts.items()}


def by_module() -> dict[str, dict[str, Label]]:
    """The texts of each module of this folder, by its name."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return {name: importlib.import_module(f"{__name__}.{name}").TEXTS for name in names}


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def text(code: str, language: str = "vi", /, **facts: object) -> str:
    """The text of a code with its facts; an unknown code gives the code itself."""
    label = texts().get(code)
    return label.in_(language).format_map(_Facts(facts)) if label else code


def _near(code: str, language: str, nearest: object) -> str:
    """Did you mean: said after a text that does not say it itself."""
    label = texts().get(code)
    said = label is None or "{nearest}" in label.in_(language)
    return "" if said or not nearest else text("nearest-is", language, nearest=nearest)


def say(thing: HaiDangError | Problem, language: str = "vi") -> str:
    """A full sentence for an error or a problem."""
    if isinstance(thing, Problem):
        facts = {"where": thing.where, "found": thing.found, "expected": thing.expected, "nearest": thing.nearest}
        sentence = text(thing.code, language, **facts, **dict(thing.facts))
        sentence += _near(thing.code, language, thing.nearest)
        return f"{thing.where}: {sentence}" if thing.where else sentence
    problem = getattr(thing, "problem", None)
    if problem:
        return say(problem, language)
    return text(thing.code, language, **thing.facts) + _near(thing.code, language, thing.facts.get("nearest"))
