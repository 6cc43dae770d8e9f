"""Takes out of a text what tells who sent a report: telephone numbers, e-mails, numbers of papers, own names.

What handles a Case and what is published read the cleaned text alone. Never: keeps what it took out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

PHONE, EMAIL, PAPER, NAME = "[số điện thoại]", "[thư điện tử]", "[số giấy tờ]", "[họ tên]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN = r"[ .()–-]{0,2}"
_PHONE = re.compile(rf"(?<!\d[.,])(?<!\w)\(?(?:\+?{_BETWEEN}84|0)(?:{_BETWEEN}\d){{8,10}}(?!\d)")
_PAPER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_CALLED = re.compile(
    r"(?i:\b(tôi tên là|tên tôi là|tên là|tôi là|em là|cháu là|người gửi|họ và tên|họ tên))(\s*:?\s+)"
    r"(\w+(?:\s+\w+){1,5})"
)
_HIDDEN = frozenset("\u00ad\u2028\u2029\ufeff")
_SHORTEST = 4
_FIGURES = 8


def plain(text: str) -> str:
    """In one writing of its letters, without signs nobody sees: they break a database, or hide a number from us."""
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in one if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cs", "Cf") or c in _HIDDEN))


def cleaned(text: str, own: Iterable[str] = ()) -> str:
    """`own`: what is known of the sender (name, telephone, …), taken out wherever it stands, with tones or without."""
    found = _EMAIL.sub(EMAIL, without(plain(text), own))
    found = _PAPER.sub(PAPER, _PHONE.sub(lambda hit: _opened(hit[0]) + PHONE, found))
    return _CALLED.sub(_called, found)


def without(text: str, own: Iterable[str]) -> str:
    """Only what is known of the sender taken out: for words of an officer, whose own hotline stays."""
    found = text
    for pattern, instead in _own(tuple(own)):
        flat = "".join(map(_flat, found))
        for hit in reversed(list(pattern.finditer(flat))):
            found = found[: hit.start()] + _opened(hit[0]) + instead + found[hit.end() :]
    return found


def _opened(hit: str) -> str:
    """The bracket a number stands in, when it is not the number's own."""
    return "(" if hit.startswith("(") and ")" not in hit else ""


def _own(own: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to look for, the longest first. One word alone is no name: Hương is a sender, and also a scent."""
    words = sorted({plain(one).strip() for one in own} - {""}, key=len, reverse=True)
    return tuple((pattern, instead) for word in words for pattern, instead in [_looked(word)] if pattern)


def _looked(word: str) -> tuple[re.Pattern[str] | None, str]:
    figures = re.sub(r"\D", "", word)
    if "@" in word:
        return re.compile(re.escape("".join(map(_flat, word)))), EMAIL
    if len(figures) >= _FIGURES and len(figures) >= len(word) - 6:
        return _number(figures), PHONE
    parts = ["".join(map(_flat, part)) for part in re.split(r"[\s,;]+", word) if part]
    if len(word) < _SHORTEST or (len(parts) == 1 and not figures):
        return None, NAME
    return re.compile(r"(?<!\w)" + r"[\s,;]+".join(map(re.escape, parts)) + r"(?!\w)"), NAME


def _number(figures: str) -> re.Pattern[str]:
    """A number however it is grouped and whatever it begins with: 0, 84, +84."""
    lead = next((one for one in ("0084", "84", "0") if figures.startswith(one)), "")
    tail = _BETWEEN.join(figures[len(lead) :])
    return re.compile(rf"(?<!\d)\(?(?:(?:\+?84|0084|0){_BETWEEN})?{tail}(?!\d)")


@lru_cache(maxsize=4096)
def _flat(letter: str) -> str:
    """One letter without its tones, small; always one letter, so that places in the text stay the same."""
    if letter in "đĐ":
        return "d"
    small = unicodedata.normalize("NFD", letter)[0].lower()
    return small if len(small) == 1 else letter


def _called(hit: re.Match[str]) -> str:
    """`tôi là Nguyễn Văn An ở …`: the words with a capital that follow, at least two of them."""
    parts = re.split(r"(\s+)", hit[3])
    many = next((n for n, word in enumerate(parts[::2]) if not word[:1].isupper()), len(parts[::2]))
    if many < 2:
        return hit[0]
    return f"{hit[1]}{hit[2]}{NAME}{''.join(parts[2 * many - 1 :])}"
