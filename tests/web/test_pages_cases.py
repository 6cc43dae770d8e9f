"""The desk on screen: the list, one Case, its acts, the map, a unit's own work, and who never sees what."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from haidang.access import gate
from haidang.cases import actions, reads
from haidang.cases.actions import Arrival, Person, Wanted
from haidang.cases.models import Case, File, Step

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK = "phan-anh.phan-anh"
OPERATOR, UNIT, HEAD, LEADER, COMMUNE = "truc-1022", "don-vi-xu-ly", "so-xay-dung", "lanh-dao", "xa-dong-dang"
NAME, PHONE = "Hoàng Thị Mơ", "0912345611"


def report(text: str = "Ổ gà lớn trước chợ Đồng Đăng", **more: Any) -> Case:
    said = {"category": "mat-duong", "lat": 21.94, "lon": 106.70, "address": "Khu chợ", **more}
    return actions.open_case(gate.public(), Arrival(DESK, "web", text, Person(name=NAME, phone=PHONE), **said))


def body(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def act(client: Client, case: Case, name: str, status: int = 303, /, **data: Any) -> str:
    answer = client.post(f"/cases/{case.pk}/{name}", data)
    assert answer.status_code == status, (name, answer.status_code, answer.content.decode()[:600])
    return answer.content.decode()


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def form(page: str, name: str) -> dict[str, str]:
    """The hidden fields of one act's form."""
    found = re.search(rf'action="/cases/\d+/{name}".*?</form>', page, re.S)
    assert found, name
    return dict(re.findall(r'name="(version|once)" value="([^"]+)"', found[0]))


# --- the list


def test_the_list_is_searched_without_tones_narrowed_and_counted(as_: As) -> None:
    hole, dark = report(), report("Đèn đường tắt ba đêm", category="chieu-sang", lat=None, lon=None)
    operator = as_(OPERATOR)
    page = body(operator, "/cases/")
    assert f'href="/cases/{hole.pk}"' in page
    assert f'href="/cases/{dark.pk}"' in page
    found = body(operator, "/cases/?q=o+ga+dong+dang")
    assert f'href="/cases/{hole.pk}"' in found
    assert f'href="/cases/{dark.pk}"' not in found
    assert f'href="/cases/{dark.pk}"' not in body(operator, "/cases/?group=giao-thong")
    assert f'href="/cases/{hole.pk}"' in body(operator, "/cases/?place=06184")
    assert f'href="/cases/{hole.pk}"' in body(operator, f"/cases/?q={hole.pk}")
    assert "Không có phản ánh nào khớp" in body(operator, "/cases/?channel=zalo")
    act(operator, hole, "receive")
    counts = dict(re.findall(r"<b data-number>(\d+)</b><span>([^<]+)</span>", page.replace("\n", "")))
    assert counts["2"] in ("Tất cả", "Chưa xong", "Mới đến")
    assert f'href="/cases/{hole.pk}"' in body(operator, "/cases/?state=received")
    assert f'href="/cases/{dark.pk}"' not in body(operator, "/cases/?state=received,late")


def test_a_late_case_says_by_how_much(as_: As) -> None:
    late = report()
    Case.objects.filter(pk=late.pk).update(route_due=timezone.now() - timedelta(hours=3, minutes=5))
    page = body(as_(OPERATOR), "/cases/?state=late")
    assert "Trễ 3 giờ" in page
    assert f'href="/cases/{late.pk}"' in page


