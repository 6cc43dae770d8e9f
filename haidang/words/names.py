"""Names as people type them: without tones, without type words, in capitals, glued together. And an index over them.

Never: knows what a name belongs to; ids are the caller's.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

EXACT, LOOSE, PREFIX, WORDS = range(4)
"""How well a name was hit, best first: as typed; but for type word or spaces; its beginning; all its words."""

_TYPE_WORDS = ("thanh pho", "thi xa", "thi tran", "dac khu", "thu do", "tinh", "quan", "huyen", "phuong", "xa")
_SHORT_TYPES = ("tp", "tx", "tt", "q", "h", "p", "x")
_LONGEST_QUERY = 200


def fold(text: str) -> str:
    """Lower case, no tones, đ → d, anything but letters and digits a single space: `Xã Ea H'đing` → `xa ea h ding`."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = "".join(c for c in parted if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", kept).strip()


def bare(folded: str) -> str:
    """A folded name without its leading type word (`thi tran dong dang` → `dong dang`); a lone word stays."""
    for word in _TYPE_WORDS + _SHORT_TYPES:
        if folded.startswith(word + " "):
            return folded[len(word) + 1 :]
    return folded


class NameIndex:
    """Ids by name. Built once; `search` costs a few dictionary look-ups."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """`entries`: (id, name); an id may come with several names."""
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._glued: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        for id_, name in entries:
            folded = fold(name)
            for key in {folded, bare(folded)}:
                self._whole[key].add(id_)
                self._glued[key.replace(" ", "")].add(id_)
            # Without the type word: "ha tinh" is not every tỉnh with a Hà in its name.
            for word in bare(folded).split():
                self._words[word].add(id_)
        self._sorted = sorted(self._whole)

    def search(self, text: str) -> dict[str, int]:
        """Every id that bears the text, with how well (EXACT … WORDS)."""
        typed = fold(text[:_LONGEST_QUERY])
        if not typed:
            return {}
        stripped = bare(typed)
        hits = (self._worded(stripped), self._beginning(stripped) | self._beginning(typed))
        loose = self._whole.get(stripped, set()) | self._glued.get(typed.replace(" ", ""), set())
        found: dict[str, int] = {}
        for rank, ids in zip((WORDS, PREFIX, LOOSE, EXACT), (*hits, loose, self._whole.get(typed, set())), strict=True):
            found.update(dict.fromkeys(ids, rank))
        return found

    def nearest(self, text: str) -> str:
        """The closest folded name beginning with the same letter, or ""."""
        typed = bare(fold(text[:_LONGEST_QUERY]))
        rivals = [key for key in self._sorted if typed and key[0] == typed[0] and abs(len(key) - len(typed)) <= 4]
        return next(iter(get_close_matches(typed, rivals, n=1)), "")

    def _beginning(self, start: str) -> set[str]:
        found: set[str] = set()
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            found |= self._whole[self._sorted[at]]
            at += 1
        return found

    def _worded(self, typed: str) -> set[str]:
        sets = [self._words.get(word, set()) for word in typed.split()]
        return set.intersection(*sets) if sets else set()
