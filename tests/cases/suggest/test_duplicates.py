"""Repeats: near in place, time and meaning. Measured on requests that Chicago's officers marked as repeated."""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from haidang.cases.suggest.duplicates import distance, duplicates
from haidang.cases.suggest.faces import Draft, Earlier
from haidang.words.names import fold

CHICAGO = Path(__file__).resolve().parents[4] / "shared" / "data" / "citizen-311-chicago" / "requests_to_2012.csv.gz"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SPOT = (21.94, 106.70)


def _case(number: int, text: str, *, hours: float = 3, north: float = 0.0, **more: object) -> Earlier:
    fields: dict[str, object] = {"category": "mat-duong", "unit": "06184@2025-07-01", "open": True, **more}
    at = NOW - timedelta(hours=hours)
    lat = None if more.get("lat", 0) is None else SPOT[0] + north / 111_320
    fields |= {"lat": lat, "lon": None if lat is None else SPOT[1]}
    return Earlier(number, fold(text), sent_at=at, **fields)  # type: ignore[arg-type]  # fields of the dataclass


def _draft(text: str, **more: object) -> Draft:
    same: dict[str, object] = {"lat": SPOT[0], "lon": SPOT[1], "category": "mat-duong", "at": NOW, **more}
    return Draft("phan-anh.phan-anh", text=text, **same)  # type: ignore[arg-type]  # fields of the dataclass


def test_near_soon_and_alike_is_offered_with_its_reason() -> None:
    earlier = _case(12, "Ổ gà lớn trước cổng chợ Đồng Đăng", north=120)
    offers = duplicates(_draft("Trước chợ Đồng Đăng có ổ gà rất lớn"), [earlier], NOW)
    assert [one.value for one in offers] == ["12"]
    assert offers[0].said().startswith("cách 120 m · cách nhau 3 giờ · nội dung giống ")
    assert "120 m away" in offers[0].said("en")


@pytest.mark.parametrize(
    "earlier",
    [
        _case(1, "Ổ gà lớn trước chợ Đồng Đăng", north=3000),
        _case(1, "Ổ gà lớn trước chợ Đồng Đăng", hours=24 * 61),
        _case(1, "Ổ gà lớn trước chợ Đồng Đăng", hours=24 * 25, open=False),
        _case(1, "Karaoke ồn suốt đêm", north=300, category="tieng-on"),
        _case(1, "Karaoke ồn suốt đêm", lat=None, category="tieng-on"),
    ],
)
def test_far_long_ago_or_about_something_else_is_not(earlier: Earlier) -> None:
    assert duplicates(_draft("Ổ gà lớn trước chợ Đồng Đăng"), [earlier], NOW) == ()


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "gửi cùng lúc"), (0.5, "30 phút"), (30, "30 giờ"), (24 * 5 + 1, "5 ngày")]
)
def test_how_long_ago_in_words(hours: float, said: str) -> None:
    offer = duplicates(_draft("Ổ gà trước chợ Đồng Đăng"), [_case(1, "Ổ gà trước chợ Đồng Đăng", hours=hours)], NOW)[0]
    assert offer.said().startswith("cùng một chỗ · ")
    assert said in offer.said()


def test_without_a_position_the_commune_and_the_words_decide() -> None:
    unit = "06184@2025-07-01"
    draft = _draft("Ổ gà lớn trước chợ Đồng Đăng", lat=None, lon=None, unit=unit)
    same = _case(1, "Ổ gà lớn ngay trước chợ Đồng Đăng", lat=None)
    other = _case(2, "Đèn đường khối 3 hỏng", lat=None, category="chieu-sang")
    assert [one.value for one in duplicates(draft, [other, same], NOW)] == ["1"]


def test_the_same_photo_is_the_same_thing() -> None:
    earlier = _case(3, "abc", hours=24 * 30, digests=frozenset({"d1"}))
    offer = duplicates(_draft("xyz", digests=frozenset({"d1"})), [earlier], NOW)[0]
    assert offer.score == 1.0
    assert offer.said().startswith("cùng một ảnh")


def test_it_is_not_offered_to_itself_and_five_at_most() -> None:
    many = [_case(number, "Ổ gà lớn trước chợ Đồng Đăng") for number in range(1, 9)]
    offers = duplicates(_draft("Ổ gà lớn trước chợ Đồng Đăng", number=3), many, NOW)
    assert len(offers) == 5
    assert "3" not in [one.value for one in offers]


def test_a_distance() -> None:
    assert distance(21.0, 106.0, 21.001, 106.0) == pytest.approx(111.3, abs=0.2)
    assert distance(21.0, 106.0, None, 106.0) is None


# --- Chicago


@cache
def _requests() -> tuple[list[Earlier], list[bool], list[datetime]]:
    """Requests with a position, oldest first, whether officers marked them as repeated, and when they were done."""
    with gzip.open(CHICAGO, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Latitude"]]
    rows.sort(key=lambda row: row["Creation_Date"])
    requests = []
    for number, row in enumerate(rows):
        what = row["What_is_the_Nature_of_this_Code_Violation"]
        at = datetime.fromisoformat(row["Creation_Date"]).replace(tzinfo=UTC)
        place = (float(row["Latitude"]), float(row["Longitude"]))
        requests.append(Earlier(number, fold(what), what, "", at, True, *place))
    ended = [row["Completion_Date"] or "2100-01-01" for row in rows]
    ends = [datetime.fromisoformat(one).replace(tzinfo=UTC) for one in ended]
    return requests, ["Dup" in row["Status"] for row in rows], ends


def _offered(chosen: list[int], cells: dict[tuple[int, int], list[int]]) -> float:
    """Share of the chosen to which an earlier request is offered, with what was open then."""
    requests, _, ends = _requests()
    hits = 0
    for at in chosen:
        one = requests[at]
        assert one.lat is not None
        assert one.lon is not None
        row, column = int(one.lat * 100), int(one.lon * 100)
        near = [n for r in (-1, 0, 1) for c in (-1, 0, 1) for n in cells[row + r, column + c] if n < at]
        within = [n for n in near if one.sent_at - requests[n].sent_at <= timedelta(days=60)]
        recent = [replace(requests[n], open=ends[n] > one.sent_at) for n in within]
        draft = Draft(
            "x", text=one.category, category=one.category, lat=one.lat, lon=one.lon, at=one.sent_at, number=-1
        )
        hits += bool(duplicates(draft, recent, one.sent_at))
    return hits / len(chosen)


def test_chicagos_repeats_are_found() -> None:
    """Measured: 95.6 % of those marked are offered something, 12.8 % of those that were not."""
    if not CHICAGO.is_file():
        pytest.skip("the real requests are absent")
    requests, marked, _ = _requests()
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, one in enumerate(requests):
        cells[int((one.lat or 0) * 100), int((one.lon or 0) * 100)].append(number)
    draw = random.Random(5)
    repeated = draw.sample([at for at, one in enumerate(marked) if one], 500)
    others = draw.sample([at for at, one in enumerate(marked) if not one and at > 2000], 500)
    found, wrong = _offered(repeated, cells), _offered(others, cells)
    print(f"offered to {found:.3f} of the repeated, to {wrong:.3f} of the others")
    assert found >= 0.93, found
    assert wrong <= 0.16, wrong
