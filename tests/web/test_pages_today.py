"""The page of the morning sheet: the unusual first, in words, each number a way to the very reports."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from cases.digest.mornings import SATURDAY, row
from doors import enter

from haidang.cases.clocks import HERE

SUNDAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def outbreak(cast: None) -> None:
    from haidang.cases.models import Case

    past = {"state": "resolved", "resolved_at": datetime(2026, 11, 1, 9, tzinfo=HERE)}
    Case.objects.bulk_create([row(SATURDAY - timedelta(weeks=n), **past) for n in range(1, 10)])
    Case.objects.bulk_create([row(SATURDAY, simulated=True) for _ in range(9)])


def page(who: str, query: str = f"?day={SUNDAY}") -> str:
    answer = enter(who).get(f"/cases/today{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_leader_reads_what_is_unusual_and_why(outbreak: None) -> None:
    told = page("lanh-dao")
    assert "Thứ Bảy 21/11: 9 phản ánh, nhiều hơn mọi khi (thường 1)" in told
    assert "Rác thải ở Phường Kỳ Lừa" in told
    assert "Cùng thứ Bảy của 8 tuần trước: 1, 1, 1, 1, 1, 1, 1, 1." in told
    assert "chợ Giếng Vuông" in told
    assert "Có phản ánh mô phỏng" in told
    assert told.index("unusual-count") < told.index("figure-link")


def test_every_number_leads_to_the_very_reports(outbreak: None) -> None:
    (way,) = re.findall(r'class="button first" href="([^"]+)"', page("lanh-dao"))
    way = way.replace("&amp;", "&")
    assert "category=rac-thai" in way
    assert "place=06187" in way
    listed = enter("lanh-dao").get(way).content.decode()
    assert "9 phản ánh" in listed


def test_english_and_another_day(outbreak: None) -> None:
    assert "Saturday 21/11: 9 reports, more than usual (1)" in page("lanh-dao", f"?day={SUNDAY}&lang=en")
    assert "unusual-count" not in page("lanh-dao", f"?day={SUNDAY - timedelta(weeks=1)}")


def test_a_commune_reads_nothing_of_another(outbreak: None) -> None:
    told = page("xa-dong-dang")
    assert "unusual-count" not in told
    assert "Giếng Vuông" not in told


@pytest.mark.parametrize("query", ["?day=khong-phai-ngay", "?day=2026-13-40"])
def test_what_is_no_day_is_said(outbreak: None, query: str) -> None:
    assert enter("lanh-dao").get(f"/cases/today{query}").status_code == 400


def test_a_day_to_come_is_today(outbreak: None) -> None:
    assert f"{datetime.now(HERE):%d/%m/%Y}</span>" in page("lanh-dao", "?day=2999-01-01")


def test_a_row_of_the_ledger_leads_to_its_case() -> None:
    from haidang.catalog.declared import declared
    from haidang.web.views import records

    class Seen:
        catalog: Any = declared()

    links = records._links(Seen(), declared().dataset("phan-anh.vu-viec"))  # type: ignore[arg-type]  # only the catalog is looked at
    assert links == {"so": "/cases/"}
    assert records._links(Seen(), declared().dataset("phan-anh.theo-ngay")) == {}  # type: ignore[arg-type]  # the same
    assert records._address(links["so"], 12) == "/cases/12"
