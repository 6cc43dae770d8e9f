"""Files that are surely no tables: told by their first bytes, named by common names. Never: reads them."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM\x36", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"MZ", "Windows EXE"),
    (b"\x7fELF", "Linux ELF"),
    (b"#!", "script (#!)"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bz2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
)
OFFICE = (("word/", "Word (docx)"), ("ppt/", "PowerPoint (pptx)"), ("xl/workbook.bin", "Excel (xlsb)"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


def foreign(head: bytes, path: Path) -> str:
    """What a file is when it is surely no table ("" when it may be one)."""
    for magic, what in MAGIC:
        if head.startswith(magic):
            return what
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(ZIP):
        return _office(path)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head[:4096]:
        return "Excel 2003 (XML)"
    return ""


def _office(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if "mimetype" in names:
        return "OpenDocument"
    return next((what for part, what in OFFICE if any(n.startswith(part) for n in names)), "")
