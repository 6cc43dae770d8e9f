"""The pages of places: of today, of the past, found without tones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

As = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_a_place_shows_what_it_is_and_holds(as_: As) -> None:
    page = body(as_("lanh-dao"), "/places/20")
    assert "Tổng thu ngân sách nhà nước" in page
    assert "65 địa bàn" in page
    assert "Xã Đồng Đăng" in page
    assert "km²" in page
    assert "/map/shapes/commune/20.json" in page


def test_an_old_place_says_what_became_of_it(as_: As) -> None:
    page = body(as_(""), "/places/60")
    assert "02/07/1976 – 30/06/2025" in page or "– 30/06/2025" in page
    assert "Nay thuộc" in page
    assert 'href="/places/68"' in page


def test_a_code_of_an_earlier_day_is_the_place_of_that_day(as_: As) -> None:
    old, new = body(as_(""), "/places/68@2024"), body(as_(""), "/places/68")
    assert "Nay thuộc" in old
    assert "Được lập từ" in new
    for name in ("Tỉnh Bình Thuận", "Tỉnh Đắk Nông"):
        assert name in new
    assert "/places/68@2025-06-30" in new


def test_a_found_old_place_can_be_opened(as_: As) -> None:
    import re

    client = as_("")
    found = body(client, "/places/search?q=lam+dong")
    links = re.findall(r'href="(/places/68[^"]*)"', found)
    assert links
    for link in links:
        body(client, link)


def test_what_one_may_not_see_is_left_out(as_: As) -> None:
    assert "thu-ngan-sach" not in body(as_("quan-tri"), "/places/20")
    assert "thu-ngan-sach" not in body(as_("so-giao-duc"), "/places/20")


def test_an_unknown_place_is_absent(as_: As) -> None:
    assert "Không có nội dung này" in body(as_("lanh-dao"), "/places/99", 404)
