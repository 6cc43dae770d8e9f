"""Which category a report is of: the pack's keywords in it, and earlier handled Cases of like words.

Pure. Never: reads a Case, decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from haidang.cases.suggest.faces import Earlier, Suggestion, Why
from haidang.cases.suggest.wording import Said, like
from haidang.catalog.declared import Category, Desk

MANY = 3
LEAST = 0.2
NEAREST, LIKE_ENOUGH = 9, 0.5
"""How many earlier Cases are asked, and how like they must be."""


def category(desk: Desk, text: str, earlier: Sequence[Earlier] = ()) -> tuple[Suggestion, ...]:
    """The likeliest categories, best first, at most three; none when nothing speaks for any."""
    said = Said(text)
    by_words = {one.key: _words(said, one) for one in desk.categories}
    by_cases = _votes(said, earlier)
    found = []
    for key, (score, words) in by_words.items():
        share, nearest, how = by_cases.get(key, (0.0, 0, 0.0))
        both = 1 - (1 - score) * (1 - 0.85 * share * how)
        if both >= LEAST:
            found.append(Suggestion(key, round(both, 3), (*_because_words(words), *_because_case(nearest, how))))
    return tuple(sorted(found, key=lambda one: -one.score)[:MANY])


def _words(said: Said, category: Category) -> tuple[float, tuple[str, ...]]:
    """How much the category's keywords speak for it, and which stand in the text."""
    left, hit = 1.0, []
    for word in category.keywords:
        sure = said.says(word)
        if sure:
            left *= 1 - sure * (0.6 if " " in word else 0.4)
            hit.append(word)
    return 1 - left, tuple(hit)


def _votes(said: Said, earlier: Sequence[Earlier]) -> dict[str, tuple[float, int, float]]:
    """Category → its share of the nearest earlier Cases' voices, the nearest of its own, and how like that one is."""
    near = sorted(_alike(said, earlier), key=lambda one: -one[0])[:NEAREST]
    voices: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[int, float]] = {}
    for how, case in near:
        voices[case.category] += how * how
        best.setdefault(case.category, (case.number, how))
    # A lone voice is not the whole: half a voice stands against everybody.
    total = sum(voices.values()) + 0.5
    return {key: (voice / total, *best[key]) for key, voice in voices.items()}


def _alike(said: Said, earlier: Iterable[Earlier]) -> Iterable[tuple[float, Earlier]]:
    for case in earlier:
        how = like(said.folded, case.fold)
        if how >= LIKE_ENOUGH and case.category:
            yield how, case


def _because_words(words: tuple[str, ...]) -> tuple[Why, ...]:
    return (Why("suggest.why-words", {"words": ", ".join(f"“{word}”" for word in words)}),) if words else ()


def _because_case(number: int, how: float) -> tuple[Why, ...]:
    return (Why("suggest.why-case", {"number": number, "like": round(how * 100)}),) if number else ()
