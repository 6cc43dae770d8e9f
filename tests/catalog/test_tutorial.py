"""The tutorials are followed word by word: their files are written, their commands run, their outputs seen.

Fenced blocks: `yaml PATH` and `csv PATH` are files to write; `sh` is run; `text` holds lines the block before must print;
`sh server` is started, looked at and ended.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from haidang.catalog.declared import check

ROOT = Path(__file__).resolve().parents[2]
DOCS = {"vi": ROOT / "docs" / "viet-mot-goi.md", "en": ROOT / "docs" / "write-a-pack.md"}
BIN = Path(sys.executable).parent
LONGEST = 120


@dataclass(frozen=True)
class Block:
    kind: str
    argument: str
    text: str


def blocks(language: str) -> list[Block]:
    found = re.findall(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", DOCS[language].read_text("utf-8"), re.M | re.S)
    return [Block(*one) for one in found]


class Reader:
    """Someone who sits in an empty folder and does what the page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exports: list[str] = []
        self.seen = ""
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("HAIDANG", "DJANGO"))},
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PWD": str(folder),
            "COLUMNS": "200",
        }

    def follow(self, block: Block) -> None:
        if block.kind == "sh" and block.argument == "server":
            self.look_at_server(block.text)
        elif block.kind == "sh":
            self.seen = self.run(block.text)
            self.exports += [line for line in block.text.splitlines() if line.startswith("export ")]
        elif block.kind == "text":
            for line in block.text.splitlines():
                assert line.strip() in self.seen, f"{line!r} was not printed:\n{self.seen}"
        else:
            file = self.folder / block.argument
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")

    def script(self, commands: str) -> list[str]:
        return ["bash", "-e", "-c", "\n".join([*self.exports, commands])]

    def run(self, commands: str) -> str:
        done = subprocess.run(
            self.script(commands), cwd=self.folder, env=self.env, capture_output=True, text=True, check=False, timeout=LONGEST
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def look_at_server(self, command: str) -> None:
        """Logs in as the page says and sees the board with its title and a number of the data."""
        port = re.findall(r"--port (\d+)", command)[0]
        server = subprocess.Popen(
            self.script(f"exec {command.strip()}"), cwd=self.folder, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )  # fmt: skip
        try:
            page = log_in(f"http://127.0.0.1:{port}", "chi-lan", "Di-cho-phien-2026", "/boards/cho")
        finally:
            server.terminate()
            server.wait(20)
        assert "Chợ phiên" in page
        assert "11.100.000" in page or "11,1" in page, "the newest month's fees stand on the board"


def log_in(site: str, name: str, password: str, path: str) -> str:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = patient(browser, f"{site}/login/?next={path}")
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', form))
    data = {**fields, "username": name, "password": password}
    request = urllib.request.Request(f"{site}/login/?next={path}", urllib.parse.urlencode(data).encode())
    request.add_header("Referer", site)
    browser.open(request, timeout=30).read()
    return str(browser.open(site + path, timeout=60).read().decode())


def patient(browser: urllib.request.OpenerDirector, address: str) -> str:
    """The page, waiting for the server to come up."""
    until = time.monotonic() + 60
    while True:
        try:
            return str(browser.open(address, timeout=30).read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def test_the_tutorial_word_by_word(tmp_path: Path) -> None:
    """In Vietnamese; the English page has the same blocks."""
    reader = Reader(tmp_path)
    for block in blocks("vi"):
        reader.follow(block)


def test_the_packs_of_the_tutorial(tmp_path: Path) -> None:
    """Its files alone: unsound exactly while the page says so, sound at the end."""
    reader = Reader(tmp_path)
    faults = []
    for block in blocks("vi"):
        if block.kind in {"yaml", "csv"}:
            reader.follow(block)
        elif "haidang check goi" in block.text:
            faults.append([p.code for p in check(tmp_path / "goi")])
    assert faults == [["unknown-column"], []]
    assert check(tmp_path / "goi") == ()


def test_both_pages_have_the_same_files_commands_and_outputs() -> None:
    assert blocks("vi") == blocks("en")
    assert {b.kind for b in blocks("en")} == {"sh", "yaml", "csv", "text"}
