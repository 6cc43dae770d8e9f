"""Files that are laid down somewhere for us: which are whole, which were read, what becomes of them. Never: opens one.

The same for a folder here and one over SFTP: a `Tree` lists, reads and moves. A file is whole when its writer says so
(a `.done` beside it) or when nothing about it changed for `settle` seconds. One that cannot be taken holds up no other:
it is told after all others were taken.
"""

from __future__ import annotations

import fnmatch
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from haidang.intake.connectors import Order, Parcel, Setting
from haidang.intake.connectors._keeping import keep, megabytes, plain
from haidang.words.errors import IntakeStopped

SETTINGS = (
    Setting("pattern", home="either", default="*"),
    Setting("complete", home="either", default="settle", choices=("settle", "done")),
    Setting("settle", home="either", default="5", kind="integer"),
    Setting("after", home="either", default="move", choices=("move", "delete", "leave")),
    Setting("move_to", home="either", default="da-nhan"),
    Setting("most_files", home="either", default="1000", kind="integer"),
)
"""What every kind of drop has; each kind adds where it is."""

LEFT = 2000
"""Files that may lie in a folder whose files are left there: each is remembered in the cursor."""
UNFINISHED = re.compile(r"^(\.|~)|\.(part|partial|tmp|temp|filepart|crdownload|done)$", re.IGNORECASE)
DONE = ".done"


@dataclass(frozen=True)
class Entry:
    """A file as it lies there. `mark`: what else tells it from another of the same name (its inode), or "".

    `settled`: it is known that nothing was written to it for `settle` seconds. `plain`: a file, no link or device.
    """

    name: str
    size: int
    changed: str
    mark: str = ""
    settled: bool = False
    plain: bool = True

    @property
    def fingerprint(self) -> str:
        return f"{self.changed}:{self.size}:{self.mark}"


class Tree(Protocol):
    """One folder. Its methods raise Unavailable and IntakeStopped, never a library's own exceptions."""

    def entries(self) -> list[Entry]: ...

    def look(self, name: str) -> Entry | None: ...

    def read(self, entry: Entry) -> Iterator[bytes]: ...

    def move(self, name: str, folder: str) -> None: ...

    def remove(self, name: str) -> None: ...


def fetch(order: Order, tree: Tree) -> Iterator[Parcel]:
    """Every whole file not yet read, by name. Raises, after the others, IntakeStopped('link-refused' | 'too-large')."""
    return _Drop(order, tree).parcels()


class _Drop:
    def __init__(self, order: Order, tree: Tree) -> None:
        self.order, self.tree = order, tree
        self.after = order.value("after", "move")
        self.seen: dict[str, str] = json.loads(order.cursor.get("seen", "{}"))
        self.named = matching(order)
        self.troubles: list[IntakeStopped] = []
        if re.search(r"^$|[/\\\x00]|^\.", order.value("move_to", "da-nhan")):
            raise IntakeStopped("move-to-unreadable", found=order.value("move_to"))

    def parcels(self) -> Iterator[Parcel]:
        listed = self.tree.entries()
        self._finish(listed)
        for entry in self._whole(listed)[: max(self.order.number("most_files", 1000), 1)]:
            parcel = self._take(entry)
            if parcel:
                yield parcel
            if parcel and self.order.trial:
                return
        if self.troubles and not self.order.trial:
            raise self.troubles[0]

    def _finish(self, listed: list[Entry]) -> None:
        """What was taken but not yet put away when the last fetch was cut; and forget what is gone."""
        here = {entry.name: entry.fingerprint for entry in listed}
        for name, fingerprint in list(self.seen.items()):
            if here.get(name) != fingerprint:
                del self.seen[name]
            elif self.after != "leave" and not self.order.trial:
                self._put_away(name, marker=f"{name}{DONE}" in here)
        if self.after == "leave" and len(self.seen) >= LEFT:
            raise IntakeStopped("folder-too-full", found=len(self.seen), expected=LEFT)

    def _whole(self, listed: list[Entry]) -> list[Entry]:
        """Files that are wanted, not read, and whole; waits once for those that may still be written to."""
        wanted = [entry for entry in listed if self._wanted(entry)]
        if self.order.value("complete") == "done":
            markers = {entry.name for entry in listed}
            return [entry for entry in wanted if f"{entry.name}{DONE}" in markers]
        fresh = {entry.name: entry.fingerprint for entry in wanted if not entry.settled}
        if not fresh:
            return wanted
        time.sleep(min(self.order.number("settle", 5), 60))
        again = [entry for entry in self.tree.entries() if self._wanted(entry)]
        return [entry for entry in again if entry.settled or fresh.get(entry.name) == entry.fingerprint]

    def _wanted(self, entry: Entry) -> bool:
        if not self.named(entry.name) or self.seen.get(entry.name) == entry.fingerprint:
            return False
        if not entry.plain:
            self._trouble(IntakeStopped("link-refused", found=entry.name))
        return entry.plain and entry.size > 0

    def _take(self, entry: Entry) -> Parcel | None:
        if entry.size > self.order.largest:
            self._trouble(IntakeStopped("too-large", found=entry.name, expected=megabytes(self.order.largest)))
            return None
        try:
            path, size = keep(self.order, entry.name, self.tree.read(entry))
        except IntakeStopped as stopped:
            self._trouble(stopped)
            return None
        now = self.tree.look(entry.name)
        if size != entry.size or now is None or now.fingerprint != entry.fingerprint:
            path.unlink()
            return None  # somebody writes to it: it is taken when it is whole
        return Parcel(path, plain(entry.name), {**self.order.cursor, "seen": self._seen(entry)}, self._done(entry))

    def _trouble(self, stopped: IntakeStopped) -> None:
        self.troubles.append(stopped)

    def _seen(self, entry: Entry) -> str:
        """All that lie there and were read; where they are put away, only the last can be still lying there."""
        kept = self.seen if self.after == "leave" else {}
        self.seen = {**kept, entry.name: entry.fingerprint}
        return json.dumps(self.seen, ensure_ascii=False)

    def _done(self, entry: Entry) -> Callable[[], None] | None:
        if self.order.trial or self.after == "leave":
            return None
        marked = self.order.value("complete") == "done"
        return lambda: self._put_away(entry.name, marker=marked)

    def _put_away(self, name: str, *, marker: bool) -> None:
        if self.after == "delete":
            self.tree.remove(name)
        else:
            self.tree.move(name, self.order.value("move_to", "da-nhan"))
        if marker:
            self.tree.remove(f"{name}{DONE}")


def matching(order: Order) -> Callable[[str], bool]:
    """Whether a name is one of the pattern's (several by `;`, without case) and not that of an unfinished file."""
    patterns = [part.strip().lower() for part in order.value("pattern", "*").split(";")]
    return lambda name: not UNFINISHED.search(name) and any(fnmatch.fnmatch(name.lower(), one) for one in patterns)


def free(name: str, taken: Callable[[str], bool]) -> str:
    """The name, or with a number before its suffix where it is taken: nothing that was put away is written over."""
    stem, dot, suffix = name.partition(".")
    names = (name, *(f"{stem}-{number}{dot}{suffix}" for number in range(2, 100_000)))
    return next(found for found in names if not taken(found))
