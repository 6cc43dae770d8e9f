"""When something breaks, the answer says nothing of what is inside: pages, API, wrong hosts, and the settings' switch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from doors import ROOT

SECRET = "mat-khau-cua-kho-2026"
INSIDE = ("Traceback", SECRET, "RuntimeError", "/haidang/", "site-packages", "django", "SELECT", "settings", ".py")


def broken(*_: object, **__: object) -> None:
    raise RuntimeError(f"SELECT {SECRET} FROM /srv/haidang/db.sqlite3")


@pytest.fixture
def client(cast: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/", "/boards/", "/sources/"])
def test_a_page_that_breaks_says_nothing(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr("haidang.web.page.visit", broken)
    found = client.get(path)
    text = found.content.decode()
    assert found.status_code == 500
    assert "Hệ thống gặp trục trặc" in text
    assert not [word for word in INSIDE if word in text]
    assert not [name for name, value in found.headers.items() if SECRET in value]


def test_the_api_that_breaks_says_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haidang.api.routes.declared.caller", broken)
    found = client.get("/api/v1/packs")
    assert found.status_code == 500
    assert set(found.json()) == {"code", "message"}
    assert not [word for word in INSIDE if word in found.content.decode()]


def test_what_breaks_is_written_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr("haidang.web.page.visit", broken)
    told: list[str] = []
    monkeypatch.setattr("logging.StreamHandler.emit", lambda self, record: told.append(self.format(record)))
    client.get("/")
    assert settings.LOGGING["loggers"]["django"]["handlers"] == ["stderr"]
    assert any("RuntimeError" in line and "Traceback" in line for line in told), "the operator needs what happened"


def test_designed_pages(client: Client) -> None:
    strange = client.get("/", headers={"host": "evil.example"})
    assert strange.status_code == 400
    assert "Chưa hiểu yêu cầu" in strange.content.decode()
    assert "evil.example" not in strange.content.decode()
    gone = client.get("/khong-co")
    assert gone.status_code == 404
    assert "Không có trang này" in gone.content.decode()
    checked = Client(enforce_csrf_checks=True).post("/login/", {"username": "lanh-dao", "password": "x"})
    assert checked.status_code == 403
    assert "Phiên làm việc đã cũ" in checked.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_refusal_is_a_page_in_both_languages(status: int) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(f"{status}.html")
    assert f"<title>{status} · Hải Đăng</title>" in page
    assert 'lang="vi"' in page
    assert 'lang="en"' in page
    assert "style=" not in page
    assert 'href="/"' in page


def settings(tmp_path: Path, **said: str) -> subprocess.CompletedProcess[str]:
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "PROXIES",
        "DEBUG",
    )
    code = f"from haidang.site import settings as s; print([getattr(s, name) for name in {names}])"
    env = {**os.environ, "HAIDANG_HOME": str(tmp_path), **said}
    return subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def test_debug_is_off_and_refused_where_others_reach_the_centre(tmp_path: Path) -> None:
    assert "False" in settings(tmp_path).stdout
    assert "True" in settings(tmp_path, HAIDANG_DEBUG="1", HAIDANG_HOSTS="127.0.0.1,localhost").stdout
    refused = settings(tmp_path, HAIDANG_DEBUG="1", HAIDANG_HOSTS="ioc.example.vn")
    assert refused.returncode != 0
    assert "HAIDANG_DEBUG" in refused.stderr


def test_over_https_cookies_are_of_this_host_alone(tmp_path: Path) -> None:
    plain, tls = settings(tmp_path).stdout, settings(tmp_path, HAIDANG_HTTPS="1").stdout
    assert "__Host-" not in plain
    assert "__Host-sessionid" in tls
    assert "__Host-csrftoken" in tls
    assert "31536000" in tls
    assert "127.0.0.1/32" in tls
    assert "127.0.0.1/32" not in plain, "without HTTPS nobody is a proxy until it is said"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HAIDANG_PROXIES", "10.0.0.0/99"),
        ("HAIDANG_ADMIN_NETWORKS", "inside"),
        ("HAIDANG_LIMITS", "sign-in=many"),
        ("HAIDANG_LIMITS", "open=-1"),
        ("HAIDANG_ADMIN_PORT", "x"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_at_once(tmp_path: Path, name: str, value: str) -> None:
    refused = settings(tmp_path, **{name: value})
    assert refused.returncode != 0
    assert name in refused.stderr


def test_the_error_handler_takes_no_shortcut(rf: object) -> None:
    """A request without anything (no session, no user) still gets the designed page."""
    from django.views.defaults import server_error

    found = server_error(HttpRequest())
    assert found.status_code == 500
    assert "Hệ thống gặp trục trặc" in found.content.decode()
