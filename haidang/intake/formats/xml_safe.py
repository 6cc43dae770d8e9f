"""XML opened safely: the prolog looked at before any parser sees it, then lxml without network, DTD or entities.

A DOCTYPE that declares anything, an encoding that could hide one, text before the document, nesting and sizes beyond
the limits are refused in words. Never: expands an entity, follows an XInclude, loads a DTD, holds more of a tree than
its reader keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from lxml import etree

from haidang.intake.formats import Arrival
from haidang.intake.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_DEPTH, MAX_PROLOG
from haidang.intake.formats.refuse import problem, stop
from haidang.words.errors import Problem

SAFE: Final[dict[str, Any]] = {"no_network": True, "resolve_entities": False, "huge_tree": False, "recover": False}
ENCODINGS = re.compile(rb"utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-8859-1|windows-125\d", re.IGNORECASE)
DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})[\"']")
SPACE, COMMENT = re.compile(r"\s*"), re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(\[|>)", re.IGNORECASE)


def check_prolog(file: Arrival, remarks: list[Problem]) -> None:
    """Raise IntakeStopped for what stands before the first element of a file and has no business there."""
    with file.path.open("rb") as stream:
        check_start(stream.read(MAX_PROLOG), file, remarks)


def check_start(data: bytes, file: Arrival, remarks: list[Problem]) -> None:
    """The same for the first bytes of a document."""
    text = _decoded(data, file)
    at = _past(text, SPACE.match(text, 0).end())  # type: ignore[union-attr]  # matches the empty text as well
    if at < len(text) and text[at] != "<":
        before = text[at : at + 60].split("<")[0]
        raise stop("xml-text-before", file.name, found=before)
    if (found := DOCTYPE.match(text, at)) and found[1] == ">":
        remarks.append(problem("doctype-left-out", file.name))
        at = _past(text, found.end())
    if text[at : at + 2] == "<!":
        raise stop("unsafe-doctype", file.name, found=text[at : at + 40].split("[")[0].strip())
    if at >= len(text):
        raise stop("unsafe-doctype" if len(text) >= MAX_PROLOG // 2 else "empty-file", file.name, found="<!-- … -->")


def _decoded(data: bytes, file: Arrival) -> str:
    """The beginning as text, by an encoding that cannot hide a mark from us."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        if data[2:4] == b"\x00\x00":
            raise stop("xml-encoding", file.name, found="UTF-32")
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:4]:
        raise stop("xml-encoding", file.name, found="UTF-16/32")
    declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and not ENCODINGS.fullmatch(declared[1]):
        raise stop("xml-encoding", file.name, found=declared[1].decode("ascii", "replace"))
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _past(text: str, at: int) -> int:
    """Behind declarations, comments and white space."""
    while found := COMMENT.match(text, at):
        at = SPACE.match(text, found.end()).end()  # type: ignore[union-attr]  # matches the empty text as well
    return at


def events(file: Arrival, remarks: list[Problem]) -> Iterator[tuple[str, Any]]:
    """("start" | "end", element) of the document as it is read, the depth and width of every element within the limits.

    The reader clears what it has used. Raises IntakeStopped for XML that is broken or beyond the limits.
    """
    check_prolog(file, remarks)
    depth = 0
    with file.path.open("rb") as stream, told(file):
        source = etree.iterparse(
            stream, events=("start", "end"), load_dtd=False, remove_comments=True, remove_pis=True, **SAFE
        )
        for event, element in source:
            depth += 1 if event == "start" else -1
            if event == "start":
                within(element, depth, file)
            yield event, element


def within(element: Any, depth: int, file: Arrival) -> None:
    """Raise IntakeStopped for an element nested too deep or with attributes beyond the limits."""
    if depth > MAX_DEPTH:
        raise stop("xml-too-deep", file.name, expected=MAX_DEPTH)
    if len(element.attrib) > MAX_COLUMNS:
        raise stop("too-many-columns", file.name, found=len(element.attrib), expected=MAX_COLUMNS)
    if any(len(value) > MAX_CELL for value in element.attrib.values()):
        raise stop("xml-too-large", file.name, found=f"<{local(element.tag)}>", expected=MAX_CELL // 1024 // 1024)


@contextmanager
def told(file: Arrival) -> Iterator[None]:
    """The seam where the parser's complaints become words."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        line, column = error.position
        if "XML_PARSE_HUGE" in str(error):
            raise stop("xml-too-large", file.name, found=f"{line}:{column}", expected=10) from error
        raise stop("xml-broken", file.name, found=line, column=column) from error


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def text_within(element: Any) -> str:
    """The text of an element without its children's, white space at the ends left out."""
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(filter(None, (part.strip() for part in parts)))


def release(element: Any) -> None:
    """Forget an element and what stands before it under its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and len(parent) > 1:
        del parent[0]
