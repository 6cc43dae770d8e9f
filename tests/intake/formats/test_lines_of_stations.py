"""Station files of TT 10/2021 and EVE lines: separators, commas, broken and half lines, real samples."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from haidang.intake.formats import station
from tests.intake.formats.reading import SHARED, codes, real, refused, rows, table

NAME = "LS_KK_01_20261122101500.txt"
LINE = ("PM2.5", "12,5", "µg/m³", "20261122101500", "00")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", ["\t", ";", " ", "   "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_ends_and_encodings(tmp_path: Path, separator: str, newline: str, encoding: str) -> None:
    text = newline.join([separator.join(LINE), separator.join(("pH", "7.1", "-", "20261122101500", "01")), ""])
    made = table(tmp_path, NAME, text.encode(encoding), "station")
    assert rows(made) == [
        {"tram": "LS_KK_01", "chi_so": "PM2.5", "gia_tri": "12.5", "don_vi": "µg/m³", "thoi_diem": "2026-11-22T10:15:00", "trang_thai": "00", "thoi_diem_tep": "2026-11-22T10:15:00"},
        {"tram": "LS_KK_01", "chi_so": "pH", "gia_tri": "7.1", "don_vi": "-", "thoi_diem": "2026-11-22T10:15:00", "trang_thai": "01", "thoi_diem_tep": "2026-11-22T10:15:00"},
    ]  # fmt: skip
    assert made.faults == ()


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    assert rows(table(tmp_path, NAME, "\t".join(LINE) + "\n"))[0]["tram"] == "LS_KK_01"


@pytest.mark.parametrize(
    ("value", "read"),
    [("1.234,5", "1234.5"), ("-0,25", "-0.25"), ("1234.5", "1234.5"), ("NaN", "NaN"), ("1,5,2", "1,5,2")],
)
def test_decimal_commas(tmp_path: Path, value: str, read: str) -> None:
    assert rows(table(tmp_path, NAME, "\t".join(("CO", value, *LINE[2:])), "station"))[0]["gia_tri"] == read


def test_a_broken_line_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = "\t".join(LINE)
    text = "\n".join([good, "SO2\t5", "", good, "CO\t1\tmg\t20261322101500\t00", "CO\t1\tmg\t2026\t00", good, "NO\t"])
    made = table(tmp_path, NAME, text, "station")
    assert [(f.at, f.code) for f in made.faults] == [
        (1, "station-line-fields"), (3, "station-line-time"), (4, "station-line-time"), (6, "station-line-fields"),
    ]  # fmt: skip
    assert made.faults[0].found == "SO2 5"
    assert [made.locate(i)[1] for i in range(7)] == [1, 2, 4, 5, 6, 7, 8]


def test_headings_and_comments_are_notes(tmp_path: Path) -> None:
    text = "# mô phỏng\nKý hiệu\tGiá trị\tĐơn vị\tThời gian\tTrạng thái\n" + "\t".join(LINE)
    made = table(tmp_path, NAME, text, "station")
    assert (len(rows(made)), made.faults, len(made.notes)) == (1, (), 2)


def test_names(tmp_path: Path) -> None:
    text = "\t".join(LINE)
    parts = rows(table(tmp_path, "LS_NMXM_KT_01_20261122101500.txt", text, "station", file_name="tinh_co_so_tram"))[0]
    assert (parts["tinh"], parts["co_so"], parts["tram"]) == ("LS", "NMXM", "KT_01")
    assert rows(table(tmp_path, "la.txt", text, "station", station="KK9"))[0]["tram"] == "KK9"
    code, sentence = refused(tmp_path, "la.txt", text, "station")
    assert (code, "la.txt" in sentence) == ("station-unnamed", True)


@real
def test_the_sample_of_the_government_stations_is_an_ordinary_csv(tmp_path: Path) -> None:
    data = (SHARED / "envisoft-gov-stations-sample" / "sample.csv").read_bytes()
    found = rows(table(tmp_path, "sample.csv", data, "csv"))
    assert (len(found), found[0]["AQI"], found[0]["Name"]) == (8, "134", "Hà Nội: 556 Nguyễn Văn Cừ (KK)")


# EVE --------------------------------------------------------------------------------------------------------------
ALERT = {"timestamp": "2026-11-22T10:15:00.1+0700", "event_type": "alert", "src_ip": "10.0.0.1", "alert": {"signature": "Dò quét", "severity": 2}, "payload": "QUJD"}  # fmt: skip
FLOW = {"timestamp": "2026-11-22T10:15:00.1+0700", "event_type": "flow", "flow": {"bytes": 5}}


def lines(*events: object) -> str:
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def test_events_are_picked_and_flattened(tmp_path: Path) -> None:
    made = table(tmp_path, "eve.json", lines(ALERT, FLOW, ALERT), "eve", events="alert, anomaly")
    assert [(row["alert.signature"], row["alert.severity"]) for row in rows(made)] == [("Dò quét", "2")] * 2
    assert "payload" not in made.columns
    assert codes(made) == {"events-passed-over"}
    assert [made.locate(i)[1] for i in range(2)] == [1, 3]
    assert rows(table(tmp_path, "eve.json", lines(ALERT), "eve", payload="true"))[0]["payload"] == "QUJD"


def test_a_half_last_line_waits_and_another_broken_line_is_a_fault(tmp_path: Path) -> None:
    made = table(
        tmp_path, "eve.json", lines(ALERT) + '{"timestamp": \n[1]\n' + lines(ALERT) + '{"timestamp": "2026', "eve"
    )
    assert [(f.at, f.code) for f in made.faults] == [(1, "line-no-json"), (2, "line-no-json")]
    assert (made.rows, codes(made)) == (4, {"half-line-left-out"})


def test_a_whole_last_line_without_its_break_is_taken(tmp_path: Path) -> None:
    assert table(tmp_path, "eve.json", lines(ALERT, ALERT).rstrip("\n")).rows == 2


@real
@pytest.mark.parametrize(("name", "count"), [("first-org-conf-2015", 136), ("honeypot-2018", 44), ("wrccdc-2017", 161)])
def test_real_alerts(tmp_path: Path, name: str, count: int) -> None:
    data = (SHARED / "suricata-eve" / f"{name}.eve.jsonl").read_bytes()
    made = table(tmp_path, f"{name}.eve.jsonl", data, "eve", events="alert")
    assert (made.rows, made.faults, codes(made)) == (count, (), set())
    assert all(row["alert.signature"] and row["src_ip"] and row["timestamp"] for row in rows(made))


def test_telling_the_kind_takes_no_time() -> None:
    """Sixty thousand spaces once took minutes: each gap tried every length with every other."""
    started = time.monotonic()
    assert not station.LINE.match(b"CO" + b" " * 60_000)
    assert station.looks(b"CO" + b" " * 60_000) == 1
    assert time.monotonic() - started < 1
