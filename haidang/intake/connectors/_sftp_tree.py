"""The protocol of a folder over SFTP, as `_drops` wants it. Never: decides which file is taken."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Coroutine, Iterator
from typing import Any, Self

import asyncssh

from haidang.intake.connectors import Order, _network
from haidang.intake.connectors._drops import Entry, free
from haidang.intake.connectors._keeping import CHUNK
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

MANY = 100_000
"""Names of a folder that are looked at."""


class Tree:
    """A connection and the folder behind it; a context manager. Every wait ends after the setting `timeout`."""

    def __init__(self, order: Order) -> None:
        self._order = order
        told = order.value("address")
        self._address = told if "//" in told else f"sftp://{told}"
        self._path = order.value("path", ".").rstrip("/") or "/"
        self._seconds = min(order.number("timeout", _network.SECONDS), 600)
        self._loop = asyncio.Runner()

    def __enter__(self) -> Self:
        try:
            if not self._order.value("host_key").strip():
                self._wait(self._introduced())
            self._ssh = self._wait(self._connected())
            self._sftp = self._wait(self._ssh.start_sftp_client())
        except BaseException:
            self._loop.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._ssh.abort()
        self._loop.close()

    def entries(self) -> list[Entry]:
        return sorted(self._wait(self._listed()), key=lambda entry: entry.name)

    def look(self, name: str) -> Entry | None:
        try:
            return _entry(name, self._wait(self._sftp.lstat(self._at(name))))
        except Unavailable as error:
            if error.code == "folder-missing":
                return None
            raise

    def read(self, entry: Entry) -> Iterator[bytes]:
        file = self._wait(self._sftp.open(self._at(entry.name), "rb"))
        left = entry.size + 1  # one more tells that it grew
        try:
            while left > 0 and (chunk := self._wait(file.read(min(CHUNK, left)))):
                left -= len(chunk)
                yield chunk
        finally:
            self._wait(file.close())

    def move(self, name: str, folder: str) -> None:
        self._wait(self._moved(name, folder))

    def remove(self, name: str) -> None:
        self._wait(self._sftp.remove(self._at(name)))

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}"

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The seam: what the library raises, in our words."""
        try:
            return self._loop.run(asyncio.wait_for(work, self._seconds))
        except (asyncssh.Error, OSError, TimeoutError, ValueError) as error:
            raise self._told(error) from error

    async def _connected(self) -> asyncssh.SSHClientConnection:
        sock = _network.connect(self._address, self._order, self._seconds)
        try:
            sock.setblocking(False)
            return await asyncssh.connect(sock=sock, options=self._options())
        except BaseException:
            sock.close()
            raise

    async def _introduced(self) -> None:
        """Tell the key the other machine shows, for a person to compare and enter."""
        sock = _network.connect(self._address, self._order, self._seconds)
        try:
            sock.setblocking(False)
            key = await asyncssh.get_server_host_key(sock=sock, config=None)
        finally:
            sock.close()
        shown = key.export_public_key().decode().strip() if key else ""
        raise IntakeStopped("host-key-unknown", found=self._address[:200], offered=shown)

    def _options(self) -> asyncssh.SSHClientConnectionOptions:
        value = self._order.value
        return asyncssh.SSHClientConnectionOptions(
            config=None,
            known_hosts=(_host_keys(value("host_key")), [], []),
            username=value("username"),
            password=value("password") or None,
            client_keys=_own_keys(value("private_key"), value("passphrase")),
            agent_path=None,
            gss_host=None,
            login_timeout=self._seconds,
        )

    async def _listed(self) -> list[Entry]:
        found: list[Entry] = []
        async for item in self._sftp.scandir(self._path):
            name = item.filename if isinstance(item.filename, str) else item.filename.decode("utf-8", "replace")
            if "/" not in name and (entry := _entry(name, item.attrs)):
                found.append(entry)
            if len(found) > MANY:
                raise IntakeStopped("folder-too-full", found=len(found), expected=MANY)
        return found

    async def _moved(self, name: str, folder: str) -> None:
        target = self._at(folder)
        if not await self._sftp.isdir(target):
            await self._sftp.mkdir(target)
        there = {item if isinstance(item, str) else item.decode() for item in await self._sftp.listdir(target)}
        await self._sftp.rename(self._at(name), f"{target}/{free(name, there.__contains__)}")

    def _told(self, error: Exception) -> HaiDangError:
        place = self._path[:200]
        match error:
            case asyncssh.HostKeyNotVerifiable():
                return IntakeStopped("host-key-changed", found=self._address[:200])
            case asyncssh.PermissionDenied():
                return IntakeStopped("login-refused", found=self._address[:200], said="SSH")
            case asyncssh.SFTPNoSuchFile() | asyncssh.SFTPNoSuchPath() | asyncssh.SFTPNotADirectory():
                return Unavailable("folder-missing", found=place, retry=300)
            case asyncssh.SFTPPermissionDenied():
                return IntakeStopped("folder-forbidden", found=place)
            case asyncssh.SFTPConnectionLost() | asyncssh.SFTPNoConnection() | asyncssh.DisconnectError():
                return Unavailable("source-broke-off", found=self._address[:200], why=type(error).__name__, retry=60)
            case asyncssh.SFTPError():
                return Unavailable("folder-fails", found=place, why=error.reason[:120], retry=300)
        return _network.failed(error, self._address)


def _entry(name: str, found: asyncssh.SFTPAttrs) -> Entry | None:
    """None for a folder. Nothing tells that no one is writing to it: it is looked at twice."""
    kind = stat.S_IFMT(found.permissions or 0)
    if kind == stat.S_IFDIR or found.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
        return None
    plain = kind == stat.S_IFREG or found.type == asyncssh.FILEXFER_TYPE_REGULAR
    return Entry(name, found.size or 0, str(found.mtime or 0), plain=plain)


def _host_keys(text: str) -> list[asyncssh.SSHKey]:
    """Public keys by line, with or without the host's name before them (as in known_hosts)."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        keys = [asyncssh.import_public_key(_key_alone(line)) for line in lines]
    except (asyncssh.KeyImportError, ValueError) as error:
        raise IntakeStopped("host-key-unreadable") from error
    return keys


def _key_alone(line: str) -> str:
    words = line.split()
    return line if words[0].startswith(("ssh-", "ecdsa-", "sk-")) else " ".join(words[1:])


def _own_keys(text: str, passphrase: str) -> list[asyncssh.SSHKey]:
    if not text:
        return []
    try:
        return [asyncssh.import_private_key(text, passphrase or None)]
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError) as error:
        raise IntakeStopped("private-key-unreadable") from error
