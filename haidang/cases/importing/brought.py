"""What another program knows of a Case, what became of bringing it over. Never: reads a file, writes a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from haidang.cases.senders import Person


@dataclass(frozen=True)
class Happened:
    """One act of a Case's history, by its name in `machine.ACTS`.

    `office` for assign, `due` for extend, `rating` for rate; `by`: an account's name, "" where nobody says who.
    """

    act: str
    at: datetime
    words: str = ""
    by: str = ""
    office: str = ""
    due: datetime | None = None
    rating: int = 0


@dataclass(frozen=True)
class Brought:
    """One Case as the other program has it. `outside`: its number there, by which it is known when it comes again.

    The moments said (`assigned_at` … `published_at`) make the history; `more` are acts besides (ask, supply, extend,
    reopen, …), put between them by time. `closed_at`: of what was refused or merged. `state`: of what no moment
    tells: received, asked, approving, refused, merged; where it is said and the history leads elsewhere, the row is
    set aside. `duplicate_of`: the other's number there, "" where the program does not say of which.
    `place`: a commune's code; without it the position says it. `office`: "" for where the desk would route it.
    `due`: "" for the desk's own term after `assigned_at`.
    """

    outside: str
    channel: str
    text: str
    sent_at: datetime
    category: str = ""
    title: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    state: str = ""
    assigned_at: datetime | None = None
    started_at: datetime | None = None
    resolved_at: datetime | None = None
    published_at: datetime | None = None
    closed_at: datetime | None = None
    due: datetime | None = None
    office: str = ""
    person: str = ""
    result: str = ""
    rating: int = 0
    rating_words: str = ""
    rated_at: datetime | None = None
    duplicate_of: str = ""
    more: tuple[Happened, ...] = ()
    sender: Person = field(default_factory=Person)
    urgent: bool = False
    public: bool = True
    anonymous: bool = False
    simulated: bool = False


@dataclass(frozen=True)
class Aside:
    """A row that was not taken. `code`: why (`case-aside.<code>` in words), `found`: what stood there."""

    outside: str
    code: str
    found: str = ""


@dataclass(frozen=True)
class Imported:
    """What became of the rows: `read` = `landed` + `unchanged` (known from before) + those in `set_aside`."""

    read: int = 0
    landed: int = 0
    unchanged: int = 0
    set_aside: tuple[Aside, ...] = ()

    def __add__(self, other: Imported) -> Imported:
        counts = (self.read + other.read, self.landed + other.landed, self.unchanged + other.unchanged)
        return Imported(*counts, self.set_aside + other.set_aside)
