"""The keyed digest of identifiers (words.people) as an expression over a column. Never: keeps an identifier."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from django.conf import settings

from haidang.words import people

_OTHER = r"[^\p{L}\p{N}]"


def key() -> str:
    """The key of digests, derived from the centre's secret."""
    return people.key_of(settings.SECRET_KEY)


def digest(text: str) -> str:
    """64 letters of hex."""
    return people.digest(text, key())


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
