"""Files sent, runs followed, rows mended, on a home of its own: as the department that owes the data, and as others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from doors import PASSWORD
from doors import enter as signed_in_as

pytestmark = pytest.mark.django_db
DATASET = "giao-duc.diem-thi-thpt"
UPLOAD = f"/sources/{DATASET}/upload"
ROWS = b"khoa,tinh,nam,toan,van\naaaaaaaaa2,20,2018,5.5,6\naaaaaaaaa3,20,2018,15,6\naaaaaaaaa4,99,2018,4,6\n"
As = Callable[[str], Client]


@pytest.fixture
def enter(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> As:
    """Signed-in clients on an empty home."""
    from haidang.cli.demo import cast as people

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    people.create(PASSWORD)

    return lambda name: signed_in_as(name) if name else Client()


def send(client: Client, content: bytes = ROWS, name: str = "diem.csv") -> HttpResponse:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})  # type: ignore[return-value] # test client


def land(client: Client) -> str:
    """Send a file and do the worker's part; the address of the run."""
    from haidang.intake import actions

    address = str(send(client)["Location"])
    actions.land(address.rsplit("/", 1)[1])
    return address


def rejects(client: Client, address: str, code: str) -> list[str]:
    import re

    page = client.get(f"{address}?code={code}&state=all").content.decode()
    return sorted(set(re.findall(r"/rejects/([\w-]+)", page)))


def test_a_sent_file_waits_for_the_worker_and_shows_how_far_it_is(enter: As) -> None:
    client = enter("so-giao-duc")
    answer = send(client)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Đã nhận" in page
    assert 'hx-trigger="every 1s"' in page
    piece = client.get(f"{answer['Location']}?part=progress")
    assert b"<html" not in piece.content
    assert "HX-Refresh" not in piece


