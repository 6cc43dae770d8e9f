"""Addresses of homes: `Số 5, tổ 2, phường Tam Thanh, Lạng Sơn` → `***, Lạng Sơn`. Never: a part with a figure in it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from haidang.access.personal.masks import HIDDEN


def mask(text: ir.Value) -> ir.Value:
    """The last of at least three parts between commas; of fewer nothing, since the last may be the street."""
    parts = text.split(",").map(lambda part: part.strip())
    last = parts[parts.length() - 1]
    told = (parts.length() >= 3) & ~last.re_search("[0-9]") & (last != "")
    return ibis.ifelse(told, HIDDEN + ", " + last, HIDDEN)
