"""/api/v1/cases: lists, one, acts and new ones for whoever works at a desk; nothing of a sender, no code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("desk")
DESK = "phan-anh.phan-anh"


def by(name: str) -> Client:
    from haidang.access import actions, gate

    return Client(headers={"authorization": f"Bearer {actions.issue_token(gate.operator(), name)}"})


def case(text: str = "Ổ gà lớn trước chợ Đồng Đăng", **more: Any) -> Any:
    from haidang.access import gate
    from haidang.cases import actions
    from haidang.cases.actions import Arrival, Person

    sender = Person(name="Nguyễn Văn An", phone="0912 345 678", email="an.nguyen@example.vn")
    said = {"category": "mat-duong", "lat": 21.94, "lon": 106.70, **more}
    return actions.open_case(gate.public(), Arrival(DESK, "web", text, sender=sender, **said))


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/cases{path}")
    assert answer.status_code == status, answer.content[:300]
    return json.loads(answer.content)


def post(client: Client, path: str, body: Any, status: int = 200) -> Any:
    answer = client.post(f"/api/v1/cases{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content[:400]
    return json.loads(answer.content)


def test_lists_are_narrowed_and_counted() -> None:
    first, second = case(), case("Rác đổ trộm bên suối", category="rac-thai")
    desk = by("truc-1022")
    found = get(desk, "?sort=oldest")
    assert ([one["number"] for one in found["cases"]], found["total"]) == ([first.pk, second.pk], 2)
    assert [one["number"] for one in get(desk, "?q=do trom&state=open")["cases"]] == [second.pk]
    assert [one["number"] for one in get(desk, "?size=1&page=2")["cases"]] == [first.pk]
    assert get(desk, "?place=06184&category=mat-duong")["total"] == 1
    assert get(desk, "/counts")["counts"] == {"new": 2, "late": 0}


def test_one_with_its_history_acts_and_no_sender() -> None:
    made = case("Tôi là Nguyễn Văn An, số 0912345678: ổ gà lớn")
    answer = by("truc-1022").get(f"/api/v1/cases/{made.pk}")
    found = json.loads(answer.content)
    assert found["line"]["state"] == "new"
    assert [step["act"] for step in found["steps"]] == ["open"]
    assert {"receive", "assign"} <= set(found["acts"])
    text = answer.content.decode() + by("truc-1022").get("/api/v1/cases").content.decode()
    assert not [word for word in (made.code, "0912345678", "Nguyễn Văn An", "example.vn") if word in text]


def test_acts_and_what_comes_too_late() -> None:
    made, desk = case(), by("truc-1022")
    assert post(desk, f"/{made.pk}/acts", {"act": "receive", "version": 1})["state"] == "received"
    late = post(desk, f"/{made.pk}/acts", {"act": "assign", "office": "so-xay-dung", "version": 1}, 409)
    assert late["code"] == "case-changed"
    assigned = {"act": "assign", "office": "so-xay-dung", "version": 2, "once": "a1"}
    assert post(desk, f"/{made.pk}/acts", assigned) == post(desk, f"/{made.pk}/acts", assigned)
    assert post(desk, f"/{made.pk}/acts", {"act": "receive"}, 409)["code"] == "not-in-this-state"
    assert post(desk, f"/{made.pk}/acts", {"act": "bay"}, 400)["code"] == "unknown-act"
    unit = by("don-vi-xu-ly")
    assert post(unit, f"/{made.pk}/acts", {"act": "finish", "words": "Đã vá"})["state"] == "approving"


def test_a_new_case_of_whoever_routes_is_one_however_often_it_is_sent() -> None:
    from haidang.cases.models import Case

    said = {"desk": DESK, "text": "Cây đổ chắn đường", "category": "cay-xanh", "place": "06184", "once": "x-1"}
    desk = by("truc-1022")
    assert post(desk, "", said, 201) == post(desk, "", said, 201)
    made = Case.objects.get()
    assert (made.channel, made.category, made.unit.partition("@")[0]) == ("desk", "cay-xanh", "06184")
    assert post(desk, "", {**said, "category": "khong-co"}, 400)["code"] == "unknown-category"
    assert post(desk, "", {**said, "text": ""}, 400)["code"] == "bad-request"
    post(by("don-vi-xu-ly"), "", said, 404)
    post(Client(), "", said, 404)


@pytest.mark.parametrize("name", ["so-giao-duc", "cong-dan", "peer-68", "quan-tri"])
def test_whoever_works_at_no_desk_finds_nothing(name: str) -> None:
    made, client = case(), by(name)
    assert get(client, "") == {"cases": [], "total": 0, "page": 1}
    assert get(client, "/counts")["counts"] == {"late": 0}
    assert get(client, f"/{made.pk}", 404)["code"] == "absent"
    assert post(client, f"/{made.pk}/acts", {"act": "receive"}, 404)["code"] == "absent"


def test_questions_of_the_wrong_shape() -> None:
    desk = by("truc-1022")
    for asked in ("?page=0", "?size=501", "?sort=mau", "?since=0001-01-01", "?until=9999-12-31", "?state=%00"):
        get(desk, asked, 400)
    get(desk, "?place=khong-co-noi-nay", 404)
    get(desk, "/99999999999999999999", 400)
    get(desk, "/9007199254740992", 404)
