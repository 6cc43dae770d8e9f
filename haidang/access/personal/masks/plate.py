"""Plates of vehicles: `12C-345.67` → `12***67`: the province and two figures. A foreign one keeps its last two."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from haidang.access.personal.masks import ends

_LEAST = 6


def mask(text: ir.Value) -> ir.Value:
    plain = text.re_replace(r"[\s.\-]", "")
    return ibis.ifelse(plain.re_search("^[0-9]{2}"), ends(plain, 2, 2, least=_LEAST), ends(plain, 0, 2, least=_LEAST))
