"""The insurance envelope: parts out of base64, the establishment beside each row, no person in it, faults by dossier."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

from tests.intake.formats.reading import SHARED, codes, real, refused, rows, table

ONE = """<?xml version="1.0" encoding="utf-8"?>
<TONG_HOP><MA_LK>LK{0}</MA_LK><STT>1</STT><MA_BN>BN{0}</MA_BN><HO_TEN>NGUYỄN VĂN {0}</HO_TEN><SO_CCCD>020080000001</SO_CCCD>
<NGAY_SINH>198002030000</NGAY_SINH><GIOI_TINH>1</GIOI_TINH><DIA_CHI>Đông Kinh</DIA_CHI><DIEN_THOAI>0912345678</DIEN_THOAI>
<MA_THE_BHYT>{1}</MA_THE_BHYT><MA_BENH_CHINH>A90</MA_BENH_CHINH><NGAY_VAO>202611220700</NGAY_VAO><T_TONGCHI_BV>125000.5</T_TONGCHI_BV></TONG_HOP>"""
TWO = """<CHITIEU_CHITIET_THUOC><DSACH_CHI_TIET_THUOC>
<CHI_TIET_THUOC><MA_LK>LK1</MA_LK><STT>1</STT><MA_THUOC>40.1</MA_THUOC></CHI_TIET_THUOC>
<CHI_TIET_THUOC><MA_LK>LK1</MA_LK><STT>2</STT><MA_THUOC>40.2</MA_THUOC></CHI_TIET_THUOC>
</DSACH_CHI_TIET_THUOC></CHITIEU_CHITIET_THUOC>"""
BOMB = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><TONG_HOP><MA_LK>&b;</MA_LK></TONG_HOP>'
)


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def envelope(*dossiers: dict[str, str], count: int | None = None) -> str:
    inner = "".join(
        "<HOSO>"
        + "".join(
            f"<FILEHOSO><LOAIHOSO>{kind}</LOAIHOSO><NOIDUNGFILE>{content}</NOIDUNGFILE></FILEHOSO>"
            for kind, content in dossier.items()
        )
        + "</HOSO>"
        for dossier in dossiers
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><GIAMDINHHS xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<THONGTINDONVI><MACSKCB>20001</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20261122</NGAYLAP>"
        f"<SOLUONGHOSO>{len(dossiers) if count is None else count}</SOLUONGHOSO><DANHSACHHOSO>{inner}</DANHSACHHOSO>"
        "</THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>"
    )


def full() -> str:
    return envelope(
        {"XML1": coded(ONE.format(1, "GD4202012345678")), "XML2": coded(TWO)}, {"XML1": coded(ONE.format(2, ""))}
    )


def test_a_row_for_each_dossier_without_the_person(tmp_path: Path) -> None:
    made = table(tmp_path, "20001_2611.xml", full(), "bhyt", table="XML1")
    first, second = rows(made)
    assert first == {
        "MACSKCB": "20001", "STT_HOSO": "1", "MA_LK": "LK1", "STT": "1", "GIOI_TINH": "1", "MA_BENH_CHINH": "A90", "MA_BENH_3": "A90",
        "NGAY_VAO": "202611220700", "T_TONGCHI_BV": "125000.5", "NAM_SINH": "1980", "CO_BHYT": "1",
    }  # fmt: skip
    assert (second["MA_LK"], second["CO_BHYT"], second["STT_HOSO"]) == ("LK2", "0", "2")
    everything = str(made.arrow.to_pylist()) + str(made.columns)
    for personal in ("NGUYỄN", "020080000001", "0912345678", "GD42", "Đông Kinh", "BN1", "HO_TEN", "SO_CCCD", "0203"):
        assert personal not in everything


def test_persons_only_when_they_are_asked_for(tmp_path: Path) -> None:
    first = rows(table(tmp_path, "a.xml", full(), "bhyt", personal="true"))[0]
    assert (first["HO_TEN"], first["MA_THE_BHYT"], first["NGAY_SINH"]) == (
        "NGUYỄN VĂN 1",
        "GD4202012345678",
        "198002030000",
    )


def test_another_part(tmp_path: Path) -> None:
    found = rows(table(tmp_path, "a.xml", full(), "bhyt", table="xml2"))
    assert [(row["MACSKCB"], row["MA_LK"], row["MA_THUOC"]) for row in found] == [
        ("20001", "LK1", "40.1"),
        ("20001", "LK1", "40.2"),
    ]


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    code, sentence = refused(tmp_path, "a.xml", full(), "bhyt", table="XML7")
    assert (code, "XML1, XML2" in sentence) == ("bhyt-no-part", True)


@pytest.mark.parametrize(
    "change", [str.lower, lambda s: s.replace("<HOSO>", "<n:HOSO>").replace("</HOSO>", "</n:HOSO>")]
)
def test_case_and_prefixes_do_not_matter(tmp_path: Path, change: object) -> None:
    parts = full().split("<NOIDUNGFILE>")
    text = "<NOIDUNGFILE>".join([parts[0], *parts[1:]])
    assert callable(change)
    kept = {coded(ONE.format(1, "GD4202012345678")): "@1", coded(TWO): "@2", coded(ONE.format(2, "")): "@3"}
    for content, mark in kept.items():
        text = text.replace(content, mark)
    text = change(text).replace("<giamdinhhs", "<GIAMDINHHS").replace("</giamdinhhs", "</GIAMDINHHS")
    text = text.replace("<GIAMDINHHS", '<GIAMDINHHS xmlns:n="urn:n"', 1)
    for content, mark in kept.items():
        text = text.replace(mark, content)
    assert [row["MA_LK"] for row in rows(table(tmp_path, "a.xml", text, "bhyt"))] == ["LK1", "LK2"]


def test_a_dossier_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    good = coded(ONE.format(5, "x"))
    text = envelope(
        {"XML1": "!!! không phải base64"}, {"XML1": coded(BOMB)}, {"XML1": ""}, {"XML1": coded("<TONG_HOP><MA_LK>")}, {"XML1": good},
        {"XML2": coded(TWO)}, count=9,
    )  # fmt: skip
    made = table(tmp_path, "a.xml", text, "bhyt")
    assert [(f.at, f.code, f.found) for f in made.faults] == [
        (0, "bhyt-part-base64", "1"), (1, "bhyt-part-unsafe", "2"), (2, "bhyt-part-empty", "3"), (3, "bhyt-part-broken", "4"),
    ]  # fmt: skip
    assert rows(made)[4]["MA_LK"] == "LK5"
    assert codes(made) == {"bhyt-count-differs", "bhyt-dossiers-without"}


def test_a_part_that_was_not_encoded_and_a_packed_envelope(tmp_path: Path) -> None:
    plain = ONE.format(7, "x").split("?>", 1)[1]
    text = envelope({"XML1": f"<![CDATA[{plain}]]>"})
    assert rows(table(tmp_path, "a.xml.gz", gzip.compress(text.encode()), "bhyt"))[0]["MA_LK"] == "LK7"


def test_another_document_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.xml", "<GIAMDINH><GIAMDINHHS/></GIAMDINH>", "bhyt")[0] == "bhyt-no-envelope"
    assert refused(tmp_path, "a.xml", "<ds><r><a>1</a></r></ds>", "bhyt")[0] == "not-that-kind"


def test_many_dossiers(tmp_path: Path) -> None:
    text = envelope(*({"XML1": coded(ONE.format(i, "x")), "XML2": coded(TWO)} for i in range(3000)))
    found = rows(table(tmp_path, "a.xml", text, "bhyt"))
    assert (len(found), found[-1]["MA_LK"], found[-1]["STT_HOSO"]) == (3000, "LK2999", "3000")


@real
def test_the_empty_envelope(tmp_path: Path) -> None:
    data = (SHARED / "bhyt-xml-4750-envelope" / "giamdinhhs_envelope.xml").read_bytes()
    made = table(tmp_path, "e.xml", data)
    assert [fault.code for fault in made.faults] == ["bhyt-part-empty"]
