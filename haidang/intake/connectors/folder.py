"""A watched folder of this machine: files laid down there, or a log that grows (docs/connectors.md).

Only folders under the roots of HAIDANG_DROPS (default: `drops` in the home) are read; links are never followed.
Never: takes a file that is still being written; reads one twice.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from haidang.intake.connectors import Order, Parcel, Setting, _drops, _growing
from haidang.intake.connectors._keeping import chunks
from haidang.store.landing import home
from haidang.words.errors import IntakeStopped, Unavailable

MODE = "pull"
SETTINGS = (
    Setting("path", required=True, kind="path"),
    *_drops.SETTINGS,
    Setting("append", home="either", default="false", choices=("false", "true")),
)


def fetch(order: Order) -> Iterator[Parcel]:
    """One parcel a file, by name; of growing files one a piece. Raises Unavailable, IntakeStopped."""
    folder = opened(order.value("path"))
    if order.value("append") != "true":
        yield from _drops.fetch(order, _Folder(folder, order.number("settle", 5)))
        return
    with ExitStack() as stack, _told(order.value("path")):
        yield from _growing.fetch(order, _growing_files(folder, order, stack))


def roots() -> tuple[Path, ...]:
    """The folders under which a source may lie."""
    told = os.environ.get("HAIDANG_DROPS", "")
    return tuple(Path(root) for root in told.split(os.pathsep) if root) or (home() / "drops",)


def opened(path: str) -> Path:
    """The folder, real and under a root; a path that is not absolute is taken under the first root.

    Raises IntakeStopped('folder-not-allowed' | 'folder-forbidden'), Unavailable('folder-missing').
    """
    real = os.path.realpath(roots()[0] / path)
    allowed = [os.path.realpath(root) for root in roots()]
    if not any(os.path.commonpath([real, root]) == root for root in allowed):
        raise IntakeStopped("folder-not-allowed", found=path[:200], expected=", ".join(str(root) for root in roots()))
    with _told(real):
        if not stat.S_ISDIR(os.lstat(real).st_mode):
            raise Unavailable("folder-missing", found=path[:200], retry=300)
    return Path(real)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """The seam: what the system says of a file, in our words."""
    try:
        yield
    except FileNotFoundError as error:
        raise Unavailable("folder-missing", found=path[:200], retry=300) from error
    except PermissionError as error:
        raise IntakeStopped("folder-forbidden", found=path[:200]) from error
    except OSError as error:
        raise Unavailable("folder-fails", found=path[:200], why=error.strerror or "", retry=300) from error


def _open(path: Path) -> BinaryIO:
    """A file for reading; never through a link, never a device."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise IntakeStopped("link-refused", found=path.name)
    return os.fdopen(handle, "rb")


class _Folder:
    """A Tree of this machine."""

    def __init__(self, folder: Path, settle: int) -> None:
        self._folder, self._settle = folder, settle

    def entries(self) -> list[_drops.Entry]:
        with _told(str(self._folder)):
            return sorted((e for n in os.listdir(self._folder) if (e := self.look(n))), key=lambda e: e.name)

    def look(self, name: str) -> _drops.Entry | None:
        """A file as it lies there; None for folders and what was taken away while we looked."""
        try:
            found = os.lstat(self._folder / name)
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(found.st_mode):
            return None
        # A copied file may bear an old time of writing; when it was last changed here cannot be set by its writer.
        settled = time.time() - max(found.st_mtime, found.st_ctime) >= self._settle
        plain = stat.S_ISREG(found.st_mode)
        return _drops.Entry(name, found.st_size, f"{found.st_mtime_ns}", str(found.st_ino), settled, plain)

    def read(self, entry: _drops.Entry) -> Iterator[bytes]:
        with _told(entry.name), _open(self._folder / entry.name) as file:
            yield from chunks(file, entry.size + 1)

    def move(self, name: str, folder: str) -> None:
        target = self._folder / folder
        with _told(str(target)):
            target.mkdir(exist_ok=True)
            if target.is_symlink():
                raise IntakeStopped("link-refused", found=folder)
            (self._folder / name).rename(target / _drops.free(name, lambda n: os.path.lexists(target / n)))

    def remove(self, name: str) -> None:
        with _told(name):
            (self._folder / name).unlink(missing_ok=True)


def _growing_files(folder: Path, order: Order, stack: ExitStack) -> list[tuple[str, BinaryIO]]:
    """Those that match and those once read, under whatever name, oldest first."""
    wanted, known = _drops.matching(order), _growing.known_marks(order)
    found: list[tuple[float, str, BinaryIO]] = []
    for item in os.scandir(folder):
        about = item.stat(follow_symlinks=False)
        if stat.S_ISREG(about.st_mode) and (wanted(item.name) or _growing.mark_of(about) in known):
            with suppress(FileNotFoundError):  # renamed while we looked: it is read next time, under its new name
                file = stack.enter_context(_open(folder / item.name))
                found.append((about.st_mtime, item.name, file))
    return [(name, file) for _, name, file in sorted(found, key=lambda f: f[:2])]
