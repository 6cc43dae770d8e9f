"""A folder over SFTP against a real server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from haidang.intake import connectors
from haidang.words.errors import IntakeStopped, Unavailable

from .conftest import Make, Taken, take

sftp = connectors.kind("sftp")
PASSWORD = "mật-khẩu"
OWN = asyncssh.generate_private_key("ssh-ed25519")


class _Server(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("ioc", PASSWORD)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == "ioc" and key.get_fingerprint() == OWN.get_fingerprint()


@dataclass
class Machine:
    address: str
    key: str
    folder: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    root = tmp_path_factory.mktemp("sftp")
    key, loop, started = asyncssh.generate_private_key("ssh-ed25519"), asyncio.new_event_loop(), threading.Event()
    ports: list[int] = []

    async def serve() -> None:
        server = await asyncssh.create_server(
            _Server, "127.0.0.1", 0, server_host_keys=[key], allow_scp=False,
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode()),
        )  # fmt: skip
        ports.append(server.get_port())
        started.set()

    def run() -> None:
        loop.create_task(serve())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(10)
    yield Machine(f"127.0.0.1:{ports[0]}", key.export_public_key().decode(), root)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


@pytest.fixture
def machine(running: Machine, request: pytest.FixtureRequest) -> Machine:
    """The running server with a folder of this test's own."""
    folder = running.folder / request.node.name[:60].replace("/", "_")
    folder.mkdir(exist_ok=True)
    return Machine(running.address, running.key, folder)


@pytest.fixture
def fetch(machine: Machine, make: Make) -> Callable[..., Taken]:
    def fetched(cursor: dict[str, str] | None = None, most: int = 1000, done: bool = True, **values: str) -> Taken:
        return take(sftp.fetch(make("sftp", {**own(machine), **values}, cursor=cursor or {})), most=most, done=done)

    return fetched


def own(machine: Machine) -> dict[str, str]:
    return {
        "address": machine.address, "host_key": machine.key, "username": "ioc", "password": PASSWORD,
        "path": f"/{machine.folder.name}", "settle": "0",
    }  # fmt: skip


def test_files_come_by_name_and_are_moved(machine: Machine, fetch: Callable[..., Taken]) -> None:
    for name in ("b.xml", "a.xml", "c.txt", ".d.xml", "e.xml.part"):
        (machine.folder / name).write_text(name)
    taken = fetch(pattern="*.xml")
    assert (taken.names, taken.contents) == (["a.xml", "b.xml"], [b"a.xml", b"b.xml"])
    assert sorted(p.name for p in (machine.folder / "da-nhan").iterdir()) == ["a.xml", "b.xml"]
    (machine.folder / "a.xml").write_text("again")
    assert fetch(pattern="*.xml").contents == [b"again"]
    assert (machine.folder / "da-nhan" / "a-2.xml").read_text() == "again"


def test_a_large_file_and_a_kill(machine: Machine, fetch: Callable[..., Taken]) -> None:
    content = bytes(range(256)) * 20_000
    for name in ("a", "b"):
        (machine.folder / name).write_bytes(content)
    cut = fetch(after="delete", most=1, done=False)
    assert cut.contents == [content]
    assert fetch(after="delete", most=1, done=False).contents == [content]  # the cursor was not safe: the same bytes
    assert fetch(cut.cursor, after="delete").names == ["b"]  # it was: the first is put away and not read again
    assert not list(machine.folder.iterdir())


def test_half_a_file_is_left(machine: Machine, fetch: Callable[..., Taken]) -> None:
    stop = threading.Event()

    def write() -> None:
        with (machine.folder / "a.txt").open("w") as file:
            while not stop.wait(0.05):
                file.write("row\n" * 1000)
                file.flush()

    (machine.folder / "b.txt").write_text("whole")
    writer = threading.Thread(target=write)
    writer.start()
    stop.wait(0.2)
    try:
        assert fetch(settle="1").names == ["b.txt"]
    finally:
        stop.set()
        writer.join()
    assert fetch(settle="1").names == ["a.txt"]


def test_left_and_links(machine: Machine, fetch: Callable[..., Taken], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (machine.folder / "b").write_text("b")
    first = fetch(after="leave")
    assert first.names == ["b"]
    (machine.folder / "a").symlink_to("b")
    with pytest.raises(IntakeStopped, match="link-refused"):
        fetch(first.cursor, after="leave")


def test_a_private_key(machine: Machine, fetch: Callable[..., Taken]) -> None:
    (machine.folder / "a").write_text("a")
    key = OWN.export_private_key("pkcs8-pem", passphrase="câu").decode()
    assert fetch(password="", private_key=key, passphrase="câu").names == ["a"]
    with pytest.raises(IntakeStopped, match="private-key-unreadable"):
        fetch(password="", private_key=key, passphrase="sai")


def test_refusals(machine: Machine, fetch: Callable[..., Taken]) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    with pytest.raises(IntakeStopped, match="host-key-changed"):
        fetch(host_key=other)
    with pytest.raises(IntakeStopped, match="host-key-unknown") as caught:
        fetch(host_key="")
    assert caught.value.facts["offered"] == machine.key.strip()
    with pytest.raises(IntakeStopped, match="host-key-unreadable"):
        fetch(host_key="khong phai khoa")
    with pytest.raises(IntakeStopped, match="login-refused"):
        fetch(password="sai")
    with pytest.raises(Unavailable, match="folder-missing"):
        fetch(path="/khong-co")
    with pytest.raises(Unavailable, match="source-refuses"):
        fetch(address="127.0.0.1:1")
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        fetch(address="169.254.169.254")


def test_a_trial_changes_nothing(machine: Machine, make: Make) -> None:
    (machine.folder / "a").write_text("a")
    assert take(sftp.fetch(make("sftp", own(machine), trial=True))).names == ["a"]
    assert [p.name for p in machine.folder.iterdir()] == ["a"]
