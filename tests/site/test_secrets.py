"""Secrets stand in the environment or in files, and nowhere else; `haidang check` says what is unwise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from doors import terminal

from .conftest import house

KEY = "khoa-bi-mat-rat-dai-cua-trung-tam-1234567890"
MAIL = "mat-khau-thu-77"


def test_no_secret_in_the_process_list_the_log_or_an_answer(tmp_path: Path) -> None:
    said = {"HAIDANG_SECRET_KEY": KEY, "HAIDANG_SMTP": f"smtp://ioc:{MAIL}@127.0.0.1:2525"}
    with house(tmp_path, **said) as one, one.caller(Accept="text/html") as client:
        shown = Path(f"/proc/{one.process.pid}/cmdline").read_bytes()
        answers = [client.get(path) for path in ("/", "/login/", "/metrics", "/khong-co", "/api/v1/openapi.json")]
        answers.append(client.post("/login/", data={"username": KEY, "password": MAIL}))
        text = " ".join(answer.text + str(answer.headers) for answer in answers)
    for secret in (KEY, MAIL):
        assert secret.encode() not in shown
        assert secret not in text
        assert secret.encode() not in one.log.read_bytes()


def test_a_setting_that_holds_a_password_is_not_repeated(tmp_path: Path) -> None:
    done = terminal(tmp_path, "check", HAIDANG_DATABASE=f"mysql://ioc:{MAIL}@10.0.0.1/x")
    assert done.returncode != 0
    assert MAIL not in done.stdout + done.stderr


def warned(home: Path, **said: str) -> dict[str, str]:
    """Codes of the warnings and where they are; the exit is not changed by them."""
    done = terminal(home, "check", "--json", **said)
    assert done.returncode == 0, done.stdout + done.stderr
    return {one["code"]: one["where"] for one in json.loads(done.stdout)["warnings"]}


def test_check_says_what_is_unwise(tmp_path: Path) -> None:
    assert set(warned(tmp_path)) == {"warn.no-contact"}
    key = tmp_path / "key"
    key.write_text("ngan")
    key.chmod(0o644)
    found = warned(
        tmp_path,
        HAIDANG_SECRET_KEY_FILE=str(key),
        HAIDANG_HOSTS="ioc.example.vn",
        HAIDANG_SECURITY_CONTACT="an-ninh@example.vn",
        HAIDANG_SECURITY_EXPIRES="2020-01-01",
    )
    assert found == {
        "warn.secret-readable": str(key),
        "warn.weak-secret": "HAIDANG_SECRET_KEY",
        "warn.no-https": "HAIDANG_HTTPS",
        "warn.old-contact": "HAIDANG_SECURITY_EXPIRES",
    }
    key.chmod(0o600)
    safe = warned(tmp_path, HAIDANG_SECRET_KEY_FILE=str(key), HAIDANG_HOSTS="ioc.example.vn", HAIDANG_HTTPS="1")
    assert set(safe) == {"warn.weak-secret", "warn.no-contact"}
    assert "warn.debug" in warned(tmp_path, HAIDANG_DEBUG="1")


@pytest.mark.usefixtures("cast")
def test_the_people_of_the_demo_are_named_in_a_real_centre(settings: object) -> None:
    from haidang.cli import minding

    settings.ALLOWED_HOSTS = ["ioc.example.vn"]  # type: ignore[attr-defined]  # pytest-django's own
    found = {one.code: one.found for one in minding.warnings()}
    assert found["warn.demo-accounts"].endswith(", …")
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # as above
    assert "warn.demo-accounts" not in {one.code for one in minding.warnings()}


def test_what_the_centre_keeps_is_its_owners_alone(tmp_path: Path) -> None:
    assert terminal(tmp_path, "users", "list").returncode == 0
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert os.access(tmp_path / "secret", os.R_OK)
