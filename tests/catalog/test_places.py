"""The real register: what the country was and is, by count and by case; and importing an update."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from haidang.catalog import places as catalog_places
from haidang.catalog.places import import_update, register_of
from haidang.words.errors import PackProblem
from haidang.words.places import Register
from haidang.words.texts import say, texts

EVE, REFORM, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)
HEAD = "day,code,name,parent,from\n"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register_of(tmp_path_factory.mktemp("home"))


def codes(units: object) -> set[str]:
    return {u.code for u in units}  # type: ignore[attr-defined]  # any iterable of units


def test_the_country_counts_right_before_and_after(places: Register) -> None:
    count = {
        (level, day): len(places.of_level(level, day))
        for level in ("province", "district", "commune")
        for day in (EVE, TODAY)
    }
    assert count["province", EVE] == 63
    assert count["province", TODAY] == 34
    assert (count["district", EVE], count["district", TODAY]) == (696, 0)
    assert count["commune", TODAY] == 3321
    # The published list of 10,040 lowest units: 10,035 communes, and five island districts without any.
    bare_islands = [u for u in places.of_level("district", EVE) if not places.children(u.id, EVE)]
    assert count["commune", EVE] + len(bare_islands) == 10_040
    assert codes(bare_islands) == {"318", "471", "498", "536", "755"}


def test_kinds_of_communes_today_and_before_dong_nai_was_a_city(places: Register) -> None:
    kinds = Counter(u.kind for u in places.of_level("commune", TODAY))
    assert kinds == {"phuong": 697, "xa": 2611, "dac-khu": 13}
    assert Counter(u.kind for u in places.of_level("commune", date(2026, 4, 29)))["phuong"] == 687


def test_dong_nai_a_city_from_2026_04_30(places: Register) -> None:
    assert places.resolve("75", date(2026, 4, 29)).name == "Tỉnh Đồng Nai"
    city = places.resolve("75", TODAY)
    assert (city.id, city.name, city.kind) == ("75@2026-04-30", "Thành phố Đồng Nai", "thanh-pho")
    assert places.predecessors(city.id)[0].whole
    assert len(places.children(city.id, TODAY)) == 95
    assert places.territory(city.id) == places.territory("75@2025-07-01")
    assert codes(u for u, _ in places.parts(city.id, date(2018, 12, 31))) == {"75", "70"}


def test_binh_thuan_ended(places: Register) -> None:
    unit = places.resolve("60", TODAY)
    assert (unit.name, unit.end) == ("Tỉnh Bình Thuận", EVE)
    assert [s.new for s in places.successors(unit.id)] == ["68@2025-07-01"]
    assert codes(u for u, whole in places.parts(unit.id, TODAY) if whole) <= codes(
        places.children("68@2025-07-01", TODAY)
    )


def test_lam_dong_of_today_is_three_old_provinces(places: Register) -> None:
    assert [(u.code, w) for u, w in places.parts("68@2025-07-01", date(2018, 12, 31))] == [
        ("60", True),
        ("67", True),
        ("68", True),
    ]
    inside = places.territory("68@2025-07-01")
    assert {places.resolve(f"{code}@2024", TODAY).id for code in ("60", "67", "68")} <= inside
    assert codes(places.children("68@2025-07-01", TODAY)) <= {i.split("@")[0] for i in inside}
    assert len(places.children("68@2025-07-01", TODAY)) == 124
    assert places.resolve("68@2024", TODAY).id not in {"68@2025-07-01"}


def test_lang_son_kept_its_territory_and_changed_its_children(places: Register) -> None:
    unit = places.resolve("20", TODAY)
    assert unit is places.resolve("20@1999", TODAY)
    assert Counter(u.kind for u in places.children(unit.id, TODAY)) == {"phuong": 4, "xa": 61}
    assert {u.level for u in places.children(unit.id, date(2024, 1, 1))} == {"district"}
    assert len(places.children(unit.id, date(2024, 1, 1))) == 11


def test_a_reused_code_is_another_place(places: Register) -> None:
    assert places.at("00004", EVE).name == "Phường Trúc Bạch"  # type: ignore[union-attr]  # it stands
    assert places.at("00004", TODAY).name == "Phường Ba Đình"  # type: ignore[union-attr]  # it stands
    parts = {u.name: whole for u, whole in places.parts("00004@2025-07-01", EVE)}
    assert parts["Phường Trúc Bạch"]
    assert not parts["Phường Đội Cấn"]  # Ngọc Hà got the rest of it
    assert "01@1976-07-02" not in places.territory("00004@2025-07-01")


def test_every_old_commune_went_somewhere_and_every_new_one_came_from_somewhere(places: Register) -> None:
    for unit in places.of_level("commune", EVE):
        steps = places.successors(unit.id)
        assert steps, unit
        assert all(step.whole == (len(steps) == 1) for step in steps)
    assert all(places.predecessors(u.id) for u in places.of_level("commune", REFORM))


def test_an_island_district_without_communes_became_a_zone(places: Register) -> None:
    assert [(u.name, w) for u, w in places.parts("20333@2025-07-01", EVE)] == [("Huyện Hoàng Sa", True)]
    assert codes(u for u, _ in places.parts("22736@2025-07-01", EVE)) == {"22736", "22737", "22739"}


def test_hanoi_before_2008_was_smaller(places: Register) -> None:
    assert {(u.id, w) for u, w in places.parts("01@2008-08-01", date(2007, 12, 31))} == {
        ("01@1976-07-02", True),
        ("28@1976-07-02", True),
    }
    assert "28@1976-07-02" not in places.territory("01@1976-07-02")


def test_older_splits_are_parts_unless_they_came_together_again(places: Register) -> None:
    assert [(u.name, w) for u, w in places.parts("24@2025-07-01", date(1995, 12, 31))] == [("Tỉnh Hà Bắc", True)]
    assert ("66@1976-07-02", False) in {(u.id, w) for u, w in places.parts("68@2025-07-01", date(2003, 12, 31))}


def test_every_commune_lies_in_a_province_that_stood(places: Register) -> None:
    for day in (EVE, REFORM, TODAY):
        for unit in places.of_level("commune", day):
            province = next(u for u in places.above(unit.id, day) if u.level == "province")
            assert province.stands(day), unit


def test_every_place_of_before_lies_in_exactly_one_province_of_today(places: Register) -> None:
    territories = [places.territory(u.id) for u in places.of_level("province", TODAY)]
    for level in ("province", "district", "commune"):
        for unit in places.of_level(level, EVE):
            assert sum(unit.id in territory for territory in territories) == 1, unit


def test_communes_of_today_share_no_ground(places: Register) -> None:
    seen: dict[str, str] = {}
    for unit in places.of_level("commune", TODAY):
        for inside in places.territory(unit.id):
            assert seen.setdefault(inside, unit.id) == unit.id, inside


def test_the_load_is_quick() -> None:
    catalog_places._shipped.cache_clear()
    catalog_places._cached.cache_clear()
    began = time.perf_counter()
    places = register_of(Path("/nonexistent"))
    places.find("dong dang")
    assert time.perf_counter() - began < 3.0  # 0.5 s on a quiet machine; the tests share theirs


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("dong dang", "06184@2025-07-01"),
        ("Đồng Đăng", "06184@2025-07-01"),
        ("BRVT", "77@1976-07-02"),
        ("TP HCM", "79@2025-07-01"),
        ("HO CHI MINH CITY", "79@2025-07-01"),
        ("Thua Thien Hue", "46@2025-01-01"),
        ("BA RIA-VUNG TAU", "77@1976-07-02"),
        ("HA NOI CITY", "01@2008-08-01"),
        ("Đăk Lăk", "66@2025-07-01"),
        ("lang son", "20@1976-07-02"),
        ("Hoàng Sa", "20333@2025-07-01"),
    ],
)
def test_names_as_they_come(places: Register, typed: str, unit: str) -> None:
    assert places.find(typed)[0].id == unit


def test_dong_dang_is_found_as_it_is_and_as_it_was(places: Register) -> None:
    assert [(u.name, u.code) for u in places.find("dong dang")] == [
        ("Xã Đồng Đăng", "06184"),
        ("Thị trấn Đồng Đăng", "06184"),
    ]


def test_a_foreign_name_of_a_year_is_that_years_province(places: Register) -> None:
    assert places.find("Ha Tay", day=date(2005, 12, 31), level="province")[0].code == "28"
    assert places.find("Ha Tay", day=TODAY, level="province") == ()


def test_old_series_name_a_province_of_before_its_split_by_a_successor(places: Register) -> None:
    for name, then in (
        ("BAC GIANG", "Tỉnh Hà Bắc"),
        ("CA MAU", "Tỉnh Minh Hải"),
        ("Quảng Nam", "Tỉnh Quảng Nam - Đà Nẵng"),
    ):
        assert places.find(name, day=date(1995, 12, 31), level="province")[0].name == then
    assert places.find("Bắc Giang", day=TODAY, level="province") == ()


def test_a_type_word_is_no_part_of_a_name(places: Register) -> None:
    assert {u.code for u in places.find("HA TINH", level="province")} == {"42"}


# -- updates ---------------------------------------------------------------------------------------------------------


def update(folder: Path, rows: str, head: str = HEAD) -> Path:
    file = folder / "thay-doi.csv"
    file.write_text(head + rows, encoding="utf-8")
    return file


def test_an_update_begins_new_units_and_ends_old_ones(tmp_path: Path) -> None:
    file = update(tmp_path, "2027-01-01,06184,Phường Đồng Đăng,20,06184\n")
    done = import_update(file, tmp_path)
    assert [u.id for u in done.begun] == ["06184@2027-01-01"]
    assert [u.id for u in done.ended] == ["06184@2025-07-01"]
    places = register_of(tmp_path)
    assert places.resolve("06184", date(2027, 1, 1)).name == "Phường Đồng Đăng"
    assert places.resolve("06184", TODAY).name == "Xã Đồng Đăng"
    assert places.resolve("06184", TODAY).lat == places.resolve("06184", date(2027, 1, 1)).lat
    assert len(places.children("20@1976-07-02", date(2027, 1, 1))) == 65


def test_the_same_update_again_changes_nothing(tmp_path: Path) -> None:
    file = update(tmp_path, "2027-01-01,06184,Phường Đồng Đăng,20,06184\n")
    import_update(file, tmp_path)
    again = import_update(file, tmp_path)
    assert (again.begun, again.ended) == ((), ())
    assert len(list((tmp_path / "places").iterdir())) == 1


def test_a_merger_and_a_split_of_one_day(tmp_path: Path) -> None:
    rows = (
        "2027-01-01,05977,Phường Đông Kinh,20,05977 05983:part\n2027-01-01,05983,Phường Lương Văn Tri,20,05983:part\n"
    )
    import_update(update(tmp_path, rows), tmp_path)
    parts = register_of(tmp_path).parts("05977@2027-01-01", TODAY)
    assert {(u.id, w) for u, w in parts} == {("05977@2025-07-01", True), ("05983@2025-07-01", False)}


def test_two_provinces_become_one_with_all_their_communes(tmp_path: Path) -> None:
    before = register_of(tmp_path)
    moved = [u for u in before.children("04@1997-01-01", TODAY)]
    rows = "2027-01-01,20,Tỉnh Cao Lạng,VN,20 04\n" + "".join(
        f"2027-01-01,{u.code},{u.name},20,{u.code}\n" for u in moved
    )
    import_update(update(tmp_path, rows), tmp_path)
    places = register_of(tmp_path)
    assert len(places.children("20@2027-01-01", date(2027, 1, 1))) == 65 + len(moved)
    assert {"20@1976-07-02", "04@1997-01-01"} <= places.territory("20@2027-01-01")


BAD = """01/01/2027,06184,Phường Đồng Đăng,20,06184
2027-01-01,6184,Phường Đồng Đăng,20,06184
2027-01-01,06187,Kỳ Lừa,20,06187
2027-01-01,05977,Phường Đông Kinh,20,
2027-02-30,05983,Phường Lương Văn Tri,20,05983
2027-01-01,05986,Phường Tam Thanh,20
"""


def test_every_fault_of_form_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PackProblem) as refused:
        import_update(update(tmp_path, BAD), tmp_path)
    told = [(p.where, p.code) for p in refused.value.problems]
    assert told == [
        ("thay-doi.csv:2", "place-bad-day"),
        ("thay-doi.csv:3", "place-bad-code"),
        ("thay-doi.csv:4", "place-bad-name"),
        ("thay-doi.csv:5", "place-bad-source"),
        ("thay-doi.csv:6", "place-bad-day"),
        ("thay-doi.csv:7", "place-row-width"),
    ]
    assert not (tmp_path / "places").exists()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("2027-01-01,06184,Xã Đồng Đăng,99,06184\n", "place-unknown-parent"),
        ("2027-01-01,06184,Xã Đồng Đăng,20,06184 99999\n", "place-unknown-source"),
        ("2027-01-01,06184,Xã Đồng Đăng,20,06187:part\n", "place-in-force"),
        ("2027-01-01,06184,Xã Đồng Đăng,20,06184:part\n", "place-whole-or-part"),
        ("2020-01-01,06184,Xã Đồng Đăng,20,06184\n", "place-too-early"),
        ("2027-01-01,06184,Xã Đồng Đăng,20,06184\n2027-01-01,06184,Xã Khác,20,06184\n", "place-twice"),
        ("2027-01-01,21,Tỉnh Mới,VN,20\n", "place-orphan"),
        ("2027-01-01,06184,Xã Đồng Đăng,20,20\n", "place-source-level"),
    ],
)
def test_what_cannot_be_is_refused_whole(tmp_path: Path, rows: str, code: str) -> None:
    with pytest.raises(PackProblem) as refused:
        import_update(update(tmp_path, rows), tmp_path)
    assert code in {p.code for p in refused.value.problems}
    assert not (tmp_path / "places").exists()
    assert all("…" not in say(p) and p.code in texts() for p in refused.value.problems)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"day,code,name,parent,form\n", "place-column-missing"),
        (b"", "place-column-missing"),
        (HEAD.encode(), "place-file-empty"),
        (b"\xff\xfe\x00d\x00a", "place-file-unreadable"),
        (HEAD.encode() + b'2027-01-01,"06184', "place-file-unreadable"),
        (b"PK\x03\x04" + bytes(range(256)), "place-file-unreadable"),
        (b"x" * 5_000_001, "place-file-too-large"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(PackProblem) as refused:
        import_update(file, tmp_path)
    assert code in {p.code for p in refused.value.problems}
    assert all(p.code in texts() for p in refused.value.problems)


def test_an_absent_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(PackProblem):
        import_update(tmp_path / "no.csv", tmp_path)
