"""Rows set aside over all runs of a source: grouped, corrected by rule, judged again, accepted, discarded, undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from doors import PASSWORD
from doors import enter as signed_in_as

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DATASET = "giao-duc.diem-thi-thpt"
BASE = "/sources/giao-duc.diem-thi-2018/aside"
HEAD = "khoa,tinh,nam,toan,van\n"


@pytest.fixture
def enter(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> As:
    """Signed-in clients on a home where two files left rows aside."""
    from haidang.access import gate
    from haidang.cli.demo import cast as people
    from haidang.intake import actions

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    people.create(PASSWORD)
    for number in range(2):
        file = tmp_path / f"diem-{number}.csv"
        key = f"aaaaaaaa{number + 2}"
        rows = f"{key}2,20,2018,15,6\n{key}3,20,2018,15,7\n{key}4,20,2018,5,17\n"
        file.write_text(HEAD + rows, "utf-8")
        actions.import_file(gate.actor("so-giao-duc"), DATASET, file)

    return lambda name: signed_in_as(name) if name else Client()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def rows(client: Client, query: str = "") -> list[str]:
    return sorted(set(re.findall(r'id="row-([\w-]+)"', page(client, BASE + query))))


def test_rows_of_all_runs_stand_together_by_reason(enter: As) -> None:
    client = enter("so-giao-duc")
    whole = page(client, BASE)
    assert "Lớn hơn mức cho phép" in whole
    assert "15 · 4" in whole  # the most common value with its count
    assert len(rows(client)) == 6
    assert len(rows(client, "?code=above-max&column=toan")) == 4
    assert len(rows(client, "?code=above-max&column=van&found=17")) == 2


@pytest.mark.parametrize("who", ["lanh-dao", "xa-dong-dang", "quan-tri", ""])
def test_for_others_it_is_absent(enter: As, who: str) -> None:
    client = enter(who)
    assert client.get(BASE).status_code == 404
    assert client.get(f"{BASE}.csv").status_code == 404
    for act in ("rule", "replay", "accept", "discard", "rules/1/end"):
        assert client.post(f"{BASE}/{act}", {"code": "above-max", "why": "x"}).status_code == 404


def test_a_rule_corrects_every_row_and_can_be_ended(enter: As) -> None:
    client = enter("so-giao-duc")
    typed = {"column": "toan", "found": "15", "becomes": "1.5", "why": "thiếu dấu phẩy", "later": "1"}
    done = client.post(f"{BASE}/rule", typed, follow=True).content.decode()
    assert "Đã nhận 4 dòng theo quy tắc." in done
    assert "thiếu dấu phẩy" in done
    assert len(rows(client)) == 2
    number = re.search(r"/rules/(\d+)/end", done)
    assert number
    ended = client.post(f"{BASE}/rules/{number[1]}/end", follow=True).content.decode()
    assert "Đã ngừng quy tắc" in ended
    assert client.post(f"{BASE}/rules/{number[1]}/end").status_code == 404


def test_a_rule_that_mends_nothing_is_refused_in_words(enter: As) -> None:
    client = enter("so-giao-duc")
    same = client.post(f"{BASE}/rule", {"column": "toan", "found": "15", "becomes": "15"}, follow=True).content.decode()
    assert "không sửa được gì" in same
    assert len(rows(client)) == 6


def test_a_reason_is_accepted_over_all_runs(enter: As) -> None:
    client = enter("so-giao-duc")
    done = client.post(f"{BASE}/accept", {"code": "above-max"}, follow=True).content.decode()
    assert "Đã nhận 6 dòng, có đánh dấu." in done
    assert rows(client) == []
    assert "Đã xử lý 6 trong 6 dòng" in page(client, BASE)


def test_judging_again_leaves_what_is_still_wrong(enter: As) -> None:
    client = enter("so-giao-duc")
    done = client.post(f"{BASE}/replay", {"code": "above-max"}, follow=True)
    assert done.status_code == 200
    assert "Traceback" not in done.content.decode()
    assert len(rows(client)) == 6


def test_ticked_rows_are_discarded_with_a_reason_and_reopened(enter: As) -> None:
    client = enter("so-giao-duc")
    ticked = rows(client)[:2]
    assert client.post(f"{BASE}/discard", {"row": ticked, "why": " "}).status_code == 400
    done = client.post(f"{BASE}/discard", {"row": ticked, "why": "nhập thử"}, follow=True).content.decode()
    assert "Đã bỏ 2 dòng" in done
    assert len(rows(client)) == 4
    back = client.post(f"/rejects/{ticked[0]}/reopen?back={BASE}")
    assert back["Location"] == BASE
    assert len(rows(client)) == 5


def test_mending_one_row_leads_back_here_and_nowhere_else(enter: As) -> None:
    client = enter("so-giao-duc")
    first = rows(client, "?code=above-max&column=toan")[0]
    whole = {"tinh": "20", "nam": "2018", "toan": "1.5", "van": "6"}
    form = client.get(f"/rejects/{first}?back={BASE}", headers={"HX-Request": "true"}).content.decode()
    assert 'name="khoa"' not in form, "a person's key is for whoever mends at that level"
    done = client.post(f"/rejects/{first}?back={BASE}", {**whole, "khoa": "zzzzzzzzz9"})
    assert done["Location"] == BASE
    second = rows(client)[0]
    away = client.post(f"/rejects/{second}/discard?back=//ke-xau.vn/", {"why": "thử"})
    assert away["Location"].startswith("/runs/")


def test_the_rows_leave_as_csv(enter: As) -> None:
    answer = enter("so-giao-duc").get(f"{BASE}.csv?code=above-max")
    text = answer.content.decode("utf-8-sig")
    assert len(text.splitlines()) == 7
