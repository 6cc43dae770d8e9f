"""Formats: what comes out of files as people make them, cell by cell."""

from __future__ import annotations

import csv
import gzip
import io
import json
import unicodedata
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haidang.catalog.declared import Column, Dataset
from haidang.intake.formats import Arrival, RawTable, open_tables
from haidang.intake.formats.delimited import regular
from haidang.intake.formats.legacy import TCVN3, VNI, fit, from_mojibake, from_tcvn3, from_vni, repair_for
from haidang.intake.formats.lines import pick
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Label

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
real = pytest.mark.skipif(not SHARED.exists(), reason="the folder of real data is not beside the project")
EMPTY = Label("", "")
TEXT = "tinh,ten,so\n" + "".join(f"{i:02},Huyện Lộc Bình thứ {i},{i}\n" for i in range(1, 30))


def dataset(*columns: Column) -> Dataset:
    return Dataset("thu.nghiem", "thu", EMPTY, columns, (), "", "", "year")


def opened(tmp_path: Path, name: str, data: bytes, *columns: Column) -> list[RawTable]:
    path, scratch = tmp_path / "arrived", tmp_path / "scratch"
    path.write_bytes(data)
    scratch.mkdir(exist_ok=True)
    return list(open_tables(Arrival(path, name, dataset(*columns), scratch)))


def rows(table: RawTable) -> list[list[str | None]]:
    if table.csv is not None:
        with table.csv.open(encoding="utf-8", newline="") as stream:
            return [[cell or None for cell in row] for row in csv.reader(stream)]
    return [list(row.values()) for row in table.arrow.to_pylist()]


def codes(table: RawTable) -> set[str]:
    return {remark.code for remark in table.remarks}


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in members.items():
            box.writestr(f"csv/{name}.csv", data)
    return out.getvalue()


# CSV --------------------------------------------------------------------------------------------------------------
def test_regular_csv_goes_through_byte_for_byte(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv", TEXT.encode())
    assert table.columns == ("tinh", "ten", "so")
    assert table.csv is not None
    assert table.csv.read_bytes() == TEXT.split("\n", 1)[1].encode()
    assert (table.rows, table.first_row, table.remarks) == (29, 2, ())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_quoted_cells_with_line_breaks(tmp_path: Path, newline: str, end: str) -> None:
    text = newline.join(["a,b", '"x, ""y""","dòng 1\ndòng 2"', "3,4", '"",5']) + end.replace("\n", newline)
    (table,) = opened(tmp_path, "a.csv", text.encode())
    assert rows(table) == [['x, "y"', "dòng 1\ndòng 2"], ["3", "4"], [None, "5"]]
    assert table.rows == 3


@pytest.mark.parametrize("size", [3, 17, 64, 1000])
def test_blocks_of_any_size_give_the_same(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, quotes and letters cut by a block's edge come out whole."""
    monkeypatch.setattr("haidang.intake.formats.delimited.CHUNK", size)
    text = "a,b\r\n" + "".join(f'"ô ""{i}"" \n ế, ",{i}\r\n' for i in range(40))
    (table,) = opened(tmp_path, "a.csv", text.encode())
    assert rows(table) == [[f'ô "{i}" \n ế, ', str(i)] for i in range(40)]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators(tmp_path: Path, mark: str) -> None:
    text = f"tinh{mark}diem\n01{mark}5,25\n02{mark}1.234,5\n"
    (table,) = opened(tmp_path, "a.csv", text.encode())
    assert table.columns == ("tinh", "diem")
    assert rows(table) == [["01", "5,25"], ["02", "1.234,5"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(tmp_path: Path, codec: str) -> None:
    (table,) = opened(tmp_path, "a.csv", TEXT.encode(codec))
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]
    assert table.columns[0] == "tinh"


def old(text: str, table: dict[str, str]) -> bytes:
    """Text in an old encoding, by the table of the program turned round."""
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def test_tcvn3(tmp_path: Path) -> None:
    back = {letter: chr(byte) for byte, letter in TCVN3.items()}
    (table,) = opened(tmp_path, "a.csv", old(TEXT, back))
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]
    assert codes(table) == {"encoding-converted"}


def test_vni(tmp_path: Path) -> None:
    back = {letter: pair for pair, letter in reversed(VNI.items()) if pair[-1:].islower() or len(pair) == 1}
    (table,) = opened(tmp_path, "a.csv", old(TEXT, back))
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]


def test_windows_1258(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv", "".join(map(_tone_apart, TEXT)).encode("cp1258"))
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]


def _tone_apart(char: str) -> str:
    """A letter as Windows-1258 writes it: its tone as a sign of its own."""
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tones


def test_mojibake_is_mended_and_told(tmp_path: Path) -> None:
    wrong = "".join(_wrongly(byte) for byte in TEXT.encode())
    (table,) = opened(tmp_path, "a.csv", wrong.encode())
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]
    assert codes(table) == {"encoding-converted"}


