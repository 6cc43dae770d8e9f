"""Random grant sets and random questions, and what the oracle makes of a grant set.

A grant set is drawn as plain data first (`Draw`); it is put into the database as rows, and read by the oracle as rights.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from proofs import oracle
from proofs.oracle import ANY, Right, Scope
from proofs.small import LEANING, PACKS, Packs

ACTIONS = ("read",) * 18 + ("mend",) * 4 + ("import",) * 2 + ("manage", "people", "audit", "personal", ANY)
PLACES = (ANY, ANY, *oracle.INSIDE, oracle.LANG_SON, oracle.LAM_DONG, oracle.DONG_DANG)
TO = ("account",) * 9 + ("office", "above", "post", "office-post", "public", "other", "other-office", "closed-office")
WHO = ("can-bo",) * 6 + ("truong-phong", "cong-dan-a", "xa-ban", "public", "privileged", "ended-privilege", "seen-as")


@dataclass(frozen=True)
class Given:
    """One grant as drawn. `until`: "" for ever | "later" | "over"; `session`: it lasts for the privileged session."""

    to: str
    action: str
    pack: str
    place: str
    level: int
    until: str = ""
    session: bool = False


@dataclass(frozen=True)
class Draw:
    """Who looks, and every grant there is."""

    who: str
    given: tuple[Given, ...]
    purpose: str = ""
    """ "" none said | "said" | "over" (its time has run out)."""


def drawn(chance: random.Random) -> Draw:
    who = chance.choice(WHO)
    given = tuple(_one(chance, who) for _ in range(chance.choice((0, 1, 2, 2, 3, 4, 5, 7))))
    return Draw(who, given, chance.choice(("", "said", "over")))


def _one(chance: random.Random, who: str) -> Given:
    return Given(
        chance.choice(TO),
        chance.choice(ACTIONS),
        chance.choice((*PACKS, *PACKS, LEANING, ANY, ANY)),
        chance.choice(PLACES),
        chance.choice((0, 1, 1, 2, 2, 3, 3)),
        chance.choice(("", "", "", "", "later", "over")),
        who in ("privileged", "ended-privilege", "seen-as") and chance.random() < 0.5,
    )


def more(chance: random.Random, draw: Draw) -> Draw:
    """The same with one more grant that counts for the one who looks."""
    one = replace(_one(chance, draw.who), to=chance.choice(("account", "public")), until="", session=False)
    return replace(draw, given=(*draw.given, replace(one, action=chance.choice(("read", "read", "mend", ANY)))))


# --- as the oracle reads it

SITS = {"privileged": "quan-tri-a", "ended-privilege": "quan-tri-a", "seen-as": "can-bo", "public": "cong-chung"}
POSTS = {"can-bo": "chuyen-vien", "truong-phong": "truong-phong"}
KINDS = {"cong-dan-a": "citizen", "xa-ban": "peer", "public": "public"}


def scope(draw: Draw) -> Scope:
    """The rights that count for the one who looks."""
    name = SITS.get(draw.who, draw.who)
    rights = [Right(g.action, g.pack, g.place, g.level) for g in draw.given if _counts(g, draw.who, name)]
    if draw.who == "seen-as":
        most = max((g.level for g in draw.given if g.session), default=0)
        rights = [
            Right("read", r.pack, r.place, min(r.level, most, oracle.RESTRICTED))
            for r in rights
            if r.action in ("read", ANY)
        ]
    purpose = draw.purpose == "said" and draw.who not in ("seen-as", "public")
    return Scope(tuple(rights), name, KINDS.get(draw.who, "officer"), purpose)


def _counts(given: Given, who: str, name: str) -> bool:
    if given.until == "over":
        return False
    if given.session:
        # Given to the administrator who sits there, for the privileged session that runs.
        return who == "privileged"
    housed = name in ("can-bo", "truong-phong")
    return {
        "account": name != "cong-chung",
        "office": housed,
        "above": housed,
        "post": POSTS.get(name) == "chuyen-vien",
        "office-post": POSTS.get(name) == "chuyen-vien",
        "public": True,
    }.get(given.to, False)


# --- as the centre has it


@dataclass
class Request:
    """As much of a browser's request as the gate looks at."""

    user: Any
    session: dict[str, Any]


