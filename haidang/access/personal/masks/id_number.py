"""Numbers of identity papers: `001085012345` → `***345`. Never: the front (province, sex, birth)."""

from __future__ import annotations

import ibis.expr.types as ir

from haidang.access.personal.masks import ends

_LEAST = 8


def mask(text: ir.Value) -> ir.Value:
    return ends(text.re_replace("[^0-9A-Za-z]", ""), 0, 3, least=_LEAST)
