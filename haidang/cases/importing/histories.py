"""From what another program knows of a Case to its fields and the steps of its history, by the one state machine.

Pure but for the table of working days and the register of places (each read once per import). Never: writes, asks
who may.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from haidang.access import territory
from haidang.cases import changes, clean, machine, routing, senders, whereabouts
from haidang.cases.arrivals import code, title
from haidang.cases.changes import Wanted
from haidang.cases.corrections import LONGEST, folded
from haidang.cases.importing.brought import Aside, Brought, Happened
from haidang.cases.models import CHANNELS, Case
from haidang.catalog.declared import Desk
from haidang.words.errors import BadQuestion

OPEN = "open"


class Faulty(Exception):
    """A row that cannot be taken; carries its Aside."""

    def __init__(self, brought: Brought, why: str, found: object = "") -> None:
        super().__init__(why)
        self.aside = Aside(brought.outside[:80], why, str(found)[:80])


@dataclass
class Made:
    """A Case not yet written (`case`), and its steps as fields of theirs."""

    brought: Brought
    case: Case
    steps: list[dict[str, Any]] = field(default_factory=list)


class Histories:
    """Of one desk; remembers what it has worked out (where a commune lies, who handles what) while an import runs."""

    def __init__(self, desk: Desk, now: datetime) -> None:
        self.desk, self.now, self.home = desk, now, territory.home()
        self._communes: dict[str, str] = {}
        self._offices: dict[tuple[str, str], str] = {}
        self._standing = routing.standing()

    def made(self, brought: Brought, located: str) -> Made:
        """`located`: the unit its position lies in. Raises Faulty."""
        self._sound(brought)
        made = Made(brought, self._case(brought, self._unit(brought, located)))
        self._step(made, Happened(OPEN, brought.sent_at), "", None)
        for happened in sorted(self._acts(made), key=lambda one: one.at):
            self._act(made, happened)
        if brought.state and brought.state != made.case.state:
            raise Faulty(brought, "other-state", f"{brought.state} ≠ {made.case.state}")
        if brought.due:
            made.case.due = brought.due
        return made

    def _sound(self, brought: Brought) -> None:
        if not brought.outside.strip():
            raise Faulty(brought, "no-number")
        if not brought.text.strip():
            raise Faulty(brought, "empty-report")
        if len(brought.text) > LONGEST:
            raise Faulty(brought, "words-too-long", len(brought.text))
        if brought.channel not in CHANNELS:
            raise Faulty(brought, "unknown-channel", brought.channel)
        if brought.category and self.desk.category(brought.category) is None:
            raise Faulty(brought, "unknown-category", brought.category)
        if brought.state and brought.state not in machine.STATES:
            raise Faulty(brought, "unknown-state", brought.state)
        if brought.sent_at > self.now + timedelta(minutes=5):
            raise Faulty(brought, "not-yet", brought.sent_at.date())

    def _unit(self, brought: Brought, located: str) -> str:
        if not brought.place:
            return located or self.home
        if brought.place not in self._communes:
            self._communes[brought.place] = whereabouts.commune(brought.place)
        if not (unit := self._communes[brought.place]):
            raise Faulty(brought, "unknown-place", brought.place)
        return unit

    def _office(self, brought: Brought, unit: str) -> str:
        if brought.office:
            return brought.office
        key = (brought.category, unit)
        if key not in self._offices:
            noun = self.desk.category(brought.category)
            plain = noun.office if noun and "{" not in noun.office else ""
            self._offices[key] = routing.way(self.desk, *key, known=self._standing).office or plain
        return self._offices[key]

    def _case(self, brought: Brought, unit: str) -> Case:
        desk, noun, sent = self.desk, self.desk.category(brought.category), brought.sent_at
        own = senders.own(brought.sender)
        plain = clean.plain(brought.text).strip()
        text, address = clean.cleaned(plain, own), clean.cleaned(brought.address.strip(), own[:3])[:300]
        case = Case(
            code=code(desk.prefix, sent),
            once=once(desk.key, brought.outside),
            desk=desk.key,
            pack=desk.pack,
            level=changes.level(desk, brought.category).value,
            unit=unit,
            channel=brought.channel,
            category=brought.category,
            group=noun.group if noun else "",
            title=clean.cleaned(brought.title.strip(), own)[:160] or title(text),
            text=text,
            raw=senders.seal(plain) if text != plain else "",
            fold=folded(text, address),
            address=address,
            lat=brought.lat,
            lon=brought.lon,
            urgent=brought.urgent or bool(noun and noun.urgent),
            public=brought.public,
            anonymous=brought.anonymous,
            simulated=brought.simulated,
        )
        case.sent_at, case.created, case.changed = sent, sent, self.now
        case.route_due = changes.due(desk, "", sent, "route")
        case.national_due = changes.due(desk, "", sent, "national")
        return case

    def _acts(self, made: Made) -> Iterator[Happened]:
        """What the moments say happened, in the order of the work (`sorted` keeps it for equal moments)."""
        brought, office = made.brought, self._office(made.brought, made.case.unit)
        ended = brought.closed_at or brought.resolved_at or brought.sent_at
        done = brought.resolved_at if brought.state not in (machine.REFUSED, machine.MERGED) else None
        begun = brought.assigned_at or brought.started_at or done
        if brought.state == machine.RECEIVED:
            yield Happened("receive", ended)
        if begun:
            yield Happened("assign", begun, office=office)
        if brought.started_at:
            yield Happened("start", brought.started_at)
        yield from brought.more
        if done:
            yield Happened("finish", done, words=brought.result)
            if self.desk.approval:
                yield Happened("approve", done)
        if brought.published_at:
            yield Happened("publish", brought.published_at)
        yield from self._ends(brought, ended)
        if brought.rating:
            rated = brought.rated_at or brought.published_at or ended
            yield Happened("rate", rated, words=brought.rating_words, rating=brought.rating)

    def _ends(self, brought: Brought, ended: datetime) -> Iterator[Happened]:
        """Of the states no moment tells."""
        told = {one.act for one in brought.more}
        name = {"refused": "refuse", "merged": "merge", "asked": "ask", "approving": "finish"}.get(brought.state, "")
        if name and name not in told:
            yield Happened(name, ended, words=brought.result)

    def _act(self, made: Made, happened: Happened) -> None:
        case, act = made.case, machine.ACTS.get(happened.act)
        if act is None:
            raise Faulty(made.brought, "unknown-act", happened.act)
        if happened.at < case.sent_at:
            raise Faulty(made.brought, "before-sent", f"{happened.act} {happened.at:%Y-%m-%d %H:%M}")
        if case.state not in act.before:
            raise Faulty(made.brought, "not-in-this-state", f"{case.state} → {happened.act}")
        before, wanted = case.state, self._wanted(made, happened)
        try:
            change = changes.of(case, wanted, self.desk, happened.at)
        except BadQuestion as error:
            raise Faulty(made.brought, error.code, error.facts.get("found", "")) from None
        facts = changes.told(case, change) if happened.act in ("extend", "send-back") else {}
        for name, value in change.items():
            setattr(case, name, value)
        case.version += 1
        self._step(made, happened, before, act, facts=facts)

    def _wanted(self, made: Made, happened: Happened) -> Wanted:
        fields = {"person": made.brought.person} if happened.act == "assign" and made.brought.person else {}
        return Wanted(
            happened.act,
            words=happened.words,
            office=happened.office or made.case.office,
            due=happened.due,
            rating=happened.rating,
            fields=fields,
        )

    def _step(
        self,
        made: Made,
        happened: Happened,
        before: str,
        act: machine.Act | None,
        *,
        facts: dict[str, Any] | None = None,
    ) -> None:
        role, words = act.by[0] if act else machine.SENDER, happened.words.strip()
        case = made.case
        made.steps.append(
            {
                "act": happened.act,
                "before": before,
                "after": case.state,
                "at": happened.at,
                "by": happened.by if role != machine.SENDER else "",
                "role": role,
                "office": case.office if role in (machine.HANDLE, machine.APPROVE) else "",
                "words": clean.cleaned(words) if words and role == machine.SENDER else words,
                "inner": happened.act in machine.INNER,
                "facts": facts if act else {"outside": made.brought.outside[:80]},
            }
        )


def once(desk: str, outside: str) -> str:
    """By which a Case of another program is known again."""
    plain = f"import:{desk}:{outside.strip()}"
    return plain if len(plain) <= 120 else f"import:{hashlib.sha256(plain.encode()).hexdigest()}"
