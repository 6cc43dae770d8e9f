"""The keyed digest of what identifies a person: it tells whether two are the same, never who it is.

The same is made here and as SQL over a column (`digest_sql`); with the centre's secret as its key nobody without it can
try numbers out. Never: keeps an identifier.
"""

from __future__ import annotations

import hashlib
import unicodedata


def key_of(secret: str) -> str:
    """The key of digests, from the centre's secret."""
    return hashlib.sha256(f"haidang subjects {secret}".encode()).hexdigest()


def normal(text: str) -> str:
    """An identifier as it is compared: letters without tones and in capitals, figures; spaces and signs aside."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parted if unicodedata.category(letter)[0] in "LN").upper()


def digest(text: str, key: str) -> str:
    """64 letters of hex."""
    return hashlib.sha256(f"{key}:{normal(text)}".encode()).hexdigest()


def digest_sql(value: str, key: str) -> str:
    """The same of an SQL expression, for the store's engine; null of null."""
    plain = f"upper(strip_accents(regexp_replace(CAST({value} AS VARCHAR), '[đĐ]', 'd', 'g')))"
    return f"sha256('{key}:' || regexp_replace({plain}, '[^\\p{{L}}\\p{{N}}]', '', 'g'))"
