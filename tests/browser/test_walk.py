"""The whole way as people walk it: sign in → overview → pack → indicator → compare → map → records → download.

On a PC and a phone, dark and light; screenshots are kept under HAIDANG_SCREENSHOTS (default: the temporary folder).
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

BUDGET = "kinh-te-xa-hoi.thu-ngan-sach"
SCORES = "giao-duc.diem-toan-trung-binh"
LOOKS = [("pc", "dark"), ("pc", "light"), ("phone", "dark"), ("phone", "light")]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("HAIDANG_SCREENSHOTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sound(page: Page, picture: Path) -> None:
    """Nothing wider than the screen, no serious fault for those who read otherwise; a picture is kept."""
    page.wait_for_timeout(400)
    page.screenshot(path=picture, full_page=True)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"  # type: ignore[index]
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert not serious, f"{page.url}\n" + "\n".join(serious)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_whole_way(visit, pictures: Path, size: str, theme: str) -> None:  # type: ignore[no-untyped-def]
    def keep(name: str) -> None:
        sound(page, pictures / f"{name}-{size}-{theme}.png")

    page: Page = visit("/", size=size, theme=theme)
    expect(page.locator("h1")).to_contain_text("Lạng Sơn")
    expect(page.get_by_text("Cần anh/chị quyết hôm nay")).to_be_visible()
    assert page.locator(".tile .num").count() >= 5
    keep("1-overview")

    page.goto("/boards/kinh-te-xa-hoi")
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("tỷ đồng")
    keep("2-board")

    page.locator(f"a[href*='{BUDGET}']").first.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("7.150")
    expect(page.locator("main")).to_contain_text("Bộ Tài chính")
    keep("3-indicator")

    page.goto(f"/indicators/{BUDGET}?place=20&period=2014&compare=2010")
    expect(page.locator("main")).to_contain_text("2010")
    keep("4-compare")

    page.goto(f"/indicators/{SCORES}?place=68&period=2018")
    page.wait_for_load_state("networkidle")
    for part in ("Bình Thuận", "Đắk Nông", "Lâm Đồng"):
        expect(page.locator("main")).to_contain_text(part)
    keep("5-rebuilt")

    page.goto("/map/?place=20")
    page.wait_for_load_state("networkidle")
    expect(page.locator("hd-map canvas").first).to_be_visible(timeout=20_000)
    keep("6-map")

    page.goto(f"/indicators/{BUDGET}/records?place=20&period=2014")
    expect(page.locator("table").first).to_contain_text("7.150")
    keep("7-records")

    with page.expect_download() as wanted:
        page.evaluate(f"location.href = '/indicators/{BUDGET}/data.csv?place=20&period=2014'")
    text = Path(wanted.value.path()).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any("7150" in cell.replace(".", "").replace(",", "")[:8] for row in rows for cell in row), text[:500]


def test_null_is_explained(visit, pictures: Path) -> None:  # type: ignore[no-untyped-def]
    """An index over merged places is no number: the page says why and shows the three parts."""
    page: Page = visit("/indicators/kinh-te-xa-hoi.pci?place=68&period=2015")
    expect(page.locator("main")).to_contain_text("Bình Thuận")
    expect(page.locator("main")).to_contain_text("58,83")
    expect(page.locator("main")).not_to_contain_text("index-not-additive")
    sound(page, pictures / "null-explained.png")


@pytest.mark.parametrize("who", ["so-giao-duc", "xa-dong-dang", "quan-tri", ""])
def test_the_first_screen_of_everybody(visit, pictures: Path, who: str) -> None:  # type: ignore[no-untyped-def]
    page: Page = visit("/", who=who, size="phone")
    expect(page.locator("h1")).to_be_visible()
    sound(page, pictures / f"first-{who or 'cong-chung'}.png")


def test_denied_looks_absent(visit, pictures: Path) -> None:  # type: ignore[no-untyped-def]
    page: Page = visit(f"/indicators/{BUDGET}?place=20", who="so-giao-duc")
    expect(page.locator("main")).to_contain_text("chưa được cấp quyền xem")
    sound(page, pictures / "denied.png")


def test_the_wall(visit, pictures: Path) -> None:  # type: ignore[no-untyped-def]
    """At 3840×2160 nothing a person reads is smaller than 24 px."""
    page: Page = visit("/", size="wall")
    small = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.offsetParent && [...e.childNodes].some(
             n => n.nodeType === 3 && n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 23.5)
             .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40) + ' ' + getComputedStyle(e).fontSize)"""
    )
    assert not small, small[:10]
    sound(page, pictures / "wall.png")


def test_english_is_one_click_away(visit) -> None:  # type: ignore[no-untyped-def]
    page: Page = visit("/?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("main")).not_to_contain_text("Cần anh/chị quyết hôm nay")


def test_the_keyboard_reaches_the_content(visit) -> None:  # type: ignore[no-untyped-def]
    page: Page = visit("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_file_is_uploaded_mended_and_seen(visit, tmp_path: Path, pictures: Path) -> None:  # type: ignore[no-untyped-def]
    """The specialist's round: upload with one bad row → the run says what is wrong → mend it → landed."""
    file = tmp_path / "bo-sung.csv"
    file.write_text(
        "khoa,hoi_dong,nam,toan,van\nthu-nghiem-0001,10,2019,5,6\nthu-nghiem-0002,10,2019,năm rưỡi,7\n", "utf-8"
    )
    page: Page = visit("/sources/giao-duc.diem-thi-thpt/upload", who="so-giao-duc")
    page.set_input_files("input[type=file]", str(file))
    page.locator("main form button, main form [type=submit]").first.click()
    page.wait_for_url("**/runs/**", timeout=30_000)
    expect(page.locator("main")).to_contain_text("năm rưỡi", timeout=60_000)
    sound(page, pictures / "run-with-rejects.png")
