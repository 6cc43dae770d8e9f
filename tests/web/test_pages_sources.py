"""The list of sources, one source, its connection with a trial, notices: each as those who may and those who may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from doors import PASSWORD
from doors import enter as signed_in_as

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
FOLDER = "y-te.luot-kham"
FILES = "kinh-te-xa-hoi.ngan-sach"


@pytest.fixture
def enter(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> As:
    """Signed-in clients on an empty home."""
    from haidang.cli.demo import cast as people

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    people.create(PASSWORD)

    return lambda name: signed_in_as(name) if name else Client()


@pytest.fixture
def source() -> str:
    """A declared source that is a watched folder (none of its own bytes are needed)."""
    from haidang.catalog.declared import declared

    found = next((one.key for one in declared().sources() if one.connector == "folder"), "")
    if not found:
        pytest.skip("no pack declares a watched folder")
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_list_is_searched_without_tones_and_grouped(enter: As) -> None:
    client = enter("lanh-dao")
    every = page(client, "/sources/")
    assert "Ngân sách" in every
    found = page(client, "/sources/?q=ngan+sach")
    assert FILES in found
    assert "giao-duc.diem-thi-2018" not in found
    assert "Sở Tài chính" in page(client, "/sources/?by=department")
    assert "Không có nguồn nào như vậy" in page(client, "/sources/?q=khongconguonnay")


def test_the_list_leaves_as_csv_and_never_as_a_formula(enter: As) -> None:
    answer = enter("lanh-dao").get("/sources.csv?q=ngan+sach")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert FILES in answer.content.decode("utf-8-sig")


def test_a_manager_sees_sources_but_no_runs(enter: As) -> None:
    one = page(enter("quan-tri"), f"/sources/{FILES}")
    assert "/connection" in one
    assert "Số dòng mỗi ngày" not in one
    assert "/runs/?" not in one


def test_a_reader_sees_no_attempts_and_no_buttons(enter: As, source: str) -> None:
    one = page(enter("lanh-dao"), f"/sources/{source}")
    assert "Nhật ký lấy dữ liệu" not in one
    for act in ("run-now", "pause", "connection"):
        assert f"/sources/{source}/{act}" not in one


@pytest.mark.parametrize("who", ["lanh-dao", "so-giao-duc", "xa-dong-dang", ""])
def test_only_a_manager_reaches_a_connection(enter: As, source: str, who: str) -> None:
    client = enter(who)
    assert client.get(f"/sources/{source}/connection").status_code == 404
    assert client.post(f"/sources/{source}/connection", {"set-path": "/tmp"}).status_code == 404
    for act in ("connection/trial", "connection/cut", "run-now", "pause"):
        assert client.post(f"/sources/{source}/{act}").status_code == 404


def test_a_connection_is_said_paused_and_cut(enter: As, source: str, tmp_path: Path) -> None:
    from haidang.intake.sources import reads

    client = enter("quan-tri")
    drop = tmp_path / "drop"
    drop.mkdir()
    typed = {"set-path": str(drop), "owner": "so-giao-duc", "duty": "truc-1022", "simulated": "1"}
    assert client.post(f"/sources/{source}/connection", typed).status_code == 302
    face = reads.source(source)
    assert (face.connected, face.simulated, face.owner, face.duty) == (True, True, "so-giao-duc", "truc-1022")
    shown = page(client, f"/sources/{source}")
    assert "Sở Giáo dục và Đào tạo Lạng Sơn" in shown
    assert "mô phỏng" in shown
    assert client.post(f"/sources/{source}/pause", {"paused": "1"}).status_code == 302
    assert reads.source(source).state == "paused"
    assert "Chạy tiếp" in page(client, f"/sources/{source}")
    client.post(f"/sources/{source}/pause", {"paused": "0"})
    assert client.post(f"/sources/{source}/run-now").status_code == 302
    client.post(f"/sources/{source}/connection/cut")
    assert not reads.source(source).connected


def test_a_stranger_is_no_owner(enter: As, source: str, tmp_path: Path) -> None:
    answer = enter("quan-tri").post(f"/sources/{source}/connection", {"set-path": str(tmp_path), "owner": "ai-do"})
    assert answer.status_code == 422
    assert "Không có tài khoản “ai-do”" in answer.content.decode()
    assert str(tmp_path) in answer.content.decode()


def test_what_is_lacking_is_said_in_words(enter: As, source: str) -> None:
    answer = enter("quan-tri").post(f"/sources/{source}/connection", {"set-path": ""})
    assert answer.status_code == 422
    assert "Traceback" not in answer.content.decode()


def test_a_secret_is_kept_and_never_shown(enter: As) -> None:
    from haidang.catalog.declared import declared
    from haidang.intake.sources import reads

    source = next((one.key for one in declared().sources() if one.connector == "http"), "")
    if not source:
        pytest.skip("no pack declares an HTTP source")
    client = enter("quan-tri")
    typed = {"set-address": "http://127.0.0.1:9", "set-password": "rat-bi-mat"}
    assert client.post(f"/sources/{source}/connection", typed).status_code == 302
    form = page(client, f"/sources/{source}/connection")
    assert "rat-bi-mat" not in form
    assert "đã lưu" in form
    # Left empty it stays; ticked it goes.
    client.post(f"/sources/{source}/connection", {"set-address": "http://127.0.0.1:9"})
    assert "password" in reads.source(source).secrets
    client.post(f"/sources/{source}/connection", {"set-address": "http://127.0.0.1:9", "forget-password": "1"})
    assert "password" not in reads.source(source).secrets


def test_a_trial_says_in_words_that_nothing_answered(enter: As, source: str, tmp_path: Path) -> None:
    client = enter("quan-tri")
    address = f"/sources/{source}/connection/trial"
    piece = client.post(address, {"set-path": str(tmp_path / "khong-co")}, headers={"HX-Request": "true"})
    assert piece.status_code == 200
    assert b"<html" not in piece.content
    assert "Traceback" not in piece.content.decode()
    assert 'role="alert"' in piece.content.decode()
    whole = client.post(address, {"set-path": str(tmp_path)}).content.decode()
    assert f'value="{tmp_path}"' in whole  # without scripts: the form with what was typed


def test_notices_are_ones_own_and_are_read(enter: As) -> None:
    from haidang.watch import actions, reads

    facts = {"title": "Xe qua", "department": "BQL", "owed": "2", "due": "17:00", "last": "–", "owner": "–"}
    assert actions.tell("so-giao-duc", "source-late", facts, f"/sources/{FILES}", key="t1")
    client, other = enter("so-giao-duc"), enter("lanh-dao")
    assert "Xe qua" in page(client, "/notices/")
    assert "Xe qua" not in page(other, "/notices/")
    assert 'data-unread="1"' in page(client, "/notices/")
    (notice,) = reads.notices(client_actor("so-giao-duc"))
    other.post("/notices/read", {"notice": notice.id})
    assert reads.unread_count(client_actor("so-giao-duc")) == 1
    gone = client.post("/notices/read", {"notice": notice.id, "go": "1"})
    assert gone["Location"] == f"/sources/{FILES}"
    assert reads.unread_count(client_actor("so-giao-duc")) == 0
    assert enter("").get("/notices/").status_code == 404


def client_actor(name: str) -> object:
    from haidang.access import gate

    return gate.actor(name)


def test_runs_are_narrowed_and_turned_by_page(enter: As, monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.access import gate
    from haidang.intake import actions
    from haidang.web.views import runs as view

    monkeypatch.setattr(view, "MOST", 2)
    folder = Path(__file__).parent
    for number in range(3):
        file = folder / f"thu-{number}.csv"
        file.write_text(f"khoa,tinh,nam,toan,van\nk{number},20,2018,5,6\n", "utf-8")
        try:
            actions.receive(gate.actor("so-giao-duc"), "giao-duc.diem-thi-thpt", file)
        finally:
            file.unlink()
    client = enter("so-giao-duc")
    first = page(client, "/runs/?dataset=giao-duc.diem-thi-thpt&state=received")
    assert "thu-2.csv" in first
    assert "thu-0.csv" not in first
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "thu-0.csv" in page(client, older)
    assert "Chưa có lượt nhận nào" in page(client, "/runs/?day=2001-01-01")
    assert client.get("/runs/?day=hom-qua").status_code == 400
    assert "thu-2.csv" not in page(enter("quan-tri"), "/runs/")
