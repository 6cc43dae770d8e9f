"""Vietnamese before Unicode: text typed in TCVN3 (.VnTime) and VNI fonts, and UTF-8 read as CP1252, told and mended.

All three stand here as text in which each character is one old byte. Never: reads a file; changes text that already is
well-formed Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

Convert = Callable[[str], str]

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(
    r"(ngh|ng|gh|nh|ch|th|tr|kh|ph|gi|qu|[bcdđghklmnprstvxq])?"
    r"(ươ[iu]?|iêu?|yêu?|uôi?|uyê|uya|uyu|uây?|oa[oiy]?|oeo?|oă|oo|uơ|uê|uy|ưa|ưi|ưu|ua[ou]?|ui|ia|iu|oi|ôi|ơi"
    r"|ai|ao|au|ay|âu|ây|eo|êu|[aăâeêioôơuưy])(ch|ng|nh|[cmnpt])?"
)
_STRAY = re.compile(r"(?<=[^\W\d_])[\xa1-\xae\xb5-\xb9\xbb-\xbe\xd7]|[\xa1-\xae\xb5-\xb9\xbb-\xbe\xd7](?=[^\W\d_])")
"""Signs that stand for letters in TCVN3, next to a letter; not the ones of m², m³ and °C."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
WINDOW = 12_000  # characters that are enough to tell
_WORD = re.compile(r"[^\W\d_²³¹¼½¾]+")
_INITIALS = re.compile(r"[BCDĐGHKLMNPQRSTVX]{1,6}")


def _tcvn3() -> dict[int, str]:
    rows = {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    }
    return {start + i: letter for start, letters in rows.items() for i, letter in enumerate(letters)}


def _vni() -> dict[str, str]:
    """Two characters (letter, mark) to one; upper case marks are 0x20 lower."""
    plain = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
    roof = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
    bowl = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
    pairs = {base + mark: base + tone for base in "aeiouy" for mark, tone in plain.items()}
    pairs |= {horn + mark: base + tone for horn, base in (("ô", "ơ"), ("ö", "ư")) for mark, tone in plain.items()}
    pairs |= {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in roof.items()}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in bowl.items()}
    pairs |= {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
    lower = {key: unicodedata.normalize("NFC", value) for key, value in pairs.items()}
    capital = {k[0].upper() + k[1:]: v.upper() for k, v in lower.items()}
    return lower | capital | {k.upper(): v.upper() for k, v in lower.items()}


TCVN3 = _tcvn3()
VNI = _vni()
_VNI = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def _bytes_of_cp1252() -> dict[str, int]:
    """Character → byte; the five bytes CP1252 leaves empty stand for themselves."""
    empty = {chr(b): b for b in range(0x80, 0xA0)}  # read as Latin-1 the controls stand for themselves too
    return empty | {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(256)}


_CP1252 = _bytes_of_cp1252()
_OLD = str.maketrans({char: chr(byte) for char, byte in _CP1252.items() if byte > 0x7F})


def from_tcvn3(text: str) -> str:
    return text.translate(_OLD).translate(TCVN3)


def from_vni(text: str) -> str:
    return _VNI.sub(lambda found: VNI[found[0]], text)


def from_mojibake(text: str) -> str:
    """UTF-8 that was read as CP1252, read rightly; the text itself when it is not that."""
    try:
        return bytes(_CP1252[char] for char in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text


REPAIRS: dict[str, Convert] = {"TCVN3": from_tcvn3, "VNI": from_vni, "UTF-8/CP1252": from_mojibake}


def well_formed(word: str) -> bool:
    """Whether a word with letters beyond ASCII can be a Vietnamese syllable."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    if _INITIALS.fullmatch(word):
        return True
    parts = unicodedata.normalize("NFD", word.lower())
    if len(parts) - len(parts.translate(_TONES)) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", parts.translate(_TONES))))


def fit(text: str) -> float:
    """Share of the words beyond ASCII that are well-formed Vietnamese, 0..1; 1 when there are none."""
    counted = Counter(word for word in _WORD.findall(text) if not word.isascii())
    good = sum(n for word, n in counted.items() if well_formed(word))
    total = counted.total() + len(_STRAY.findall(text))
    return good / total if total else 1.0


def repair_for(sample: str) -> str:
    """Which of REPAIRS the sample needs, "" for none: only one that makes clearly better Vietnamese of it."""
    first = _BEYOND.search(sample)
    if first is None:
        return ""
    sample = sample[max(0, first.start() - 100) :][:WINDOW]
    now = fit(sample)
    if now > 0.9:
        return ""
    scores = {name: fit(convert(sample)) for name, convert in REPAIRS.items() if convert(sample) != sample}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] > max(0.6, now + 0.25) else ""


def repaired(texts: Iterable[str], name: str) -> list[str]:
    """Each text converted when that makes it better Vietnamese than it was; mixed sheets keep their good cells."""
    convert = REPAIRS[name]
    return [text if text.isascii() or fit(text) > 0.99 else convert(text) for text in texts]
