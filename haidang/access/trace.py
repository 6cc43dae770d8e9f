"""The trace: one row for every act, look, refusal and sign-in, sealed as a chain (see `tracing`). Only adds rows.

An act's row is written with the act: it stands and falls with it. A look's, and a refusal's, is written when the
request is over and before its answer leaves: it survives whatever the request took back, and costs one write for all of
them. Looks at open data are not traced (there is nothing to account for, and anyone could fill the disk with them); the
same look by the same actor is written once a minute, unless it is at personal data; refusals and failed sign-ins that
come by the hundred are counted into one row a minute. Never: decides, reads a row back for a decision.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from haidang.access.models import Trace
from haidang.access.tracing import actions
from haidang.network import remote as network
from haidang.words.names import fold
from haidang.words.nouns import Actor, Level, Subject

FOLD_SECONDS = 60.0
SIGN_INS, REFUSALS = 5, 1
"""How many alike are written one by one within FOLD_SECONDS; the rest of them are counted."""
DONE = ("done", "allowed", "shown")
_MOST_LOOKS = 10_000
_MOST_WORDS = 2000
_MOST_NAMES = 1000
_looks: dict[tuple[str, str, str, str], float] = {}


@dataclass
class _Here:
    """Where what happens now comes from; `rows`: what is written when it is over (None: at once)."""

    address: str = ""
    door: str = ""
    who: Actor | None = None
    rows: list[Trace] | None = None


@dataclass
class _Crowd:
    """Notes alike since `began`: `singly` were written, `more` are only counted."""

    began: float
    singly: int = 0
    more: int = 0
    row: Trace | None = None
    names: set[str] = field(default_factory=set)


_here: ContextVar[_Here | None] = ContextVar("haidang.trace", default=None)
_crowds: dict[tuple[str, ...], _Crowd] = {}


# --- where from


@contextmanager
def context(*, address: str = "", door: str = "", gather: bool = False) -> Iterator[None]:
    """What is noted inside came from there; with `gather` looks and refusals are written together at its end."""
    here = _Here(address[:64], door[:8], rows=[] if gather else None)
    token = _here.set(here)
    try:
        yield
    finally:
        _here.reset(token)
        rows, here.rows = here.rows or [], None  # whoever still holds this place writes at once from now on
        actions.add([*rows, *_dispersed()])


def stand(door: str) -> None:
    """Everything this process notes from now on comes from there (a worker; no request ends)."""
    _here.set(_Here(door=door[:8]))


def remote(request: Any) -> str:
    """The address a request came from; X-Forwarded-For is believed of HAIDANG_PROXIES alone."""
    return network.of_request(request.META)


def acting(who: Actor) -> Actor:
    """Who acts here, so that notes under that name carry the session they were done in; gives it back."""
    if here := _here.get():
        here.who = who
    return who


# --- notes


def note(who: Actor | str, action: str, subject: str, *, outcome: str = "done", because: Iterable[str] = ()) -> None:
    """Add one row. What was refused or failed survives the transaction it happened in (inside a request)."""
    row = _row(who, action, subject, outcome=outcome, because=because)
    here = _here.get()
    if outcome not in DONE and here is not None and here.rows is not None and actions.inside():
        here.rows.append(row)
        return
    actions.add([row, *_dispersed()])


def look(who: Actor, action: str, subject: Subject, *, outcome: str, because: Iterable[str] = ()) -> None:
    """Add a row for a decision, unless it is a look at open data or the same look was traced less than a minute ago."""
    if action == "read" and outcome == "allowed" and subject.level is Level.PUBLIC:
        return
    about = f"{subject.pack}/{subject.thing}" if subject.thing else subject.pack
    key = (who.name, action, about, outcome)
    if action == "read" and outcome == "allowed" and subject.level < Level.PERSONAL and _seen_lately(key):
        return
    row = _row(who, action, f"{about} ({subject.level.name.lower()})", outcome=outcome, because=because)
    if outcome == "denied" and _in_a_crowd(key, row, REFUSALS):
        return
    _later(row)


def _later(row: Trace) -> None:
    here = _here.get()
    if here is not None and here.rows is not None:
        here.rows.append(row)
    else:
        actions.add([row, *_dispersed()])


def _row(who: Actor | str, action: str, subject: str, *, outcome: str, because: Iterable[str]) -> Trace:
    here = _here.get() or _Here()
    if isinstance(who, str):
        who = here.who if here.who is not None and here.who.name == who else Actor(who)
    row = Trace(
        who=_sound(who.name, 64),
        real=_sound(who.real, 64),
        action=_sound(action, 32),
        subject=_sound(subject, 300),
        outcome=_sound(outcome, 32),
        because=_sound(" ".join(because), _MOST_WORDS),
        purpose=_sound(who.purpose, 300),
        address=here.address,
        door=here.door,
        privilege=who.privilege,
    )
    row.plain = plain(row)
    return row


def plain(row: Trace) -> str:
    """The words of a row without tones, as they are searched."""
    return fold(" ".join((row.who, row.real, row.subject, row.purpose, row.because)))


def _sound(text: str, most: int) -> str:
    """As every database takes it: no NUL, no half of a letter; what somebody typed breaks no note of it."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode()[:most]


