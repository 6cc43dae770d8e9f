"""The form: what it takes, what it gives back, that one sent twice is one, that nothing of a refused one is kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from cong.conftest import TEXT, ticket
from django.test import Client
from PIL import Image

from haidang.access import gate
from haidang.cases import reads, senders
from haidang.cases.models import Case, File, Sender


def photo(color: str = "red") -> io.BytesIO:
    """A photo that says where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (900, 700), color).save(out, "JPEG", exif=exif)
    out.seek(0)
    out.name = "IMG_Nguyen_Van_An.jpg"
    return out


def test_a_report_in_one_post(case: Any) -> None:
    made = case(category="mat-duong", lat="21.94", lon="106.70", phone="0912 345 611", name="Trần Thị Bưởi")
    assert (made.state, made.channel, made.category) == ("new", "web", "mat-duong")
    assert made.unit.startswith("06184@"), made.unit
    assert senders.unseal(made.sender.phone) == "0912345611"


def test_the_page_after_it_thanks_and_shows_the_code(send: Any, citizen: Client) -> None:
    page = citizen.get(send()["Location"])
    code = Case.objects.get().code
    assert page.status_code == 200
    assert code in page.content.decode()
    assert "Cảm ơn ông/bà" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_nothing_but_words_is_needed(case: Any) -> None:
    made = case()
    assert made.sender is None
    assert made.anonymous
    assert made.public


def test_hidden_keeps_nothing_of_whoever_sent_it(case: Any) -> None:
    made = case(hidden="1", phone="0912 345 612", name="Nguyễn Thị Kín", email="kin@example.vn")
    assert made.sender is None
    assert made.anonymous
    assert not Sender.objects.exists()


def test_a_citizen_who_is_signed_in_finds_it_again(people: dict[str, Any]) -> None:
    client = Client()
    client.force_login(_account("cong-dan"))
    answer = client.post("/cong/gui", {"ticket": ticket(), "text": TEXT, "public": "1"})
    code = answer["Location"].split("/")[2].partition("?")[0]
    assert reads.sent_by("cong-dan") == (code,)
    assert code in client.get("/cong/cua-toi").content.decode()


def test_photos_lose_where_they_were_taken(send: Any) -> None:
    assert send(photos=[photo(), photo("blue")]).status_code == 302
    rows = File.objects.filter(case=Case.objects.get())
    assert rows.count() == 2
    for row in rows:
        from django.conf import settings

        kept = next(Path(settings.HOME).rglob(Path(row.path).name))
        assert not Image.open(kept).getexif()
        assert "Nguyen" not in row.name


def test_the_same_form_twice_is_one(people: dict[str, Any]) -> None:
    given, clients = ticket(), (Client(), Client())
    answers = [one.post("/cong/gui", {"ticket": given, "text": TEXT}) for one in clients]
    assert {one["Location"] for one in answers} == {f"/cong/{Case.objects.get().code}?gui=1"}


def test_a_form_sent_again_by_the_app_is_the_one_the_browser_sent(people: dict[str, Any]) -> None:
    key = "5f0c1c54-9a32-4f9b-8f1e-0d9a6f3b2a11"
    first = Client().post("/cong/gui", {"ticket": ticket(once=key), "text": TEXT, "app": "1"})
    again = Client().post("/cong/gui", {"ticket": ticket(120, once=key), "text": TEXT})
    assert first["Location"] == again["Location"]
    assert Case.objects.get().channel == "app"


def test_too_quick_keeps_the_words_and_the_ticket(people: dict[str, Any]) -> None:
    client, given = Client(), ticket(seconds=0)
    answer = client.post("/cong/gui", {"ticket": given, "text": TEXT, "address": "số 3 Lê Lợi"})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert TEXT in page
    assert "số 3 Lê Lợi" in page
    assert given in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": "ab"}, "kể thêm"),
        ({"website": "http://x"}, "ô ẩn"),
        ({"ticket": "sai"}, "gửi lại"),
        ({"phone": "không có"}, "chưa đúng"),
        ({"email": "khong"}, "chưa đúng"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(send: Any, more: dict[str, str], said: str) -> None:
    answer = send(photos=[photo()], **more)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Case.objects.exists()
    assert not File.objects.exists()
    assert not Sender.objects.exists()


def test_a_file_that_is_no_photo_refuses_the_report_in_words(send: Any) -> None:
    bad = io.BytesIO(b"MZ this is a program")
    bad.name = "anh.jpg"
    answer = send(photos=[photo(), bad])
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not Case.objects.exists()
    assert not File.objects.exists()


def test_the_very_same_words_of_nobody_known_are_taken_twice_a_day(send: Any) -> None:
    assert [send().status_code for _ in range(3)] == [302, 302, 422]
    assert Case.objects.count() == 2


def test_neighbours_may_say_the_same(send: Any) -> None:
    """In an outage a whole street writes the same three words: whoever leaves a number, a photo, or another place."""
    for _ in range(2):
        send("Mất điện rồi")
    others = [{"phone": "0912 345 631"}, {"place": "06184"}, {"address": "ngõ 5"}, {"photos": [photo()]}]
    assert [send("Mất điện rồi", **more).status_code for more in others] == [302] * 4


def test_a_position_that_is_none_is_left_out(case: Any) -> None:
    made = case(lat="999", lon="abc", place="06184")
    assert made.lat is None
    assert made.unit.startswith("06184@")


def test_markup_is_shown_as_it_was_written(case: Any, citizen: Client) -> None:
    made = case("Cột điện nghiêng <script>alert(1)</script> ở đầu xóm Nà Trang")
    page = citizen.get(f"/cong/{made.code}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_channel_switched_off_takes_nothing(send: Any) -> None:
    from haidang.cases.models import Channel

    Channel.objects.create(desk="phan-anh.phan-anh", kind="web", on=False)
    assert send().status_code == 503
    assert not Case.objects.exists()


def test_english_is_one_click_away(citizen: Client) -> None:
    assert 'lang="vi"' in citizen.get("/cong/gui").content.decode()
    page = citizen.get("/cong/gui?lang=en").content.decode()
    assert '<html lang="en"' in page
    assert "Report a problem" in page
    assert '<html lang="en"' in citizen.get("/cong/").content.decode()


def test_pages_are_light(citizen: Client, send: Any) -> None:
    """Page, styles and script together: under 60 KB, uncompressed."""
    from haidang.web.templatetags.haidang import BUILT, built_files

    own = sum((BUILT / name).stat().st_size for name in built_files("cong/cong"))
    for url in ("/cong/", "/cong/gui", "/cong/theo-doi", "/cong/ket-qua", "/cong/tro-giup", send()["Location"]):
        size = len(citizen.get(url).content) + own
        assert size < 60_000, (url, size)


def _account(name: str) -> Any:
    from haidang.access.models import Account

    return Account.objects.get(name=name)


def test_the_public_is_who_sends_without_an_account(case: Any) -> None:
    made = case()
    assert made.steps.get().by == ""
    assert gate.public().name == "cong-chung"
