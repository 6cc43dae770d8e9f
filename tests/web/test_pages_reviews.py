"""The half-yearly review on screen: who sees it, deciding several lines, closing, the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from haidang.access.models import GrantRow, Review

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
KEEPER = "quan-tri-y-te"


def opened(client: Client) -> str:
    answer = client.post("/reviews/open", {"office": "so-y-te"})
    assert answer.status_code == 302
    return str(answer["Location"])


def lines(client: Client, url: str) -> list[str]:
    return re.findall(r'name="line" value="(\d+)"', client.get(url).content.decode())


def said(client: Client, url: str, **data: Any) -> str:
    return str(client.post(url, data, follow=True).content.decode())


def test_lines_are_decided_together_and_the_review_closed(as_: As) -> None:
    keeper = as_(KEEPER)
    url = opened(keeper)
    ticks = lines(keeper, url)
    assert len(ticks) == 6
    assert "Hãy chọn ít nhất một dòng" in said(keeper, f"{url}/decide", what="keep")
    assert "Đã quyết 2 quyền" in said(keeper, f"{url}/decide", what="keep", line=ticks[:2], words="đúng việc")
    assert "chưa đóng được" in said(keeper, f"{url}/close")
    assert "Hãy chọn ngày hết hạn" in said(keeper, f"{url}/decide", what="until", line=ticks[2])
    assert "Đã quyết 1 quyền" in said(keeper, f"{url}/decide", what="until", line=ticks[2], until="31/12/2099")
    before = GrantRow.objects.count()
    assert "Đã quyết 3 quyền" in said(keeper, f"{url}/decide", what="withdraw", line=ticks[3:])
    assert GrantRow.objects.count() == before - 3
    assert "Đã đóng đợt rà soát" in said(keeper, f"{url}/close")
    file = keeper.get(f"{url}.csv").content.decode()
    assert "giữ" in file
    assert "thu hồi" in file
    assert "31/12/2099" in file
    assert keeper.get(f"{url}.exe").status_code == 404


def test_who_sees_it(as_: As) -> None:
    url = opened(as_("quan-tri"))
    for name in (KEEPER, "so-y-te", "lanh-dao", "thanh-tra"):
        assert as_(name).get(url).status_code == 200, name
    assert lines(as_("thanh-tra"), url) == []  # reads alone
    assert lines(as_("so-y-te"), url) == []  # his own: another decides
    for name in ("so-giao-duc", "xa-dong-dang", "cong-dan", ""):
        client = as_(name)
        for address in (url, f"{url}.csv"):
            assert client.get(address).status_code == 404, name
        for act in ("decide", "close"):
            assert client.post(f"{url}/{act}", {"line": "1", "what": "withdraw"}).status_code == 404
        assert client.post("/reviews/open", {"office": "so-giao-duc"}).status_code == 404
    assert as_("thanh-tra").post(f"{url}/close").status_code == 404


def test_what_is_overdue_is_red(as_: As) -> None:
    keeper = as_(KEEPER)
    url = opened(keeper)
    assert "quá hạn" not in keeper.get(url).content.decode()
    Review.objects.update(due=timezone.localdate() - timedelta(days=1))
    for address in (url, "/reviews/"):
        page = keeper.get(address).content.decode()
        assert re.search(r'class="bad">.*?quá hạn', page, re.S)


def test_without_reviews_the_page_says_what_comes(as_: As) -> None:
    assert "Chưa có đợt rà soát nào" in as_("quan-tri").get("/reviews/").content.decode()
    assert as_("cong-dan").get("/reviews/").status_code == 404
