"""CEF (ArcSight Common Event Format): seven fields of a header and `key=value` pairs, with their escapes.

Never: reads a file; takes more keys than a table may have columns.
"""

from __future__ import annotations

import re

from haidang.intake.formats.limits import MAX_CEF_KEYS

START = re.compile(r"CEF:\s?\d+(?:\.\d+)?\|")
HEADER = ("version", "vendor", "product", "product_version", "signature", "name", "severity")
FIELD = re.compile(r"((?:[^\\|]|\\.)*)\|", re.DOTALL)
KEY = re.compile(r"(?:^|(?<=\s))([A-Za-z0-9_.\[\]-]{1,63})=")
ESCAPES = {r"\n": "\n", r"\r": "\n"}


class TooManyKeys(ValueError):
    """An event with more keys than are taken."""


def cef_of(text: str) -> tuple[str, dict[str, str]] | None:
    """(what stands before it, its fields as `cef.vendor` … and the extension's keys), or None for no CEF.

    Raises TooManyKeys.
    """
    found = START.search(text)
    if not found:
        return None
    at, header = found.end(), [text[found.start() + 4 : found.end() - 1].strip()]
    while len(header) < len(HEADER):
        field = FIELD.match(text, at)
        if not field:
            return None
        header.append(_plain(field[1]))
        at = field.end()
    cells = {f"cef.{name}": value for name, value in zip(HEADER, header, strict=True)}
    return text[: found.start()].rstrip(), cells | _extension(text[at:])


def _extension(text: str) -> dict[str, str]:
    """`key=value` pairs; a value goes on to the next key, an escaped `=` is no key's."""
    keys = []
    for key in KEY.finditer(text):
        keys.append(key)
        if len(keys) > MAX_CEF_KEYS:
            raise TooManyKeys
    ends = [*(key.start() for key in keys[1:]), len(text)]
    return {key[1]: _plain(text[key.end() : end].strip()) for key, end in zip(keys, ends, strict=False)}


def _plain(text: str) -> str:
    if "\\" not in text:
        return text.strip()
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[0], found[1]), text, flags=re.DOTALL).strip()
