"""A running centre on the filled demo home, and a real Chromium to use it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HAIDANG = Path(sys.executable).parent / "haidang"
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
PASSWORD = "den-bien-2026"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one worker (one centre, one Chromium); without Chromium they skip and say so."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine (apt-get install chromium)"))


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: int = 90) -> None:
    for _ in range(seconds * 5):
        if process.poll() is not None:
            raise RuntimeError(f"the centre ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def centre(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a centre of its own: a copy of the filled home, served as users have it."""
    home = tmp_path_factory.mktemp("centre") / "home"
    shutil.copytree(filled_home, home)
    port = free_port()
    env = {**os.environ, "HAIDANG_HOME": str(home), "HAIDANG_DEMO_PASSWORD": PASSWORD}
    process = subprocess.Popen([HAIDANG, "demo", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, centre: str) -> Iterator[Open]:
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
            page.goto("/login/")
            page.fill("input[name=username]", who)
            page.fill("input[name=password]", PASSWORD)
            page.click("form button[type=submit]")
            page.wait_for_load_state()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
