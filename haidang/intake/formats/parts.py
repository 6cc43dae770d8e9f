"""The parts of an .xlsx looked at before a reader opens it: DTDs and entities, bombs, impossible extents, macros.

Never: parses XML (that is what these parts would abuse); it only scans bytes in blocks.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator

from haidang.intake.formats import Arrival
from haidang.intake.formats.limits import CHUNK, MAX_GRID_CELLS, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FROM
from haidang.intake.formats.refuse import megabytes, problem, stop
from haidang.intake.formats.sniff import ZIP
from haidang.words.errors import Problem

DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
CELL = re.compile(rb"<c [^>]{0,200}?r=[\"']([A-Z]{1,4})(\d{1,8})[\"']")
OVERLAP = 512


def check_parts(file: Arrival, remarks: list[Problem]) -> None:
    """Raise IntakeStopped for a workbook that is unsafe to open; an .xls passes."""
    with file.path.open("rb") as stream:
        if stream.read(4) != ZIP:
            return
    try:
        with zipfile.ZipFile(file.path) as book:
            _check_sizes(file, book)
            names = book.namelist()
            for name in names:
                if name.endswith((".xml", ".rels")):
                    _check_part(file, book, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise stop("damaged-file", file.name, found="Excel") from error
    if any("vbaProject" in name for name in names):
        remarks.append(problem("macros-not-run", file.name))
    if any("externalLinks/" in name for name in names):
        remarks.append(problem("links-not-followed", file.name))


def _check_sizes(file: Arrival, book: zipfile.ZipFile) -> None:
    infos = book.infolist()
    if len(infos) > MAX_MEMBERS:
        raise stop("too-many-members", file.name, found=len(infos), expected=MAX_MEMBERS)
    size = sum(info.file_size for info in infos)
    if size > MAX_UNPACKED // 2:
        raise stop("unpacks-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_UNPACKED // 2))
    for info in infos:
        if info.flag_bits & 0x1:
            raise stop("password-workbook", file.name)
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            raise stop("archive-bomb", file.name, found=info.filename, ratio=ratio)


def _check_part(file: Arrival, book: zipfile.ZipFile, name: str) -> None:
    sheet = name.startswith("xl/worksheets/")
    extent = Extent()
    for number, block in enumerate(_blocks(book, name)):
        if number == 0 and block[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise stop("unsafe-xml", file.name, found=name, what="UTF-16")
        if found := DTD.search(block):
            raise stop("unsafe-xml", file.name, found=name, what=found[0].decode())
        if sheet:
            extent.see(block)
    if extent.cells > MAX_GRID_CELLS:
        found_cells, most = (f"{n:,}".replace(",", ".") for n in (extent.cells, MAX_GRID_CELLS))
        raise stop("sheet-too-large", f"{file.name} › {name}", found=found_cells, expected=most)


def _blocks(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in blocks that overlap, so that nothing hides on an edge."""
    tail = b""
    with book.open(name) as part:
        while block := part.read(CHUNK):
            yield tail + block
            tail = block[-OVERLAP:]


class Extent:
    """How large a grid the cells of a sheet span, whatever its <dimension> claims."""

    def __init__(self) -> None:
        self.right = self.low = 0
        self.left = self.top = 1 << 40

    def see(self, block: bytes) -> None:
        cells = CELL.findall(block)
        columns = {column_number(letters) for letters in {letters for letters, _ in cells}}
        rows = {int(row) for _, row in cells}
        if columns:
            self.right, self.left = max(columns | {self.right}), min(columns | {self.left})
            self.low, self.top = max(rows | {self.low}), min(rows | {self.top})

    @property
    def cells(self) -> int:
        return max(0, self.right - self.left + 1) * max(0, self.low - self.top + 1) if self.right else 0


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
