"""XML by path: rows streamed, what is carried into them, what is spread, what is refused before a parser sees it."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from tests.intake.formats.reading import codes, refused, rows, table

TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<!-- xuất từ hệ thống --><goc xmlns="urn:a" xmlns:b="urn:b"><ky id="9">2026-01</ky>
<ds ma="D1"><hoSo a="1"><ma>x &amp; y</ma><giay t="g"><n>1</n></giay><giay><n>2</n></giay><ghi><![CDATA[<b>]]></ghi></hoSo>
<hoSo><ma>z</ma><b:k>đ</b:k><trong/></hoSo><ten>sau</ten></ds><cuoi>c</cuoi></goc>"""


def test_children_and_attributes_flattened(tmp_path: Path) -> None:
    made = table(tmp_path, "a.xml", TEXT, "xml", rows="/goc/ds/hoSo")
    assert rows(made) == [
        {"@a": "1", "ma": "x & y", "giay.@t": "g", "giay.n": "1; 2", "ghi": "<b>"},
        {"ma": "z", "k": "đ"},
    ]
    assert "trong" in made.columns


@pytest.mark.parametrize("path", ["//hoSo", "/goc/*/hoSo", "/{urn:a}goc/ds/{urn:a}hoSo", "/*/*/hoSo", "goc/ds/hoSo"])
def test_ways_of_writing_a_path(tmp_path: Path, path: str) -> None:
    assert [row["ma"] for row in rows(table(tmp_path, "a.xml", TEXT, rows=path))] == ["x & y", "z"]


def test_the_namespace_counts_only_when_it_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.xml", TEXT, rows="/goc/ds/{urn:b}hoSo")[0] == "no-rows"


def test_values_from_outside_before_and_after_the_rows(tmp_path: Path) -> None:
    keep = "/goc/ky=ky, /goc/ky/@id=so, ../@ma=ds, ../ten, /goc/cuoi=cuoi, ../../ky=ky2"
    found = rows(table(tmp_path, "a.xml", TEXT, rows="/goc/ds/hoSo", keep=keep))
    carried = {"ky": "2026-01", "so": "9", "ds": "D1", "ten": "sau", "cuoi": "c", "ky2": "2026-01"}
    assert [row.items() >= carried.items() for row in found] == [True, True]


def test_each_parent_carries_its_own(tmp_path: Path) -> None:
    text = "<r>" + "".join(f"<p><i>1</i><i>2</i><ten>t{n}</ten></p>" for n in range(3)) + "</r>"
    found = rows(table(tmp_path, "a.xml", text, rows="/r/p/i", keep="../ten=ten"))
    assert [(row["i"], row["ten"]) for row in found] == [(i, f"t{n}") for n in range(3) for i in "12"]


def test_a_list_within_a_row_is_spread(tmp_path: Path) -> None:
    found = rows(table(tmp_path, "a.xml", TEXT, rows="//hoSo", explode="giay"))
    assert [(row["ma"], row.get("giay.n"), row.get("giay.@t")) for row in found] == [
        ("x & y", "1", "g"), ("x & y", "2", None), ("z", None, None),
    ]  # fmt: skip


def test_without_a_path_each_child_of_the_document_is_a_row(tmp_path: Path) -> None:
    text = "<ds><r><a>1</a></r><r><a>2</a></r></ds>"
    assert rows(table(tmp_path, "a.xml", text)) == [{"a": "1"}, {"a": "2"}]


def test_a_path_that_is_not_there_is_told_with_what_is(tmp_path: Path) -> None:
    code, sentence = refused(tmp_path, "a.xml", TEXT, rows="/goc/danhSach/hoSo")
    assert (code, "/goc/ds" in sentence) == ("path-absent", True)


@pytest.mark.parametrize("path", ["/goc[1]/ds", "/goc/text()", "/", "/goc//ds", "/goc/@ma"])
def test_a_path_badly_written_is_told(tmp_path: Path, path: str) -> None:
    assert refused(tmp_path, "a.xml", TEXT, rows=path)[0] == "path-unclear"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("UTF-8", encoding.removesuffix("-sig")).replace("đ", "ô").replace("xuất từ hệ thống", "")
    found = rows(table(tmp_path, "a.xml", text.encode(encoding), "xml", rows="//hoSo"))
    assert found[1]["k"] == "ô"


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "cp037", "IBM-EBCDIC"])
def test_an_encoding_that_could_hide_a_declaration_is_refused(tmp_path: Path, encoding: str) -> None:
    assert refused(tmp_path, "a.xml", f'<?xml version="1.0" encoding="{encoding}"?><a/>', "xml")[0] == "xml-encoding"


def test_a_doctype_that_declares_nothing_is_passed_over(tmp_path: Path) -> None:
    made = table(tmp_path, "a.xml", '<!DOCTYPE ds SYSTEM "http://127.0.0.1:9/x.dtd"><ds><r><a>1</a></r></ds>', "xml")
    assert (rows(made), codes(made)) == ([{"a": "1"}], {"doctype-left-out"})


def test_an_include_is_an_element_like_any_other(tmp_path: Path) -> None:
    text = '<ds xmlns:xi="http://www.w3.org/2001/XInclude"><r><xi:include href="/etc/passwd" parse="text"/><a>1</a></r></ds>'
    (row,) = rows(table(tmp_path, "a.xml", text, "xml"))
    assert row == {"include.@href": "/etc/passwd", "include.@parse": "text", "a": "1"}


def test_gz_and_members_of_a_zip(tmp_path: Path) -> None:
    assert len(rows(table(tmp_path, "a.xml.gz", gzip.compress(TEXT.encode()), "xml", rows="//hoSo"))) == 2
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("1.xml", TEXT)
        box.writestr("2.xml", TEXT)
    from tests.intake.formats.reading import opened

    found = opened(tmp_path, "a.zip", out.getvalue(), "xml", rows="//hoSo")
    assert [made.where for made in found] == ["a.zip › 1.xml", "a.zip › 2.xml"]


def test_many_rows_are_streamed(tmp_path: Path) -> None:
    text = "<ds>" + "".join(f"<r><so>{i}</so><x>{'a' * 50}</x></r>" for i in range(60_000)) + "</ds>"
    found = rows(table(tmp_path, "a.xml", text, "xml", rows="/ds/r"))
    assert (len(found), found[-1]["so"]) == (60_000, "59999")


def test_broken_xml_is_told_with_its_line(tmp_path: Path) -> None:
    code, sentence = refused(tmp_path, "a.xml", TEXT[:-30], "xml", rows="//hoSo")
    assert (code, "dòng 4" in sentence) == ("xml-broken", True)
