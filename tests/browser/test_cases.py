"""The desk in a browser: keys, two officers at one Case, the map that leads to a Case, a unit's officer on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SLOW = 30_000
"""Milliseconds: the stream tells in a second; a machine shared with other tests gets more."""
FOCUSED = "document.activeElement.getAttribute('href') ?? document.activeElement.name"


def first_case(page: Page) -> str:
    """The address of the first Case of a list."""
    href = page.locator("[data-step]").first.get_attribute("href")
    assert href
    return href


def test_the_list_is_walked_by_keys(visit: Open) -> None:
    page = visit("/cases/", who="truc-1022")
    rows = [one.get_attribute("href") for one in page.locator("[data-step]").all()[:2]]
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == rows[0]
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == rows[1]
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == rows[0]
    page.keyboard.press("/")
    assert page.evaluate(FOCUSED) == "q"
    page.keyboard.type("jk/")
    assert page.input_value("[data-find]") == "jk/"
    page.goto(rows[0] or "")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.closest('[data-acts]') !== null")


def test_two_officers_at_one_case(visit: Open) -> None:
    one = visit("/cases/?state=new,received", who="truc-1022")
    case = first_case(one)
    one.goto(case)
    one.locator("#act-ask > summary").click()
    one.fill("#act-ask textarea", "Ổ gà ở đoạn nào?")
    two = visit(case, who="truc-1022")
    two.locator("#act-note > summary").click()
    two.fill("#act-note textarea", "Đã gọi cho xã")
    two.locator("#act-note form button").click()
    expect(two.locator(".note.good").first).to_contain_text("Đã lưu")
    expect(one.locator("#newer")).to_be_visible(timeout=SLOW)
    expect(one.locator(".case-past")).to_contain_text("Đã gọi cho xã")
    assert one.input_value("#act-ask textarea") == "Ổ gà ở đoạn nào?", "what is being typed is left alone"
    one.locator("#act-ask form button").click()
    expect(one.locator("#trouble")).to_contain_text("vừa thao tác trước")
    assert one.input_value("#act-ask textarea") == "Ổ gà ở đoạn nào?"
    one.locator("#act-ask form button").click()
    expect(one.locator(".case-state")).to_have_text("Chờ người gửi bổ sung")


def test_a_dot_of_the_map_says_what_it_is_and_leads_there(visit: Open) -> None:
    page = visit("/cases/map?state=all", who="truc-1022")
    page.wait_for_selector("hd-map[ready]", timeout=SLOW)
    x, y = page.evaluate(
        """() => {
          const { map } = document.querySelector('hd-map')
          const [dot] = map.queryRenderedFeatures({ layers: ['dots'] })
          const at = map.project(dot.geometry.coordinates)
          const box = document.querySelector('hd-map .canvas').getBoundingClientRect()
          return [box.x + at.x, box.y + at.y]
        }"""
    )
    page.mouse.move(x, y)
    expect(page.locator(".maplibregl-popup .tip b")).to_have_text(re.compile(r"^\d+ · "))
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"/cases/\d+$"))


def test_a_unit_works_on_a_phone(visit: Open) -> None:
    page = visit("/cases/mine", who="don-vi-xu-ly", size="phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    heights = [one.bounding_box() for one in page.locator(".mine .button").all()[:6]]
    assert all(box and box["height"] >= 44 for box in heights), "big enough for a thumb"
    start = page.locator(".mine form[action$='/start'] button").first
    expect(start).to_be_visible()
    start.click()
    expect(page.locator(".note.good").first).to_contain_text("Bắt đầu xử lý")
    page.locator(".mine a[href*='?do=finish']").first.click()
    expect(page.locator("#act-finish textarea")).to_be_visible()
    assert page.locator("#act-finish input[type=file]").get_attribute("accept")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
