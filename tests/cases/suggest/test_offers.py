"""Everything offered for a report, through the gate and by the door: names, reasons, one press to take it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases.files import pictures
from django.test import Client

from haidang.access import gate
from haidang.access.models import Account
from haidang.cases.actions import Wanted, act
from haidang.cases.files import actions as files
from haidang.cases.models import Case
from haidang.cases.suggest import named, reads
from haidang.cases.suggest.faces import Draft
from haidang.words.errors import Absent

DESK = "phan-anh.phan-anh"
DONG_DANG, KY_LUA = "06184@2025-07-01", "06187@2025-07-01"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def _as(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(name=name))
    session = client.session
    session["factor"] = "totp"
    session.save()
    return client


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Đèn hỏng ở xã Đồng Đăng", DONG_DANG),
        ("trước chợ Đồng Đăng", DONG_DANG),
        ("o phuong ky lua", KY_LUA),
        ("gan cho Dong Dang", DONG_DANG),
        ("Đèn hỏng trước nhà tôi", ""),
    ],
)
def test_a_commune_named_in_the_words(text: str, unit: str) -> None:
    assert next((one.value for one in named.units(text)), "") == unit


def test_a_position_lies_in_a_commune() -> None:
    offer = named.units("ở phường Kỳ Lừa", 21.9436, 106.6963)[0]
    assert offer.value.endswith("@2025-07-01")
    assert offer.score == 1.0
    assert named.units("không tên", 10.0, 106.0) == ()


def test_offers_of_a_report_being_written(people: dict[str, Any], report: Callable[..., Any]) -> None:
    first = report("Ổ gà lớn trước chợ Đồng Đăng")
    draft = Draft(DESK, text="Ổ gà rất lớn ngay trước chợ Đồng Đăng", lat=21.9401, lon=106.7001)
    found = reads.offered(people["truc-1022"], draft)
    assert [one.value for one in found.categories][:1] == ["mat-duong"]
    assert [one.value for one in found.offices] == ["so-xay-dung"]
    assert [one.value for one in found.duplicates] == [str(first.pk)]
    assert found.units[0].score == 1.0
    assert (found.urgent, found.abusive) == ((), ())


def test_nobody_is_offered_a_case_they_may_not_see(people: dict[str, Any], report: Callable[..., Any]) -> None:
    report("Ổ gà lớn trước chợ Đồng Đăng")
    draft = Draft(DESK, text="Ổ gà lớn trước chợ Đồng Đăng", lat=21.94, lon=106.70)
    for name in ("don-vi-xu-ly", "cong-dan", "cong-chung"):
        found = reads.offered(people[name], draft)
        assert found.duplicates == ()
        assert all("giống" not in one.said() for one in found.categories)


def test_a_case_repeats_another_by_its_photo(people: dict[str, Any], report: Callable[..., Any]) -> None:
    sent = pictures.photo(200, 150).getvalue()
    one, two = (files.keep(gate.public(), "x", io.BytesIO(sent)) for _ in range(2))
    first = report("Cây đổ", files=(one,), lat=None, lon=None)
    again = report("xem ảnh", files=(two,), lat=None, lon=None, category="")
    offers = reads.for_case(people["truc-1022"], again.pk).duplicates
    assert [(offer.value, offer.score) for offer in offers] == [(str(first.pk), 1.0)]
    act(people["truc-1022"], again.pk, Wanted("merge", into=first.pk))
    assert reads.for_case(people["truc-1022"], first.pk).duplicates == (), "what was joined is no repeat any more"
    with pytest.raises(Absent):
        reads.for_case(people["don-vi-xu-ly"], first.pk)


def test_what_was_handled_teaches(people: dict[str, Any], report: Callable[..., Any]) -> None:
    done = report("Xe tải chở đá rơi vãi khắp đường liên xã", category="o-nhiem")
    draft = Draft(DESK, text="Xe tải chở đá làm rơi vãi đường liên xã")
    assert reads.offered(people["truc-1022"], draft).categories == (), "the desk has not said yet"
    act(people["truc-1022"], done.pk, Wanted("assign", office="so-xay-dung"))
    offer = reads.offered(people["truc-1022"], draft).categories[0]
    assert offer.value == "o-nhiem"
    assert str(done.pk) in offer.said()


def test_the_door_answers_in_words_and_in_json(people: dict[str, Any], report: Callable[..., Any]) -> None:
    first, again = report("Ổ gà lớn trước chợ Đồng Đăng"), report("Trước chợ Đồng Đăng có ổ gà lớn", category="")
    client = _as("truc-1022")
    page = client.get(f"/cases/suggest?number={again.pk}").content.decode()
    assert "Mặt đường hư hỏng" in page
    assert f'action="/cases/{again.pk}/merge"' in page
    assert f'value="{first.pk}"' in page
    written = client.post("/cases/suggest", {"desk": DESK, "text": "đèn đường tối om ở xã Đồng Đăng"}).content.decode()
    assert """data-put='{"category": "chieu-sang"}'""" in written
    assert """data-put='{"place": "06184"}'""" in written
    plain = client.post("/cases/suggest", {"text": "ổ gà", "lat": "x"}, headers={"accept": "application/json"}).json()
    assert plain["categories"][0]["value"] == "mat-duong"
    assert plain["categories"][0]["why"] == "có từ “ổ gà”"
    english = client.get(f"/cases/suggest?number={again.pk}&lang=en", headers={"accept": "application/json"}).json()
    assert english["categories"][0]["name"] == "Damaged road"


def test_taking_an_offer_is_one_press(people: dict[str, Any], report: Callable[..., Any]) -> None:
    first, again = report("Ổ gà lớn trước chợ Đồng Đăng"), report("Trước chợ Đồng Đăng có ổ gà lớn", category="")
    client = _as("truc-1022")
    client.post(f"/cases/{again.pk}/correct", {"category": "mat-duong", "version": again.version, "once": "a"})
    assert Case.objects.get(pk=again.pk).category == "mat-duong"
    client.post(f"/cases/{again.pk}/merge", {"into": first.pk, "version": again.version + 1, "once": "b"})
    assert Case.objects.get(pk=again.pk).into_id == first.pk


def test_who_is_turned_away(people: dict[str, Any], report: Callable[..., Any]) -> None:
    number = report().pk
    said = {"desk": DESK, "text": "ổ gà"}
    for client in (Client(), _as("cong-dan"), _as("don-vi-xu-ly"), _as("lanh-dao")):
        assert client.post("/cases/suggest", said).status_code == 404
    for client in (Client(), _as("cong-dan"), _as("don-vi-xu-ly")):
        assert client.get(f"/cases/suggest?number={number}").status_code == 404
    assert _as("truc-1022").get("/cases/suggest?number=x").status_code == 404
    assert _as("truc-1022").post("/cases/suggest", {"desk": "khong.co", "text": "x"}).status_code == 404
