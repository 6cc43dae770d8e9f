"""What a provider's claims mean here: title, office, post, grants, and whether a second factor was proved. Pure.

A mapping is JSON: `title` (claim of the person's name), `acr` and `amr` (values that count as a second factor, none by
default) and `rules`, rows of (claim, value or *, → office | post | grant). Never: more than reading, importing and
mending; above the provider's ceiling; an identity number in clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from haidang.words import sealing
from haidang.words.errors import BadQuestion
from haidang.words.nouns import ANY, Grant, Level

MAY = ("read", "import", "mend")
"""Actions a mapping may give; whoever decides about others is named by a person."""
TO = ("office", "post", "grant")
IDENTITY = frozenset(
    {
        "cccd",
        "so_cccd",
        "citizen_id",
        "citizenid",
        "identity_number",
        "id_number",
        "national_id",
        "cmnd",
        "so_dinh_danh",
    }
)
"""Claims that are a person's identity number: a rule keeps their keyed digest only."""
_DIGEST = "digest:"
_PURPOSE = "haidang claims v1"
_MOST = 64


@dataclass(frozen=True)
class Rule:
    """One row. `key`: the office's or post's; the rest for grants (`place` a code, `level` a name)."""

    claim: str
    value: str = ANY
    to: str = "office"
    key: str = ""
    action: str = "read"
    pack: str = ANY
    place: str = ANY
    level: str = "internal"


@dataclass(frozen=True)
class Mapped:
    """A provider's mapping."""

    title: str = "name"
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Meant:
    """What one person's claims came to; `beyond`: rules that would have gone above the ceiling, in words."""

    title: str = ""
    office: str = ""
    post: str = ""
    factor: bool = False
    grants: tuple[Grant, ...] = ()
    beyond: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Ceiling:
    """What no grant by mapping goes above; `within(place)` says whether a place lies inside `place`.

    A rule for every place (*) means every place inside.
    """

    level: Level
    within: Callable[[str], bool]
    place: str = ANY


def read(kept: Mapping[str, Any]) -> Mapped:
    """The mapping as it was kept."""
    rules = tuple(Rule(**one) for one in kept.get("rules", ()))
    return Mapped(kept.get("title", "name"), tuple(kept.get("acr", ())), tuple(kept.get("amr", ())), rules)


def written(said: Mapped, *, key: str) -> dict[str, Any]:
    """The mapping as it is kept, values of identity numbers as digests made with `key`.

    Raises BadQuestion('claim-rule', found, row).
    """
    for number, rule in enumerate(said.rules, 1):
        if fault := _fault(rule):
            raise BadQuestion("claim-rule", found=fault, row=number)
    rules = [{**asdict(rule), "value": _hidden(rule, key)} for rule in said.rules]
    return {"title": said.title, "acr": list(said.acr), "amr": list(said.amr), "rules": rules}


def _fault(rule: Rule) -> str:
    """What is wrong with a rule, "" when nothing is."""
    if not rule.claim or not rule.value:
        return rule.claim or "?"
    if rule.to not in TO or (rule.to != "grant" and not rule.key):
        return f"{rule.claim}: {rule.to}"
    if rule.to == "grant" and rule.action not in MAY:
        return rule.action
    if rule.level not in {level.name.lower() for level in Level}:
        return rule.level
    return ""


def _hidden(rule: Rule, key: str) -> str:
    if rule.claim.rsplit(".", 1)[-1].lower() not in IDENTITY or rule.value == ANY or rule.value.startswith(_DIGEST):
        return rule.value
    return _DIGEST + sealing.digest(rule.value, key=key, purpose=_PURPOSE)


def meant(told: Mapping[str, Any], signed: Mapping[str, Any], said: Mapped, ceiling: Ceiling, *, key: str) -> Meant:
    """`told`: every claim of the person; `signed`: those of the ID token alone, which a second factor is read from."""
    holding = [rule for rule in said.rules if _holds(rule, told, key)]
    grants = [rule for rule in holding if rule.to == "grant"]
    inside = [rule for rule in grants if rule.action in MAY and (rule.place == ANY or ceiling.within(rule.place))]
    return Meant(
        title=_text(told.get(said.title)),
        office=_first(rule.key for rule in holding if rule.to == "office"),
        post=_first(rule.key for rule in holding if rule.to == "post"),
        factor=_factor(signed, said),
        grants=tuple(_grant(rule, ceiling) for rule in inside),
        beyond=tuple(f"{rule.action}:{rule.pack}:{rule.place}" for rule in grants if rule not in inside),
    )


def _grant(rule: Rule, ceiling: Ceiling) -> Grant:
    level = min(Level[rule.level.upper()], ceiling.level)
    place = ceiling.place if rule.place == ANY else rule.place
    return Grant("", "", rule.action, rule.pack, place, level)


def _factor(signed: Mapping[str, Any], said: Mapped) -> bool:
    amr = signed.get("amr")
    used = {str(one) for one in amr} if isinstance(amr, list) else set()
    return str(signed.get("acr", "")) in said.acr or bool(used & set(said.amr))


def _holds(rule: Rule, told: Mapping[str, Any], key: str) -> bool:
    values = _values(told, rule.claim)
    if rule.value == ANY:
        return bool(values)
    if rule.value.startswith(_DIGEST):
        return rule.value in {_DIGEST + sealing.digest(one, key=key, purpose=_PURPOSE) for one in values}
    return rule.value in values


def _values(told: Mapping[str, Any], claim: str) -> list[str]:
    """The claim's values as texts; `a.b` looks into `a`, unless there is a claim of that very name."""
    found: Any = told.get(claim)
    if found is None and "." in claim:
        found = told
        for step in claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    many = found if isinstance(found, list) else [found]
    return [text for one in many[:_MOST] if (text := _text(one))]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()[:200] if isinstance(value, str | int) else ""


def _first(keys: Iterable[str]) -> str:
    return next(iter(keys), "")
