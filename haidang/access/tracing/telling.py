"""A row of the trace as a plain sentence: who did what to what, with what right, for what. Never: reads a row.

`Trần Thị B (lanh-dao) đã xem Thu ngân sách (kinh-te-xa-hoi.ngan-sach), mức hạn chế, để “kiểm tra”.`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from haidang.access.tracing.chain import Verified
from haidang.catalog.declared import declared
from haidang.words.texts import text, texts

_LEVEL = re.compile(r"^(.*?) \((public|internal|restricted|personal)\)$")


class Told(Protocol):
    """What of a row a sentence needs."""

    @property
    def who(self) -> str: ...
    @property
    def real(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def privilege(self) -> int: ...
    @property
    def times(self) -> int: ...


def sentence(row: Told, language: str = "vi", titles: Mapping[str, str] | None = None) -> str:
    """The row in words; `titles`: what accounts are called."""
    about, level = parted(row.subject)
    how = "done" if row.outcome in ("done", "allowed") else row.outcome
    code = f"trace.did.{how}"
    did = text(code if code in texts() else "trace.did.other", language, act=act(row.action, language), outcome=how)
    what = f"{did} {named(about, language)}" if about else did.rstrip(":")
    said = [f"{person(row.who, titles or {}, language)} {what}"]
    if level and level != "public":
        said.append(text("trace.at-level", language, level=text(f"trace.level.{level}", language)))
    return ", ".join([*said, *_more(row, language, titles or {})]) + "."


def _more(row: Told, language: str, titles: Mapping[str, str]) -> list[str]:
    more = [text("trace.for", language, purpose=row.purpose)] if row.purpose else []
    if row.real:
        more.append(text("trace.really", language, who=person(row.real, titles, language)))
    if row.privilege:
        more.append(text("trace.in-privilege", language, number=row.privilege))
    if row.times > 1:
        more.append(text("trace.so-often", language, count=row.times))
    return more


def act(action: str, language: str = "vi") -> str:
    """`sign-in` → “đăng nhập”; an act nobody put into words stands in quotes."""
    code = f"trace.act.{action}"
    return text(code, language) if code in texts() else text("trace.act-other", language, found=action)


def person(name: str, titles: Mapping[str, str], language: str = "vi") -> str:
    """`Trần Thị B (lanh-dao)`; the machine's operator and nobody have words of their own."""
    if not name:
        return text("trace.nobody", language)
    code = f"trace.who.{name}"
    title = text(code, language) if code in texts() else titles.get(name, "")
    return f"{title} ({name})" if title else name


def parted(subject: str) -> tuple[str, str]:
    """A subject and its level, "" when none is said."""
    found = _LEVEL.match(subject)
    return (found[1], found[2]) if found else (subject, "")


def named(about: str, language: str = "vi") -> str:
    """A dataset or indicator by its title and key, a pack by its title; anything else as it stands."""
    pack, _, thing = about.partition("/")
    titles = _titles(language)
    return (
        titles.get(thing or pack, "")
        or titles.get(f"{pack}.{thing}", "")
        or (about if pack != "*" else _whole(thing, language))
    )


def _whole(thing: str, language: str) -> str:
    code = f"trace.thing.{thing or 'all'}"
    return text(code, language) if code in texts() else (thing or text("trace.thing.all", language))


def _titles(language: str) -> dict[str, str]:
    known = declared()
    if (found := _kept.get(language)) and found[0] is known:
        return found[1]
    things = [(one.key, one.title) for one in known.packs]
    things += [(one.key, one.title) for pack in known.packs for one in pack.datasets]
    things += [(one.key, one.title) for pack in known.packs for one in pack.indicators]
    made = {key: f"{title.in_(language)} ({key})" for key, title in things}
    _kept[language] = (known, made)
    return made


_kept: dict[str, tuple[object, dict[str, str]]] = {}


def proved(found: Verified, language: str = "vi") -> str:
    """What the proof of a chain came to, as a sentence with the row named."""
    if found.broken:
        return text(f"trace.broken-{found.broken[1]}", language, number=found.broken[0])
    if not found.rows:
        return text("trace.empty", language)
    return text("trace.whole", language, rows=found.rows, first=found.first, last=found.last)
