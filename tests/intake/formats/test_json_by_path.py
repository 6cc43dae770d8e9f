"""JSON by path: where the rows are, what is carried into them, what is spread, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haidang.intake.formats.json_paths import steps_of
from haidang.words.errors import IntakeStopped
from tests.intake.formats.reading import SHARED, codes, real, refused, rows, table

DOCUMENT = {
    "error_code": "0",
    "header": {"don_vi": "H37"},
    "data": [
        {
            "MaHoSo": "H37-1",
            "phi": 1.50,
            "chu": {"ten": "An"},
            "giay": [{"ten": "x", "so": 1}, {"ten": "y"}],
            "ma": ["a", "b"],
        },
        {"MaHoSo": "H37-2", "giay": []},
        {"MaHoSo": "H37-3"},
    ],
    "khac": [{"z": 1}],
}
TEXT = json.dumps(DOCUMENT)


def test_rows_at_the_end_of_a_path(tmp_path: Path) -> None:
    found = rows(table(tmp_path, "a.json", TEXT, "json", rows="data[*]"))
    assert found[0] == {
        "MaHoSo": "H37-1", "phi": "1.5", "chu.ten": "An", "ma": "a; b", "giay": '[{"ten": "x", "so": "1"}, {"ten": "y"}]',
    }  # fmt: skip
    assert [row["MaHoSo"] for row in found] == ["H37-1", "H37-2", "H37-3"]


@pytest.mark.parametrize("path", ["data", "data[*]", "$.data[*]", "$.data", '"data"[*]', "'data'", ' "data" [ * ]'])
def test_ways_of_writing_a_path(tmp_path: Path, path: str) -> None:
    assert len(rows(table(tmp_path, "a.json", TEXT, rows=path))) == 3


def test_values_from_outside_are_carried_into_each_row(tmp_path: Path) -> None:
    found = rows(table(tmp_path, "a.json", TEXT, rows="data[*]", keep="header.don_vi=donVi, error_code, khac[0].z=z"))
    assert [(row["donVi"], row["error_code"], row["z"]) for row in found] == [("H37", "0", "1")] * 3


def test_rows_within_rows_reach_what_they_lie_in(tmp_path: Path) -> None:
    found = rows(
        table(tmp_path, "a.json", TEXT, rows="data[*].giay[*]", keep="..MaHoSo, ..chu.ten=chu, ...error_code=loi")
    )
    assert found == [
        {"ten": "x", "so": "1", "MaHoSo": "H37-1", "chu": "An", "loi": "0"},
        {"ten": "y", "MaHoSo": "H37-1", "chu": "An", "loi": "0"},
    ]


def test_a_list_within_a_row_is_spread_and_an_empty_one_loses_no_row(tmp_path: Path) -> None:
    found = rows(table(tmp_path, "a.json", TEXT, rows="data[*]", explode="giay"))
    assert [(row["MaHoSo"], row.get("giay.ten")) for row in found] == [
        ("H37-1", "x"), ("H37-1", "y"), ("H37-2", None), ("H37-3", None),
    ]  # fmt: skip
    assert found[1]["chu.ten"] == "An"


def test_each_line_is_a_document_of_its_own(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"tram": name, "so_do": [{"v": 1}, {"v": 2}]}) for name in ("A", "B"))
    found = rows(table(tmp_path, "a.jsonl", lines, rows="so_do[*]", keep="tram"))
    assert [(row["tram"], row["v"]) for row in found] == [("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")]
    plain = rows(table(tmp_path, "a.jsonl", lines))
    assert [row["tram"] for row in plain] == ["A", "B"]


def test_one_object_alone_is_one_row(tmp_path: Path) -> None:
    assert rows(table(tmp_path, "a.json", TEXT, rows="header")) == [{"don_vi": "H37"}]


def test_a_path_that_is_not_there_is_told_with_what_is(tmp_path: Path) -> None:
    code, sentence = refused(tmp_path, "a.json", TEXT, rows="dato[*]")
    assert code == "path-absent"
    assert "dato[*]" in sentence
    assert "error_code, header, data, khac" in sentence
    assert "Có phải “data”?" in sentence


@pytest.mark.parametrize("path", ["data[", "data[x]", "data[*", "a..b", "[-1]", "a]", "."])
def test_a_path_badly_written_is_told(tmp_path: Path, path: str) -> None:
    assert refused(tmp_path, "a.json", TEXT, rows=path)[0] == "path-unclear"


@pytest.mark.parametrize("keep", [".x", "data[*].MaHoSo", "..", "a[="])
def test_what_is_kept_must_be_one_value(tmp_path: Path, keep: str) -> None:
    assert refused(tmp_path, "a.json", TEXT, rows="data", keep=keep)[0] == "path-unclear"


def test_the_empty_list_of_a_path_has_no_rows(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.json", '{"data": []}', rows="data[*]")[0] == "no-rows"
    assert refused(tmp_path, "a.json", '{"data": null}', rows="data[*]")[0] == "no-rows"


def test_a_large_document_is_read_apart_with_the_same_answer(tmp_path: Path) -> None:
    many = {"ky": "2026-01", "data": [{"so": str(i), "ghi": "á" * 200} for i in range(15_000)]}
    made = table(tmp_path, "a.json", json.dumps(many, ensure_ascii=False), rows="data[*]", keep="ky")
    assert (tmp_path / "arrived").stat().st_size > 4 << 20
    found = rows(made)
    assert (len(found), found[-1]["so"], found[-1]["ky"]) == (15_000, "14999", "2026-01")


def test_the_declared_kind_wins_and_what_plainly_is_another_is_refused(tmp_path: Path) -> None:
    code, sentence = refused(tmp_path, "a.csv", TEXT, "csv")
    assert (code, "CSV" in sentence, "JSON" in sentence) == ("not-that-kind", True, True)
    assert refused(tmp_path, "a.json", "<html><body>Đăng nhập</body></html>", "json")[0] == "not-that-kind"
    assert refused(tmp_path, "a.csv", "<html><table><tr><td>1</table></html>", "csv")[0] == "not-that-kind"
    assert refused(tmp_path, "a.json", "a,b\n1,2\n", "json")[0] == "not-that-kind"
    assert rows(table(tmp_path, "khong-duoi", TEXT, "json", rows="header")) == [{"don_vi": "H37"}]
    assert codes(table(tmp_path, "ten.la", TEXT, "json", rows="header")) == set()


KEY = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(KEY, min_size=1, max_size=4))
def test_every_key_can_be_said_in_quotes(keys: list[str]) -> None:
    path = ".".join('"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in keys)
    assert steps_of(path, "a.json") == tuple(keys)


@settings(max_examples=100, deadline=None)
@given(path=st.text(st.sampled_from("ab.\"'[]*0 \\"), max_size=12))
def test_any_path_is_read_or_refused(path: str) -> None:
    found = outcome(path)
    assert found == "path-unclear" or isinstance(found, tuple)


def outcome(path: str) -> object:
    try:
        return steps_of(path, "a.json")
    except IntakeStopped as stopped:
        return stopped.problem.code


@real
def test_wells_of_ca_mau(tmp_path: Path) -> None:
    data = (SHARED / "water-wells-ca-mau" / "data_mqtt.json").read_bytes()
    whole = json.loads(data)
    found = rows(
        table(tmp_path, "data_mqtt.json", data, "json", rows="stations[*].data[*]", keep="..station=tram, timestamp")
    )
    assert len(found) == sum(len(station["data"]) for station in whole["stations"]) > 20
    assert found[0]["tram"] == whole["stations"][0]["station"]
    assert {row["timestamp"] for row in found} == {whole["timestamp"]}