def test_the_list_is_taken_away_without_senders(as_: As) -> None:
    case = report("=HYPERLINK ổ gà trước nhà")
    sheet = as_(OPERATOR).get("/cases/export.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == case.pk
    assert str(rows[1][1]).startswith("'=")
    told = as_(OPERATOR).get("/cases/export.csv").content.decode()
    assert NAME not in told
    assert PHONE not in told
    assert case.code not in told


def test_nothing_is_chosen_that_is_not_known_and_a_bad_day_is_said(as_: As) -> None:
    report()
    operator = as_(OPERATOR)
    assert "1 phản ánh" in body(operator, "/cases/?sort=x&state=x&channel=x&page=x")
    body(operator, "/cases/?since=hom-qua", 400)


def test_a_list_costs_few_questions(as_: As, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        report(f"Ổ gà thứ {number}", lat=21.94 + number / 1000)
    operator = as_(OPERATOR)
    body(operator, "/cases/")
    with django_assert_max_num_queries(16):
        body(operator, "/cases/")


@pytest.mark.parametrize("name", ["so-giao-duc", "cong-dan", "quan-tri", ""])
def test_whoever_works_at_no_desk_finds_nothing(as_: As, name: str) -> None:
    case = report()
    client = as_(name)
    for url in ("/cases/", "/cases/map", "/cases/mine", "/cases/points.json", "/cases/export.csv", f"/cases/{case.pk}"):
        body(client, url, 404)
    assert client.post(f"/cases/{case.pk}/receive").status_code == 404
    assert state(case) == "new"
    assert 'href="/cases/"' not in body(client, "/")


# --- one Case, from the desk to the unit and its head


def test_a_case_walks_from_the_desk_to_what_is_published(as_: As) -> None:
    case = report()
    operator, unit, head = as_(OPERATOR), as_(UNIT), as_(HEAD)
    page = body(operator, f"/cases/{case.pk}")
    assert '<option value="so-xay-dung" selected>' in page, "the office the routes lead to is chosen beforehand"
    act(operator, case, "assign", office="so-xay-dung", **form(page, "assign"))
    assert state(case) == "assigned"
    act(unit, case, "start")
    done = {"words": "Đã vá mặt đường", "files": photo()}
    act(unit, case, "finish", **done, **form(body(unit, f"/cases/{case.pk}"), "finish"))
    assert state(case) == "approving"
    kept = File.objects.get(case=case)
    assert kept.when == "after"
    assert f"/cases/files/{kept.key}?size=small" in body(head, f"/cases/{case.pk}")
    act(head, case, "approve", words="Đã vá mặt đường, cảm ơn ông/bà")
    act(operator, case, "publish", words="Đã vá mặt đường", open_files=[kept.key])
    assert state(case) == "published"
    page = body(operator, f"/cases/{case.pk}")
    assert "Hoàn tác" in page
    act(operator, case, "withdraw", words="Nhầm ảnh")
    assert state(case) == "resolved"
    said = [step.act for step in Step.objects.filter(case=case)]
    assert said == ["open", "assign", "start", "finish", "approve", "publish", "withdraw"]


def photo() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (320, 240), "#557799").save(made, "JPEG")
    made.name = "anh.jpg"
    made.seek(0)
    return made


def test_whoever_comes_second_is_told_who_was_first_and_keeps_the_words(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    seen = form(body(operator, f"/cases/{case.pk}"), "ask")
    actions.act(gate.actor(OPERATOR), case.pk, Wanted("note", words="Đã gọi cho xã"))
    page = act(operator, case, "ask", 409, words="Ổ gà ở khúc nào?", **seen)
    assert "vừa thao tác trước" in page
    assert "Trực tổng đài 1022" in page
    assert "Ổ gà ở khúc nào?" in page
    assert state(case) == "new"
    act(operator, case, "ask", words="Ổ gà ở khúc nào?", **form(page, "ask"))
    assert state(case) == "asked"


def test_words_are_kept_when_the_act_is_no_longer_open(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    seen = form(body(operator, f"/cases/{case.pk}"), "refuse")
    actions.act(gate.actor(OPERATOR), case.pk, Wanted("assign", office="so-xay-dung"))
    page = act(operator, case, "refuse", 409, words="Không thuộc tỉnh", **seen)
    assert '<textarea rows="3" readonly>Không thuộc tỉnh</textarea>' in page


def test_a_double_click_is_one_act(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    sent = {"words": "Đã gọi", **form(body(operator, f"/cases/{case.pk}"), "note")}
    act(operator, case, "note", **sent)
    act(operator, case, "note", **sent)
    assert Step.objects.filter(case=case, act="note").count() == 1


def test_what_is_missing_is_said_and_what_was_typed_comes_back(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    assert "Hãy chọn đơn vị xử lý" in act(operator, case, "assign", 422, words="Làm ngay")
    page = act(operator, case, "note", 422, words=" ")
    assert "Hãy ghi nội dung" in page
    act(operator, case, "hack", 404)
    actions.act(gate.actor(OPERATOR), case.pk, Wanted("assign", office="so-xay-dung"))
    page = act(as_(UNIT), case, "extend", 422, words="Chờ nhựa đường", due="2020-01-01T08:00")
    assert "phải sau hạn đang có" in page
    assert "Chờ nhựa đường" in page
    act(as_(UNIT), case, "extend", 422, words="x", due="hôm nao")


def test_correcting_changes_what_differs_alone(as_: As) -> None:
    case = report()
    Case.objects.filter(pk=case.pk).update(urgent=True)
    operator = as_(OPERATOR)
    act(operator, case, "correct", category="chieu-sang")
    now = Case.objects.get(pk=case.pk)
    assert (now.category, now.urgent, now.address, now.title) == ("chieu-sang", True, case.address, case.title)
    act(operator, case, "correct", place="06187", boxes="1", address="Ngõ 5")
    now = Case.objects.get(pk=case.pk)
    assert (now.unit.partition("@")[0], now.urgent, now.public, now.address) == ("06187", False, False, "Ngõ 5")
    act(operator, case, "correct", 422, place="99999")


def test_an_act_leads_back_inside_the_desk_alone(as_: As) -> None:
    case = report()
    actions.act(gate.actor(OPERATOR), case.pk, Wanted("assign", office="so-xay-dung"))
    unit = as_(UNIT)
    answer = unit.post(f"/cases/{case.pk}/start", {"back": "/cases/mine?part=todo"})
    assert answer["Location"] == "/cases/mine?part=todo"
    answer = unit.post(f"/cases/{case.pk}/note", {"words": "x", "back": "https://example.org/cases/"})
    assert answer["Location"] == f"/cases/{case.pk}"


def test_a_unit_sees_its_own_alone(as_: As) -> None:
    mine, other = report(), report("Đèn đường tắt", category="chieu-sang")
    actions.act(gate.actor(OPERATOR), mine.pk, Wanted("assign", office="so-xay-dung"))
    actions.act(gate.actor(OPERATOR), other.pk, Wanted("assign", office="so-y-te"))
    unit = as_(UNIT)
    page = body(unit, "/cases/mine")
    assert f'href="/cases/{mine.pk}"' in page
    assert f'href="/cases/{other.pk}"' not in page
    assert f'action="/cases/{mine.pk}/start"' in page
    body(unit, f"/cases/{other.pk}", 404)
    assert unit.post(f"/cases/{other.pk}/start").status_code == 404
    assert state(other) == "assigned"
    body(as_(LEADER), "/cases/mine", 404)
    assert 'href="/cases/mine" aria-current' in page, "the rail leads a unit to its own work"


def test_the_head_is_shown_what_waits_for_approval(as_: As) -> None:
    case = report()
    for who, wanted in (
        (OPERATOR, Wanted("assign", office="so-xay-dung")),
        (UNIT, Wanted("finish", words="Xong")),
    ):
        actions.act(gate.actor(who), case.pk, wanted)
    assert f'href="/cases/{case.pk}"' in body(as_(HEAD), "/cases/mine?part=approving")
    page = body(as_(UNIT), f"/cases/{case.pk}")
    assert f'action="/cases/{case.pk}/approve"' not in page


# --- where they lie


def test_points_lead_to_the_cases_and_density_counts_them(as_: As) -> None:
    case = report()
    report("Gần đó", lat=21.9401, lon=106.7001)
    report("Không rõ ở đâu", lat=None, lon=None)
    operator = as_(OPERATOR)
    drawn = json.loads(body(operator, "/cases/points.json"))["features"]
    assert {one["properties"]["href"] for one in drawn} >= {f"/cases/{case.pk}"}
    assert len(drawn) == 2
    warm = json.loads(body(operator, "/cases/points.json?view=heat"))["features"]
    assert [one["properties"]["many"] for one in warm] == [2]
    assert "points.json" in body(operator, "/cases/map?view=heat")
    plan = json.loads(re.findall(r'type="application/json">(.+?)</script>', body(operator, f"/cases/{case.pk}"))[0])
    assert len(plan["sources"]["points"]["data"]["features"]) == 2, "itself, and the one near it"


# --- who sent it


def test_who_sent_it_is_shown_for_a_purpose_and_traced(as_: As) -> None:
    case = report(f"Ổ gà. Tôi là {NAME}, gọi {PHONE}")
    operator = as_(OPERATOR)
    page = body(operator, f"/cases/{case.pk}")
    assert NAME not in page
    assert PHONE not in page
    asked = operator.get(f"/cases/{case.pk}/sender")
    assert asked["Location"].startswith("/purpose/?pack=phan-anh")
    code = re.search(r'name="code" value="([^"]+)"', body(operator, asked["Location"]))
    assert code
    back = operator.post(asked["Location"], {"code": code[1], "words": "Gọi lại hỏi vị trí", "packs": ["phan-anh"]})
    assert back["Location"] == f"/cases/{case.pk}/sender"
    shown = operator.get(back["Location"])
    assert shown["Cache-Control"] == "no-store"
    assert NAME in shown.content.decode()
    assert PHONE in shown.content.decode()
    assert NAME not in body(operator, f"/cases/{case.pk}"), "never on the page of the Case itself"


@pytest.mark.parametrize("name", [UNIT, COMMUNE, LEADER])
def test_who_sent_it_is_absent_for_others(as_: As, name: str) -> None:
    case = report()
    actions.act(gate.actor(OPERATOR), case.pk, Wanted("assign", office="so-xay-dung"))
    client = as_(name)
    answer = client.get(f"/cases/{case.pk}/sender")
    assert answer.status_code == 404
    assert f"/cases/{case.pk}/sender" not in client.get(f"/cases/{case.pk}").content.decode()


def test_a_live_page_is_asked_for_its_pieces_alone(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    for url in ("/cases/", f"/cases/{case.pk}", "/cases/map"):
        part = operator.get(url, headers={"X-Live": "=cases"}).content.decode()
        assert 'data-tile="cases"' in part
        assert 'class="rail"' not in part


def test_english_pages_are_english(as_: As) -> None:
    case = report()
    operator = as_(OPERATOR)
    assert "Citizen reports" in body(operator, "/cases/?lang=en")
    page = body(operator, f"/cases/{case.pk}?lang=en")
    assert not re.findall(r"(?<![\w/.=-])cases?\.[a-z]+-?[a-z]*(?=<)", page), "a text without words"
    assert reads.case(gate.actor(OPERATOR), case.pk).line.version == 1
