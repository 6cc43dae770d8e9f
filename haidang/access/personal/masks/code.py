"""Codes that lead to one person (a link code, a key): `HS-2026-00417` → `***17`. Never: a digest (unique)."""

from __future__ import annotations

import ibis.expr.types as ir

from haidang.access.personal.masks import ends

_LEAST = 8


def mask(text: ir.Value) -> ir.Value:
    return ends(text, 0, 2, least=_LEAST)