def test_a_landed_run_says_what_came_of_it(enter: As) -> None:
    client = enter("so-giao-duc")
    address = land(client)
    assert client.get(f"{address}?part=progress")["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "Lớn hơn mức cho phép" in page
    assert "Không có trong danh mục" in page  # a row of no known place: its sender may still mend it
    assert "diem.csv" in client.get("/runs/").content.decode()


def test_others_see_the_counts_alone(enter: As) -> None:
    address = land(enter("so-giao-duc"))
    other = enter("lanh-dao")
    page = other.get(address).content.decode()
    assert "Lớn hơn mức cho phép: 1" in page
    assert "aaaaaaaaa3" not in page
    assert "Anh/chị xem được số lượng" in page
    assert other.get(f"{address}/rejects.csv").status_code == 404
    assert enter("").get(address).status_code == 404
    assert enter("quan-tri").get(address).status_code == 404


@pytest.mark.parametrize("who", ["lanh-dao", "xa-dong-dang", "quan-tri", ""])
def test_only_who_feeds_a_source_may_send(enter: As, who: str) -> None:
    client = enter(who)
    assert client.get(UPLOAD).status_code == 404
    assert send(client).status_code == 404
    assert UPLOAD not in client.get("/sources/").content.decode()


@pytest.mark.parametrize("who", ["lanh-dao", "xa-dong-dang", "quan-tri", ""])
def test_only_who_mends_may_touch_a_row(enter: As, who: str) -> None:
    owner = enter("so-giao-duc")
    address = land(owner)
    (reject,) = rejects(owner, address, "above-max")
    other = enter(who)
    assert other.get(f"/rejects/{reject}").status_code == 404
    assert other.post(f"/rejects/{reject}", {"toan": "7"}).status_code == 404
    assert other.post(f"/rejects/{reject}/discard", {"why": "x"}).status_code == 404
    assert other.post(f"/rejects/{reject}/reopen").status_code == 404
    assert other.post(f"{address}/accept", {"code": "above-max"}).status_code == 404


def test_a_row_is_mended_in_place(enter: As) -> None:
    client = enter("so-giao-duc")
    address = land(client)
    (reject,) = rejects(client, address, "above-max")
    piece = client.get(f"/rejects/{reject}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert 'value="15"' in piece
    whole = {"khoa": "aaaaaaaaa3", "tinh": "20", "nam": "2018", "van": "6"}
    wrong = client.post(f"/rejects/{reject}", {**whole, "toan": "77"})
    assert wrong.status_code == 422
    assert "Lớn hơn mức cho phép: “77”" in wrong.content.decode()
    assert 'value="77"' in wrong.content.decode()
    right = client.post(f"/rejects/{reject}", {**whole, "toan": "7"}, follow=True).content.decode()
    assert "Đã sửa và nạp dòng 3." in right
    assert rejects(client, address, "above-max") == []
    value = client.get("/indicators/giao-duc.so-thi-sinh?place=20").content.decode()
    assert "thí sinh · năm 2018" in value or "Ẩn vì nhóm quá ít người" in value


def test_a_discard_needs_a_reason_and_can_be_taken_back(enter: As) -> None:
    client = enter("so-giao-duc")
    address = land(client)
    (reject,) = rejects(client, address, "above-max")
    assert client.post(f"/rejects/{reject}/discard", {"why": " "}).status_code == 400
    assert (
        "Đã bỏ dòng 3" in client.post(f"/rejects/{reject}/discard", {"why": "nhập thử"}, follow=True).content.decode()
    )
    assert "Mở lại" in client.get(f"{address}?state=discarded").content.decode()
    back = client.post(f"/rejects/{reject}/reopen", follow=True).content.decode()
    assert "Đã mở lại dòng 3" in back
    assert client.post(f"/rejects/{reject}/reopen").status_code == 404


def test_a_group_is_accepted_after_saying_what_that_means(enter: As) -> None:
    client = enter("so-giao-duc")
    address = land(client)
    assert "đã kiểm tra với nơi gửi" in client.get(f"{address}?code=above-max").content.decode()
    done = client.post(f"{address}/accept", {"code": "above-max"}, follow=True)
    assert "Đã nhận 1 dòng, có đánh dấu." in done.content.decode()


def test_the_rows_leave_as_csv_for_who_mends(enter: As) -> None:
    client = enter("so-giao-duc")
    address = land(client)
    answer = client.get(f"{address}/rejects.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert b"aaaaaaaaa3" not in answer.content, "whose row it is takes the personal level and a purpose"


def test_faulty_arrivals_are_refused_in_plain_words(enter: As, settings: Any) -> None:
    client = enter("so-giao-duc")
    empty = send(client, b"")
    assert empty.status_code == 400
    assert "diem.csv" in empty.content.decode()
    assert client.post(UPLOAD, {}).status_code == 400
    settings.UPLOAD_MB = 0  # type: ignore[attr-defined] # pytest-django's settings
    large = send(client)
    assert large.status_code == 413
    assert "Tệp quá lớn" in large.content.decode()


def test_a_broken_file_stops_and_the_page_says_why(enter: As) -> None:
    from haidang.intake import actions
    from haidang.words.errors import IntakeStopped

    client = enter("so-giao-duc")
    address = str(send(client, b"mot,hai\n1,2\n")["Location"])
    with pytest.raises(IntakeStopped):
        actions.land(address.rsplit("/", 1)[1])
    page = client.get(address).content.decode()
    assert "Đã dừng, chưa ghi dòng nào." in page
    assert "Traceback" not in page


def test_forms_from_elsewhere_are_refused(enter: As) -> None:
    enter("")
    client = Client(enforce_csrf_checks=True)
    from haidang.access.models import Account

    client.force_login(Account.objects.get(name="so-giao-duc"))
    assert send(client).status_code == 403
    assert "Phiên làm việc đã cũ" in send(client).content.decode()


def test_an_unknown_run_is_absent(enter: As) -> None:
    assert enter("so-giao-duc").get("/runs/khong-co").status_code == 404
    assert enter("so-giao-duc").get("/rejects/khong-co").status_code == 404
