"""Whoever holds the code: sees how far it is, adds, answers, rates, opens again once; whoever does not: nothing."""

from __future__ import annotations

from typing import Any

import pytest
from cong.test_send import photo
from django.test import Client

from haidang.cases.models import Case, Step


def page(citizen: Client, case: Any) -> str:
    answer = citizen.get(f"/cong/{case.code}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_sending_to_rating(case: Any, walk: Any, citizen: Client) -> None:
    made = case()
    assert "chờ tiếp nhận" in page(citizen, made)
    walk(made, "resolved")
    shown = page(citizen, made)
    assert "Đã xử lý xong" in shown
    assert "Đã vá xong mặt đường" in shown
    assert "Sở Xây dựng" in shown
    done = citizen.post(f"/cong/{made.code}/rate", {"rating": "3", "words": "Nhanh lắm, cảm ơn", "once": "a"})
    assert done.status_code == 302
    made.refresh_from_db()
    assert (made.rating, made.rating_words) == (3, "Nhanh lắm, cảm ơn")


def test_a_result_is_not_told_before_it_is_approved(case: Any, walk: Any, citizen: Client) -> None:
    made = case()
    walk(made, "approving")
    assert made.__class__.objects.get(pk=made.pk).state == "approving"
    assert "Đã vá xong mặt đường" not in page(citizen, made)


def test_a_question_is_answered_on_the_page(case: Any, walk: Any, citizen: Client) -> None:
    made = case()
    walk(made, "asked")
    assert "gần số nhà nào" in page(citizen, made)
    citizen.post(f"/cong/{made.code}/supply", {"words": "Gần số 12", "once": "s1", "photos": [photo()]})
    made.refresh_from_db()
    assert made.state == "assigned"
    assert "Gần số 12" in page(citizen, made)
    assert made.files.count() == 1


def test_a_double_click_is_one(case: Any, citizen: Client) -> None:
    made = case()
    for _ in range(2):
        answer = citizen.post(f"/cong/{made.code}/add", {"words": "Sáng nay lại có người ngã", "once": "same"})
        assert answer.status_code == 302
    assert Step.objects.filter(case=made, act="add").count() == 1


def test_opened_again_once(case: Any, walk: Any, citizen: Client) -> None:
    made = case()
    walk(made, "resolved")
    assert "/reopen" in page(citizen, made)
    assert citizen.post(f"/cong/{made.code}/reopen", {"words": "Vẫn còn ổ gà", "once": "r"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reopened) == ("assigned", 1)
    again = citizen.post(f"/cong/{made.code}/reopen", {"words": "Vẫn còn", "once": "r2"})
    assert again.status_code in (409, 422)
    assert Case.objects.get(pk=made.pk).reopened == 1


@pytest.mark.parametrize("act", ["publish", "assign", "finish", "note", "correct", "khong-co"])
def test_nothing_of_the_house_is_done_with_a_code(case: Any, citizen: Client, act: str) -> None:
    made = case()
    answer = citizen.post(f"/cong/{made.code}/{act}", {"words": "x", "office": "so-xay-dung"})
    assert answer.status_code == 404
    assert Case.objects.get(pk=made.pk).version == made.version


def test_what_is_missing_is_said_and_the_words_stay(case: Any, walk: Any, citizen: Client) -> None:
    made = case()
    assert citizen.post(f"/cong/{made.code}/add", {"words": ""}).status_code == 422
    walk(made, "resolved")
    answer = citizen.post(f"/cong/{made.code}/rate", {"words": "không chọn"})
    assert answer.status_code == 422
    assert Case.objects.get(pk=made.pk).rating is None


def test_a_code_nobody_has_is_not_found(citizen: Client) -> None:
    for code in ("PA261122-AAAAAAAA", "x", "..", "1", "PA"):
        assert citizen.get(f"/cong/{code}").status_code == 404
        assert citizen.post(f"/cong/{code}/add", {"words": "x"}).status_code == 404
        assert citizen.get(f"/cong/{code}/tep/x").status_code == 404


def test_the_code_is_found_however_it_is_typed(case: Any, citizen: Client) -> None:
    made = case()
    typed = f" {made.code.lower()[:6]} {made.code.lower()[6:]} "
    assert citizen.get("/cong/theo-doi", {"ma": typed})["Location"] == f"/cong/{made.code}"
    assert citizen.get("/cong/theo-doi", {"ma": "//evil.example"})["Location"].startswith("/cong/")


def test_photos_open_for_the_code_alone(case: Any, citizen: Client) -> None:
    made = case(photos=[photo()])
    other = case("Cống tắc ở đầu ngõ, nước tràn ra đường")
    key = made.files.get().key
    assert citizen.get(f"/cong/{made.code}/tep/{key}?size=small")["Content-Type"] == "image/jpeg"
    assert citizen.get(f"/cong/{other.code}/tep/{key}").status_code == 404
    assert citizen.get(f"/cong/ket-qua/{made.pk}/tep/{key}").status_code == 404


def test_names_of_officers_and_inner_words_stay_with_the_house(
    case: Any, walk: Any, citizen: Client, people: dict[str, Any]
) -> None:
    from haidang.cases.actions import Wanted, act

    made = case()
    walk(made, "assigned")
    act(people["truc-1022"], made.pk, Wanted("note", words="Người này hay gọi"))
    shown = page(citizen, made)
    assert "Người này hay gọi" not in shown
    for who in ("truc-1022", "don-vi-xu-ly"):
        assert people[who].title not in shown
