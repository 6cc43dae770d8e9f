"""Draws docs/pictures anew from a demo home of its own: the same centre, browser and people as the tests use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "Chup-man-hinh-2026"
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SHOTS = [  # name, path, width, height, theme, who
    ("overview-dark", "/", 1920, 1080, "dark", "lanh-dao"),
    ("overview-light", "/", 1920, 1080, "light", "lanh-dao"),
    ("overview-phone", "/", 390, 844, "dark", "lanh-dao"),
    ("board-giao-duc", "/boards/giao-duc", 1920, 1080, "dark", "lanh-dao"),
    ("board-kinh-te-xa-hoi", "/boards/kinh-te-xa-hoi", 1920, 1080, "light", "lanh-dao"),
    ("indicator", "/indicators/kinh-te-xa-hoi.thu-ngan-sach", 1920, 1080, "dark", "lanh-dao"),
    ("place", "/places/20", 1920, 1080, "dark", "lanh-dao"),
    ("desk-list", "/cases/", 1920, 1080, "dark", "truc-1022"),
    ("desk-operator", "/cases/new", 1920, 1080, "light", "truc-1022"),
    ("desk-map", "/cases/map", 1920, 1080, "dark", "lanh-dao"),
    ("desk-morning", "/cases/today", 1920, 1080, "dark", "lanh-dao"),
    ("desk-unit-phone", "/cases/mine", 390, 844, "light", "don-vi-xu-ly"),
    ("cong-phone", "/cong/", 390, 844, "light", ""),
]


def wait_for(url: str) -> None:
    for _ in range(1800):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def draw(base: str, wanted: list[str]) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, path, width, height, theme, who in SHOTS:
            if wanted and name not in wanted:
                continue
            scheme = "dark" if theme == "dark" else "light"
            context = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="vi-VN"
            )
            page = context.new_page()
            if who:
                page.goto(f"{base}/login/")
                page.fill("input[name=username]", who)
                page.fill("input[name=password]", PASSWORD)
                page.press("input[name=password]", "Enter")
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        chromium.close()


def main() -> None:
    """`tools/screenshots.py [NAME…]`: all of them, or the named ones."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    home = os.environ.get("HAIDANG_PICTURES_HOME") or tempfile.mkdtemp(prefix="haidang-pictures-")
    env = {**os.environ, "HAIDANG_HOME": home, "HAIDANG_DEMO_PASSWORD": PASSWORD}
    centre = subprocess.Popen([Path(sys.executable).parent / "haidang", "demo", "--port", str(port)], env=env)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        draw(f"http://127.0.0.1:{port}", sys.argv[1:])
    finally:
        centre.terminate()
        centre.wait(timeout=20)


if __name__ == "__main__":
    main()
