"""The machine's door over HTTP: the same rights, the same refusals, files safe before they are acknowledged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from doors import BUDGET, LIBRARIES, PASSWORD, shipped

from haidang.access import actions, gate

pytestmark = pytest.mark.usefixtures("cast")
REVENUE = "/api/v1/answer?indicator=kinh-te-xa-hoi.thu-ngan-sach&place=20&period=2014"
COMMUNE = "/api/v1/answer?indicator=kinh-te-xa-hoi.dan-so-xa&place="


def by_token(name: str) -> Client:
    return Client(headers={"authorization": f"Bearer {actions.issue_token(gate.operator(), name)}"})


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()
    return json.loads(response.content)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("so-giao-duc", REVENUE),
        ("cong-chung", REVENUE),
        ("quan-tri", REVENUE),
        ("xa-dong-dang", COMMUNE + "06187"),
        ("xa-dong-dang", (COMMUNE + "06187").replace("answer", "records")),
        ("so-giao-duc", "/api/v1/answer?indicator=kinh-te-xa-hoi.khong-he-co"),
    ],
)
def test_denied_and_absent_are_the_same_404(who: str, path: str) -> None:
    client = Client() if who == "cong-chung" else by_token(who)
    body = get(client, path, 404)
    assert body == {"code": "absent", "message": "Không có nội dung này, hoặc anh/chị chưa được cấp quyền xem."}


def test_answers_with_a_token_and_with_a_session() -> None:
    assert get(by_token("lanh-dao"), REVENUE)["value"] == pytest.approx(7150.12, abs=0.01)
    client = Client()
    assert client.login(username="xa-dong-dang", password=PASSWORD)
    assert get(client, COMMUNE + "06184")["value"] > 0
    assert get(client, "/api/v1/me")["name"] == "xa-dong-dang"
    assert get(Client(), "/api/v1/me")["name"] == "cong-chung"


def test_many_answers_in_one_pass_with_denied_ones_marked() -> None:
    asked = [
        {"indicator": "kinh-te-xa-hoi.thu-ngan-sach", "place": "20", "period": "2014"},
        {"indicator": "kinh-te-xa-hoi.dan-so-xa", "place": "06184"},
    ]
    response = by_token("xa-dong-dang").post("/api/v1/answers", {"questions": asked}, content_type="application/json")
    first, second = json.loads(response.content)["answers"]
    assert (first["value"], first["reason"]) == (None, "denied")
    assert second["value"] > 0
    many = {"questions": asked * 101}
    assert Client().post("/api/v1/answers", many, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (REVENUE.replace("2014", "abc"), 400, "not-a-period"),
        (REVENUE + "&history=-1", 400, "bad-request"),
        (REVENUE + "&where=mon", 400, "bad-where"),
        ("/api/v1/answer", 400, "bad-request"),
        ("/api/v1/places/khong-co", 404, "unknown-place"),
    ],
)
def test_bad_questions_are_told(path: str, status: int, code: str) -> None:
    assert get(by_token("lanh-dao"), path, status)["code"] == code


def test_messages_in_english() -> None:
    response = Client(headers={"accept-language": "en"}).get(REVENUE)
    assert json.loads(response.content)["message"].startswith("Nothing here")


def test_a_wrong_token_is_told_and_never_taken_for_the_public() -> None:
    client = Client(headers={"authorization": "Bearer hd_sai"})
    assert get(client, "/api/v1/me", 401)["code"] == "bad-token"


def test_what_is_declared_is_cut_too() -> None:
    def datasets(client: Client) -> set[str]:
        return {d["key"] for pack in get(client, "/api/v1/packs")["packs"] for d in pack["datasets"]}

    assert BUDGET not in datasets(Client())
    assert BUDGET in datasets(by_token("lanh-dao"))
    assert not any("mau." in d for d in datasets(Client()))
    tiles = [t["indicator"] for b in get(Client(), "/api/v1/boards")["boards"] for t in b["tiles"]]
    assert tiles
    assert "kinh-te-xa-hoi.thu-ngan-sach" not in tiles
    assert {run["dataset"] for run in get(Client(), "/api/v1/runs")["runs"]} == {"kinh-te-xa-hoi.dan-so"}


def test_places() -> None:
    assert get(Client(), "/api/v1/places/68")["name"] == "Tỉnh Lâm Đồng"
    assert len(get(Client(), "/api/v1/places/68")["predecessors"]) == 3
    assert len(get(Client(), "/api/v1/places?level=province&day=2024-01-01")["places"]) == 63
    assert get(Client(), "/api/v1/places?q=dong dang")["places"][0]["code"] == "06184"


def test_a_file_is_received_only_by_whoever_may_import() -> None:
    actions.give(gate.operator(), gate.Grant("", "so-giao-duc", "import", "mau", "20", gate.Level.INTERNAL))
    client, path = by_token("so-giao-duc"), "/api/v1/datasets/{}/files"

    def send(to: Client, dataset: str) -> Any:
        file = SimpleUploadedFile("thu-vien.csv", shipped(LIBRARIES).read_bytes()[:2000])
        return to.post(path.format(dataset), {"file": file})

    assert send(client, BUDGET).status_code == 404
    assert send(client, "mau.khong-he-co").status_code == 404
    assert send(Client(), LIBRARIES).status_code == 404
    taken = send(client, LIBRARIES)
    assert taken.status_code == 202
    from haidang.intake.reads import run

    kept = run(json.loads(taken.content)["run"])
    assert (kept.state, kept.actor, kept.file, kept.size) == ("received", "so-giao-duc", "thu-vien.csv", 2000)
    assert kept.received_at <= timezone.now()


def test_a_session_needs_the_pages_confirmation_to_act() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="so-giao-duc", password=PASSWORD)
    response = client.post(f"/api/v1/datasets/{LIBRARIES}/files", {})
    assert response.status_code in {400, 403}
    file = SimpleUploadedFile("a.csv", b"a\n1\n")
    response = client.post(f"/api/v1/datasets/{LIBRARIES}/files", {"file": file})
    assert (response.status_code, json.loads(response.content)["code"]) == (403, "bad-csrf")


def test_openapi_describes_every_endpoint() -> None:
    paths = get(Client(), "/api/v1/openapi.json")["paths"]
    wanted = {"answer", "answers", "records", "packs", "boards", "places", "runs", "me", "datasets/{key}/files"}
    assert {f"/api/v1/{name}" for name in wanted} <= set(paths)
    assert all(operation["description"] for path in paths.values() for operation in path.values())


def test_health_and_headers() -> None:
    response = Client().get("/healthz")
    assert json.loads(response.content)["status"] == "ok"
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "haidang_up 1" in Client().get("/metrics").content.decode()


def test_figures_of_the_machine_are_for_the_networks_of_the_house(settings: object) -> None:
    settings.NETWORKS = ("10.0.0.0/8",)  # type: ignore[attr-defined]  # the fixture is Django's settings
    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 404
    assert Client(REMOTE_ADDR="203.0.113.9").get("/healthz").status_code == 200
