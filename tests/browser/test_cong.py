"""The citizens' pages in a real browser: web and app walks from sending to rating, without scripts, without a network.

A centre of their own with the cast and nothing landed: what happens in the house is done by the core itself, beside.
"""

from __future__ import annotations

import io
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
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect

TEXT = "Ổ gà lớn trước chợ Đồng Đăng, tối qua hai người ngã"
WATCH = """addEventListener('securitypolicyviolation', (event) =>
  (window.stopped ??= []).push([event.effectiveDirective, event.blockedURI, event.sample].join(' ')))"""
BEGIN = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from haidang.cli.demo import cast
cast.create(%r)
"""
HOUSE = """
import json
from haidang.access import gate
from haidang.cases import actions
from haidang.cases.actions import Wanted
from haidang.cases.models import Case
ways = {
    "receive": ("truc-1022", {}), "assign": ("truc-1022", {"office": "so-xay-dung"}), "start": ("don-vi-xu-ly", {}),
    "ask": ("don-vi-xu-ly", {"words": "Gần số nhà nào?"}), "finish": ("don-vi-xu-ly", {"words": "Đã vá xong sáng nay"}),
    "approve": ("so-xay-dung", {}), "publish": ("truc-1022", {}),
}
case = Case.objects.get(code=%r)
for name in %r:
    who, more = ways[name]
    actions.act(gate.actor(who), case.pk, Wanted(name, **more))
case.refresh_from_db()
print(json.dumps({"state": case.state, "channel": case.channel, "unit": case.unit, "rating": case.rating,
    "files": case.files.count(), "number": case.pk, "all": Case.objects.count(), "reopened": case.reopened}))
"""


class Centre:
    """A web server that can be taken away and brought back at the same port."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_ports(1)[0]
        self.address = f"http://127.0.0.1:{self.port}"
        self.run(BEGIN % PASSWORD)
        self.up()

    def _env(self) -> dict[str, str]:
        more = {"HAIDANG_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "haidang.site.settings"}
        return {**os.environ, **more, "HAIDANG_LIMITS": "forms=600/minute,codes=600/minute"}

    def run(self, script: str) -> str:
        begin = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", begin + script], env=self._env(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def act(self, code: str, *acts: str) -> dict[str, Any]:
        """Acts of the house on the report of a code; how it stands then."""
        told: dict[str, Any] = json.loads(self.run(HOUSE % (code, acts)).splitlines()[-1])
        return told

    def up(self) -> None:
        words = [sys.executable, "-m", "haidang.site.serve", "--port", str(self.port)]
        self.process = subprocess.Popen(words, env=self._env(), stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.2)
            else:
                return
        pytest.fail("the server did not answer")

    def down(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    made = Centre(tmp_path_factory.mktemp("cong") / "home")
    yield made
    made.down()


@pytest.fixture
def phone(browser: Browser, town: Centre) -> Iterator[Callable[..., Page]]:
    """A telephone at a page: phone("/cong/", scripts=False, theme="dark")."""
    contexts: list[BrowserContext] = []

    def opened(path: str, *, scripts: bool = True, theme: str = "light", **more: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 390, "height": 844}, **more},
            locale="vi-VN",
            color_scheme=theme,
            base_url=town.address,
            java_script_enabled=scripts,
            has_touch=True,
        )
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error on {path}: {error}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def photo(folder: Path) -> Path:
    """As large as a telephone makes them."""
    picture = Image.effect_noise((3000, 2200), 60).convert("RGB")
    ImageDraw.Draw(picture).rectangle((300, 300, 900, 900), fill="red")
    file = folder / "IMG_0001.jpg"
    picture.save(file, "JPEG", quality=95)
    return file


def code_of(page: Page) -> str:
    found = re.search(r"PA\d{6}-[A-Z0-9]{8}", page.locator(".code").first.inner_text())
    assert found
    return found[0]


