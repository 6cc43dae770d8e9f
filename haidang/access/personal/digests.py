"""The keyed digest of what identifies a person: it tells whether two are the same, never who it is.

The same is made in Python and as an expression over a column; the key is the centre's own secret, so that nobody
without it can try numbers out. Never: keeps an identifier.
"""

from __future__ import annotations

import hashlib
import unicodedata

import ibis
import ibis.expr.types as ir
from django.conf import settings

_OTHER = r"[^\p{L}\p{N}]"


def key() -> str:
    """The key of digests, derived from the centre's secret."""
    return hashlib.sha256(f"haidang subjects {settings.SECRET_KEY}".encode()).hexdigest()


def normal(text: str) -> str:
    """An identifier as it is compared: letters without tones and in capitals, figures; spaces and signs aside."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parted if unicodedata.category(letter)[0] in "LN").upper()


def digest(text: str) -> str:
    """64 letters of hex."""
    return hashlib.sha256(f"{key()}:{normal(text)}".encode()).hexdigest()


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis ships no types
def strip_accents(text: str) -> str:  # type: ignore[empty-body]  # the engine's own function, only declared here
    """Letters without their tones."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis ships no types
def sha256(text: str) -> str:  # type: ignore[empty-body]  # the engine's own function, only declared here
    """The SHA-256 of a text in hex."""


def normalized(column: ir.Column) -> ir.Value:
    """`normal` as an expression."""
    plain = column.cast("string").re_replace("[đĐ]", "d")
    return strip_accents(plain).upper().re_replace(_OTHER, "")


def digested(column: ir.Column) -> ir.Value:
    """`digest` as an expression; null of null."""
    return sha256(ibis.literal(f"{key()}:") + normalized(column))
