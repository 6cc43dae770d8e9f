"""What somebody typed of a grant: read into the noun, with what was wrong field by field; and the choices to offer.

Never: gives one (access.people.granting does), decides a right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from haidang.access.people.granting import rules, words
from haidang.catalog.places import register
from haidang.web import page, standing
from haidang.web.page import Visit
from haidang.web.switches import Way
from haidang.words.errors import HaiDangError
from haidang.words.nouns import ANY, Grant, Level
from haidang.words.texts import say, text

ACTIONS = ("read", "import", "mend", "manage", "people", "audit", "personal", "route", "handle", "approve")
FIELDS = ("to", "office", "post", "action", "over", "pack", "place", "level", "until", "why")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_CODED = re.compile(r"\(([^()]+)\)\s*$")


@dataclass
class Form:
    """What stands in the fields, and what is wrong with which of them ("" : with the whole)."""

    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    language: str = "vi"

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def fault(self, name: str, code: str, **facts: object) -> None:
        self.wrong.setdefault(name, text(code, self.language, **facts))

    def blame(self, trouble: HaiDangError) -> None:
        """An error of the rules, beside the field it is about."""
        self.wrong.setdefault(_BLAMED.get(trouble.code, ""), say(trouble, self.language))


_BLAMED = {
    "unknown-actor": "to",
    "unknown-office": "office",
    "grant-to-nobody": "to",
    "not-to-yourself": "to",
    "over-missing": "over",
    "unknown-pack": "pack",
    "unknown-place": "place",
    "why-missing": "why",
    "reason-too-short": "why",
    "until-past": "until",
    "minutes-wrong": "minutes",
    "proof-wrong": "password",
    "code-wrong": "code",
    "code-waits": "code",
}


def read(given: Mapping[str, str], language: str) -> Form:
    """The fields as typed, without their blanks."""
    return Form(
        {name: given.get(name, "").strip()[:500] for name in (*FIELDS, "minutes", "page", "words")}, {}, language
    )


def coded(typed: str) -> str:
    """The key or code out of “Sở Y tế (so-y-te)”; what was typed when it has none."""
    found = _CODED.search(typed)
    return found[1].strip() if found else typed.strip()


def grant(form: Form, *, to: str = "", through: str = "") -> Grant:
    """The grant that was typed; what is wrong is noted in the form, and the noun is then worth nothing."""
    action = form.get("action") or "read"
    if action not in ACTIONS:
        form.fault("action", "unknown-action", found=action[:16], known=", ".join(ACTIONS))
    over = coded(form.get("over")) if action == "people" else ""
    return Grant("", to, action, _pack(form), place(form), level(form), until(form), over, through)


def recipient(form: Form) -> tuple[str, str]:
    """(account, through): one of them; notes what is wrong."""
    to, office, post = coded(form.get("to")), coded(form.get("office")), coded(form.get("post"))
    if bool(to) == bool(office or post):
        form.fault("to", "grant-to-one")
    return (to, "") if to else ("", f"{office or ANY}/{post or ANY}")


def _pack(form: Form) -> str:
    pack = coded(form.get("pack")) or ANY
    if not re.fullmatch(r"\*|[a-z0-9][a-z0-9-]{0,63}", pack):
        form.fault("pack", "unknown-pack", found=pack[:40], nearest="")
    return pack


def place(form: Form) -> str:
    """A unit id, or ANY."""
    typed = coded(form.get("place"))
    if typed == ANY:
        return ANY
    try:
        return register().resolve(typed, timezone.localdate()).id
    except HaiDangError as trouble:
        form.blame(trouble)
        return ANY


def level(form: Form) -> Level:
    try:
        return Level[(form.get("level") or "public").upper()]
    except KeyError:
        form.fault(
            "level", "unknown-level", found=form.get("level")[:20], known=", ".join(one.name.lower() for one in Level)
        )
        return Level.PUBLIC


def until(form: Form) -> datetime | None:
    """The end of that day, Việt Nam time; None when nothing was said."""
    typed = form.get("until")
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    try:
        if found is None:
            raise ValueError(typed)
        day = date(*map(int, (found[3], found[2], found[1]) if found[1] else (found[4], found[5], found[6])))
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    except (ValueError, OverflowError):
        form.fault("until", "grant.bad-day")
        return None


def said(trouble: HaiDangError, language: str) -> str:
    """An error in words, on the page of somebody who may know it."""
    return say(trouble, language)


# --- what to offer


def packs(seen: Visit, also: str = "") -> list[Way]:
    """The packs one sees, and every pack; `also`: one that was named, whether it is there or not."""
    ways = [Way(text("grant.every-pack", seen.language), ANY)]
    ways += [Way(pack.title.in_(seen.language), pack.key) for pack in seen.packs()]
    known = {way.url for way in ways}
    return ways if not also or also in known else [*ways, Way(also, also)]


def every_pack(seen: Visit) -> list[Way]:
    """The packs somebody may give rights to: all of an administrator's, those of one's `people` grants."""
    given = {ANY} if rules.administers(seen.who) else {one.pack for one in rules.ceilings(seen.who)}
    ways = [Way(text("grant.every-pack", seen.language), ANY)] if ANY in given else []
    return ways + [
        Way(pack.title.in_(seen.language), pack.key) for pack in seen.catalog.packs if ANY in given or pack.key in given
    ]


def levels(language: str, most: Level = Level.PERSONAL) -> list[Way]:
    return [Way(words.level(one, language), one.name.lower()) for one in Level if one <= most]


def places(seen: Visit) -> list[str]:
    """The centre's own place and the places within, as they are picked from: “Xã Đồng Đăng (06184)”."""
    top = page.centre()
    units = (top, *register().children(top.id, seen.today))
    return [f"{text('grant.everywhere', seen.language)} (*)", *(f"{one.name} ({one.code})" for one in units)]


def placed(unit: str, language: str) -> str:
    """A unit id as the field shows it."""
    if unit == ANY:
        return f"{text('grant.everywhere', language)} (*)"
    found = register().unit(unit)
    today = timezone.localdate()
    code = found.code if register().resolve(found.code, today).id == unit else f"{found.code}@{found.start}"
    return f"{found.name} ({code})"


def actions(seen: Visit) -> list[Way]:
    """What one may give: everything, or what is lent on."""
    names = ACTIONS if rules.administers(seen.who) else rules.LENT
    return [Way(text(f"grant.act-{name}", seen.language), name) for name in names]


def lent(language: str) -> list[Way]:
    """What anybody may ask for."""
    return [Way(text(f"grant.act-{name}", language), name) for name in rules.LENT]


def titled(name: str) -> str:
    """An account by its title; its name when it is closed or has none."""
    return standing.titled(name)


def may_ask(seen: Visit) -> bool:
    """Whether somebody could ask for a right: who has signed in, as himself."""
    return seen.who.kind not in ("public", "operator") and not seen.who.real
