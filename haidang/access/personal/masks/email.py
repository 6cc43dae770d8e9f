"""Addresses of e-mail: `an.nguyen@tinh.gov.vn` → `a***@***.vn`. Never: the house behind the @ (perhaps a person's)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from haidang.access.personal.masks import HIDDEN


def mask(text: ir.Value) -> ir.Value:
    """What is no address is hidden whole."""
    end = text.re_extract(r"@[^@]*\.([A-Za-z]{2,12})$", 1)
    name = text.re_extract(r"^([^@]{3,})@", 1)
    shown = name.left(1) + HIDDEN + "@" + HIDDEN + "." + end
    return ibis.ifelse((end != "") & (name != ""), shown, HIDDEN)
