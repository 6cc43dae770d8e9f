"""Words in a report: with their tones where it has tones, without where it was typed without.

Never: guesses a tone, knows a category.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from haidang.words.names import fold

LIKE = 90
"""How like two words of the same number of syllables are, at least, for a slip of the keyboard."""
_OTHER = re.compile(r"[^\w]+|_+")
_EMPTY = (
    "a anh ai bi boi ca cac cai can cho chi cho chua chung co con cua cung da dang de den di do duoc em gi ha hay ho "
    "hoi kha khi khong la lai lam len luc luon ma mat minh moi mong mot muon nay nen neu nguoi nha nhe nhieu nhu nhung "
    "o oi qua ra rang rat roi sao se sau ta tai thi thay theo tren trong truoc tu tung va van vao ve vi voi xin "
    "phan anh kinh gui de nghi co quan chuc nang xu ly giup ong ba bac cam on duong pho phuong xa thon khu so ngo"
)
EMPTY = frozenset(_EMPTY.split())
"""Syllables (without tones) that stand in reports about anything: courtesies, little words, kinds of places."""


@dataclass(frozen=True)
class Said:
    """A text to look into."""

    text: str

    @cached_property
    def toned(self) -> str:
        """Lower case, its marks composed, everything but letters and digits one space, a space at both ends."""
        composed = unicodedata.normalize("NFC", self.text.casefold())
        return f" {_OTHER.sub(' ', composed).strip()} "

    @cached_property
    def folded(self) -> str:
        return f" {fold(self.text)} "

    @cached_property
    def has_tones(self) -> bool:
        """Whether it was typed with tones (more than a word that came so from elsewhere)."""
        marked = sum(toned != bare for toned, bare in zip(self.toned.split(), self.folded.split(), strict=False))
        return marked * 5 >= len(self.folded.split())

    def says(self, word: str) -> float:
        """How surely a word (of one or more syllables) stands here: 1 as it is written, less without tones or with a
        slip, 0 not at all. A single syllable without its tone is too many others."""
        if f" {plain(word)} " in self.toned:
            return 1.0
        bare = fold(word)
        syllables = bare.count(" ") + 1
        if f" {bare} " in self.folded:
            return (0.7 if syllables > 1 else 0.0) if self.has_tones else (0.9 if syllables > 1 else 0.5)
        return 0.6 if syllables > 1 and len(bare) > 6 and self._slips(bare, syllables) else 0.0

    def _slips(self, bare: str, syllables: int) -> bool:
        words = self.folded.split()
        spans = (" ".join(words[at : at + syllables]) for at in range(len(words) - syllables + 1))
        return any(fuzz.ratio(bare, span) >= LIKE for span in spans)


def plain(word: str) -> str:
    """A word as `toned` has it."""
    return Said(word).toned.strip()


@lru_cache(maxsize=8192)
def telling(folded: str) -> frozenset[str]:
    """The syllables that say what it is about."""
    return frozenset(word for word in folded.split() if word not in EMPTY and not word.isdigit())


def like(one: str, other: str) -> float:
    """How like two folded texts are, 0 to 1: how many telling syllables both say, of all they say and of the shorter.

    Texts of fewer than two telling syllables are like nothing.
    """
    left, right = telling(one), telling(other)
    fewer = min(len(left), len(right))
    if fewer < 2:
        return 0.0
    both = len(left & right)
    return both / (len(left) + len(right)) + 0.5 * both / fewer
