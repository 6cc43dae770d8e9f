"""The content policy stops nothing of ours: every kind of page, its charts' and maps' tips, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

WATCH = """addEventListener('securitypolicyviolation', (event) =>
  (window.stopped ??= []).push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' ')))"""
NO_PAGE = {"logout", "events", "data", "records-file", "sources-file", "aside-file", "rejects", "shapes", "healthz"}
MOST = 60


def name_of(url: str) -> str:
    """The name of the address a link leads to; "" for what is no page of ours."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def links(page: Page) -> Iterator[str]:
    for href in page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map((one) => one.getAttribute('href'))"
    ):
        if href.startswith("/") and not href.startswith("//"):
            yield href


def stopped(page: Page) -> list[str]:
    """What the policy stopped on this page, with the mouse led over its drawings."""
    page.wait_for_load_state("networkidle")
    for drawing in page.locator("hd-chart .canvas, hd-map .canvas").all()[:6]:
        if not drawing.is_visible():
            continue
        drawing.scroll_into_view_if_needed()
        for across in (0.3, 0.5, 0.7):
            box = drawing.bounding_box()
            if box:
                page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.6)
                page.wait_for_timeout(60)
    found: list[str] = page.evaluate("window.stopped ?? []")
    return [f"{page.url}: {one}" for one in found]


@pytest.mark.parametrize("who", ["", "lanh-dao", "quan-tri", "so-giao-duc"])
def test_the_policy_stops_nothing_of_ours(visit, who: str) -> None:  # type: ignore[no-untyped-def]
    page: Page = visit("/", who=who)
    page.add_init_script(WATCH)
    wanted, seen, wrong, tips = ["/", "/map/?place=20", "/khong-co"], set(), [], 0
    while wanted and len(seen) < MOST:
        url = wanted.pop(0)
        if (name := name_of(url)) in seen or name in NO_PAGE:
            continue
        seen.add(name)
        answer = page.goto(url, wait_until="load")
        assert answer
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy, policy
        wrong += stopped(page)
        tips += page.locator(".tip").count()
        wanted += [link for link in links(page) if name_of(link) not in seen]
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 8, seen
    assert tips or who == "quan-tri", "no tip of a chart or map was ever shown: nothing was proved of them"


def test_the_policy_does_stop_what_is_inline(visit) -> None:  # type: ignore[no-untyped-def]
    """So that the test above can fail: a style attribute and a script written into the page are stopped and told."""
    page: Page = visit("/", who="")
    page.add_init_script(WATCH)
    page.goto("/")
    page.evaluate(
        """() => { const box = document.createElement('div'); document.body.append(box)
        box.innerHTML = '<p id="x" style="color: red" onclick="1">x</p>'
        const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script) }"""
    )
    page.wait_for_timeout(200)
    told = " ".join(page.evaluate("window.stopped ?? []"))
    assert "style-src" in told
    assert "script-src" in told
    assert page.evaluate("window.ran") is None
