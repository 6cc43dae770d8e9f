"""The form of a source's connection: its fields, what was typed, and what a trial found, in words.

Never: saves (intake does); sends a secret back to the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from haidang.access import gate
from haidang.intake.sources import asked, reads
from haidang.intake.sources.asked import Asked
from haidang.intake.sources.trial import Preview
from haidang.web import formats
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.texts import say, text

INPUTS = {"integer": "number", "address": "url"}
KEPT_PEOPLE = ("owner", "duty")


@dataclass(frozen=True)
class Field:
    """One setting as the form shows it. A kept secret shows that it is kept, never its value."""

    name: str
    title: str
    value: str
    hint: str
    input: str
    choices: tuple[str, ...]
    required: bool
    secret: bool
    kept: bool
    long: bool
    more: bool = False  # seldom changed: the pack or the connector says it already


@dataclass(frozen=True)
class Typed:
    """What was typed. A secret left empty stays as it is kept; one to be taken away is named with an empty value."""

    values: dict[str, str]
    secrets: dict[str, str]
    owner: str
    duty: str
    simulated: bool


def fields(found: Line, typed: Typed | None, language: str) -> list[Field]:
    return [_field(one, found, typed, language) for one in asked.settings(found.key)]


def _field(one: Asked, found: Line, typed: Typed | None, language: str) -> Field:
    setting = one.setting
    code = f"connector.{found.face.connector}.{one.name}"
    value = (typed.values.get(one.name, "") if typed else one.value) if not setting.secret else ""
    hint = text("connect.falls-to", language, value=one.falls_to) if one.falls_to and not setting.secret else ""
    return Field(
        one.name,
        text(code, language).removeprefix(f"connector.{found.face.connector}."),
        value,
        hint,
        "password" if setting.secret else "number" if setting.kind == "integer" else "text",
        setting.choices,
        setting.required and not one.falls_to and not one.kept,
        setting.secret,
        one.kept,
        setting.kind == "long",
        more=setting.home == "either" and not (setting.required and not one.falls_to) and not value,
    )


def typed(found: Line, given: Mapping[str, str]) -> Typed:
    """Reads the form; unknown names are left alone."""
    settings = [one.setting for one in asked.settings(found.key)]
    values = {one.name: given.get(f"set-{one.name}", "").strip() for one in settings if not one.secret}
    secrets = {one.name: given[f"set-{one.name}"] for one in settings if one.secret and given.get(f"set-{one.name}")}
    gone = {one.name: "" for one in settings if one.secret and given.get(f"forget-{one.name}")}
    people = {name: given.get(name, "").strip() for name in KEPT_PEOPLE}
    return Typed(values, {**gone, **secrets}, people["owner"], people["duty"], given.get("simulated") == "1")


def people(seen: Visit, found: Line) -> list[tuple[str, str]]:
    """Accounts to choose from, as (name, title); none for whoever may not see the accounts: then names are typed."""
    try:
        return [(row["name"], row["title"] or row["name"]) for row in gate.accounts(seen.who) if _officer(row)]
    except Denied:
        return []


def _officer(row: Mapping[str, Any]) -> bool:
    return bool(row["active"]) and row["kind"] == "officer"


def known(typed: Typed) -> None:
    """Raises BadQuestion('connect.stranger') for somebody who has no account."""
    for name in filter(None, (typed.owner, typed.duty)):
        try:
            gate.actor(name)
        except Absent:
            raise BadQuestion("connect.stranger", found=name[:64]) from None


def context(seen: Visit, found: Line, given: Typed | None = None) -> dict[str, Any]:
    made = fields(found, given, seen.language)
    return {
        "one": found,
        "fields": made,
        "more": sum(field.more for field in made),
        "people": people(seen, found),
        "owner": given.owner if given else found.face.owner,
        "duty": given.duty if given else found.face.duty,
        "simulated": given.simulated if given else found.face.simulated,
        "networks": ", ".join(reads.networks()),
    }


def shown(found: Line, preview: Preview, language: str) -> dict[str, Any]:
    """A trial in words: how it went, the first rows under the dataset's titles, headings lost and lacking."""
    titles = {column.name: column.title.in_(language) for column in found.dataset.columns}
    facts = {"took": formats.seconds(preview.seconds, language), "name": preview.name}
    said = text("connect.reached", language, size=formats.size(preview.size, language), **facts)
    return {
        "preview": preview,
        "said": said if preview.name else "" if preview.reached else text("connect.not-reached", language),
        "heads": [title.in_(language) for _, title in preview.columns],
        "missing": [titles.get(name, name) for name in preview.missing],
        "troubles": [say(one, language) for one in preview.problems],
    }
