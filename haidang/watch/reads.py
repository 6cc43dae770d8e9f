"""What a person was told. Plain values; only one's own notices. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from haidang.watch.models import Notice
from haidang.words.nouns import Actor
from haidang.words.texts import text


@dataclass(frozen=True)
class NoticeFace:
    """One notice. Its words: `sentence(language)`; `mail`: "" | due | sent | failed, with `mail_problem`."""

    id: int
    code: str
    facts: dict[str, str]
    link: str
    at: datetime
    read_at: datetime | None
    mail: str = ""
    mailed_at: datetime | None = None
    mail_problem: str = ""

    def sentence(self, language: str = "vi") -> str:
        return text(f"notice.{self.code}", language, **said(self.facts, language))


def said(facts: dict[str, str], language: str) -> dict[str, str]:
    """Facts in one language: `title_en` stands for `title` where it is said, a problem's code becomes its sentence."""
    own = {name.removesuffix("_en"): value for name, value in facts.items() if name.endswith("_en")}
    chosen = {**facts, **own} if language == "en" else dict(facts)
    if code := facts.get("problem"):
        chosen["problem"] = text(code, language, **facts)
    return chosen


def notices(who: Actor, unread: bool = False, limit: int = 50) -> tuple[NoticeFace, ...]:
    """Newest first."""
    rows = Notice.objects.filter(actor=who.name)
    if unread:
        rows = rows.filter(read_at=None)
    names = ("id", "code", "facts", "link", "at", "read_at", "mail", "mailed_at", "mail_problem")
    return tuple(NoticeFace(**{name: getattr(row, name) for name in names}) for row in rows[:limit])


def unread_count(who: Actor) -> int:
    return Notice.objects.filter(actor=who.name, read_at=None).count()


def newest() -> int:
    """The number of the newest notice there is, 0 for none: live screens look whether it has grown."""
    return Notice.objects.aggregate(newest=Max("id"))["newest"] or 0
