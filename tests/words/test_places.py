"""The Register on a small country made up here: versions, splits, mergers, territories, names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.words.errors import Absent
from haidang.words.names import bare, fold
from haidang.words.places import Register, Succession, Unit

OLD, NEW, TODAY = date(1976, 7, 2), date(2025, 7, 1), date(2026, 11, 22)
EVE = date(2025, 6, 30)


def unit(code: str, name: str, parent: str = "", *, start: date = OLD, end: date | None = None) -> Unit:
    level = {"VN": "country", 2: "province", 3: "district", 5: "commune"}[code if code == "VN" else len(code)]
    return Unit(f"{code}@{start}", code, name, level, "xa", parent, start, end)


COUNTRY = unit("VN", "Việt Nam")
UNITS = (
    COUNTRY,
    unit("10", "Tỉnh Đồng Xuân", COUNTRY.id, end=EVE),
    unit("11", "Tỉnh Biển Tây", COUNTRY.id, end=EVE),
    unit("10", "Tỉnh Đồng Xuân", COUNTRY.id, start=NEW),
    unit("12", "Tỉnh Núi Đá", COUNTRY.id),
    unit("101", "Huyện Bắc", f"10@{OLD}", end=EVE),
    unit("111", "Huyện Nam", f"11@{OLD}", end=EVE),
    unit("10001", "Xã An Bình", f"101@{OLD}", end=EVE),
    unit("10002", "Xã An Hòa", f"101@{OLD}", end=EVE),
    unit("11001", "Xã Đồng Đăng", f"111@{OLD}", end=EVE),
    unit("10001", "Xã An Bình", f"10@{NEW}", start=NEW),  # An Bình and a part of An Hòa
    unit("11001", "Phường Đồng Đăng", f"10@{NEW}", start=NEW),  # Đồng Đăng and the rest of An Hòa
)
STEPS = (
    Succession(f"10@{OLD}", f"10@{NEW}", True),
    Succession(f"11@{OLD}", f"10@{NEW}", True),
    Succession(f"10001@{OLD}", f"10001@{NEW}", True),
    Succession(f"10002@{OLD}", f"10001@{NEW}", False),
    Succession(f"10002@{OLD}", f"11001@{NEW}", False),
    Succession(f"11001@{OLD}", f"11001@{NEW}", True),
)


@pytest.fixture
def places() -> Register:
    return Register(UNITS, STEPS, [("DX City", "10"), ("Cả nước", "VN")])


def ids(units: object) -> set[str]:
    return {u.id for u in units}  # type: ignore[attr-defined]  # any iterable of units


def test_a_code_alone_is_the_place_as_it_stands_today(places: Register) -> None:
    assert places.resolve("10", TODAY).id == f"10@{NEW}"
    assert places.resolve("10", EVE).id == f"10@{OLD}"
    assert places.resolve(" vn ", TODAY).code == "VN"


def test_a_code_nobody_bears_today_is_the_last_that_bore_it(places: Register) -> None:
    assert places.resolve("11", TODAY).end == EVE


@pytest.mark.parametrize("when", ["2024", "2025-06", "2025-06-30", "2025-Q2"])
def test_a_date_after_the_code_is_its_last_day(places: Register, when: str) -> None:
    assert places.resolve(f"10@{when}", TODAY).id == f"10@{OLD}"


def test_a_unit_id_resolves_to_itself(places: Register) -> None:
    assert all(places.resolve(u.id, TODAY) is u for u in places)


@pytest.mark.parametrize("text", ["", "99", "11@2026", "10@hôm qua", "Xã Không Có Đâu", "10@"])
def test_what_is_no_place_is_absent(places: Register, text: str) -> None:
    if text == "10@":  # nothing after the sign: neither a date nor a bare code
        text = "10@x"
    with pytest.raises(Absent) as refused:
        places.resolve(text, TODAY)
    assert refused.value.code == "unknown-place"
    assert "nearest" in refused.value.facts


def test_the_nearest_name_is_offered(places: Register) -> None:
    with pytest.raises(Absent) as refused:
        places.resolve("Núi Đà Xa", TODAY)
    assert refused.value.facts["nearest"] == "Tỉnh Núi Đá (12)"


def test_a_name_that_is_only_one_places_resolves(places: Register) -> None:
    assert places.resolve("nui da", TODAY).code == "12"
    assert places.resolve("DX City", TODAY).id == f"10@{NEW}"


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_place_or_absent(text: str) -> None:
    places = Register(UNITS, STEPS)
    try:
        assert places.resolve(text, TODAY) in UNITS
    except Absent:
        assert places.find(text, limit=5) is not None


def test_children_follow_the_day(places: Register) -> None:
    assert ids(places.children(f"10@{OLD}", EVE)) == {f"101@{OLD}"}
    assert ids(places.children(f"10@{NEW}", TODAY)) == {f"10001@{NEW}", f"11001@{NEW}"}
    assert places.children(f"10@{NEW}", EVE) == ()


def test_a_territory_holds_what_lies_wholly_inside_and_nothing_else(places: Register) -> None:
    merged = {f"10@{NEW}", f"10@{OLD}", f"11@{OLD}", f"101@{OLD}", f"111@{OLD}"}
    communes = {u.id for u in UNITS if u.level == "commune"}
    assert places.territory(f"10@{NEW}") == merged | communes
    # An Hòa was split: the old province 11 does not hold all of today's Đồng Đăng, nor An Bình all of An Hòa.
    assert places.territory(f"11@{OLD}") == {f"11@{OLD}", f"111@{OLD}", f"11001@{OLD}"}
    assert places.territory(f"10001@{NEW}") == {f"10001@{NEW}", f"10001@{OLD}"}
    assert places.territory(COUNTRY.id) == ids(UNITS)


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_inside_is_transitive(one: Unit, other: Unit) -> None:
    places = Register(UNITS, STEPS)
    if one.id in places.territory(other.id):
        assert places.territory(one.id) <= places.territory(other.id)


def test_a_parent_without_known_children_is_in_nobodys_territory(places: Register) -> None:
    early = unit("10", "Tỉnh Cũ", COUNTRY.id, start=date(1950, 1, 1), end=date(1976, 7, 1))
    register = Register((*UNITS, early), STEPS)
    assert early.id not in register.territory(f"10001@{OLD}")


def test_parts_before_the_merger_are_the_merged_with_whole_or_not(places: Register) -> None:
    assert {(u.id, w) for u, w in places.parts(f"10@{NEW}", EVE)} == {(f"10@{OLD}", True), (f"11@{OLD}", True)}
    assert {(u.code, w) for u, w in places.parts(f"10001@{NEW}", EVE)} == {("10001", True), ("10002", False)}


def test_parts_in_force_are_the_children(places: Register) -> None:
    assert {(u.id, w) for u, w in places.parts(f"10@{NEW}", TODAY)} == {(f"10001@{NEW}", True), (f"11001@{NEW}", True)}


def test_parts_after_its_end_are_what_stands_there_now(places: Register) -> None:
    assert {(u.id, w) for u, w in places.parts(f"11@{OLD}", TODAY)} == {(f"11001@{NEW}", False)}
    assert {(u.id, w) for u, w in places.parts(f"101@{OLD}", TODAY)} == {
        (f"10001@{NEW}", True),
        (f"11001@{NEW}", False),
    }


def test_of_level_counts_a_day_and_a_territory(places: Register) -> None:
    assert {u.code for u in places.of_level("province", EVE)} == {"10", "11", "12"}
    assert {u.code for u in places.of_level("province", EVE, inside=f"10@{NEW}")} == {"10", "11"}
    assert places.of_level("district", TODAY) == ()


@pytest.mark.parametrize(
    "typed", ["Đồng Đăng", "dong dang", "DONG DANG", "p. đồng đăng", "dongdang", "phường Đồng Đăng"]
)
def test_names_are_found_however_typed(places: Register, typed: str) -> None:
    assert places.find(typed)[0].id == f"11001@{NEW}"


def test_find_prefers_exact_then_beginning_then_words(places: Register) -> None:
    assert [u.name for u in places.find("an bình", day=TODAY)] == ["Xã An Bình"]
    assert [u.code for u in places.find("an", day=EVE)] == ["10001", "10002"]
    assert [u.code for u in places.find("hòa")] == ["10002"]
    assert places.find("đồng", level="province", day=TODAY)[0].code == "10"
    assert places.find("10001")[0].id == f"10001@{NEW}"
    assert len(places.find("xã", limit=1)) <= 1


def test_named_gives_only_who_bears_the_name(places: Register) -> None:
    assert [u.id for u in places.named("dong dang", EVE)] == [f"11001@{OLD}"]
    assert [u.id for u in places.named("DX city", TODAY)] == [f"10@{NEW}"]
    assert places.named("an") == ()
    assert places.named("Đồng Xuân", TODAY, level="commune") == ()


def test_the_chain_above_as_of_a_day(places: Register) -> None:
    assert [u.code for u in places.above(f"10001@{OLD}")] == ["101", "10", "VN"]
    assert [u.id for u in places.above(f"10001@{NEW}", TODAY)] == [f"10@{NEW}", COUNTRY.id]


def test_folding_knows_both_spellings_of_a_tone_and_the_letter_d() -> None:
    assert fold("Hoà Bình") == fold("HÒA BÌNH") == "hoa binh"
    assert fold("Xã Ea H'đing") == "xa ea h ding"
    assert bare(fold("Thị trấn Đồng Đăng")) == "dong dang"
    assert bare("xa") == "xa"