def test_the_web_walk_without_scripts(phone: Any, town: Centre) -> None:
    """From sending to rating and opening again, as on a telephone whose scripts never came."""
    page: Page = phone("/cong/", scripts=False)
    page.get_by_role("link", name="Gửi phản ánh ngay").click()
    page.get_by_label("Kể lại sự việc").fill(TEXT)
    page.get_by_label("Lĩnh vực").select_option(label="Mặt đường hư hỏng")
    page.get_by_label("Xã, phường").select_option(label="Xã Đồng Đăng")
    page.get_by_role("textbox", name="Số điện thoại").fill("0912 345 621")
    time.sleep(8)  # nobody writes a report faster
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible()
    code = code_of(page)
    stands = town.act(code, "receive", "assign", "ask")
    assert stands["unit"].startswith("06184@")
    assert stands["channel"] == "web"
    page.goto("/cong/theo-doi")
    page.get_by_label("Mã theo dõi").fill(code.lower())
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("Gần số nhà nào?").first).to_be_visible()
    page.get_by_label("Ông/bà trả lời").fill("Gần số 12")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("status").filter(has_text="Đã gửi trả lời")).to_be_visible()
    town.act(code, "start", "finish", "approve")
    page.goto(f"/cong/{code}")
    expect(page.get_by_text("Đã vá xong sáng nay").first).to_be_visible()
    page.get_by_text("Rất hài lòng").click()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("status").filter(has_text="Cảm ơn ông/bà đã đánh giá")).to_be_visible()
    stands = town.act(code, "publish")
    assert stands["rating"] == 3
    page.goto(f"/cong/ket-qua/{stands['number']}")
    expect(page.get_by_text("Rất hài lòng")).to_be_visible()
    assert code not in page.content()
    assert "345 621" not in page.content()
    page.goto(f"/cong/{code}")
    page.get_by_text("Việc chưa được giải quyết thật?").click()
    page.get_by_label("Còn điều gì chưa xong?").fill("Mưa xong lại vỡ")
    page.get_by_role("button", name="Yêu cầu xử lý lại").click()
    assert town.act(code)["reopened"] == 1


