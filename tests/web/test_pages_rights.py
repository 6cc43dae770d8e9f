"""Rights on screen: giving and withdrawing, asking and answering, why and why not, privileged sessions, seeing as."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from doors import PASSWORD

from haidang.access import actions, gate
from haidang.access.models import Account, GrantEnded, GrantRow, Privilege, Request, Trace
from haidang.access.people.requests import actions as requests
from haidang.words.nouns import Grant, Level

BUDGET = "/indicators/kinh-te-xa-hoi.thu-ngan-sach?place=20"
ABSENT = "/indicators/kinh-te-xa-hoi.khong-co-dau?place=20"
REASON = "Kiểm tra số liệu thu ngân sách theo đề nghị của Văn phòng"
As = Callable[[str], Client]


@pytest.fixture
def enter(as_: As) -> As:
    return as_


def body(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code, answer.content.decode()[:500])
    return answer.content.decode()


def post(client: Client, url: str, status: int = 302, **data: str) -> Any:
    answer = client.post(url, data)
    assert answer.status_code == status, (url, answer.status_code, answer.content.decode()[:3000])
    return answer


def second_administrator() -> None:
    actions.open_account(gate.operator(), actions.Person("quan-tri-2", "Quản trị thứ hai", place="20"), PASSWORD)
    Account.objects.filter(name="quan-tri-2").update(must_change=False)
    actions.give(gate.operator(), Grant("", "quan-tri-2", "manage"))


GIVEN = {"action": "read", "pack": "y-te", "place": "Xã Đồng Đăng (06184)", "level": "internal", "why": "Theo QĐ 12"}


def test_the_list_says_grants_in_words_and_narrows(enter: As) -> None:
    client = enter("quan-tri")
    shown = body(client, "/grants/")
    assert "Được xem lĩnh vực Y tế, toàn tỉnh Lạng Sơn, đến mức hạn chế, không thời hạn" in shown
    only = body(client, "/grants/?pack=y-te&action=import")
    assert "Được nạp dữ liệu lĩnh vực Y tế" in only
    assert "Giáo dục" not in re.sub(r"<select.*?</select>|<datalist.*?</datalist>", "", only, flags=re.S)
    assert client.get("/grants.csv").content.decode("utf-8-sig").count("\n") > 20
    assert "Sở Y tế Lạng Sơn" in body(client, "/grants/table")


def test_giving_and_withdrawing(enter: As) -> None:
    client = enter("quan-tri")
    post(client, "/grants/new", to="Sở Giáo dục (so-giao-duc)", **GIVEN)
    row = GrantRow.objects.get(account__name="so-giao-duc", pack="y-te")
    assert (row.place, row.level, row.given_by, row.why) == ("06184@2025-07-01", 1, "quan-tri", "Theo QĐ 12")
    assert "Được xem lĩnh vực Y tế, toàn xã Đồng Đăng, đến mức nội bộ" in body(client, f"/grants/{row.pk}/withdraw")
    post(client, f"/grants/{row.pk}/withdraw")
    assert GrantEnded.objects.get(number=row.pk).ended_by == "quan-tri"
    assert "Theo QĐ 12" in body(client, "/grants/?ended=1")
    told = body(enter("so-giao-duc"), "/notices/")
    assert "đã cấp cho anh/chị" in told
    assert "đã thu hồi quyền" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"to": "quan-tri"}, "Không ai tự cấp"),
        ({"to": "khong-co"}, "Không có tài khoản"),
        ({"to": "", "office": "khong-co"}, "Không có cơ quan"),
        ({"to": "so-y-te", "office": "so-y-te"}, "Chọn một tài khoản"),
        ({"to": "so-y-te", "place": "Xã Không Có"}, "Không có địa bàn"),
        ({"to": "so-y-te", "until": "32/01/2027"}, "Ngày ghi dạng"),
        ({"to": "so-y-te", "until": "01/01/2020"}, "Ngày hết hạn đã qua"),
        ({"to": "so-y-te", "why": " "}, "Hãy ghi lý do"),
        ({"to": "cong-chung"}, "Công chúng chỉ được xem mức công khai"),
        ({"to": "so-y-te", "action": "people"}, "Cơ quan được ủy quyền"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(enter: As, changed: dict[str, str], said: str) -> None:
    before = GrantRow.objects.count()
    answer = post(enter("quan-tri"), "/grants/new", 400, **{**GIVEN, **changed})
    assert said in answer.content.decode()
    assert GrantRow.objects.count() == before


def test_a_delegated_administrator_gives_within_its_ceiling(enter: As) -> None:
    client = enter("quan-tri-y-te")
    to = "so-y-te"
    shown = body(client, "/grants/new")
    assert "được cấp quyền cho người của Sở Y tế" in shown.lower().replace("sở y tế", "Sở Y tế")
    post(client, "/grants/new", to=to, **GIVEN)
    for wrong in ({"pack": "giao-duc"}, {"level": "personal"}, {"place": "* (*)"}, {"to": "so-giao-duc"}):
        post(client, "/grants/new", 400, **{"to": to, **GIVEN, **wrong})
    assert "Sở Giáo dục" not in re.sub(r"<select.*?</select>", "", body(client, "/grants/"), flags=re.S)
    theirs = GrantRow.objects.filter(account__name="so-giao-duc").first()
    assert theirs is not None
    body(client, f"/grants/{theirs.pk}/withdraw", 404)


def test_asking_and_answering(enter: As) -> None:
    asker, keeper = enter("so-y-te"), enter("quan-tri-y-te")
    form = body(asker, f"/requests/new?at={BUDGET}")
    assert 'value="kinh-te-xa-hoi" selected' in form
    post(asker, "/requests/new", **{**GIVEN, "why": "Cần số liệu cho báo cáo quý", "page": BUDGET})
    number = Request.objects.get().pk
    assert "Cần số liệu cho báo cáo quý" in body(keeper, "/requests/")
    assert "xin quyền" in body(keeper, "/notices/")
    body(enter("so-giao-duc"), f"/requests/{number}", 404)
    assert "Đồng ý cấp" not in body(asker, f"/requests/{number}")
    assert (
        "Không ai tự" in post(asker, f"/requests/{number}/approve", 400, place="06184", level="public").content.decode()
    )
    post(keeper, f"/requests/{number}/approve", 400, place="20", level="internal")
    post(keeper, f"/requests/{number}/approve", place="06184", level="public", words="Chỉ mức công khai")
    assert GrantRow.objects.filter(account__name="so-y-te", place="06184@2025-07-01", level=0).exists()
    assert "Chỉ mức công khai" in body(asker, "/requests/")
    assert "đã đồng ý cấp quyền" in body(asker, "/notices/")


def test_refusing_needs_words_and_taking_back_is_ones_own(enter: As) -> None:
    asker, keeper = enter("so-y-te"), enter("quan-tri-y-te")
    who = gate.actor("so-y-te")
    first = requests.ask(who, Grant("", "", "read", "y-te", "06184", Level.INTERNAL), "Cần cho báo cáo")
    second = requests.ask(who, Grant("", "", "mend", "y-te", "06184", Level.INTERNAL), "Cần cho báo cáo")
    post(keeper, f"/requests/{first}/refuse", 400, words=" ")
    post(keeper, f"/requests/{first}/refuse", words="Chưa có nhiệm vụ được giao")
    assert "Chưa có nhiệm vụ được giao" in body(asker, "/notices/")
    post(keeper, f"/requests/{second}/take-back", 404)
    post(asker, f"/requests/{second}/take-back")
    assert set(Request.objects.values_list("state", flat=True)) == {"refused", "taken-back"}


def test_two_administrators_for_what_is_grave(enter: As) -> None:
    client = enter("quan-tri")
    post(client, "/grants/new", to="thanh-tra", **{**GIVEN, "level": "personal"})
    assert GrantRow.objects.filter(account__name="thanh-tra", level=3).exists(), "there is one administrator alone"
    second_administrator()
    there = post(client, "/grants/new", to="lanh-dao", **{**GIVEN, "action": "audit"})["Location"]
    assert not GrantRow.objects.filter(account__name="lanh-dao", action="audit").exists()
    post(client, f"{there}/approve", 400, place="06184", level="internal")
    other = enter("quan-tri-2")
    vouched = other.session  # as by the province's own sign-in
    vouched["factor"] = "sso"
    vouched.save()
    post(other, f"{there}/approve", place="06184", level="internal")
    assert GrantRow.objects.filter(account__name="lanh-dao", action="audit").exists()


def test_why_names_the_grants_and_what_is_masked(enter: As) -> None:
    shown = body(enter("lanh-dao"), f"/why?at={BUDGET}")
    assert "Được xem mọi lĩnh vực, toàn tỉnh Lạng Sơn, đến mức hạn chế" in shown
    assert "Họ tên, số điện thoại" in shown
    link = re.search(r'href="(/why\?at=[^"]+)"', body(enter("lanh-dao"), "/boards/kinh-te-xa-hoi"))
    assert link
    assert link[1] == "/why?at=/boards/kinh-te-xa-hoi"


@pytest.mark.parametrize("name", ["so-giao-duc", "cong-chung", "truc-1022"])
@pytest.mark.parametrize("path", ["/why?at=", "/api/v1/why?at=", "/requests/new?at="])
def test_denied_and_absent_read_alike_byte_for_byte(enter: As, name: str, path: str) -> None:
    client = Client() if name == "cong-chung" else enter(name)
    denied, absent = client.get(path + BUDGET), client.get(path + ABSENT)
    assert denied.status_code == absent.status_code

    def strip(answer: Any) -> str:
        said = answer.content.decode().replace("thu-ngan-sach", "X").replace("khong-co-dau", "X")
        return re.sub(
            r'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"|data-now="[^"]+"|nonce-[^"\']+', "", said
        )

    assert strip(denied) == strip(absent)
    if "why" in path:
        assert "Không có nội dung này, hoặc" in strip(denied) or '"allowed": false' in strip(denied)


def test_why_of_another_is_exact_and_for_administrators(enter: As) -> None:
    client = enter("quan-tri")
    said = body(client, f"/why?as=so-giao-duc&at={BUDGET}")
    assert "Không có quyền trong lĩnh vực này" in said or "chưa tới mức" in said
    assert "Không có trang hoặc nội dung này" in body(client, f"/why?as=so-giao-duc&at={ABSENT}")
    assert "không bao gồm địa bàn" in body(client, f"/why?as=xa-dong-dang&at={BUDGET}") or "chưa tới mức" in body(
        client, f"/why?as=xa-dong-dang&at={BUDGET}"
    )
    assert Trace.objects.filter(who="quan-tri", action="why").exists()
    body(enter("lanh-dao"), f"/why?as=so-giao-duc&at={BUDGET}", 404)


# --- privileged sessions


def opened(client: Client, **changed: str) -> Any:
    from haidang.cli.demo import cast

    for row in Authenticator.objects.filter(
        type="totp"
    ):  # each code is good once, and a test does not wait for another
        row.data.pop("last", None)
        row.save()
    form = {"why": REASON, "pack": "*", "place": "20", "level": "restricted", "minutes": "30", "password": PASSWORD}
    form |= {"code": cast.code("quan-tri", later=1)}
    return client.post("/privilege/open", {**form, **changed})


def test_a_session_shows_the_red_banner_and_ends_by_itself(enter: As) -> None:
    client = enter("quan-tri")
    body(client, BUDGET, 404)
    assert opened(client).status_code == 302
    shown = body(client, BUDGET)
    assert "PHIÊN ĐẶC QUYỀN" in shown
    assert REASON in shown
    assert 'class="privileged"' in shown
    assert "PHIÊN ĐẶC QUYỀN" in body(client, "/khong-co", 404)
    body(enter("quan-tri"), BUDGET, 404)  # another browser of the same account
    GrantRow.objects.filter(privilege__isnull=False).update(until=timezone.now() - timedelta(seconds=1))
    Privilege.objects.update(until=timezone.now() - timedelta(seconds=1))
    body(client, BUDGET, 404)
    assert "PHIÊN ĐẶC QUYỀN" not in body(client, "/")


def test_a_session_ends_by_the_button_and_at_sign_out(enter: As) -> None:
    client = enter("quan-tri")
    opened(client)
    post(client, "/privilege/end")
    body(client, BUDGET, 404)
    other = enter("quan-tri")
    assert opened(other).status_code == 302
    other.post("/logout/")
    assert not Privilege.objects.filter(closed=None).exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"why": "xem"}, "Lý do phải là một câu"),
        ({"why": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, "Lý do phải là một câu"),
        ({"level": "personal"}, "không bao giờ tới dữ liệu cá nhân"),
        ({"minutes": "61"}, "Từ 1 đến 60 phút"),
        ({"password": "sai-mat-khau"}, "Mật khẩu không đúng"),
        ({"code": "000000"}, "Mã"),
    ],
)
def test_a_session_is_refused(enter: As, changed: dict[str, str], said: str) -> None:
    answer = opened(enter("quan-tri"), **changed)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Privilege.objects.exists()


def test_only_administrators_open_one(enter: As) -> None:
    for name in ("lanh-dao", "thanh-tra", "quan-tri-y-te"):
        assert opened(enter(name)).status_code == 404, name


def test_seeing_as_another_looks_and_nothing_else(enter: As) -> None:
    client = enter("quan-tri")
    post(client, "/privilege/see-as", 400, name="so-giao-duc")
    opened(client)
    post(client, "/privilege/see-as", 400, name="quan-tri")
    post(client, "/privilege/see-as", name="Sở Giáo dục (so-giao-duc)")
    shown = body(client, "/")
    assert "đang xem với tư cách Sở Giáo dục và Đào tạo Lạng Sơn" in shown
    body(client, BUDGET, 404)  # so-giao-duc may not, though the session would
    body(client, "/grants/", 404)
    refused = post(client, "/requests/new", 403, **{**GIVEN, "why": "Thử khi đang xem"})
    assert "chỉ xem" in refused.content.decode()
    assert client.post("/api/v1/answers", "[]", content_type="application/json").status_code == 403
    assert not Request.objects.exists()
    assert Trace.objects.filter(who="so-giao-duc", real="quan-tri").exists()
    post(client, "/privilege/see-as/end")
    assert "đang xem với tư cách" not in body(client, "/")
    number = Privilege.objects.get().pk
    assert "Sở Giáo dục" in body(client, f"/privilege/{number}")
    assert REASON in body(enter("thanh-tra"), f"/privilege/{number}")
    body(enter("so-giao-duc"), f"/privilege/{number}", 404)
