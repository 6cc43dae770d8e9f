"""A file's way into the lake: what lands, what is set aside and why, what a repeat and a correction do."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from haidang.intake import actions, clock, reads
from haidang.words.errors import Absent, IntakeStopped, Problem
from haidang.words.texts import say
from tests.intake.conftest import OFFICER, Centre

HEAD = "SBD,HỘI ĐỒNG,TOÁN,mon,ngay,lai"
GOOD = ("a1,10,5,6,25/06/2018,không", "a2,10,7.5,6,2018-06-25,có", "a3,10,,4,43276,")


def test_a_good_file_lands_typed_placed_and_dated(centre: Centre) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD)
    assert (landed.read, landed.landed, landed.set_aside, landed.reasons) == (3, 3, 0, {})
    first, second, third = centre.facts("thu.diem")
    assert (first["khoa"], first["tinh"], first["nam"], first["toan"], first["mon"]) == ("a1", "20", 2018, 5.0, 6)
    assert (first["ngay"], second["ngay"], third["ngay"]) == (date(2018, 6, 25), date(2018, 6, 25), date(2018, 6, 25))
    assert (first["lai"], second["lai"], third["lai"], third["toan"]) == (False, True, None, None)
    assert (first["_unit"][:3], first["_period"], first["_end"]) == ("20@", "2018", date(2018, 12, 31))
    assert (first["_row"], first["_run"], first["_mark"]) == (2, landed.run, "")
    assert centre.value("thu.diem-toan") == [pytest.approx(6.25)]
    assert centre.lake.snapshot() == landed.snapshot


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("b1,10,bảy,6,,", "toan", "not-a-number"),
        ("b1,10,nan,6,,", "toan", "not-a-number"),
        ("b1,10,11,6,,", "toan", "above-max"),
        ("b1,10,-0.5,6,,", "toan", "below-min"),
        ("b1,10,5,6.5,,", "mon", "not-an-integer"),
        ("b1,10,5,6,31/02/2018,", "ngay", "not-a-date"),
        ("b1,10,5,6,06/25/2018,", "ngay", "not-a-date"),
        ("b1,10,5,6,,có lẽ", "lai", "not-a-boolean"),
        ("b1,99,5,6,,", "tinh", "not-in-list"),
        ("b1,,5,6,,", "tinh", "required-missing"),
        (",10,5,6,,", "khoa", "required-missing"),
        ("12345,10,5,6,,", "khoa", "bad-pattern"),
        ("a1,10,9,6,,", "khoa", "duplicate-key"),
        (GOOD[0], "khoa", "duplicate-row"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(centre: Centre, line: str, column: str, code: str) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD, line)
    assert landed.reasons == {code: 1}
    assert (landed.landed, landed.set_aside) == (3, 1)
    (reject,) = centre.rejects()
    assert (reject["column"], reject["code"], reject["row"], reject["state"]) == (column, code, 5, "open")
    assert (reject["run"], reject["dataset"], reject["pack"]) == (landed.run, "thu.diem", "thu")
    assert [row["khoa"] for row in centre.facts("thu.diem")] == ["a1", "a2", "a3"]
    assert say(Problem(code, found=reject["found"], expected=reject["expected"])) != code


def test_one_bad_number_does_not_change_how_the_others_are_read(centre: Centre) -> None:
    centre.land("thu.diem", HEAD, "a1,10,6.121,6,,", "a2,10,x,6,,", "a3,10,7.250,6,,")
    assert [row["toan"] for row in centre.facts("thu.diem")] == [6.121, 7.25]


def test_vietnamese_numbers(centre: Centre) -> None:
    centre.land("thu.dich", "tinh;thang;ca;nam;nu", "20;9/2018;1.234;1.000;234", "20;Tháng 10 năm 2018;2.000;-;2.000")
    assert [(r["_period"], r["ca"], r["nam"]) for r in centre.facts("thu.dich")] == [
        ("2018-09", 1234, 1000),
        ("2018-10", 2000, None),
    ]


def test_the_same_bytes_land_nothing_again(centre: Centre) -> None:
    first = centre.land("thu.diem", HEAD, *GOOD)
    snapshot = centre.lake.snapshot()
    again = centre.land("thu.diem", HEAD, *GOOD, name="ten-khac.csv")
    assert (again.repeated, again.landed, again.unchanged, again.read) == (True, 0, 3, 3)
    assert again.run == first.run
    assert centre.lake.snapshot() == snapshot


def test_a_correction_supersedes_and_yesterday_stays_known(centre: Centre) -> None:
    monday = datetime(2026, 3, 2, 3, tzinfo=UTC)
    with clock.at(monday):
        centre.land("thu.diem", HEAD, *GOOD)
    with clock.at(monday.replace(day=4)):
        landed = centre.land("thu.diem", HEAD, GOOD[0], "a2,10,8.5,6,2018-06-25,có", "a4,10,3,6,,")
    assert (landed.landed, landed.unchanged, landed.superseded) == (2, 1, 1)
    assert [row["toan"] for row in centre.facts("thu.diem") if row["khoa"] == "a2"] == [8.5]
    assert centre.value("thu.diem-toan") == [pytest.approx((5 + 8.5 + 3) / 3)]
    before = centre.lake.snapshot_at(monday.replace(day=3))
    assert [row["toan"] for row in centre.facts("thu.diem", before) if row["khoa"] == "a2"] == [7.5]
    assert centre.value("thu.diem-toan", snapshot=before) == [pytest.approx(6.25)]


def test_observations_of_a_coarser_grain_see_the_whole_year(centre: Centre) -> None:
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,10", "20,2018-02,20", "20,2017-12,99")
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-03,5")
    assert centre.value("thu.so-ca") == [99, 35]


def test_names_of_places_and_places_of_their_time(centre: Centre) -> None:
    landed = centre.land(
        "thu.dich",
        "tinh,thang,ca",
        "Lang Son,2018-01,1",
        "tỉnh Lâm Đồng,2018-01,2",
        "Lâm Đồng,2025-09,3",
        "60,2025-09,4",
    )
    assert landed.reasons == {"place-not-in-force": 1}
    units = [(row["tinh"], row["_unit"].partition("@")[2]) for row in centre.facts("thu.dich")]
    assert [code for code, _ in units] == ["20", "68", "68"]
    assert units[2][1] == "2025-07-01"
    assert units[1][1] < "2018"


def test_a_group_that_was_cut_off_is_set_aside_whole_and_can_be_accepted(centre: Centre) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD, "c1,42,9,6,,")
    assert landed.reasons == {"volume": 1}
    (reject,) = centre.rejects()
    assert (reject["found"], reject["expected"], reject["unit"][:2]) == ("1", "2", "68")
    accepted = actions.accept(OFFICER, landed.run, "volume")
    assert (accepted.read, accepted.landed) == (1, 1)
    (row,) = [row for row in centre.facts("thu.diem") if row["khoa"] == "c1"]
    assert (row["_mark"], row["_row"], row["_run"]) == ("volume", 5, accepted.run)
    assert [(r["state"], r["by_run"]) for r in centre.rejects()] == [("accepted", accepted.run)]
    assert centre.value("thu.diem-toan", "68@") == [9]
    with pytest.raises(Absent, match="no-such-rejects"):
        actions.accept(OFFICER, landed.run, "volume")
    with pytest.raises(IntakeStopped, match="cannot-accept-duplicates"):
        actions.accept(OFFICER, landed.run, "duplicate-key")


def test_a_row_is_mended_and_replayed(centre: Centre) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD, "b1,10,75,6,25/06/2018,")
    (reject,) = centre.rejects()
    with pytest.raises(IntakeStopped, match="above-max"):
        actions.mend(OFFICER, reject["id"], {"toan": "57"})
    assert centre.rejects()[0]["state"] == "open"
    mended = actions.mend(OFFICER, reject["id"], {"toan": "7.5"})
    assert (mended.landed, mended.set_aside) == (1, 0)
    assert centre.rejects() == [{**reject, "state": "mended", "by_run": mended.run}]
    (row,) = [row for row in centre.facts("thu.diem") if row["khoa"] == "b1"]
    assert (row["toan"], row["_row"], row["ngay"]) == (7.5, 5, date(2018, 6, 25))
    assert reads.run(mended.run).kind == "mend"
    assert landed.run != mended.run
    with pytest.raises(Absent, match="unknown-reject"):
        actions.mend(OFFICER, reject["id"], {"toan": "8"})


def test_a_row_is_discarded_and_taken_back(centre: Centre) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD, "b1,10,75,6,,")
    (reject,) = centre.rejects()
    actions.discard(OFFICER, reject["id"], "gõ nhầm")
    assert centre.rejects()[0]["state"] == "discarded"
    note = reads.run(landed.run).log[-1]
    assert (note["code"], note["why"], note["actor"]) == ("reject-discarded", "gõ nhầm", "so-giao-duc")
    actions.reopen(OFFICER, reject["id"])
    assert centre.rejects()[0]["state"] == "open"
    with pytest.raises(Absent, match="unknown-reject"):
        actions.reopen(OFFICER, reject["id"])


def test_a_file_without_a_needed_column_stops_and_names_the_nearest(centre: Centre) -> None:
    with pytest.raises(IntakeStopped) as stopped:
        centre.land("thu.diem", "SBD,HOI DONGG,TOAN", "a1,10,5")
    assert stopped.value.problem.code == "missing-column"
    assert stopped.value.problem.nearest == "HOI DONGG"
    (face,) = reads.runs()
    assert (face.state, face.problem["code"], face.landed) == ("stopped", "missing-column", 0)
    assert not centre.lake.has("thu__diem")
    assert not centre.rejects()


def test_headings_by_title_and_unknown_ones_are_noted(centre: Centre) -> None:
    landed = centre.land("thu.diem", "khóa,TỈNH,Toán,Ghi chú", "a1,10,5,x", "a2,10,6,y")
    assert landed.landed == 2
    assert {"code": "unknown-heading", "where": "tep.csv", "found": "Ghi chú"} in reads.run(landed.run).log


def test_rows_of_a_zip_are_told_by_member_and_line(centre: Centre) -> None:
    file = centre.home.parent / "tep.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.csv", f"{HEAD}\n{GOOD[0]}\n{GOOD[1]}\n")
        archive.writestr("2.csv", f"{HEAD}\n{GOOD[2]}\nb1,10,75,6,,\n")
    landed = actions.import_file(OFFICER, "thu.diem", file)
    assert (landed.read, landed.landed) == (4, 3)
    (reject,) = centre.rejects()
    assert reject["sheet"].endswith("2.csv")
    assert reject["row"] == 3
    assert [row["_row"] for row in centre.facts("thu.diem")] == [2, 2, 3]


def test_rows_that_contradict_themselves(centre: Centre) -> None:
    landed = centre.land(
        "thu.dich", "tinh,thang,ca,nam,nu", "20,2018-01,5,2,3", "20,2018-02,5,2,2", "68,2018-01,5,6,-1"
    )
    assert landed.reasons == {"compare": 1, "sum": 1}


def test_stop_lands_nothing(centre: Centre) -> None:
    centre.declare(on_bad="stop")
    with pytest.raises(IntakeStopped, match="not-an-integer"):
        centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,5", "20,2018-02,năm")
    assert "3" in reads.runs()[0].problem["where"]
    assert not centre.lake.has("thu__dich")


def test_mark_lands_what_can_stand(centre: Centre) -> None:
    centre.declare(on_bad="mark", on_fail="mark")
    landed = centre.land("thu.dich", "tinh,thang,ca,nam", "20,2018-01,x,", "zz,2018-01,1,", "20,2018-03,5,9")
    assert (landed.landed, landed.reasons) == (2, {"unknown-place": 1})
    assert [(r["ca"], r["_mark"]) for r in centre.facts("thu.dich")] == [(None, "not-an-integer"), (5, "compare")]


def test_a_table_grows_with_its_declaration(centre: Centre) -> None:
    first = centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,5")
    file = centre.packs / "thu" / "datasets" / "dich.yaml"
    from haidang.catalog import declared as catalog

    file.write_text(
        file.read_text().replace("columns:\n", "columns:\n  moi: {type: text, title: {vi: Mới, en: New}}\n")
    )
    catalog.forget()
    centre.land("thu.dich", "tinh,thang,ca,moi", "20,2018-02,6,x")
    assert [row["moi"] for row in centre.facts("thu.dich")] in ([None, "x"], ["x", None])
    assert "moi" not in centre.facts("thu.dich", first.snapshot)[0]


def test_an_empty_and_a_missing_file_are_refused(centre: Centre) -> None:
    with pytest.raises(IntakeStopped, match="file-missing"):
        actions.import_file(OFFICER, "thu.diem", centre.home / "none.csv")
    empty = centre.home.parent / "empty.csv"
    empty.touch()
    with pytest.raises(IntakeStopped, match="empty-file"):
        actions.import_file(OFFICER, "thu.diem", empty)
    assert not reads.runs()
    with pytest.raises(Absent, match="unknown-dataset"):
        actions.import_file(OFFICER, "thu.khong", empty)


def test_received_now_and_landed_by_the_worker(centre: Centre) -> None:
    file = centre.home.parent / "a.csv"
    file.write_text("\n".join((HEAD, *GOOD)))
    run = actions.receive(OFFICER, "thu.diem", file, name="diem.csv")
    file.unlink()
    assert reads.unfinished() == (run,)
    steps: list[str] = []
    assert actions.land(run, progress=lambda step, done, of: steps.append(step)).landed == 3
    assert steps == ["read", "check", "merge", "set-aside", "derive", "commit"]
    assert reads.unfinished() == ()
    face = reads.run(run)
    assert (face.state, face.file, face.landed, face.snapshot) == ("landed", "diem.csv", 3, centre.lake.snapshot())
    assert actions.land(run).repeated


def test_pages_read_rejects_by_reason(centre: Centre) -> None:
    landed = centre.land("thu.diem", HEAD, *GOOD, "b1,10,75,6,,", "b2,10,x,6,,", "b3,10,80,6,,")
    rows, total = reads.rejects(landed.run, code="above-max", limit=1)
    assert (total, len(rows), rows[0]["row"]) == (2, 1, 5)
    assert reads.reject(rows[0]["id"])["found"] == "75"


def test_rows_set_aside_keep_their_text_as_it_stood(centre: Centre) -> None:
    """Also where cells hold line breaks, and where the rows set aside stand apart from each other."""
    lines = [
        '"a1",10,5.50,6,,',
        '"b\n1",10," 7.0",6,,',
        "a2,10,6,6,,",
        "a3,10,6.0,6,,",
        "a2,10,6.00,06,,",
        "c1,42,9.0,6,,",
    ]
    landed = centre.land("thu.diem", HEAD, *lines)
    assert landed.reasons == {"bad-pattern": 1, "duplicate-row": 1, "volume": 1}
    told = {reject["code"]: (reject["row"], json.loads(reject["raw"])) for reject in centre.rejects()}
    assert [told[code][0] for code in ("bad-pattern", "duplicate-row", "volume")] == [3, 6, 7]
    assert (told["bad-pattern"][1]["khoa"], told["bad-pattern"][1]["toan"]) == ("b\n1", " 7.0")
    assert (told["duplicate-row"][1]["toan"], told["duplicate-row"][1]["mon"]) == ("6.00", "06")
    assert (told["volume"][1]["khoa"], told["volume"][1]["toan"], told["volume"][1]["ngay"]) == ("c1", "9.0", None)


def test_tables_of_other_headings_land_together(centre: Centre) -> None:
    file = centre.home.parent / "tep.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.csv", f"{HEAD}\n{GOOD[0]}\nb1,10,75,6,,\n")
        archive.writestr("2.csv", "Khóa,TỈNH,Toán\na2,10,7\nb2,10,76\n")
    landed = actions.import_file(OFFICER, "thu.diem", file)
    assert (landed.read, landed.landed, landed.reasons) == (4, 2, {"above-max": 2})
    assert [(r["sheet"].rpartition(" ")[2], r["row"], r["found"]) for r in centre.rejects()] == [
        ("1.csv", 3, "75"),
        ("2.csv", 3, "76"),
    ]
