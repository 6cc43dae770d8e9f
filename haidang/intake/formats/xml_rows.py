"""XML: the rows a path leads to, streamed; children and attributes flattened, values from outside carried in.

Never: reads the document in this process (`isolated`); holds more of it than the rows that wait for their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.refuse import stop
from haidang.intake.formats.xml_paths import Keep, Way, Ways, fits, spread, ways_of
from haidang.intake.formats.xml_safe import events, local, release, text_within
from haidang.words.errors import Problem

KIND = "xml"
SUFFIXES = (".xml",)
READ = ("rows", "keep", "explode")
START = re.compile(rb"[^<]{0,100}<\?xml\b|(?:\xef\xbb\xbf)?\s*<(?:!DOCTYPE\s|!--|[A-Za-z_][\w.:-]*[\s/>])")


def looks(head: bytes) -> int:
    """Begins as a document does, in UTF-8 or UTF-16."""
    plain = head.lstrip(b"\xff\xfe").replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    return 2 * bool(START.match(plain))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_apart("xml_rows", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: the rows of the document as one table of text."""
    made, reader = Gathered(file), Reader(ways_of(file))
    for event, element in events(file, remarks):
        for cells in reader.started(element) if event == "start" else reader.ended(element):
            made.add(cells)
    for cells in reader.settled(last=True):
        made.add(cells)
    if not made.count and not reader.near:
        raise stop("path-absent", file.name, found=_said(reader.ways.rows), expected=", ".join(reader.seen))
    yield made.table()


def _said(way: Way) -> str:
    return ("//" if way.anywhere else "/") + "/".join(way.steps)


Waiting = tuple[dict[str, str], tuple[dict[str, str], ...]]


class Reader:
    """Where the stream stands: names and values from the document's element down, rows that wait for values above."""

    def __init__(self, ways: Ways) -> None:
        self.ways, self.near = ways, False
        self.seen: dict[str, None] = {}  # ways of the first elements, for the message that a path is not there
        self._names: list[str] = []
        self._values: list[dict[str, str]] = []
        self._inside = 0  # depth of the row being read
        self._waiting: list[Waiting] = []
        self._known: dict[str, str] = {}  # values kept from the document
        self._wanted = [keep for keep in ways.keep if not keep.up]
        self._highest = max((keep.up for keep in ways.keep), default=0)

    def started(self, element: Any) -> Iterator[dict[str, str]]:
        self._names.append(element.tag)
        self._values.append({f"@{local(name)}": value for name, value in element.attrib.items()})
        if not self._inside:
            self._look(element)
        return iter(())

    def _look(self, element: Any) -> None:
        if len(self.seen) < 8 and len(self._names) <= 3:
            self.seen["/" + "/".join(map(local, self._names))] = None
        self.near = self.near or fits(Way(self.ways.rows.steps[:-1], self.ways.rows.anywhere), self._names)
        if fits(self.ways.rows, self._names):
            self._inside = len(self._names)
        self._keep(element, text="")

    def ended(self, element: Any) -> Iterator[dict[str, str]]:
        depth = len(self._names)
        if self._inside == depth:
            above = tuple(self._values[:-1])
            self._waiting += [(cells, above) for cells in spread(element, self.ways.explode)]
            self._inside = 0
            release(element)
        elif not self._inside:
            self._pass(element)
        self._names.pop()
        self._values.pop()
        yield from self.settled(last=False)

    def _pass(self, element: Any) -> None:
        """An element outside the rows: its text may be wanted by them."""
        text = text_within(element)
        if text and len(self._values) > 1:
            self._values[-2].setdefault(local(element.tag), text)
        self._keep(element, text=text)
        release(element)

    def _keep(self, element: Any, *, text: str) -> None:
        for keep in self._wanted:
            value = element.get(keep.attribute, "") if keep.attribute else text
            if value and fits(Way(keep.steps), self._names):
                self._known.setdefault(keep.name, value)

    def settled(self, *, last: bool) -> Iterator[dict[str, str]]:
        """The rows whose values from above are all read."""
        ready = len(self._known) == len(self._wanted) and not (self._highest and self._above_still_open())
        if not self._waiting or not (last or ready):
            return
        for cells, above in self._waiting:
            yield cells | {keep.name: self._value(keep, above) for keep in self.ways.keep}
        self._waiting = []

    def _above_still_open(self) -> bool:
        """Whether an element whose values are wanted has not ended yet."""
        return len(self._names) > len(self._waiting[0][1]) - self._highest if self._waiting else False

    def _value(self, keep: Keep, above: tuple[dict[str, str], ...]) -> str:
        if not keep.up:
            return self._known.get(keep.name, "")
        if keep.up > len(above):
            return ""
        return above[-keep.up].get(f"@{keep.attribute}" if keep.attribute else ".".join(map(local, keep.steps)), "")
