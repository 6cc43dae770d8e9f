"""Telephone numbers: `0912345678` → `091***678`. Never: more than three figures at either end."""

from __future__ import annotations

import ibis.expr.types as ir

from haidang.access.personal.masks import ends

_LEAST = 9
"""A shorter number would have too little left to hide."""


def mask(text: ir.Value) -> ir.Value:
    """Signs and spaces are left out first, but for the `+` of a country."""
    return ends(text.re_replace("[^0-9+]", ""), 3, 3, least=_LEAST)
