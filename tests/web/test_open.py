"""What the whole world may ask: security.txt, robots.txt, reports of the content policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

DAY = datetime(2026, 11, 22, tzinfo=UTC)
ADDRESS = "/.well-known/security.txt"


def fields(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, _, value = line.partition(": ")
        found.setdefault(name, []).append(value)
    return found


def test_without_a_contact_there_is_none(client: Client, settings: Any, db: None) -> None:
    settings.SECURITY_CONTACT = []
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/security.txt").status_code == 404


def test_security_txt(client: Client, settings: Any, db: None) -> None:
    """RFC 9116: contacts as URIs in their order, one Expires within a year, languages, canonical over HTTPS."""
    settings.SECURITY_CONTACT = ["an-ninh@example.vn", "https://example.vn/bao-lo-hong", "+84 205 123 456"]
    settings.ADDRESS, settings.SECURITY_EXPIRES = "https://ioc.example.vn", ""
    found = client.get(ADDRESS)
    assert found["Content-Type"] == "text/plain; charset=utf-8"
    told = fields(found.content.decode())
    assert told["Contact"] == ["mailto:an-ninh@example.vn", "https://example.vn/bao-lo-hong", "tel:+84-205-123-456"]
    assert told["Preferred-Languages"] == ["vi, en"]
    assert told["Canonical"] == [f"https://ioc.example.vn{ADDRESS}"]
    (until,) = told["Expires"]
    assert datetime.now(UTC) < datetime.fromisoformat(until) <= datetime.now(UTC) + timedelta(days=366)
    settings.ADDRESS = "http://10.0.0.5"
    assert "Canonical" not in fields(client.get(ADDRESS).content.decode())


@pytest.mark.parametrize(("until", "there"), [("2099-01-01", False), ("2020-01-01", False), ("soon", False)])
def test_a_day_that_cannot_be(client: Client, settings: Any, db: None, until: str, there: bool) -> None:
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = ["a@example.vn"], until
    assert (client.get(ADDRESS).status_code == 200) is there


def test_robots(client: Client, db: None) -> None:
    found = client.get("/robots.txt")
    assert found.content == b"User-agent: *\nDisallow: /\n"


def test_reports_become_one_short_line(client: Client, caplog: pytest.LogCaptureFixture, db: None) -> None:
    told = {"effective-directive": "style-src", "blocked-uri": "inline\nroot: x", "document-uri": "http://x/?q=bi-mat"}
    both = [{"csp-report": told}, [{"type": "csp-violation", "body": {"blockedURL": "inline", "documentURL": "/a?b"}}]]
    for body in both:
        found = client.post("/csp-report", json.dumps(body), content_type="application/csp-report")
        assert found.status_code == 204
    lines = [record.getMessage() for record in caplog.records if record.name == "haidang.csp"]
    assert len(lines) == 2
    assert "style-src" in lines[0]
    assert "bi-mat" not in " ".join(lines), "what somebody asked for is not written down"
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"{}", b"[1]", b'"x"', b"\xff", b'{"csp-report": 1}', b"[" * 9000])
def test_what_is_no_report_is_taken_without_a_word(
    client: Client, caplog: pytest.LogCaptureFixture, body: bytes, db: None
) -> None:
    assert client.post("/csp-report", body, content_type="application/csp-report").status_code == 204
    assert not [record for record in caplog.records if record.name == "haidang.csp"]
    assert client.get("/csp-report").status_code == 405


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
    ],
)
def test_next_leads_nowhere_else(as_: Callable[[str], Client], target: str) -> None:
    from doors import PASSWORD

    client = Client()
    as_("lanh-dao")
    found = client.post("/login/", {"username": "lanh-dao", "password": PASSWORD, "next": target})
    assert found.status_code == 302
    assert "evil" not in found["Location"]
    assert not found["Location"].startswith(("//", "http", "javascript"))
    for language in ("/?lang=en", "/login/?next=" + target):
        assert "evil.example" not in client.get(language).headers.get("Location", "")


def test_forms_of_others_are_refused(as_: Callable[[str], Client]) -> None:
    """CSRF: without the token, with one from elsewhere, by htmx, by the API with a session, and at the sign-in itself."""
    as_("")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/login/", {"username": "lanh-dao", "password": "x"}).status_code == 403
    strict.cookies = as_("lanh-dao").cookies
    for path, more in (("/logout/", {}), ("/notices/read", {"HTTP_HX_REQUEST": "true"})):
        assert strict.post(path, **more).status_code == 403, path  # type: ignore[arg-type]  # headings of a request
    many = {"data": json.dumps({"questions": []}), "content_type": "application/json"}
    assert strict.post("/api/v1/answers", **many).status_code == 403
    assert strict.post("/logout/", {"csrfmiddlewaretoken": "a" * 64}).status_code == 403


def test_cookies_are_closed_to_scripts_and_other_sites(as_: Callable[[str], Client]) -> None:
    client = as_("lanh-dao")
    client.get("/login/")
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] in {"Lax", "Strict"}, name


def test_a_page_for_posts_alone_says_so_in_words(as_: Callable[[str], Client]) -> None:
    found = as_("lanh-dao").get("/csp-report", headers={"accept": "text/html"})
    assert found.status_code == 405
    assert "Không làm theo cách này được" in found.content.decode()
    assert found["Allow"] == "POST"
