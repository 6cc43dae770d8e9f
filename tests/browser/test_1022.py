"""The telephone in a real browser: a call rings, its report is taken with the keyboard alone, and is rated by telephone.

A centre of its own with the cast and nothing landed; the exchange is the sandbox's, over HTTP. What the unit and its
head do in between is done by the core.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from doors import PASSWORD, free_ports
from playwright.sync_api import Browser, BrowserContext, Page, expect
from signing import cookies

from sandbox.desk.exchange import Exchange

SECRET = "khoa-ky-tong-dai-mo-phong"
BEGIN = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from haidang.cli.demo import cast
cast.create({PASSWORD!r})
from haidang.access import gate
from haidang.cases.channels import actions
said = actions.Said({{"secret": {SECRET!r}, "agents": "101=truc-1022"}}, on=True, simulated=True)
actions.configure(gate.operator(), "phan-anh.phan-anh", "phone", said)
"""
HANDLED = """
from haidang.access import gate
from haidang.cases import actions
from haidang.cases.actions import Wanted
from haidang.cases.models import Case
case = Case.objects.get()
for name, act in (("don-vi-xu-ly", "start"), ("don-vi-xu-ly", "finish"), ("so-xay-dung", "approve")):
    actions.act(gate.actor(name), case.pk, Wanted(act, words="Đã vá ổ gà"))
"""
STANDING = """
import json
from haidang.cases.models import Call, Case
case = Case.objects.latest("pk")
print(json.dumps({"count": Case.objects.count(), "state": case.state, "channel": case.channel, "office": case.office,
    "unit": case.unit, "category": case.category, "rating": case.rating, "code": case.code, "lat": case.lat,
    "calls": [[one.state, one.case_id, one.operator, bool(one.record_id)] for one in Call.objects.order_by("pk")]}))
"""
PHONE = "0912345678"
TEXT = "Ổ gà to giữa đường trước cổng chợ, sáng nay hai xe máy ngã"
LIMITS = "requests=60000/minute,session=60000/minute,sign-in=600/minute"


