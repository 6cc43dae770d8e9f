"""A running centre on the filled demo home, and a real Chromium to use it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from signing import cookies

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"pc": (1920, 1080), "phone": (390, 844), "wall": (3840, 2160)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one worker (one centre, one Chromium); without Chromium they skip and say so."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine (apt-get install chromium)"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop running in this thread: Django would refuse its synchronous queries, and other tests could
    # run no loop of their own; so it ends with the module.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, centre: str, filled_home: Path) -> Iterator[Open]:
    """Opens a page as one of the cast: visit("/", who="lanh-dao", size="phone", theme="dark")."""
    contexts: list[BrowserContext] = []

    def opened(path: str, *, who: str = "lanh-dao", size: str = "pc", theme: str = "dark", **more: Any) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale="vi-VN",
            base_url=centre,
            has_touch=size == "phone",
            accept_downloads=True,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error on {path}: {error}"))
        if who:
            context.add_cookies(cookies(centre, who, filled_home))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
