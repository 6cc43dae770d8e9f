"""Insurance claims (QĐ 130/QĐ-BYT, amended by 4750): the envelope GIAMDINHHS with its parts XML1 … XML15 in base64.

`table` picks the part; every innermost element of it is a row, the establishment (MACSKCB) beside it. What names a
person is left out before it leaves this reader, unless `personal` is "true"; the year of birth and whether there was a
card stay. A part that cannot be read is a fault of its dossier (HOSO), the others go on.
Never: reads the document in this process (`isolated`); keeps a part that was not asked for.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from haidang.intake.formats import Arrival, RawTable, xml_rows
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_PROLOG
from haidang.intake.formats.refuse import problem, stop
from haidang.intake.formats.xml_safe import SAFE, check_start, events, local, release, text_within, within
from haidang.words.errors import IntakeStopped, Problem

KIND = "bhyt"
SUFFIXES = (".xml",)
READ = ("table", "personal")
COLUMNS = ("MACSKCB", "STT_HOSO", "MA_LK")
UNREAD = {
    "bhyt-no-base64": "bhyt-part-base64",
    "empty-file": "bhyt-part-empty",
    "unsafe-doctype": "bhyt-part-unsafe",
    "xml-encoding": "bhyt-part-unsafe",
}  # why a part cannot be read → the fault of its dossier
PERSON = re.compile(
    r"(HO_?TEN|TEN_(CHA|ME|CON|NGUOI|BO)|SO_?CCCD|CCCD|SO_?CMND|.*_CCCD|MA_?THE|MA_BN$|MA_BHXH|SO_?(SO_)?BHXH|DIA_?CHI"
    r"|DIEN_?THOAI|EMAIL|NGAY_?SINH|NGUOI_|NGHE_NGHIEP_(CHA|ME)|HOTEN).*",
)


def looks(head: bytes) -> int:
    """The envelope's own name; other XML perhaps."""
    return 3 if b"giamdinhhs" in head[:4096].lower() else min(1, xml_rows.looks(head))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file: the rows of the part that was asked for."""
    return read_apart("bhyt", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: every row of the part of every dossier."""
    envelope = Envelope(file)
    for event, element in events(file, remarks):
        name = local(element.tag).upper()
        if event == "start":
            envelope.start(name)
        else:
            envelope.end(name, element)
    yield envelope.table(remarks)


class Envelope:
    """What was read of an envelope so far: whose it is, the dossiers, the rows that wait to know whose they are."""

    def __init__(self, file: Arrival) -> None:
        self.file = file
        self.part = file.read.get("table", "XML1").strip().upper()
        self.personal = file.read.get("personal", "") == "true"
        self.whose = self.said = ""
        self.dossiers, self.depth = 0, 0
        self.parts: dict[str, None] = {}
        self.without: list[int] = []  # dossiers without the part
        self._rows: list[tuple[dict[str, str], str]] = []  # cells, and the code of a fault or ""
        self._has_part = False

    def start(self, name: str) -> None:
        self.depth += 1
        if self.depth == 1 and name != "GIAMDINHHS":
            raise stop("bhyt-no-envelope", self.file.name, found=name)
        if name == "HOSO":
            self.dossiers, self._has_part = self.dossiers + 1, False

    def end(self, name: str, element: Any) -> None:
        self.depth -= 1
        if name == "MACSKCB":
            self.whose = self.whose or text_within(element)
        elif name == "SOLUONGHOSO":
            self.said = text_within(element)
        elif name == "FILEHOSO":
            self._file(element)
        elif name == "HOSO" and not self._has_part:
            self.without.append(self.dossiers)
        if name in {"FILEHOSO", "HOSO"}:
            release(element)

    def _file(self, element: Any) -> None:
        cells = {local(child.tag).upper(): text_within(child) for child in element if isinstance(child.tag, str)}
        kind = cells.get("LOAIHOSO", "").upper()
        self.parts[kind] = None
        if kind != self.part:
            return
        self._has_part = True
        number = {"STT_HOSO": str(self.dossiers)}
        try:
            self._rows += [(row | number, "") for row in _part_rows(cells.get("NOIDUNGFILE", ""), self.file)]
        except IntakeStopped as error:
            self._rows.append((number, UNREAD.get(error.problem.code, "bhyt-part-broken")))

    def table(self, remarks: list[Problem]) -> RawTable:
        """The rows, each with its establishment; what does not add up is remarked."""
        if not self._rows:
            raise stop("bhyt-no-part", self.file.name, found=self.part, expected=", ".join(self.parts) or "–")
        made = Gathered(self.file, COLUMNS)
        for cells, code in self._rows:
            # Both say whose it is and are one heading to a contract: the envelope's stands.
            own = {name: text for name, text in cells.items() if name != "MA_CSKCB"}
            row = {"MACSKCB": self.whose or cells.get("MA_CSKCB", "")} | own | _category(cells)
            if code:
                made.broken(code, row, made.count + 1, found=cells["STT_HOSO"])
            else:
                made.add(row if self.personal else without_person(row))
        return made.table(remarks=[*remarks, *self._remarks()])

    def _remarks(self) -> Iterator[Problem]:
        if self.without and self.part == "XML1":
            numbers = ", ".join(map(str, self.without[:20]))
            yield problem("bhyt-dossiers-without", self.file.name, found=numbers, expected=self.part)
        if self.said.isdecimal() and int(self.said) != self.dossiers:
            yield problem("bhyt-count-differs", self.file.name, found=self.dossiers, expected=self.said)


def _part_rows(content: str, file: Arrival) -> Iterator[dict[str, str]]:
    """The rows of one part: innermost elements. Raises IntakeStopped for what is no base64 or no sound XML."""
    data = _decoded(content, file)
    check_start(data[:MAX_PROLOG], file, [])
    try:
        root = etree.fromstring(data, etree.XMLParser(load_dtd=False, remove_comments=True, remove_pis=True, **SAFE))
    except etree.XMLSyntaxError as error:
        raise stop("xml-broken", file.name, found=error.position[0], column=error.position[1]) from error
    for element in root.iter(etree.Element):
        within(element, 1, file)
        children = [child for child in element if isinstance(child.tag, str)]
        if children and not any(len(child) for child in children):
            yield {local(child.tag).upper(): text_within(child) for child in children}


def _decoded(content: str, file: Arrival) -> bytes:
    """The bytes of a part; XML that was not encoded is taken as it stands."""
    if content.lstrip().startswith("<"):
        return content.encode()
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise stop("bhyt-no-base64", file.name) from error


def _category(cells: dict[str, str]) -> dict[str, str]:
    """The category (three characters) of the main disease: lists of diseases are kept by it."""
    disease = cells.get("MA_BENH_CHINH", "").strip().upper()
    return {"MA_BENH_3": disease[:3]} if disease else {}


def without_person(row: dict[str, str]) -> dict[str, str]:
    """The row without what names a person; NAM_SINH and CO_BHYT say what is still needed of it."""
    kept = {name: text for name, text in row.items() if not PERSON.match(name)}
    if "NGAY_SINH" in row:
        kept["NAM_SINH"] = row["NGAY_SINH"][:4]
    if "MA_THE_BHYT" in row:
        kept["CO_BHYT"] = "1" if row["MA_THE_BHYT"] else "0"
    return kept
