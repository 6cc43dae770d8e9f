"""Accounts and offices on screen: as the administrator, as a department's own keeper, as everybody else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from haidang.access.models import Account, Office, Token, Trace

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
KEEPER = "quan-tri-y-te"
NEW = {"name": "bs-an", "title": "Bác sĩ An", "holder": "Trần Văn An", "office": "so-y-te", "phone": "0912345678"}
CSV = "Tên tài khoản;Họ và tên;Đơn vị;Điện thoại\nbs-binh;Lê Bình;Phòng Nghiệp vụ Y;0911222333\nSai Tên;;sở lạ;12\n"


def body(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def post(client: Client, url: str, status: int = 302, /, **data: Any) -> Any:
    answer = client.post(url, data)
    assert answer.status_code == status, (url, answer.status_code, answer.content.decode()[:600])
    return answer


def seal(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_keeper_opens_an_account_and_its_holder_has_to_change_the_password(as_: As) -> None:
    keeper = as_(KEEPER)
    assert "Mở tài khoản" in body(keeper, "/people/")
    made = post(keeper, "/people/new", 200, **NEW)
    assert made["Cache-Control"] == "no-store"
    password = re.search(r"<output>([^<]+)</output>", made.content.decode())
    assert password
    assert password[1] not in body(keeper, "/people/bs-an")
    holder = Client()
    holder.post("/login/", {"username": "bs-an", "password": password[1]})
    assert holder.get("/")["Location"] == "/me/password"


def test_the_list_is_searched_narrowed_and_taken_away(as_: As) -> None:
    keeper = as_(KEEPER)
    post(keeper, "/people/new", 200, **NEW)
    assert "bs-an" in body(keeper, "/people/?q=tran+van")
    assert "Không có tài khoản nào khớp" in body(keeper, "/people/?q=khong+co+ai")
    assert "so-giao-duc" not in body(keeper, "/people/")
    file = body(keeper, "/people.csv?q=bs")
    assert file.startswith("\ufeffLoại,Tài khoản,Trạng thái,Người giữ,Đơn vị,Ngày mở,Ngày ngừng")
    assert "tác nghiệp,bs-an,chưa đăng nhập lần nào,Trần Văn An,Sở Y tế" in file
    assert Trace.objects.filter(who=KEEPER, action="export", subject="people").exists()
    whole = CalamineWorkbook.from_filelike(io.BytesIO(as_("quan-tri").get("/people.xlsx").content))
    assert whole.get_sheet_by_index(0).total_height > 15


def test_a_name_that_reads_as_a_formula_is_harmless(as_: As) -> None:
    keeper = as_(KEEPER)
    post(keeper, "/people/new", 200, **{**NEW, "holder": "=1+1"})
    assert "'=1+1" in body(keeper, "/people.csv")


def test_what_is_wrong_is_said_beside_what_was_typed(as_: As) -> None:
    keeper = as_(KEEPER)
    for wrong, said in (
        ({"name": "Sai Tên"}, "không dùng được"),
        ({"name": "so-y-te"}, "đã có"),
        ({"use": "admin"}, "Chỉ quản trị trung tâm"),
        ({"email": "không"}, "không phải là địa chỉ thư"),
        ({"office": "so-giao-duc"}, "Không có cơ quan, đơn vị"),
    ):
        page = post(keeper, "/people/new", 422, **{**NEW, **wrong}).content.decode()
        assert said in page
        assert "Trần Văn An" in page
    post(keeper, "/people/new", 200, **NEW)
    twin = {**NEW, "name": "bs-an-2"}
    assert "đã có tài khoản: bs-an" in post(keeper, "/people/new", 422, **twin).content.decode()
    post(keeper, "/people/new", 200, **twin, sure="1")


def test_acts_on_one_account(as_: As) -> None:
    keeper = as_(KEEPER)
    post(keeper, "/people/new", 200, **NEW)
    post(keeper, "/people/bs-an/change", **{**NEW, "title": "Trưởng khoa Nội"})
    assert "Trưởng khoa Nội" in body(keeper, "/people/bs-an")
    post(keeper, "/people/bs-an/disable", why="chuyển công tác")
    page = body(keeper, "/people/bs-an")
    assert "chuyển công tác" in page
    assert "/people/bs-an/enable" in page
    Account.objects.filter(name="bs-an").update(disabled_why="idle")
    assert "lâu không dùng" in body(keeper, "/people/bs-an")
    post(keeper, "/people/bs-an/enable")
    assert Account.objects.get(name="bs-an").is_active
    once = post(keeper, "/people/bs-an/password", 200).content.decode()
    assert "Chỉ hiện lần này" in once
    post(keeper, "/people/bs-an/unlock")
    post(keeper, "/people/bs-an/factor")
    post(keeper, "/people/bs-an/sessions")
    refused = keeper.post("/people/bs-an/token", {"label": "máy", "until": "01/01/2020"}, follow=True)
    assert "ngày hết hạn sau hôm nay" in refused.content.decode()
    token = post(keeper, "/people/bs-an/token", 200, label="máy viện", until="31/12/2099").content.decode()
    assert "hd_" in token
    assert "hd_" not in body(keeper, "/people/bs-an")
    post(keeper, "/people/bs-an/revoke", token=str(Token.objects.get().pk))
    assert not Token.objects.exists()
    assert keeper.post("/people/bs-an/khong-co").status_code == 404
    assert keeper.get("/people/bs-an/disable").status_code == 405


def test_the_last_administrator_is_told_why_he_stays(as_: As) -> None:
    page = body(as_("quan-tri"), "/people/quan-tri")
    assert "Đây là tài khoản của anh/chị" in page
    assert "/people/quan-tri/disable" not in page
    assert post(as_("quan-tri"), "/people/quan-tri/disable", why="x")["Location"] == "/people/quan-tri"
    assert Account.objects.get(name="quan-tri").is_active


@pytest.mark.parametrize("who", ["lanh-dao", "so-giao-duc", "cong-dan", "bao-ve-du-lieu", ""])
def test_for_everybody_else_it_is_absent(as_: As, who: str) -> None:
    client = as_(who)
    reads = (
        "/people/",
        "/people.csv",
        "/people/new",
        "/people/so-y-te",
        "/people/import",
        "/offices/",
        "/offices/so-y-te",
    )
    for url in reads:
        body(client, url, 404)
    acts = ("change", "disable", "enable", "unlock", "password", "factor", "sessions", "token", "revoke")
    for url in (*(f"/people/so-y-te/{act}" for act in acts), "/people/new", "/people/import/confirm", "/offices/seed"):
        post(client, url, 404, **NEW)
    for url in ("/offices/new", "/offices/so-y-te/save", "/offices/so-y-te/close", "/people/import/passwords"):
        post(client, url, 404, key="so-moi", name_vi="Sở mới")
    assert Account.objects.get(name="so-y-te").is_active
    assert not Account.objects.filter(name="bs-an").exists()


def test_a_keeper_reaches_no_other_office(as_: As) -> None:
    keeper = as_(KEEPER)
    for name in ("so-giao-duc", "quan-tri", "cong-chung", "khong-co"):
        body(keeper, f"/people/{name}", 404)
        post(keeper, f"/people/{name}/disable", 404, why="x")
        post(keeper, f"/people/{name}/password", 404)
    body(keeper, "/offices/so-giao-duc", 404)
    post(keeper, "/offices/so-giao-duc/save", 404, name_vi="Của tôi")
    post(keeper, "/offices/seed", 404)
    assert "Việc gần đây" not in body(keeper, "/people/so-y-te")  # the trace is for those who audit
    assert "Việc gần đây" in body(as_("quan-tri"), "/people/so-y-te")


def test_a_table_is_judged_confirmed_and_its_passwords_taken_once(as_: As) -> None:
    keeper = as_(KEEPER)
    body(keeper, "/people/import")
    template = keeper.get("/people/import/template.xlsx")
    again = SimpleUploadedFile("mau.xlsx", template.content)
    assert "Nguyễn Văn An" in keeper.post("/people/import", {"file": again}).content.decode()
    shown = keeper.post("/people/import", {"file": SimpleUploadedFile("a.csv", CSV.encode())}).content.decode()
    assert "Nhập 1 dòng đúng" in shown
    for said in (
        "“Sai Tên” không dùng làm tên tài khoản",
        "Không có đơn vị “sở lạ”",
        "“12” không phải là số điện thoại",
    ):
        assert said in shown
    assert not Account.objects.filter(name="bs-binh").exists()
    done = post(keeper, "/people/import/confirm", 200, seal=seal(shown)).content.decode()
    assert Account.objects.get(name="bs-binh").office == Office.objects.get(key="so-y-te-nghiep-vu")
    file = post(keeper, "/people/import/passwords", 200, seal=seal(done))
    row = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()[1]
    assert row[:3] == ["bs-binh", "Lê Bình", "Phòng Nghiệp vụ Y"]
    assert Account.objects.get(name="bs-binh").check_password(str(row[3]))
    assert "đã được tải" in post(keeper, "/people/import/passwords", 400, seal=seal(done)).content.decode()
    again_ = post(keeper, "/people/import/confirm", 200, seal=seal(shown)).content.decode()
    assert "Tải mật khẩu" not in again_
    post(as_("quan-tri"), "/people/import/confirm", 400, seal=seal(shown))


def test_a_file_that_is_none_is_refused_in_words(as_: As) -> None:
    keeper = as_(KEEPER)
    assert (
        "Không thấy dòng tiêu đề"
        in post(keeper, "/people/import", 422, file=SimpleUploadedFile("a.csv", b"x,y\n1,2\n")).content.decode()
    )
    assert "Hãy chọn một tệp" in post(keeper, "/people/import", 422).content.decode()
    large = SimpleUploadedFile("a.csv", b"x" * (4 * 1024 * 1024))
    post(keeper, "/people/import", 413, file=large)


def test_offices_are_found_made_changed_and_closed(as_: As) -> None:
    admin = as_("quan-tri")
    page = body(admin, "/offices/")
    assert "UBND xã Đồng Đăng" in page
    found = body(admin, "/offices/?q=dong+dang")
    assert "xa-06184" in found
    assert "so-y-te-van-phong" not in found
    post(admin, "/offices/new", key="so-noi-vu", name_vi="Sở Nội vụ", above="ubnd-tinh", place="20")
    assert "đã có đơn vị khác dùng" in post(admin, "/offices/new", 422, key="so-noi-vu", name_vi="Sở").content.decode()
    post(admin, "/offices/so-noi-vu/save", name_vi="Sở Nội vụ tỉnh", above="ubnd-tinh", head="so-tai-chinh")
    assert Office.objects.get(key="so-noi-vu").head == Account.objects.get(name="so-tai-chinh")
    post(admin, "/offices/so-noi-vu/close")
    assert "đã đóng" in body(admin, "/offices/so-noi-vu")
    post(admin, "/offices/so-noi-vu/reopen")
    assert "Chưa đóng được" in post(admin, "/offices/so-y-te/close", 422).content.decode()
    post(admin, "/offices/seed")


def test_pages_stand_in_both_languages(as_: As) -> None:
    admin = as_("quan-tri")
    for url in (
        "/people/",
        "/people/so-y-te",
        "/people/new",
        "/people/import",
        "/offices/",
        "/offices/so-y-te",
        "/reviews/",
    ):
        page = body(admin, f"{url}?lang=en")
        assert "Administration" in page
        assert 'style="' not in page
        assert not re.search(r">(people|office|import|review)\.[a-z-]+<", page), url
