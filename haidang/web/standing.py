"""Sources as pages show them: how each stands and why, what it owes, whose it is, what one may do with it.

Never: judges a source (intake does); writes; shows a source to whoever may neither read nor work on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from haidang.access import gate
from haidang.catalog.declared import Dataset, Source
from haidang.intake.sources import reads
from haidang.intake.sources.reads import SourceFace
from haidang.web import behind, feeds, formats, scheduled
from haidang.web.page import Visit
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import Subject
from haidang.words.texts import text

MARKS = {
    "alive": "good",
    "waiting": "watch",
    "late": "warn",
    "failing": "bad",
    "paused": "watch",
    "unconnected": "none",
    "file": "none",
    "own": "none",
}
WORST_FIRST = ("failing", "late", "waiting", "paused", "unconnected", "alive", "own", "file")


@dataclass(frozen=True)
class Rights:
    """What one may do with a source; `works`: any of it beyond reading."""

    read: bool = False
    feed: bool = False
    mend: bool = False
    manage: bool = False

    @property
    def works(self) -> bool:
        return self.feed or self.mend or self.manage


@dataclass(frozen=True)
class Line:
    """One source in words. `last_at` and `last_run`: the newest landing of its dataset."""

    face: SourceFace
    source: Source
    dataset: Dataset
    rights: Rights
    state: str
    title: str
    department: str
    pack: str
    said: str
    since: str
    why: str
    schedule: str
    people: str
    aside: int
    last_run: str
    last_at: str

    @property
    def key(self) -> str:
        return self.face.source

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def simulated(self) -> bool:
        return self.face.simulated or self.dataset.simulated

    @property
    def order(self) -> tuple[int, int, str]:
        return WORST_FIRST.index(self.state), -self.face.owed, self.title


@dataclass(frozen=True)
class Desk:
    """What is looked up once for a list of sources."""

    seen: Visit

    @cached_property
    def last(self) -> Mapping[str, tuple[str, datetime]]:
        return feeds.last_landed(self.seen.who)

    @cached_property
    def aside(self) -> Mapping[str, int]:
        return feeds.open_aside(self.seen.who)

    def person(self, name: str) -> str:
        """An account by its title, as people know it."""
        if name not in self._people:
            self._people[name] = titled(name)
        return self._people[name]

    @cached_property
    def _people(self) -> dict[str, str]:
        return {}

    def rights(self, face: SourceFace) -> Rights:
        noun = self.seen.catalog.dataset(face.dataset)
        subject = behind.subject(noun)
        read, feed, mend, manage = self._may
        return Rights(read(subject), feed(subject), mend(subject), manage(Subject(face.pack, face.source)))

    @cached_property
    def _may(self) -> tuple[Callable[[Subject], bool], ...]:
        return tuple(gate.sees(self.seen.who, action) for action in ("read", "import", "mend", "manage"))


def titled(name: str) -> str:
    """The title of an account; its name when it is closed or has none; "" for nobody."""
    try:
        return gate.actor(name).title or name if name else ""
    except Absent:
        return name


def lines(seen: Visit) -> list[Line]:
    """Every source one may read or work on; what needs somebody first."""
    desk = Desk(seen)
    found = [(face, desk.rights(face)) for face in reads.sources()]
    shown = [line(desk, face, rights) for face, rights in found if rights.read or rights.works]
    return sorted(shown, key=lambda one: one.order)


def one(seen: Visit, key: str) -> Line:
    """By the key of the source, or of its dataset; raises Absent('unknown-source'), Denied."""
    desk = Desk(seen)
    face = reads.source(_key(seen, key))
    rights = desk.rights(face)
    if not (rights.read or rights.works):
        raise Denied("no-grant")
    return line(desk, face, rights)


def _key(seen: Visit, key: str) -> str:
    known = {source.key: source.key for source in reversed(seen.catalog.sources())}
    by_dataset = {source.dataset: source.key for source in reversed(seen.catalog.sources())}
    if found := known.get(key) or by_dataset.get(key):
        return found
    raise Absent("unknown-source", found=key[:80])


def line(desk: Desk, face: SourceFace, rights: Rights) -> Line:
    seen = desk.seen
    language = seen.language
    noun = seen.catalog.dataset(face.dataset)
    run, at = desk.last.get(face.dataset, ("", None))
    state = shown_state(face, noun, at, seen.now)
    officer = seen.who.inside
    return Line(
        face,
        seen.catalog.source(face.source),
        noun,
        rights,
        state,
        face.title.in_(language),
        face.department.in_(language),
        seen.catalog.pack(face.pack).title.in_(language),
        text(f"source.{state}", language),
        since(face, state, seen),
        why(face, state, seen) if rights.works else "",
        scheduled.said(face, noun, language),
        ", ".join(dict.fromkeys(map(desk.person, filter(None, (face.owner, face.duty))))) if officer else "",
        desk.aside.get(noun.key, 0),
        run,
        at.isoformat() if at else "",
    )


def shown_state(face: SourceFace, dataset: Dataset, last: datetime | None, now: datetime) -> str:
    """As intake says; of what comes as files, by the dataset's promise."""
    if face.state == "file" and face.connector == "own":
        return "own"
    if face.state != "file" or not dataset.promise_days:
        return face.state
    if last is None:
        return "waiting"
    return "late" if (now - last).days > dataset.promise_days else "alive"


def since(face: SourceFace, state: str, seen: Visit) -> str:
    """Since when it is so: what is owed and from when, or how often it failed."""
    language = seen.language
    if face.due_at and state in ("late", "failing"):
        return text("source.owes", language, count=face.owed, when=moment(face.due_at))
    if state == "failing":
        return text("source.failed", language, count=face.failures)
    if state == "alive" and face.next_at and face.next_at > seen.now:
        return text("source.next", language, when=moment(face.next_at))
    return ""


def why(face: SourceFace, state: str, seen: Visit) -> str:
    """In an officer's words what went wrong last, for those who work on it."""
    said = feeds.problem(face.problem, seen.language) if face.problem else ""
    return said if state in ("failing", "late") else ""


def moment(at: datetime) -> str:
    return formats.moment(timezone.localtime(at).isoformat())