# --- many alike


def _seen_lately(key: tuple[str, str, str, str]) -> bool:
    now = time.monotonic()
    if now - _looks.get(key, -FOLD_SECONDS) < FOLD_SECONDS:
        return True
    if len(_looks) >= _MOST_LOOKS:
        _looks.clear()
    _looks[key] = now
    return False


def _in_a_crowd(key: tuple[str, ...], row: Trace, singly: int) -> bool:
    """Whether this one is only counted: `singly` alike were written within the minute."""
    now = time.monotonic()
    if len(_crowds) >= _MOST_LOOKS:
        actions.add(_dispersed(everyone=True))
    crowd, old = _crowds.get(key), None
    if crowd is None or now - crowd.began >= FOLD_SECONDS:
        crowd, old = _Crowd(now), crowd
        _crowds[key] = crowd
    if old is not None and old.row is not None:
        _later(_counted(old))
    if crowd.singly < singly:
        crowd.singly += 1
        return False
    crowd.row, crowd.more = crowd.row or row, crowd.more + 1
    if len(crowd.names) < _MOST_NAMES:
        crowd.names.add(row.who)
    return True


def _dispersed(*, everyone: bool = False) -> list[Trace]:
    """The rows of crowds whose minute is over."""
    before = time.monotonic() - FOLD_SECONDS
    over = [key for key, crowd in list(_crowds.items()) if everyone or crowd.began <= before]
    gone = [crowd for key in over if (crowd := _crowds.pop(key, None))]
    return [_counted(crowd) for crowd in gone if crowd.row is not None]


def _counted(crowd: _Crowd) -> Trace:
    """One row for those that were not written; of several names only how many they were."""
    row = crowd.row or Trace()
    row.times = crowd.more
    if len(crowd.names) > 1:
        row.who, row.because = "", f"names={len(crowd.names)}"
        row.plain = plain(row)
    return row


def forget_looks() -> None:
    """Write the next look of everyone whatever came before (tests start from here)."""
    _looks.clear()
    _crowds.clear()


def watch_sign_ins() -> None:
    """Trace whoever signs in, signs out or fails to; what is still only counted is written when the process ends."""
    user_logged_in.connect(_signed_in, dispatch_uid="haidang.signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="haidang.signed-out")
    user_login_failed.connect(_refused, dispatch_uid="haidang.sign-in-refused")
    atexit.register(_leave)


def _leave() -> None:
    with suppress(Exception):  # the database may be gone before the process is
        actions.add(_dispersed(everyone=True))


def _signed_in(user: Any, **_: Any) -> None:
    note(user.get_username(), "sign-in", "")


def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        note(user.get_username(), "sign-out", "")


def _refused(credentials: dict[str, Any], **_: Any) -> None:
    refused_sign_in(str(credentials.get("username", "")))


def refused_sign_in(name: str, subject: str = "") -> None:
    """Somebody failed to sign in (`subject`: `token`, …); many from one address become one row a minute, counted."""
    row = _row(name, "sign-in", subject, outcome="denied", because=())
    if not _in_a_crowd(("sign-in", network.group(row.address), subject), row, SIGN_INS):
        _later(row)
