"""Pages as people of the cast see them, on a small home with real data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

As = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:300])
    return answer.content.decode()


def test_the_overview_shows_five_numbers_and_what_needs_a_decision(as_: As) -> None:
    page = body(as_("lanh-dao"), "/")
    assert page.count(' head"') == 5
    assert "Cần anh/chị quyết hôm nay" in page
    assert "Tổng thu ngân sách" in page
    assert "nguồn lịch sử" in page or "nguồn sống" in page
    assert "Bản tin" in page


def test_the_overview_is_one_pass(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.web import asking

    calls: list[int] = []
    real = asking.answer_many

    def counted(questions, who, **more):  # type: ignore[no-untyped-def]  # the face's own types
        calls.append(len(questions))
        return real(questions, who, **more)

    monkeypatch.setattr(asking, "answer_many", counted)
    body(as_("lanh-dao"), "/")
    assert len(calls) == 1
    assert calls[0] > 20


def test_every_board_stands(as_: As) -> None:
    client = as_("lanh-dao")
    keys = set(re.findall(r'href="/boards/([a-z-]+)"', body(client, "/boards/")))
    assert {"kinh-te-xa-hoi", "giao-duc", "y-te"} <= keys
    for key in keys:
        assert 'class="tile' in body(client, f"/boards/{key}")


def test_a_department_sees_its_own_board_alone(as_: As) -> None:
    client = as_("so-giao-duc")
    assert "Thu ngân sách" not in body(client, "/")
    assert body(client, "/boards/giao-duc")
    body(client, "/boards/y-te-khong-co", 404)


def test_denied_looks_just_like_absent(as_: As) -> None:
    client = as_("so-giao-duc")
    denied = body(client, "/indicators/kinh-te-xa-hoi.thu-ngan-sach", 404)
    absent = body(client, "/indicators/kinh-te-xa-hoi.khong-co", 404)
    plain = [
        re.sub(r"/login/\?next=[^\"]*|/why\?at=[^\"]*|csrf[^ ]*|\"[A-Za-z0-9]{64}\"", "", text)
        for text in (denied, absent)
    ]
    assert plain[0] == plain[1]


def test_a_commune_begins_at_its_own_place(as_: As) -> None:
    assert "Xã Đồng Đăng <span>" in body(as_("xa-dong-dang"), "/")


def test_the_public_sees_the_open_level(as_: As) -> None:
    page = body(as_(""), "/")
    assert "Đăng nhập" in page
    assert "Tổng thu ngân sách nhà nước" not in page


def test_english_is_one_click_away_and_stays(as_: As) -> None:
    client = as_("lanh-dao")
    assert "Needs your decision today" in body(client, "/?lang=en")
    page = body(client, "/")
    assert '<html lang="en"' in page
    assert "Overview" in page


def test_the_theme_stays(as_: As) -> None:
    client = as_("")
    assert 'data-theme="auto"' in body(client, "/login/")
    assert 'data-theme="light"' in body(client, "/login/?theme=light")
    assert 'data-theme="light"' in body(client, "/")


@pytest.mark.parametrize("query", ["period=xưa", "as_of=hôm+qua", "compare=kia"])
def test_a_wrong_choice_is_a_page_not_a_crash(as_: As, query: str) -> None:
    page = body(as_("lanh-dao"), f"/?{query}", 400)
    assert "Chưa hiểu yêu cầu" in page


def test_an_unknown_place_is_absent(as_: As) -> None:
    body(as_("lanh-dao"), "/?place=99999", 404)


def test_the_place_search_ignores_tones(as_: As) -> None:
    client = as_("lanh-dao")
    found = client.get("/places/search?q=dong+dang&back=/boards/y-te", headers={"HX-Request": "true"}).content.decode()
    assert "Xã Đồng Đăng" in found
    assert 'href="/boards/y-te?place=06184"' in found
    assert "<html" not in found
    assert "<html" in body(client, "/places/search?q=dong+dang")


def test_a_search_without_a_hit_says_so(as_: As) -> None:
    assert "Không thấy địa bàn" in body(as_(""), "/places/search?q=zzzzzz")


def test_what_was_typed_comes_back_escaped(as_: As) -> None:
    assert "<script>alert" not in body(as_(""), "/places/search?q=<script>alert(1)</script>")


def test_drawings_are_embedded_as_json(as_: As) -> None:
    page = body(as_("lanh-dao"), "/boards/kinh-te-xa-hoi")
    found = re.findall(r'<script type="application/json">(.*?)</script>', page, re.S)
    assert len(found) >= 3
    assert all(json.loads(text) for text in found)


def test_no_inline_script_or_style(as_: As) -> None:
    client = as_("lanh-dao")
    for path in ("/", "/boards/kinh-te-xa-hoi", "/map/", "/login/"):
        page = body(client, path)
        assert not re.search(r"<script>|<script [^>]*>(?=\s*\w)(?<!json\">)", page), path
        assert " style=" not in page, path
        assert not re.search(r"\son[a-z]+=", page), path


def test_tables_stand_in_for_drawings(as_: As) -> None:
    page = body(as_("lanh-dao"), "/boards/kinh-te-xa-hoi")
    assert page.count('<details class="fallback" open>') == page.count("</hd-chart>") + page.count("</hd-map>")


def test_shapes_are_geojson_that_caches_may_keep(as_: As) -> None:
    answer = as_("").get("/map/shapes/commune/20.json")
    features = json.loads(answer.content)["features"]
    assert len(features) == 65
    assert answer["Cache-Control"] == "public, max-age=86400" or "max-age=86400" in answer["Cache-Control"]
    old = as_("").get("/map/shapes/province/VN.json?on=2015-12-31")
    assert len(json.loads(old.content)["features"]) >= 63


def test_a_wrong_day_for_shapes_is_refused(as_: As) -> None:
    assert as_("").get("/map/shapes/province/VN.json?on=31/02").status_code == 400


def test_the_login_leads_on_only_inside_the_house(as_: As, cast: None) -> None:
    from doors import PASSWORD

    words = {"username": "lanh-dao", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/login/", words)["Location"] == "/"
    words["next"] = "/boards/y-te"
    assert Client().post("/login/", words)["Location"] == "/boards/y-te"


def test_a_wrong_password_says_so_without_saying_which(as_: As) -> None:
    page = Client().post("/login/", {"username": "lanh-dao", "password": "sai"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page


def test_logout_is_a_post(as_: As) -> None:
    client = as_("lanh-dao")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert "Đăng nhập" in body(client, "/")


@pytest.mark.parametrize("path", ["/places/", "/places/20", "/places/60", "/places/VN", "/map/", "/boards/"])
def test_pages_of_places_stand(as_: As, path: str) -> None:
    assert "<h1>" in body(as_("lanh-dao"), path)


def test_a_commune_stands_among_its_neighbours_on_the_map(as_: As) -> None:
    page = body(as_("xa-dong-dang"), "/map/")
    assert "/map/shapes/commune/20.json" in page
    assert "Không có phần nhỏ hơn" not in page


def test_a_neighbours_figure_of_internal_data_is_not_in_the_page(as_: As) -> None:
    option = re.search(
        r'<hd-map[^>]*><script type="application/json">(.*?)</script>', body(as_("xa-dong-dang"), "/map/")
    )
    assert option is not None
    tips = json.loads(option[1])["tips"]
    assert len(tips) > 1
    assert all(len(tip) == 2 for code, tip in tips.items() if code != "06184"), tips


def test_paper_says_when_and_for_whom(as_: As) -> None:
    assert re.search(r'class="print-only">In lúc \d\d/\d\d/\d{4}', body(as_("lanh-dao"), "/"))
