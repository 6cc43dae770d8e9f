"""Whatever can call out goes through the one guard: every module that imports a way to the network is known here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from haidang.watch.channels import email
from haidang.words.errors import IntakeStopped

ROOT = Path(__file__).resolve().parents[2]
WAYS = {
    "aiohttp", "aiosmtplib", "asyncssh", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "nntplib", "oracledb",
    "paho", "paramiko", "poplib", "psycopg", "pymysql", "pytds", "requests", "smtplib", "socket", "socketserver",
    "sqlalchemy", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc", "logging.handlers",
}  # fmt: skip
GUARDS = {
    "haidang.network.guard",
    "haidang.network.calling",
    "haidang.intake.sources.guard",
    "haidang.intake.connectors._network",
}
BELOW = {
    "haidang/intake/connectors/_http_pages.py": "haidang.intake.connectors._http_client",
    "haidang/intake/connectors/_http_talk.py": "haidang.intake.connectors._http_client",
    "haidang/access/tracing/actions.py": "haidang.access.tracing.wire",
}
"""Modules that get their connection from another one, which is guarded."""

OURSELVES = {
    "haidang/network/guard.py": "the guard: looks names up",
    "haidang/cli/servers.py": "asks its own server whether it answers",
    "haidang/site/serve.py": "listens",
    "haidang/jobs/collector.py": "the machine's name, for the lease",
    "haidang/intake/bench_publisher.py": "a bench, to its own broker on this machine",
    "haidang/intake/bench_pull.py": "a bench, to its own server on this machine",
    "haidang/intake/bench_stream.py": "a bench, to its own server on this machine",
    "haidang/cli/bench_sign_in.py": "a bench, to its own server on this machine",
    "haidang/cli/bench_desk.py": "a bench, to its own server on this machine",
    "haidang/cli/bench_rubbish.py": "a bench, to its own server on this machine",
}
"""Modules that call nobody outside."""


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def calling() -> dict[str, set[str]]:
    """Every module with a way to the network, and what it imports."""
    files = {str(file.relative_to(ROOT)): imports(file) for file in (ROOT / "haidang").rglob("*.py")}
    return {
        file: names
        for file, names in files.items()
        if any(name == way or name.startswith(f"{way}.") for name in names for way in WAYS)
    }


def test_whatever_calls_out_is_guarded() -> None:
    wrong = [
        file
        for file, names in calling().items()
        if file not in OURSELVES and not names & GUARDS and BELOW.get(file) not in names
    ]
    assert not wrong, f"these reach the network past haidang.network.guard: {wrong}"


def test_what_others_connect_through_is_guarded_itself() -> None:
    found = calling()
    for name in set(BELOW.values()):
        assert found[name.replace(".", "/") + ".py"] & GUARDS, name


def test_nothing_is_excused_that_is_not_there() -> None:
    gone = [file for file in (*OURSELVES, *BELOW) if not (ROOT / file).is_file()]
    assert not gone, gone
    assert len(calling()) > 12, "the search finds nothing any more"


@pytest.mark.parametrize("address", ["169.254.169.254", "8.8.8.8", "0177.0.0.1", "2130706433"])
def test_the_mail_server_is_proved_as_well(address: str) -> None:
    with pytest.raises(IntakeStopped):
        email.proved(address, 25)
    assert email.proved("127.0.0.1", 25) == ("127.0.0.1", 25)
