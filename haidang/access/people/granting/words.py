"""Grants in an officer's words. Never: decides, writes."""

from __future__ import annotations

from django.utils import timezone

from haidang.access.models import Account, Office
from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.words.errors import HaiDangError
from haidang.words.nouns import ANY, Grant, Level
from haidang.words.texts import text


def said(grant: Grant, language: str = "vi") -> str:
    """A grant in an officer's words: “được xem lĩnh vực Y tế, toàn tỉnh Lạng Sơn, đến mức hạn chế”."""
    parts = [f"{action(grant, language)} {_pack(grant.pack, language)}", place(grant.place, language)]
    if grant.action not in ("manage", "audit"):
        parts.append(text("grant.to-level", language, level=level(grant.level, language)))
    parts.append(until(grant, language))
    return ", ".join(parts)


def level(of: Level, language: str = "vi") -> str:
    return text(f"grant.level-{of.name.lower()}", language)


def action(grant: Grant, language: str = "vi") -> str:
    """What it allows: “được xem”, “được quản lý tài khoản của Sở Y tế trong”."""
    code = "any" if grant.action == ANY else grant.action
    return text(f"grant.do-{code}", language, office=_office(grant, language))


def _office(grant: Grant, language: str) -> str:
    if grant.over in ("", ANY):
        return text("grant.over-any", language)
    row = Office.objects.filter(key=grant.over).first()
    return ((row.name_en if language == "en" else "") or row.name_vi) if row else grant.over


def _pack(key: str, language: str) -> str:
    return text("grant.every-pack", language) if key == ANY else text("grant.pack", language, pack=pack(key, language))


def pack(key: str, language: str) -> str:
    """A pack's title; its key when there is no such pack (any more, or yet)."""
    try:
        return declared().pack(key).title.in_(language)
    except HaiDangError:
        return key


def place(unit: str, language: str) -> str:
    """Where a grant holds: the whole of a place, or everywhere."""
    if unit == ANY:
        return text("grant.everywhere", language)
    try:
        found = register().unit(unit)
    except HaiDangError:
        return unit
    name = found.name if language == "en" else found.name[:1].lower() + found.name[1:]
    return text("grant.whole", language, place=name)


def until(grant: Grant, language: str) -> str:
    if grant.until is None:
        return text("grant.for-good", language)
    end = timezone.localtime(grant.until)
    if (end.hour, end.minute) == (23, 59):
        return text("grant.until", language, day=f"{end:%d/%m/%Y}")
    return text("grant.until-hour", language, when=f"{end:%H:%M %d/%m/%Y}")


def recipient(grant: Grant, language: str = "vi") -> str:
    """To whom: the account's title, or everybody of an office or a post."""
    if grant.actor:
        row = Account.objects.filter(name=grant.actor).first()
        return (row.title or row.name) if row else grant.actor
    key, _, post = grant.through.partition("/")
    office = _office(Grant("", "", over=key), language) if key not in ("", ANY) else ""
    name = "" if post in ("", ANY) else title_of_post(post, language)
    return " · ".join(filter(None, (name, office)))


def title_of_post(key: str, language: str) -> str:
    return text(f"post.{key}", language).removeprefix("post.")
