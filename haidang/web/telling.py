"""Notices about rights: to whoever asked, was given, or has to answer. Never: decides; tells whoever acted himself."""

from __future__ import annotations

from haidang.access.people.granting import words
from haidang.access.people.requests import reads
from haidang.access.people.requests.reads import Asked
from haidang.watch import actions
from haidang.words.nouns import Actor, Grant


def asked(number: int) -> None:
    """Whoever may answer a request is told that it waits."""
    found = reads.waiting(number)
    if found is None:
        return
    for name in reads.approvers(found):
        actions.tell(name, "right-asked", _facts(found), f"/requests/{number}", key=f"asked:{number}:{found.first_by}")


def answered(found: Asked, by: Actor, given: Grant | None = None) -> None:
    """The asker is told what was said; whoever got it too, when that is another."""
    facts = _facts(found) | {"by": by.title or by.name, "words": found.words or "–"}
    if given is not None:
        facts |= {"what": words.said(given), "what_en": words.said(given, "en")}
    for name in dict.fromkeys(filter(None, (found.asker, found.grant.actor))):
        actions.tell(name, f"right-{found.state}", facts, "/requests/", key=f"{found.state}:{found.number}")


def given(grant: Grant, by: Actor) -> None:
    """Whoever was given a right by name is told."""
    _told(grant, by, "right-given")


def withdrawn(grant: Grant, by: Actor) -> None:
    _told(grant, by, "right-withdrawn")


def _told(grant: Grant, by: Actor, code: str) -> None:
    if grant.actor and grant.actor != by.name:
        facts = {"what": words.said(grant), "what_en": words.said(grant, "en"), "by": by.title or by.name}
        actions.tell(grant.actor, code, facts, "/why", key=f"{code}:{grant.id}")


def _facts(found: Asked) -> dict[str, str]:
    to = words.recipient(found.grant)
    facts = {"who": found.title, "to": to, "why": found.why, "number": str(found.number)}
    return facts | {"what": words.said(found.grant), "what_en": words.said(found.grant, "en")}
