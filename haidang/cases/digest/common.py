"""What many reports have in common: the longest phrase most of them share. Pure. Never: asks for a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from haidang.words.names import fold

LONGEST, SHORTEST = 6, 2
SHARED = 0.4
"""A phrase is told when so many of the reports say it, and at least LEAST."""
LEAST = 3
_WEAK = frozenset(
    re.findall(r"\w+", "ở của và thì là có không đến từ cho này do các một những được bị đã rất quá ra vào hơn tôi")
)
"""Words a phrase neither begins nor ends with."""


def common(texts: Iterable[str]) -> tuple[str, int]:
    """The phrase as it is most often written, and how many of the texts say it; ("", 0) when they share none.

    A phrase with a name in it (a capital within the sentence) says where; of those the one most reports say.
    """
    written: dict[str, Counter[str]] = {}
    many = 0
    for text in texts:
        many += 1
        for folded, phrase in dict(_phrases(text)).items():
            written.setdefault(folded, Counter())[phrase] += 1
    least = max(LEAST, SHARED * many)
    often = [counts for counts in written.values() if counts.total() >= least]
    best = max(often, key=_weight, default=Counter[str]())
    return (best.most_common(1)[0][0], best.total()) if best else ("", 0)


def _weight(counts: Counter[str]) -> tuple[bool, int, int, str]:
    phrase = counts.most_common(1)[0][0]
    words = phrase.split()
    return any(word[0].isupper() for word in words[1:]), counts.total(), len(words), phrase


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Every run of words within a sentence, without tones and as written."""
    for part in text.replace(";", ",").replace(".", ",").split(","):
        words = part.split()
        folds = [fold(word) for word in words]
        for start in range(len(words)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(words)) + 1):
                if all(folds[start:end]) and not {words[start].lower(), words[end - 1].lower()} & _WEAK:
                    yield " ".join(folds[start:end]), " ".join(words[start:end])