class Centre:
    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_ports(1)[0]
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {**os.environ, "HAIDANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "haidang.site.settings"}
        self.env["HAIDANG_LIMITS"] = LIMITS
        self.run(BEGIN)
        words = [sys.executable, "-m", "haidang.site.serve", "--port", str(self.port)]
        self.process = subprocess.Popen(words, env=self.env, stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.2)
            else:
                return
        pytest.fail("the server did not answer")

    def run(self, script: str) -> str:
        words = [sys.executable, "-c", f"import django; django.setup()\n{script}"]
        done = subprocess.run(words, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def standing(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run(STANDING).splitlines()[-1])
        return told


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    made = Centre(tmp_path_factory.mktemp("1022") / "home")
    yield made
    made.process.terminate()
    made.process.wait(timeout=30)


@pytest.fixture
def operator(browser: Browser, town: Centre) -> Iterator[Callable[..., Page]]:
    """The operator at their screen: operator(size=(1920, 1080), theme="dark")."""
    contexts: list[BrowserContext] = []

    def opened(path: str = "/cases/new", *, size: tuple[int, int] = (1920, 1080), theme: str = "dark") -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale="vi-VN", base_url=town.address
        )
        contexts.append(context)
        context.add_cookies(cookies(town.address, "truc-1022", town.home))
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error on {path}: {error}"))
        page.goto(path)
        expect(page.locator("hd-pick input").first if path == "/cases/new" else page.locator("h1")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()


def take(page: Page) -> None:
    """F2, from wherever one is."""
    with page.expect_navigation(url=re.compile(r"call=\d+")):
        page.keyboard.press("F2")
    expect(page.locator("hd-pick input").first).to_be_visible()


def test_from_the_ring_to_the_rating_with_the_keyboard_alone(operator: Callable[..., Page], town: Centre) -> None:
    exchange, page = Exchange(f"{town.address}/hooks/desk/call", SECRET), operator()
    first = exchange.ring(PHONE)
    ringing = page.locator(".call.ringing")
    expect(ringing).to_contain_text("••• 678", timeout=20_000)  # live: nobody has loaded the page anew
    page.get_by_role("button", name="Bắt đầu ca").press("Enter")
    expect(page.locator(".call.ringing")).to_contain_text(PHONE)
    began = time.monotonic()
    assert exchange.answer(first, "101") == 200
    expect(page.locator(".call.answered")).to_be_visible(timeout=20_000)
    take(page)
    expect(page.locator("[name=text]")).to_be_focused()
    expect(page.locator("[name=phone]")).to_have_value(PHONE)
    page.keyboard.type(TEXT)
    expect(page.locator("#suggest")).to_contain_text("Mặt đường hư hỏng", timeout=20_000)
    page.keyboard.press("Alt+1")
    expect(page.locator("#category-words")).to_have_value("Mặt đường hư hỏng")
    page.locator("[name=address]").focus()
    page.keyboard.type("cong cho Dong Dang")
    expect(page.locator("#where .spot").first).to_contain_text("Xã Đồng Đăng", timeout=20_000)
    page.keyboard.press("Enter")
    expect(page.locator("#place-words")).to_have_value("Xã Đồng Đăng")
    expect(page.locator("#office-words")).to_have_value("Sở Xây dựng", timeout=20_000)
    page.locator("[name=name]").focus()
    page.keyboard.type("Nguyễn Thị Mẫu")
    with page.expect_navigation(url=re.compile("done=")):
        page.keyboard.press("Control+Enter")
    assert time.monotonic() - began < 60
    assert exchange.end(first) == 200
    told = town.standing()
    expect(page.locator(".done-code")).to_contain_text(told["code"])
    assert (told["channel"], told["state"], told["office"]) == ("phone", "assigned", "so-xay-dung")
    assert (told["category"], told["unit"][:5], told["count"]) == ("mat-duong", "06184", 1)
    assert told["calls"] == [["ended", 1, "truc-1022", True]]

    town.run(HANDLED)
    second = exchange.ring(PHONE)
    exchange.answer(second, "101")
    expect(page.locator(".call.answered")).to_be_visible(timeout=20_000)
    take(page)
    expect(page.locator("[name=name]")).to_have_value("Nguyễn Thị Mẫu")
    known = page.locator(".earlier li").first
    expect(known).to_contain_text("Đã xử lý")
    known.locator("summary").press("Enter")
    with page.expect_navigation():
        known.get_by_role("button", name="Rất hài lòng").press("Enter")
    expect(page.locator(".note.good")).to_contain_text("#1")
    told = town.standing()
    assert (told["rating"], told["count"]) == (3, 1)


def test_a_click_on_the_map_tells_the_commune(operator: Callable[..., Page], town: Centre) -> None:
    page = operator()
    expect(page.locator("hd-map[ready]")).to_be_visible(timeout=30_000)
    box = page.locator("hd-map canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#place-words")).not_to_have_value("", timeout=20_000)
    expect(page.locator("[name=lat]")).to_have_value(re.compile(r"^2[12]\.\d{6}$"))
    commune = page.locator("select[name=place]").input_value()
    page.keyboard.press("Escape")
    page.locator("[name=text]").fill("Cây đổ ngang đường")
    page.locator("#category-words").focus()
    page.keyboard.type("cay do")
    page.keyboard.press("Enter")
    expect(page.locator("#office-words")).not_to_have_value("", timeout=20_000)
    with page.expect_navigation(url=re.compile("done=")):
        page.keyboard.press("Control+s")
    told = town.standing()
    assert (told["unit"][:5], told["category"], told["state"], told["channel"]) == (commune, "cay-xanh", "new", "desk")
    assert told["lat"]


def test_a_missed_call_waits_to_be_returned(operator: Callable[..., Page], town: Centre) -> None:
    exchange, page = Exchange(f"{town.address}/hooks/desk/call", SECRET), operator("/cases/calls?state=missed")
    assert exchange.miss(exchange.ring("0912345612")) == 200
    row = page.locator("tbody tr")
    expect(row).to_have_count(1, timeout=20_000)
    row.get_by_role("button", name="Đã gọi lại").click()
    expect(page.locator("h1")).to_contain_text("Tiếp nhận")
    assert town.standing()["calls"][-1][0] == "returned"


@pytest.mark.parametrize(("size", "theme"), [((1920, 1080), "dark"), ((1920, 1080), "light"), ((390, 844), "light")])
def test_the_screen_is_whole_and_sound(operator: Callable[..., Page], size: tuple[int, int], theme: str) -> None:
    for path in ("/cases/new", "/cases/calls"):
        page = operator(path, size=size, theme=theme)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], (path, width)
        found = Axe().run(page).response["violations"]
        serious = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in {"serious", "critical"}]
        assert not serious, f"{path}\n" + "\n".join(serious)
        if size[0] == 1920 and path == "/cases/new":
            send = page.get_by_role("button", name="Lưu và chuyển").bounding_box()
            assert send
            assert send["y"] + send["height"] < size[1]  # the whole form stands on one screen