def test_scripts_make_photos_small_and_find_where_one_stands(phone: Any, town: Centre, tmp_path: Path) -> None:
    page: Page = phone("/cong/gui", geolocation={"latitude": 21.94, "longitude": 106.70}, permissions=["geolocation"])
    page.get_by_label("Kể lại sự việc").fill("Đèn tín hiệu ở ngã tư không sáng")
    page.get_by_role("button", name="Lấy vị trí tôi đang đứng").click()
    expect(page.get_by_text("Đã có vị trí")).to_be_visible()
    big = photo(tmp_path)
    page.locator("input[type=file]").set_input_files(big)
    expect(page.locator("#shots img")).to_have_count(1, timeout=20_000)
    sent = page.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert sent < big.stat().st_size / 2, (sent, big.stat().st_size)
    page.wait_for_function("document.querySelector('[name=worked]').value !== ''")
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible(timeout=20_000)
    stands = town.act(code_of(page))
    assert stands["unit"].startswith("06184@")
    assert stands["files"] == 1
    # One that is sent faster than anybody writes waits on the telephone, and ends at the thanks all the same.
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/cong/gui")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.get_by_label("Kể lại sự việc").fill("Nắp cống vỡ trước cổng trường")
    page.evaluate("document.querySelector('[name=worked]').remove()")
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", name="Đã giữ trên máy này")).to_be_visible()
    expect(page.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible(timeout=30_000)


def test_the_app_keeps_a_report_without_a_network_and_sends_it_once(phone: Any, town: Centre) -> None:
    page: Page = phone("/cong/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    before = json.loads(town.run("from haidang.cases.models import Case; print(Case.objects.count())"))
    town.down()
    try:
        page.goto("/cong/gui?app=1")
        page.get_by_label("Kể lại sự việc").fill("Cây đổ chắn đường ở thôn Nà Pàn, mất cả điện")
        page.get_by_role("button", name="Gửi phản ánh").click()
        expect(page.get_by_role("heading", name="Đã giữ trên máy này")).to_be_visible()
        expect(page.get_by_text("Đang chờ mạng để gửi")).to_be_visible()
        page.goto("/cong/gui?app=1")
        page.get_by_label("Kể lại sự việc").fill("Mất nước sạch ở khối 4 từ hôm qua")
        page.get_by_role("button", name="Gửi phản ánh").click()
        expect(page.get_by_text("Đang chờ mạng để gửi")).to_have_count(2)
    finally:
        town.up()
    page.goto("/cong/")
    for _ in range(2):  # asked twice at once: still one each
        page.evaluate("navigator.serviceWorker.controller.postMessage({ flush: true })")
    link = page.locator("#device-list a")
    expect(link).to_have_count(2, timeout=60_000)
    expect(page.get_by_text("Đang chờ mạng để gửi")).to_have_count(0)
    code = str(link.filter(has_text="Cây đổ").get_attribute("href")).removeprefix("/cong/")
    stands = town.act(code, "receive", "assign", "start", "finish", "approve")
    assert stands["channel"] == "app"
    assert stands["all"] == before + 2
    link.filter(has_text="Cây đổ").click()
    page.get_by_text("Hài lòng", exact=True).click()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("status").filter(has_text="Cảm ơn")).to_be_visible()
    assert town.act(code)["rating"] == 2


def test_it_can_be_installed_and_its_worker_stays_in_its_scope(phone: Any) -> None:
    page: Page = phone("/cong/")
    scope = page.evaluate("navigator.serviceWorker.ready.then((one) => new URL(one.scope).pathname)")
    assert scope == "/cong/"
    told = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    wrong = [one["errorId"] for one in told["installabilityErrors"]]
    assert not set(wrong) - {"in-incognito"}, wrong
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await (await caches.open(names[0])).keys()).map((one) => one.url))"
    )
    assert not [url for url in kept if re.search(r"PA\d{6}", url)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_read_and_use_the_pages(phone: Any, town: Centre, theme: str) -> None:
    """axe: WCAG 2.2 A and AA; nothing wider than a telephone; the policy stops nothing."""
    made = town.run(
        "from haidang.access import gate\nfrom haidang.cases.actions import Arrival, open_case\n"
        f"print(open_case(gate.public(), Arrival('phan-anh.phan-anh', 'web', {TEXT!r}, once='axe-{theme}')).code)"
    ).split()[-1]
    asked = town.run(
        "from haidang.access import gate\nfrom haidang.cases.actions import Arrival, open_case\n"
        f"print(open_case(gate.public(), Arrival('phan-anh.phan-anh', 'web', {TEXT!r}, once='axe2-{theme}')).code)"
    ).split()[-1]
    number = town.act(made, "receive", "assign", "start", "finish", "approve", "publish")["number"]
    town.act(asked, "receive", "assign", "ask")
    page: Page = phone("/cong/", theme=theme)
    rules = {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    }
    pages = ["", "gui", "gui?lang=en", "theo-doi?lang=vi", "ket-qua", "tro-giup", "cua-toi", "cho", "PA000000-KHONGCO2"]
    for path in [*pages, made, f"{made}?gui=1", asked, f"ket-qua/{number}"]:
        page.goto(f"/cong/{path}")
        found = Axe().run(page, options=rules).response["violations"]
        told = [(one["id"], [node["html"][:140] for node in one["nodes"]][:3]) for one in found]
        assert not told, (path, told)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("window.stopped ?? []") == [], path
        small = page.evaluate(
            "[...document.querySelectorAll('button,.button,.ways a,input:not([type=hidden]),select')]"
            ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"
        )
        assert not small, (path, small)


def test_a_page_is_there_at_once_on_a_slow_network(phone: Any, town: Centre) -> None:
    """400 kbit/s, 400 ms: first visit, nothing kept; few requests, few bytes, drawn soon even on a busy machine."""
    page: Page = phone("about:blank")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
    cdp.send("Network.emulateNetworkConditions", slow)
    page.goto(f"{town.address}/cong/", wait_until="load")
    drawn = page.evaluate(
        "new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))"
        ".observe({ type: 'largest-contentful-paint', buffered: true }))"
    )
    assert drawn < 8000, drawn
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize])")
    asked = [one for one in asked if "/sw.js" not in one[0] and "icon" not in one[0]]
    assert len(asked) <= 4, asked
    assert sum(size for _, size in asked) < 40_000, asked


def test_bytes_of_a_report(tmp_path: Path) -> None:
    """The photo of the tests is one that must be made smaller (else the test above proves nothing)."""
    assert photo(tmp_path).stat().st_size > 2_000_000
    assert io.BytesIO(photo(tmp_path).read_bytes()).read(2) == b"\xff\xd8"
