"""The words of a reply, made when it is sent: the pack's own with code, link, office, date and what was said.

Never: sends, writes, names anybody.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from haidang.access.people.offices import reads as offices
from haidang.cases import machine, senders
from haidang.cases.models import Case, Message, Step
from haidang.catalog.declared import Desk, declared
from haidang.words.texts import text

SAID = {
    "asked": ("ask",),
    "progress": ("progress",),
    "extended": ("extend",),
    "refused": ("refuse",),
    "reopened": ("reopen",),
}
"""Which act's words a reply repeats."""
ASKS = {"resolved": "rate", "asked": "answer"}
"""Replies that a chat, or a letter, may answer: what is said of how."""


def words(message: Message, language: str, *, answered: bool = False) -> tuple[str, str]:
    """(subject, words) of a message to a Case's sender; ("", "") when the desk has no such reply any more.

    `answered`: the sender may answer where they read it.
    """
    case = message.case
    if case is None:
        return "", ""
    if not message.code:
        return text("channel.subject-free", language), senders.unseal(message.words)
    desk = declared().desk(case.desk)
    reply = desk.reply(message.code)
    if reply is None:
        return "", ""
    said = reply.in_(language).format_map(_facts(case, message, desk, language))
    if answered and message.code in ASKS:
        said = f"{said}\n{text(f'channel.how-{ASKS[message.code]}', language)}"
    return f"{desk.title.in_(language)}: {text(f'channel.subject-{message.code}', language)}", said


def link(case: Case) -> str:
    """Where the sender follows it."""
    return f"{settings.ADDRESS}/cong/{case.code}"


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def _facts(case: Case, message: Message, desk: Desk, language: str) -> _Facts:
    return _Facts(
        code=case.code,
        link=link(case),
        office=_office(case.office, language),
        due=_day(case.due),
        words=_said(case, message).rstrip("."),
        title=case.title,
        desk=desk.title.in_(language),
    )


def _said(case: Case, message: Message) -> str:
    """What was said with the act the reply is of: at its moment, else the last time."""
    if message.code == "resolved":
        return _resolved(case)
    steps = Step.objects.filter(case=case, act__in=SAID.get(message.code, ()))
    own = steps.filter(at=message.at).first() or steps.order_by("-id").first()
    return own.words if own else ""


def _resolved(case: Case) -> str:
    """The result; of one merged into another, the other's."""
    told = case.into if case.state == machine.MERGED and case.into else case
    return told.result


def _office(key: str, language: str) -> str:
    found = next((one for one in offices.offices(closed=True) if one.key == key), None) if key else None
    return found.name.in_(language) if found else key


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else "–"