def _wrongly(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


def test_decomposed_letters_become_nfc(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv", unicodedata.normalize("NFD", TEXT).encode())
    assert rows(table)[0] == ["01", "Huyện Lộc Bình thứ 1", "1"]


def test_good_vietnamese_is_left_alone() -> None:
    text = (
        "Quyết định số 12/QĐ-UBND ngày 3 tháng 5, khoảng 5 m², nghiêng ngả, khuya, rượu, oải, quốc, giếng, thuở, khuỷu"
    )
    assert fit(text) == 1.0
    assert repair_for(text) == ""
    assert from_mojibake(text) == text
    assert from_tcvn3("Tæng s¶n phÈm trong n\xadíc") == "Tổng sản phẩm trong nước"
    assert (
        from_vni("Thaønh phoá Hoà Chí Minh, UÛy ban, ñöôøng Ñieän Bieân")
        == "Thành phố Hồ Chí Minh, Ủy ban, đường Điện Biên"
    )


def test_title_lines_blank_rows_and_notes(tmp_path: Path) -> None:
    text = (
        "BẢNG ĐIỂM,,\nĐơn vị: điểm,,\n\ntinh,nam,diem\n01,2018,5\n,,\n02,2018,6\n03,2018,\nGhi chú: số liệu sơ bộ,,\n"
    )
    (table,) = opened(tmp_path, "a.csv", text.encode())
    assert table.columns == ("tinh", "nam", "diem")
    assert rows(table) == [["01", "2018", "5"], ["02", "2018", "6"], ["03", "2018", None]]
    assert table.notes == ("BẢNG ĐIỂM", "Đơn vị: điểm", "Ghi chú: số liệu sơ bộ")
    assert [table.locate(i)[1] for i in range(3)] == [5, 7, 8]


def test_a_row_with_only_its_key_is_data(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv", b"SBD,toan,van\n09006024,5,6\n09006025,,\n")
    assert rows(table) == [["09006024", "5", "6"], ["09006025", None, None]]
    assert table.notes == ()


def test_rows_out_of_shape_are_told_and_kept_in_place(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv", b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n")
    assert rows(table) == [["1", "2", "3"], ["1", "2", None], ["1", "2", "3"], ["5", "6", "7"]]
    assert [(f.at, f.code, f.found, f.expected, f.raw) for f in table.faults] == [
        (1, "ragged-row", "2", "3", ("1", "2")),
        (2, "ragged-row", "4", "3", ("1", "2", "3", "4")),
    ]
    assert codes(table) == {"rows-out-of-shape"}


def test_headings_known_to_the_dataset_are_found_below_a_wide_title(tmp_path: Path) -> None:
    known = Column("ma_tinh", "place", Label("Mã tỉnh", "")), Column("so_luong", "integer", Label("Số lượng", ""))
    text = "x,y,z\nbiểu,số,7\nMã tỉnh,Số lượng,Ghi\n01,5,\n"
    (table,) = opened(tmp_path, "a.csv", text.encode(), *known)
    assert table.columns == ("Mã tỉnh", "Số lượng", "Ghi")


def test_members_of_a_zip_become_one_table_that_knows_its_files(tmp_path: Path) -> None:
    data = zipped(a=b"x,y\n1,2\n3,4\n", b=b"x,y\n5,6\n", c=b"x;y\n7;8\n9\n")
    (table,) = opened(tmp_path, "diem.zip", data)
    assert rows(table) == [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"], ["9", None]]
    assert [table.locate(i) for i in range(5)] == [
        ("diem.zip › a.csv", 2), ("diem.zip › a.csv", 3), ("diem.zip › b.csv", 2), ("diem.zip › c.csv", 2), ("diem.zip › c.csv", 3),
    ]  # fmt: skip
    assert [f.at for f in table.faults] == [4]
    assert table.rows == 5


def test_members_of_other_headings_stay_apart(tmp_path: Path) -> None:
    first, second = opened(tmp_path, "a.zip", zipped(a=b"x,y\n1,2\n", b=b"x,z\n5,6\n"))
    assert (first.columns, second.columns) == (("x", "y"), ("x", "z"))
    assert second.where == "a.zip › b.csv"


def test_gz_and_gz_of_a_zip(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.csv.gz", gzip.compress(TEXT.encode()))
    assert (table.where, table.rows) == ("a.csv", 29)
    (table,) = opened(tmp_path, "a.zip.gz", gzip.compress(zipped(a=TEXT.encode())))
    assert table.rows == 29


def test_name_and_content_disagree(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, "a.xlsx", TEXT.encode())
    assert "name-says-otherwise" in codes(table)
    assert table.rows == 29


# workbooks --------------------------------------------------------------------------------------------------------
def book(tmp_path: Path) -> bytes:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        bold = made.add_format({"bold": True})
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        sheet = made.add_worksheet("Biểu 1")
        sheet.merge_range("A1:E1", "BIỂU 1. KẾT QUẢ THI", bold)
        sheet.write("E2", "Đơn vị: điểm")
        sheet.merge_range("A4:A5", "Tỉnh", bold)
        sheet.merge_range("B4:C4", "Điểm", bold)
        sheet.merge_range("D4:D5", "Ngày thi", bold)
        sheet.write("E4", "Mã")
        sheet.write_row("B5", ["Toán", "Văn"])
        sheet.write_row("A6", ["(A)", 1, 2, 3, 4])
        for row, name in enumerate(["Lạng Sơn", "Cao Bằng", unicodedata.normalize("NFD", "Hà Giang")], 6):
            sheet.write_row(row, 0, [name, 5.25, 6])
            sheet.write_datetime(row, 3, datetime(2018, 6, 25), day)
            sheet.write_string(row, 4, "00004")
        sheet.write("A11", "Ghi chú: số liệu sơ bộ")
        sheet.write_row("A14", ["Huyện", "Số dân", "Diện tích"])
        sheet.write_row("A15", ["Lộc Bình", 80000, 986.5])
        sheet.write_row("A16", ["Cao Lộc", 79000, 619])
        sheet.write_row("G14", ["Trường", "Lớp"])
        sheet.write_row("G15", ["Chu Văn An", 30])
        sheet.write_row("G16", ["Việt Bắc", 28])
        sheet.write_row("G17", ["Bình Gia", 12])
        hidden = made.add_worksheet("nháp")
        hidden.write_row("A1", ["a", "b"])
        hidden.hide()
        made.add_worksheet("bìa").write("A1", "Phụ lục")
    return path.read_bytes()


def test_a_sheet_with_merged_headings_and_several_tables(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "so-lieu.xlsx", book(tmp_path))[:2]
    assert one.where == "so-lieu.xlsx › Biểu 1 › 1"
    assert one.columns[:5] == ("Tỉnh", "Điểm › Toán", "Điểm › Văn", "Ngày thi", "Mã")
    assert rows(one)[0][:5] == ["Lạng Sơn", "5.25", "6", "2018-06-25", "00004"]
    assert rows(one)[2][0] == "Hà Giang"
    assert one.locate(0) == ("so-lieu.xlsx › Biểu 1 › 1", 7)
    assert one.notes == ("BIỂU 1. KẾT QUẢ THI", "Đơn vị: điểm", "Ghi chú: số liệu sơ bộ") or one.notes[:2] == one.notes
    assert codes(one) == {"hidden-sheet", "sheet-without-table"}
    assert two.columns[:3] == ("Huyện", "Số dân", "Diện tích")
    assert rows(two)[0][:3] == ["Lộc Bình", "80000", "986.5"]
    assert two.locate(1)[1] == 16


def test_tables_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("S")
        sheet.write_row("A1", ["Huyện", "Số dân"])
        sheet.write_row("D1", ["Trường", "Lớp", "Năm"])
        for row in range(1, 5):
            sheet.write_row(row, 0, [f"H{row}", row * 10])
            sheet.write_row(row, 3, [f"T{row}", row, 2018])
    left, right = opened(tmp_path, "b.xlsx", path.read_bytes())
    assert (left.columns, right.columns) == (("Huyện", "Số dân"), ("Trường", "Lớp", "Năm"))
    assert rows(right)[3] == ["T4", "4", "2018"]


def test_a_page_saved_as_xls(tmp_path: Path) -> None:
    page = "<html><meta charset=utf-8><table><tr><th rowspan=2>Tỉnh<th colspan=2>Điểm</tr><tr><th>Toán<th>Văn</tr>"
    page += "<tr><td>Lạng Sơn<td>5,5<td>6&nbsp;</tr></table>"
    (table,) = opened(tmp_path, "a.xls", page.encode())
    assert table.columns == ("Tỉnh", "Điểm › Toán", "Điểm › Văn")
    assert rows(table) == [["Lạng Sơn", "5,5", "6"]]
    assert codes(table) == {"name-says-otherwise"}


# JSON, Parquet ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wrap", ["{}", '{{"ok": true, "data": {}}}'])
def test_json(tmp_path: Path, wrap: str) -> None:
    text = (
        '[{"tinh": "00004", "so": 1.50, "x": {"a": true, "b": [1, 2]}}, {"tinh": null, "them": 12345678901234567890.5}]'
    )
    (table,) = opened(tmp_path, "a.json", wrap.format(text).encode())
    assert table.columns == ("tinh", "so", "x.a", "x.b", "them")
    assert rows(table) == [["00004", "1.50", "true", "1; 2", None], [None, None, None, None, "12345678901234567890.5"]]


def test_json_lines(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"a": i, "b": "ế"}, ensure_ascii=False) for i in range(5))
    (table,) = opened(tmp_path, "a.jsonl", text.encode())
    assert rows(table)[4] == ["4", "ế"]


def test_parquet(tmp_path: Path) -> None:
    out = io.BytesIO()
    columns = {
        "so": [1.0, 2.5, None], "ngay": [date(2018, 6, 25)] * 3, "luc": [datetime(2018, 6, 25), datetime(2018, 6, 25, 7, 30), None],
        "co": [True, False, None], "ma": ["00004", "", None], "nhom": pa.array(["a", "b", "a"]).dictionary_encode(),
    }  # fmt: skip
    pq.write_table(pa.table(columns), out)
    (table,) = opened(tmp_path, "a.parquet", out.getvalue())
    assert table.columns == ("so", "ngay", "luc", "co", "ma", "nhom")
    assert rows(table) == [
        ["1", "2018-06-25", "2018-06-25", "true", "00004", "a"],
        ["2.5", "2018-06-25", "2018-06-25T07:30:00", "false", None, "b"],
        [None, "2018-06-25", None, None, None, "a"],
    ]


# real files -------------------------------------------------------------------------------------------------------
@real
def test_the_exam_of_2018(tmp_path: Path) -> None:
    data = (SHARED / "exam-thpt-2018" / "nhse_2018_by_province.zip").read_bytes()
    (table,) = opened(tmp_path, "diem.zip", data)
    assert (table.rows, len(table.columns), len(table.members), table.faults) == (686_709, 17, 61, ())
    assert table.csv is not None
    with table.csv.open("rb") as stream:
        assert sum(1 for _ in stream) == 686_709
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        last = table.members[-1]
        name = next(n for n in box.namelist() if n.endswith("/" + last.where.split(" › ")[1]))
        assert last.rows == box.read(name).count(b"\n") - 1 or last.rows == box.read(name).count(b"\n")


@real
@pytest.mark.parametrize("name", ["2002-08-29-Bieu08-5.xls", "2024-12-29-02.Bieu-T12.2024.xlsx"])
def test_books_of_the_statistics_office(tmp_path: Path, name: str) -> None:
    """Every sheet gives tables or is named with the reason why not; legacy fonts come out as Vietnamese."""
    from python_calamine import CalamineWorkbook

    path = SHARED / "nso-monthly" / "excel" / name
    tables = opened(tmp_path, name, path.read_bytes())
    told = {t.where.split(" › ")[1] for t in tables} | {
        r.where.split(" › ")[1] for t in tables for r in t.remarks if " › " in r.where
    }
    assert told >= {sheet.strip() for sheet in CalamineWorkbook.from_path(path).sheet_names}
    words = " ".join(column for table in tables for column in table.columns)
    assert fit(words) > 0.97
    assert sum(table.rows for table in tables) > 300


@real
def test_a_sheet_of_2002_in_an_old_font(tmp_path: Path) -> None:
    tables = opened(tmp_path, "b.xls", (SHARED / "nso-monthly" / "excel" / "2002-08-29-Bieu08-5.xls").read_bytes())
    first = tables[0]
    assert first.columns == (
        "(1)", "Thực hiện cùng kỳ năm trước (Nghìn ha)", "Thực hiện kỳ này (Nghìn ha)", "Thực hiện kỳ này so với cùng kỳ năm trước (%)",
    )  # fmt: skip
    assert rows(first)[0] == ["1. Gieo cấy lúa mùa", "1591.6999999999998", "1454.7", "91.39285041150971"]
    assert first.notes == ("1. Sản xuất nông nghiệp đến ngày 15 tháng 8 năm 2002",)
    assert first.locate(0)[1] == 10


def test_stops_carry_their_place(tmp_path: Path) -> None:
    with pytest.raises(IntakeStopped) as caught:
        opened(tmp_path, "diem.zip", zipped(a=b"x,y\n1,2\n", b=b"\x89PNG\r\n\x1a\n.."))
    assert (caught.value.code, caught.value.problem.where) == ("not-a-table-file", "diem.zip › b.csv")


# whatever it is, nothing is lost or changed ------------------------------------------------------------------------
CELL = st.text(st.sampled_from('ab1ế",;\n |\t'), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12), end=st.sampled_from(["\n", "\r\n"]))
def test_regular_gives_what_the_row_reader_gives(
    cells: list[tuple[str, str, str]], end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way without a loop either gives the very rows the csv module reads, or leaves the file to it."""
    monkeypatch.setattr("haidang.intake.formats.delimited.CHUNK", 16)
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([("x", "y", "z"), *cells])
    sink = io.BytesIO()
    count = regular(io.BytesIO(text.getvalue().encode()), sink, 3)
    if count is not None:
        read = list(csv.reader(io.StringIO(sink.getvalue().decode(), newline="")))
        assert (read, count) == ([list(map(str, row)) for row in cells], len(cells))


@real
@pytest.mark.parametrize("change", ["half", "garbled", "head"])
@pytest.mark.parametrize("name", ["2008-09-29-Bieu0908-1.xls", "2021-12-29-03-Bieu-2021-28.12.xlsx"])
def test_broken_books_are_refused(tmp_path: Path, name: str, change: str) -> None:
    data = (SHARED / "nso-monthly" / "excel" / name).read_bytes()
    broken = bytearray(data)
    for at in range(5000, len(data), 1500):
        broken[at] ^= 0xFF
    sent = {"half": data[: len(data) // 2], "garbled": bytes(broken), "head": data[:600]}[change]
    try:
        assert all(table.rows for table in opened(tmp_path, name, sent))
    except IntakeStopped as stopped:
        problem = stopped.problem
        assert problem.code in {
            "damaged-file",
            "cut-short",
            "no-table",
            "sheet-too-large",
            "needs-too-much-memory",
            "reader-gave-up",
        }
        assert problem.where.startswith(name)


@pytest.mark.parametrize("size", [5, 64, 1 << 20])
def test_single_rows_are_picked_whole(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haidang.intake.formats.lines.CHUNK", size)
    text = [f'"ô\n""{i}""",{i}\n' if i % 3 else f"b,{i}\n" for i in range(30)]
    (tmp_path / "a.csv").write_text("".join(text))
    for wanted in ([0], [29], [1, 2, 3, 7, 28, 29], list(range(30)), []):
        pick(tmp_path / "a.csv", wanted, tmp_path / "picked.csv")
        assert (tmp_path / "picked.csv").read_text() == "".join(text[i] for i in wanted)
