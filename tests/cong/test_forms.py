"""The ticket, the wait, the proof of work, and what is plainly rubbish."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from haidang.cases import forms
from haidang.words.errors import BadQuestion, NotNow


def work(text: str) -> str:
    return next(str(n) for n in range(10**6) if forms.work_done(text, str(n)))


def test_a_ticket_carries_its_key_and_proves_itself_after_the_wait() -> None:
    now = timezone.now()
    given = forms.ticket(now)
    assert forms.once(given.text) == given.once
    assert forms.prove(given.text, "", now + timedelta(seconds=forms.WAIT + 1)).once == given.once


def test_whoever_is_quicker_than_a_hand_waits() -> None:
    now = timezone.now()
    given = forms.ticket(now)
    with pytest.raises(NotNow) as quick:
        forms.prove(given.text, "", now + timedelta(seconds=3))
    assert quick.value.code == "form-too-quick"
    assert 3 <= int(str(quick.value.facts["retry"])) <= forms.WAIT


def test_work_shortens_the_wait_and_false_work_does_not() -> None:
    now = timezone.now()
    given = forms.ticket(now)
    soon = now + timedelta(seconds=forms.WAIT_WORKED + 1)
    assert forms.prove(given.text, work(given.text), soon)
    wrong = next(str(n) for n in range(1000) if not forms.work_done(given.text, str(n)))
    for said in (wrong, "", "x", "-1", "9" * 20):
        with pytest.raises(NotNow):
            forms.prove(given.text, said, soon)


@pytest.mark.parametrize("touched", ["", "khong-phai", "a.1:b", "abcdefgh.1700000000:xyz"])
def test_a_ticket_of_somebody_else_is_none(touched: str) -> None:
    with pytest.raises(BadQuestion, match="form-not-ours"):
        forms.prove(touched, "", timezone.now())


def test_a_touched_or_old_ticket_is_none() -> None:
    now = timezone.now()
    given = forms.ticket(now).text
    with pytest.raises(BadQuestion, match="form-not-ours"):
        forms.prove(given.replace(".", ".1", 1), "", now + timedelta(seconds=60))
    with pytest.raises(BadQuestion, match="form-too-old"):
        forms.prove(given, "", now + forms.LASTS + timedelta(seconds=1))


def test_a_form_kept_without_a_network_keeps_its_key() -> None:
    key = "5f0c1c54-9a32-4f9b-8f1e-0d9a6f3b2a11"
    assert forms.ticket(timezone.now(), key).once == key
    assert forms.ticket(timezone.now(), "no/good key").once != "no/good key"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ab", "form-too-short"),
        ("1234567890 1234567890 12345", "form-too-short"),
        ("aaaaaaaaaaaaaaaa bbbbbb cccc", "form-no-words"),
        ("mua ngay " * 20, "form-no-words"),
        ("!!!###$$$%%%^^^&&& *** ((( xin chao cac ban !!!@@@###", "form-no-words"),
        ("Xem http://a.vn và http://b.vn và www.c.vn để biết thêm", "form-links"),
    ],
)
def test_rubbish_is_told_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        forms.sound(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "Mất nước 3 ngày",
        "Đèn đường hỏng",
        "Rác rác rác nhiều quá, hôi lắm",
        "O ga to truoc cho Dong Dang, nga xe may 2 lan roi",
        "Water is coming out of the road near the bank since Monday",
        "Cây đổ chắn ngang quốc lộ 1A km 12+300, xem ảnh https://example.vn/anh.jpg",
    ],
)
def test_plain_reports_pass(text: str) -> None:
    forms.sound(text)
