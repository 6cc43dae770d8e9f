"""Passkeys in a real Chromium with its virtual authenticator: made, named, used alone and as the second step, removed.

The centre is asked as `localhost`: a passkey belongs to a name, never to a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from doors import PASSWORD
from playwright.sync_api import Browser, CDPSession, Page, expect

WHO = "van-phong-ubnd"


@pytest.fixture
def person(browser: Browser, centre: str) -> Iterator[tuple[Page, CDPSession]]:
    """A page, and an authenticator built into the machine that knows its holder's finger."""
    port = urlsplit(centre).port
    context = browser.new_context(locale="vi-VN", base_url=f"http://localhost:{port}", color_scheme="light")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**told, "isUserVerified": True, "automaticPresenceSimulation": True}
    page.authenticator = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]  # type: ignore[attr-defined]  # kept with its page
    yield page, cdp
    context.close()


def first_step(page: Page) -> None:
    page.goto("/login/")
    page.fill("input[name=username]", WHO)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def verified(page: Page, cdp: CDPSession, yes: bool) -> None:
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": page.authenticator, "isUserVerified": yes})  # type: ignore[attr-defined]  # kept with its page


def test_the_life_of_a_passkey(person: tuple[Page, CDPSession]) -> None:
    page, cdp = person
    first_step(page)
    page.goto("/me/factors/passkey")
    page.fill("input[name=name]", "Máy tính cơ quan")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.locator("h1")).to_contain_text("Mã khôi phục")
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="Đã cất mã").click()
    expect(page.locator("input[name=name]")).to_have_value("Máy tính cơ quan")
    kept = cdp.send("WebAuthn.getCredentials", {"authenticatorId": page.authenticator})["credentials"]  # type: ignore[attr-defined]  # kept with its page
    assert len(kept) == 1
    assert kept[0]["isResidentCredential"]
    assert kept[0]["rpId"] == "localhost"

    page.fill("input[name=name]", "Máy ở nhà")
    page.get_by_role("button", name="Đổi tên").click()
    expect(page.locator("input[name=name]")).to_have_value("Máy ở nhà")

    # The same machine is not asked to hold a second one of the same account.
    page.goto("/me/factors/passkey")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_text("Máy này đã có khóa của tài khoản.")).to_be_visible()

    # Alone: no name, no password; and nobody comes in whom the authenticator did not verify.
    sign_out(page)
    page.goto("/login/?next=/boards/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url("**/boards/")
    sign_out(page)
    verified(page, cdp, False)
    page.goto("/login/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.locator("hd-passkey [role=alert]")).to_contain_text("Chưa dùng được khóa", timeout=20_000)
    verified(page, cdp, True)

    # As the second step, after the password.
    first_step(page)
    expect(page.locator("h1")).to_contain_text("Xác thực bước hai")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.goto("/me/factors/")
    expect(page.locator("h1")).to_contain_text("Lớp xác thực thứ hai")

    page.get_by_role("link", name="Gỡ bỏ").click()
    page.get_by_role("button", name="Gỡ bỏ").click()
    expect(page.get_by_text("Chưa có lớp xác thực thứ hai")).to_be_visible()

    # What is kept in the machine opens nothing any more.
    sign_out(page)
    page.goto("/login/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_text("Khóa truy cập này không xác nhận được")).to_be_visible()
