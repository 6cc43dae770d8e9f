"""A board as of an earlier day shows what was known then, after a correction was landed. On the page and in the API."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from haidang.access import gate
from haidang.intake import actions, clock

BOARD = "/boards/mau?place=05977&period=2025-07"
HEADING = "Mã xã,Tháng,Loại,Ngày mở cửa,Lượt bạn đọc,Sách cho mượn,Trả đúng hạn,Điểm hài lòng,Vốn sách\n"
FIRST, CORRECTED = 1319, 2468


def file(folder: Path, visits: int) -> Path:
    written = folder / f"thang-7-{visits}.csv"
    written.write_text(f"{HEADING}05977,2025-07,TV,23,{visits},760,715,7.7,3351\n", "utf-8")
    return written


@pytest.fixture
def corrected(cast: None, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own: a number landed on 3 November, corrected on the 10th."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HAIDANG_HOME", str(home))
    settings.HOME = home
    for day, visits in ((3, FIRST), (10, CORRECTED)):
        with clock.at(datetime(2026, 11, day, 3, tzinfo=UTC)):
            done = actions.import_file(gate.operator(), "mau.hoat-dong", file(tmp_path, visits))
        assert done.landed == 1


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def leader() -> Client:
    from haidang.access.models import Account

    client = Client()
    client.force_login(Account.objects.get(name="lanh-dao"))
    return client


@pytest.mark.django_db
@pytest.mark.usefixtures("corrected")
def test_a_board_as_of_an_earlier_day() -> None:
    client = leader()
    assert "2.468" in page(client, BOARD)
    then = page(client, BOARD + "&as_of=2026-11-05")
    assert "1.319" in then
    assert "2.468" not in then
    assert "05/11/2026" in then, "the page does not say that it shows an earlier day"
    assert "2.468" in page(client, BOARD + "&as_of=2026-11-10")
    before = page(client, BOARD + "&as_of=2026-11-01")
    assert "1.319" not in before
    assert "2.468" not in before


@pytest.mark.django_db
@pytest.mark.usefixtures("corrected")
def test_an_answer_and_its_records_as_of_an_earlier_day() -> None:
    client = leader()
    asked = "indicator=mau.luot-ban-doc&place=05977&period=2025-07"
    now = client.get(f"/api/v1/answer?{asked}").json()
    then = client.get(f"/api/v1/answer?{asked}&as_of=2026-11-05").json()
    assert (now["value"], then["value"]) == (CORRECTED, FIRST)
    rows = client.get(f"/api/v1/records?{asked}&as_of=2026-11-05").json()["rows"]
    assert [row["luot"] for row in rows] == [FIRST]
