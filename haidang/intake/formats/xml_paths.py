"""Paths into XML: `/goc/danhSach/hoSo`, `//hoSo`, `*` for any name, `{address}name` where the namespace matters; values
from outside the rows carried into each, a list within a row spread.

Never: reads a file; is XPath: no conditions, no functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from haidang.intake.formats import Arrival
from haidang.intake.formats.refuse import stop
from haidang.intake.formats.xml_safe import local, text_within

NAME = re.compile(r"(\{[^{}]*\})?(\*|[^\W\d][\w.\-]*)")
EVERY_CHILD = "/*/*"  # what is read without a path: each child of the document's element


class Way(NamedTuple):
    """Steps of names; `anywhere`: they may begin at any depth (`//`)."""

    steps: tuple[str, ...]
    anywhere: bool = False


class Keep(NamedTuple):
    """A value from outside the row: `up` elements above it (0: from the document), the way, an attribute, a heading."""

    up: int
    steps: tuple[str, ...]
    attribute: str
    name: str


@dataclass(frozen=True)
class Ways:
    """The settings of reading XML by path."""

    rows: Way
    keep: tuple[Keep, ...]
    explode: str = ""


def ways_of(file: Arrival) -> Ways:
    """The settings of an arrival; raises IntakeStopped('path-unclear')."""
    rows = file.read.get("rows", "").strip() or EVERY_CHILD
    parts = (part.strip() for part in file.read.get("keep", "").split(","))
    explode = file.read.get("explode", "").strip().replace("/", ".")
    return Ways(way_of(rows, file.name), tuple(_keep(part, file.name) for part in parts if part), explode)


def way_of(text: str, name: str) -> Way:
    """The steps of a path from the document's element, or of `//…` from anywhere."""
    anywhere = text.startswith("//")
    return Way(_steps(text.lstrip("/"), text, name), anywhere)


def _steps(path: str, said: str, name: str) -> tuple[str, ...]:
    steps = tuple(re.split(r"/(?![^{]*\})", path)) if path else ()
    if not steps or not all(NAME.fullmatch(step) for step in steps):
        raise stop("path-unclear", name, found=said, at=next((s for s in steps if not NAME.fullmatch(s)), said))
    return steps


def _keep(part: str, name: str) -> Keep:
    """`/goc/ky=ky`, `../maHoSo`, `../@id=ho_so`."""
    path, _, heading = (piece.strip() for piece in part.partition("="))
    up = len(re.match(r"(?:\.\./)*", path)[0]) // 3  # type: ignore[index]  # matches the empty text as well
    inner = path[3 * up :].lstrip("/")
    before, _, attribute = inner.rpartition("@") if "@" in inner else (inner, "", "")
    before = before.rstrip("/")
    steps = _steps(before, part, name) if before else ()
    if not up and (not path.startswith("/") or not steps):
        raise stop("path-unclear", name, found=part, at=path)
    told = ".".join(local(step) for step in steps) + (f".@{attribute}" if attribute and steps else "")
    return Keep(up, steps, attribute, heading or told or f"@{attribute}")


def fits(way: Way, names: Sequence[str]) -> bool:
    """Whether the element at the end of these names is what the way leads to."""
    steps = way.steps
    if len(names) < len(steps) or (len(names) > len(steps) and not way.anywhere):
        return False
    return all(_same(step, name) for step, name in zip(steps, names[len(names) - len(steps) :], strict=True))


def _same(step: str, name: str) -> bool:
    return step in {"*", name} or (not step.startswith("{") and step == local(name))


def flat(element: Any) -> dict[str, str]:
    """A row: children and attributes by dotted heading, what repeats joined with "; "."""
    found: dict[str, list[str]] = {}
    _collect(element, "", found)
    return {heading: "; ".join(filter(None, texts)) for heading, texts in found.items()}


def _collect(element: Any, under: str, found: dict[str, list[str]]) -> None:
    prefix = f"{under}." if under else ""
    for name, value in element.attrib.items():
        found.setdefault(f"{prefix}@{local(name)}", []).append(value.strip())
    children = [child for child in element if isinstance(child.tag, str)]
    text = text_within(element)
    if text or not (children or element.attrib):
        found.setdefault(under or local(element.tag), []).append(text)
    for child in children:
        _collect(child, prefix + local(child.tag), found)


def spread(element: Any, explode: str) -> list[dict[str, str]]:
    """The row, or one row for every element of that dotted name within it."""
    whole = flat(element)
    items = _named(element, explode.split(".")) if explode else []
    if not items:
        return [whole]
    base = {key: text for key, text in whole.items() if key != explode and not key.startswith(f"{explode}.")}
    rows = []
    for item in items:
        inner: dict[str, list[str]] = {}
        _collect(item, explode, inner)
        rows.append(base | {key: "; ".join(filter(None, texts)) for key, texts in inner.items()})
    return rows


def _named(element: Any, names: list[str]) -> list[Any]:
    found = [element]
    for name in names:
        found = [child for each in found for child in each if isinstance(child.tag, str) and local(child.tag) == name]
    return found
