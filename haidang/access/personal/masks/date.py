"""Days that are a person's (birth, death): `1985-03-14` → `1985`. Never: the day or the month."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from haidang.access.personal.masks import HIDDEN


def mask(text: ir.Value) -> ir.Value:
    """The one year of four figures that stands at either end; without one nothing."""
    year = ibis.coalesce(
        text.re_extract(r"^([0-9]{4})(?:[^0-9]|$)", 1).nullif(""),
        text.re_extract(r"[^0-9]([0-9]{4})$", 1).nullif(""),
    )
    return year.fill_null(HIDDEN)
