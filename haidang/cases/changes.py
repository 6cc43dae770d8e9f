"""What an act does to a Case: its new fields and what its step says. Pure but for the working-day table.

Never: writes, asks who may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haidang.cases import clocks, corrections, machine
from haidang.cases.models import Case
from haidang.catalog.declared import Desk, Term
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Level


@dataclass(frozen=True)
class Wanted:
    """One act somebody wants done. `version`: of the Case as they saw it, 0 for any; `once`: a double click's key.

    `words`, `office`, `due`, `into`, `rating` as the act needs them (`machine.ACTS[act].wants`); `fields`: for
    `correct` (category, unit, address, lat, lon, urgent, public, title, text); `files`: keys of files that go with it;
    `open_files`: keys of those that may stand in what is published.
    """

    act: str
    words: str = ""
    office: str = ""
    due: datetime | None = None
    into: int = 0
    rating: int = 0
    fields: dict[str, Any] = field(default_factory=dict, hash=False)
    files: tuple[str, ...] = ()
    open_files: tuple[str, ...] = ()
    version: int = 0
    once: str = ""


MOST_WORDS = 4000
WORDS = ("title", "text", "address")
Change = dict[str, Any]
CORRECTS, level = corrections.CORRECTS, corrections.level


def needed(wanted: Wanted) -> None:
    """Raises BadQuestion('missing-<what>') when the act lacks something it cannot do without."""
    for name in machine.ACTS[wanted.act].wants:
        value = getattr(wanted, name)
        if not (value.strip() if isinstance(value, str) else value):
            raise BadQuestion(f"missing-{name}", found=wanted.act)
    if wanted.act == "rate" and wanted.rating not in (1, 2, 3):
        raise BadQuestion("bad-rating", found=str(wanted.rating))
    if len(wanted.words) > MOST_WORDS:
        raise BadQuestion("words-too-long", found=str(len(wanted.words)), expected=str(MOST_WORDS))


def of(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    """New values by field, `state` among them when it changes."""
    becomes = machine.after(wanted.act, resume=case.resume, approval=desk.approval)
    change: Change = {"state": becomes} if becomes else {}
    more = _MORE.get(wanted.act)
    if more is not None:
        change |= more(case, wanted, desk, now)
    if change.get("state") == machine.RESOLVED and wanted.act in ("finish", "approve"):
        change |= _resolved(case, wanted, desk, now)
    return change


def _assign(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    """The clock of resolving begins with the first assignment; another office later does not give more time."""
    change: Change = {"office": wanted.office, "person": wanted.fields.get("person", "")}
    if case.assigned_at is None:
        change |= {"assigned_at": now, "due": due(desk, case.category, now, "resolve")}
    return change


def due(desk: Desk, category: str, start: datetime, name: str) -> datetime | None:
    """When a term of the desk that begins at `start` is over; a category may have its own days to resolve."""
    term = desk.term(name)
    noun = desk.category(category)
    if name == "resolve" and noun is not None and noun.days:
        term = Term(days=noun.days)
    return clocks.due(start, term, desk.hours) if term else None


def _start(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"started_at": case.started_at or now}


def _send_back(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"office": "", "person": "", "sent_back": case.sent_back + 1, "route_due": due(desk, "", now, "route")}


def _ask(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"resume": case.state, "paused": now}


def _supply(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    """Working time that was spent waiting for the sender is given back."""
    if case.paused is None:
        return {"resume": ""}
    waited = clocks.between(case.paused, now, desk.hours)
    moved = {
        name: clocks.add(getattr(case, name), waited, desk.hours)
        for name in ("due", "national_due")
        if getattr(case, name)
    }
    return {"resume": "", "paused": None, "waited": case.waited + int(waited.total_seconds()), **moved}


def _extend(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    new = wanted.due
    latest = due(desk, case.category, now, "extend")
    if new is None or new <= (case.due or now) or new <= now:
        raise BadQuestion("due-not-later", found=_day(new), expected=_day(case.due))
    if latest is not None and new > latest:
        raise BadQuestion("due-too-late", found=_day(new), expected=_day(latest))
    return {"due": new, "extended": case.extended + 1}


def _finish(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"result": wanted.words.strip(), "started_at": case.started_at or now}


def _approve(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"result": wanted.words.strip() or case.result}


def _resolved(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"resolved_at": now, "publish_due": due(desk, "", now, "publish")}


def _publish(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    """Open to everybody only where the desk is open, the sender let it and it is of the ordinary level.

    `fields`: title and text as they shall stand in public, where the desk rewrote them.
    """
    if not (desk.open and case.public and case.level <= Level.INTERNAL):
        raise BadQuestion("may-not-publish", found=str(case.pk))
    said = {name: wanted.fields[name] for name in ("title", "text") if wanted.fields.get(name)}
    new = corrections.change(case, said, desk)
    open_now = {"published_at": now, "level": Level.PUBLIC.value, "state": machine.PUBLISHED}
    new |= {**open_now, "result": wanted.words.strip() or case.result}
    return {**new, **corrections.written(case, {"text": case.text, **new})}


def _withdraw(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"published_at": None, "open_fold": "", "level": level(desk, case.category).value}


def _reopen(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {
        "reopened": case.reopened + 1,
        "resolved_at": None,
        "published_at": None,
        "open_fold": "",
        "level": level(desk, case.category).value,
        "due": due(desk, case.category, now, "resolve"),
        "national_due": due(desk, "", now, "national"),
        "rating": None,
        "rated_at": None,
    }


def _unmerge(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"into": None, "route_due": due(desk, "", now, "route")}


def _correct(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return corrections.change(case, wanted.fields, desk)


def _rate(case: Case, wanted: Wanted, desk: Desk, now: datetime) -> Change:
    return {"rating": wanted.rating, "rating_words": wanted.words.strip()[:1000], "rated_at": now}


_MORE: dict[str, Callable[[Case, Wanted, Desk, datetime], Change]] = {
    "assign": _assign,
    "start": _start,
    "progress": _start,
    "send-back": _send_back,
    "ask": _ask,
    "supply": _supply,
    "extend": _extend,
    "finish": _finish,
    "approve": _approve,
    "publish": _publish,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "unmerge": _unmerge,
    "correct": _correct,
    "rate": _rate,
}


def told(case: Case, change: Change) -> dict[str, Any]:
    """What a step keeps of a change: before and after of every field that is not words, as plain values.

    Of words only that they were changed (`rewritten`): a name the desk took out must not live on in the history.
    """
    skipped = {"state", "raw", "fold", "open_fold", "rating_words", "result", *WORDS}
    facts: dict[str, Any] = {
        name: [_plain(getattr(case, name if name != "into" else "into_id")), _plain(value)]
        for name, value in change.items()
        if name not in skipped
    }
    rewritten = [name for name in WORDS if name in change and change[name] != getattr(case, name)]
    return {**facts, "rewritten": rewritten} if rewritten else facts


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.pk if isinstance(value, Case) else value


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(clocks.HERE):%H:%M %d/%m/%Y}" if moment else "–"