class Stage:
    """Puts a drawn grant set into the database, in place of the one before, and gives who looks."""

    def __init__(self) -> None:
        from haidang.access import standing
        from haidang.access.models import Account, Office

        self.accounts = {one.name: one for one in Account.objects.all()}
        self.offices = {one.key: one for one in Office.objects.all()}
        self._kept: dict[Any, Any] = {}
        self._running = standing.running
        standing.running = self.running

    def close(self) -> None:
        from haidang.access import standing

        standing.running = self._running

    def running(self, who: Any) -> Any:
        """The grants that count, asked of the real place once per grant set and person: a pair asks dozens of times."""
        if who not in self._kept:
            self._kept[who] = self._running(who)
        return self._kept[who]

    def set(self, draw: Draw) -> Any:
        """The Actor, as the gate makes it of a request."""
        from haidang.access import gate

        return gate.of_request(self.request(draw))

    def request(self, draw: Draw) -> Request:
        from haidang.access.models import GrantRow

        self._kept.clear()
        session, privilege = self._session(draw)
        session |= _purpose(draw.purpose)
        GrantRow.objects.all().delete()
        GrantRow.objects.bulk_create(self._row(one, draw, privilege) for one in draw.given)
        return Request(self.accounts.get(self._sits(draw)), session)

    def _sits(self, draw: Draw) -> str:
        if draw.who == "public":
            return ""
        return "quan-tri-a" if draw.who in ("privileged", "ended-privilege", "seen-as") else draw.who

    def _session(self, draw: Draw) -> tuple[dict[str, Any], Any]:
        from django.utils import timezone

        from haidang.access.models import Privilege, SeenAs

        if draw.who not in ("privileged", "ended-privilege", "seen-as"):
            return {}, None
        now = timezone.now()
        ended = draw.who == "ended-privilege"
        until = now - timedelta(seconds=1) if ended and len(draw.given) % 2 else now + timedelta(minutes=30)
        closed = now if ended and not len(draw.given) % 2 else None
        opened = Privilege.objects.create(
            account=self.accounts["quan-tri-a"],
            reason="kiểm tra",
            until=until,
            closed=closed,
            opened=now - timedelta(1),
        )
        session = {"privilege": opened.pk}
        if draw.who == "seen-as":
            session["seen_as"] = SeenAs.objects.create(privilege=opened, account=self.accounts["can-bo"]).pk
        return session, opened

    def _row(self, one: Given, draw: Draw, privilege: Any) -> Any:
        from django.utils import timezone

        from haidang.access.models import GrantRow
        from haidang.words.nouns import Level

        until = {"": None, "later": timezone.now() + timedelta(days=1), "over": timezone.now() - timedelta(seconds=1)}
        what = {"action": one.action, "pack": one.pack, "place": one.place, "level": int(Level(one.level))}
        if one.session:
            return GrantRow(account=self.accounts["quan-tri-a"], privilege=privilege, until=until[one.until], **what)
        return GrantRow(**self._to(one.to, draw), until=until[one.until], **what)

    def _to(self, to: str, draw: Draw) -> dict[str, Any]:
        name = SITS.get(draw.who, draw.who)
        looker = self.accounts["nguoi-khac" if name == "cong-chung" else name]
        return {
            "account": {"account": looker},
            "office": {"office": self.offices["so-mot"]},
            "above": {"office": self.offices["ubnd"]},
            "post": {"post": "chuyen-vien"},
            "office-post": {"office": self.offices["so-mot"], "post": "chuyen-vien"},
            "public": {"account": self.accounts["cong-chung"]},
            "other": {"account": self.accounts["nguoi-khac"]},
            "other-office": {"office": self.offices["so-hai"]},
            "closed-office": {"office": self.offices["so-hai"], "post": "chuyen-vien"},
        }[to]


def _purpose(said: str) -> dict[str, Any]:
    from django.utils import timezone

    ends = {"said": timedelta(hours=1), "over": -timedelta(seconds=1)}
    return {"purpose": {"words": "kiểm tra", "until": (timezone.now() + ends[said]).isoformat()}} if said else {}


# --- questions


def question(chance: random.Random, packs: Packs) -> dict[str, Any]:
    """Fields of a random Question over the small world."""
    keys = [key for made in packs.made for key in made.indicators.values()] + list(packs.formulas)
    heavy = [made.indicators["tong"] for made in packs.made]
    by = chance.choice(("", "", "place", "place", "place-today", "year", "ma", "t3"))
    return {
        "indicator": chance.choice((*keys, *heavy, *heavy)),
        "place": chance.choice((*ASKED, "", "VN", "20", "68")),
        "period": chance.choice(("latest", "2024", "2025", "2024..2025", "2025")),
        "by": by,
        "compare": chance.choice(((), (), ("previous",), ("same-period", "plan"), ("2024",))),
        "history": chance.choice((0, 0, 3)),
    }


ASKED = (
    "VN",
    "20",
    "68",
    "68@2024",
    "60@2024",
    "67@2024",
    "06184",
    "06184@2024",
    "06190@2024",
    "06613",
    "06625",
    "22918",
)
