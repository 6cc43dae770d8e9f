"""Channels: how a report comes in and how whoever sent it is answered. One module per kind, found by listing.

A kind module (`zalo.py`; names beginning with `_` are parts of kinds) has

    MODE: "hook" (the provider pushes), "fetch" (we look), or "form" (a page of ours; nothing to receive here)
    SETTINGS: tuple[Setting, ...]             what the province says; secrets are sealed
    ONGOING: bool                             a chat: later words of the same sender belong to their open Case
    AGAIN: bool                               the provider knows a message sent twice by `Outgoing.key`

and those of these functions it is capable of:

    prove(line, posted, now) -> None          hook: who pushed it; raises Denied('hook-unsigned' | 'hook-signature' | …)
    challenge(line, query) -> str             hook: the answer to the provider's GET; raises Denied
    read(line, posted) -> tuple[Incoming, …]  hook: what a proved push says; () for what is no report
    fetch(line) -> Iterator[Fetched]          fetch: what is new since `line.cursor`
    reaches(line, to) -> bool                 whether this kind can write to that Person (no `send`: never)
    send(line, outgoing) -> Sent              one message; raises as below
    test(line) -> None                        sign in at the provider, send nothing; raises

`send` raises Unavailable (it surely did not go: tried again later), Unsure (it may have gone: tried again only where
AGAIN), IntakeStopped (a person must mend something). Everything outward goes through `channels._wire` and with it
through network.guard. A module without `reaches` and `send` leaves its senders to the other kinds that reach them.

`actions` turns Incoming into Cases and acts (the same message twice is one), `outbox` sends what `cases.actions.tell`
laid down, `reads` shows channels. Kinds of other parts (`app`: web push, `open311`) stand to the same contract.
Never: a kind that writes a row, decides a right, keeps a secret beyond `Line.keep`, or logs what a sender wrote.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import ModuleType

from haidang.cases.senders import Person
from haidang.words.errors import Absent, Unavailable


class Unsure(Unavailable):
    """A message that may have gone: the other side took the bytes and never said what became of them."""


@dataclass(frozen=True)
class Setting:
    """One setting of a kind; its words: `channel.<kind>.<name>`. `kind`: text | address | long | choice."""

    name: str
    required: bool = False
    secret: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "text"


def _forget(_values: Mapping[str, str]) -> None:
    """Keeps nothing: a line made for a trial."""


@dataclass(frozen=True)
class Line:
    """One channel of one desk as a kind sees it. `values`: settings and secrets in clear, defaults filled in.

    `keep`: store changed values (a refreshed token) at once, sealed where they are secret.
    """

    desk: str
    kind: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    cursor: str = ""
    simulated: bool = False
    keep: Callable[[Mapping[str, str]], None] = field(default=_forget, repr=False, compare=False)

    def value(self, name: str, default: str = "") -> str:
        return self.values.get(name) or default


@dataclass(frozen=True)
class Posted:
    """One push as it came: headings by lower-case name, the query, the bytes of the body."""

    headers: Mapping[str, str]
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Enclosure:
    """A file of a message: its bytes, or the address they are fetched from later (through the guard)."""

    name: str
    kind: str = "photo"  # photo | video | audio | file
    content: bytes = field(default=b"", repr=False)
    url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Incoming:
    """One message of a sender. `outside`: the provider's id of it, at most 200 signs, the same at every delivery.

    `thread`: ids by which a Case is known that it answers (of e-mails sent before); `comment`: it stood in public.
    """

    outside: str
    sender: Person = field(repr=False)
    text: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    files: tuple[Enclosure, ...] = ()
    thread: tuple[str, ...] = ()
    comment: bool = False


@dataclass(frozen=True)
class Fetched:
    """A message, None where there was none of a sender's; the cursor once it is safe; what to do over there then."""

    incoming: Incoming | None
    cursor: str
    done: Callable[[], None] | None = None


@dataclass(frozen=True)
class Outgoing:
    """One message to a sender. `key`: the same at every try; `name`: of the reply, "" for free words.

    `code`, `link`: by which the sender follows the Case. `threads`: ids of the sender's own messages of this Case by
    this kind, newest first; `at`: when the newest came (providers let one answer only so long).
    """

    key: str
    to: Person = field(repr=False)
    words: str = field(repr=False)
    title: str = field(default="", repr=False)
    name: str = ""
    code: str = field(default="", repr=False)
    link: str = field(default="", repr=False)
    language: str = "vi"
    threads: tuple[str, ...] = ()
    at: datetime | None = None
    case: int = 0


@dataclass(frozen=True)
class Sent:
    """What the provider answered. `outside`: its id of the message, "" where it gives none."""

    outside: str = ""


ALWAYS_ON = frozenset({"web", "app", "phone", "desk", "open311"})
"""Kinds that need nobody outside: on unless switched off."""


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind by name."""
    names = (one.name for one in pkgutil.iter_modules(__path__) if not one.name.startswith("_"))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "MODE")}


def kind(name: str) -> ModuleType:
    """Raises Absent('unknown-channel')."""
    if name not in kinds():
        raise Absent("unknown-channel", found=name[:16], expected=", ".join(sorted(kinds())))
    return kinds()[name]


def settings(name: str) -> tuple[Setting, ...]:
    """The settings of a kind; raises Absent('unknown-channel')."""
    return tuple(kind(name).SETTINGS)


def capable(name: str, of: str) -> bool:
    """Whether a kind has a function (`send`, `read`, `fetch`, `test`)."""
    return callable(getattr(kinds().get(name), of, None))
