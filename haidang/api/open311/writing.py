"""Answers of GeoReport in XML and JSON by the standard's own mapping. Never: knows what an answer is about.

An answer is a `Tree`: the names of the outer and the repeated element, and rows of plain values. In JSON the rows alone
stand (a list, or the one row of a tree without an `each`); in XML an empty value is an empty element.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
ONE = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
"""What each of a list within a row is called in XML."""
_UNREAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs XML has no room for."""


@dataclass(frozen=True)
class Tree:
    """`each` "": there is one row, which is the outer element itself."""

    outer: str
    each: str
    rows: Sequence[Mapping[str, Any]]


def written(tree: Tree, kind: str, status: int = 200) -> HttpResponse:
    """`kind`: xml | json."""
    body = _xml(tree) if kind == "xml" else _json(tree)
    return HttpResponse(body, content_type=TYPES[kind], status=status)


def refused(status: int, description: str, kind: str) -> HttpResponse:
    """An error as the standard writes it: the status once more, and a sentence."""
    return written(Tree("errors", "error", [{"code": status, "description": description}]), kind, status)


def moment(at: datetime | None) -> str | None:
    """A moment as the standard wants it, in UTC: of the ways it allows the one that every reader of it takes."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


def _json(tree: Tree) -> str:
    rows = list(tree.rows)
    return json.dumps(rows if tree.each else rows[0], ensure_ascii=False)


def _xml(tree: Tree) -> bytes:
    top = ET.Element(tree.outer)
    for row in tree.rows:
        _fields(ET.SubElement(top, tree.each) if tree.each else top, row)
    text = ET.tostring(top, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _fields(top: ET.Element, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        element = ET.SubElement(top, name)
        if isinstance(value, list):
            for one in value:
                _one(ET.SubElement(element, ONE[name]), one)
        else:
            element.text = _plain(value)


def _one(element: ET.Element, value: Any) -> None:
    if isinstance(value, Mapping):
        _fields(element, value)
    else:
        element.text = _plain(value)


def _plain(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else _UNREAL.sub("", str(value))
