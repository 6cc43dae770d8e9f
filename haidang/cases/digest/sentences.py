"""The morning sheet in words: its days, what is unusual and why. Never: counts, knows a screen."""

from __future__ import annotations

from datetime import date

from haidang.cases.digest.areas import Figure, Unusual
from haidang.cases.digest.reads import Sheet
from haidang.catalog.declared import Desk, declared
from haidang.catalog.places import register
from haidang.words.errors import Absent
from haidang.words.texts import text

WORST = 6.0
"""From this score on something is not only unusual but alarming."""


def weekday(day: date, language: str) -> str:
    return text(f"digest.weekday-{day.weekday()}", language)


def days(sheet: Sheet, language: str) -> str:
    """`thứ Bảy 21/11`, or `từ thứ Sáu 20/11 đến Chủ nhật 22/11`."""
    first, last = (f"{weekday(day, language)} {day:%d/%m}" for day in (sheet.since, sheet.until))
    return last if sheet.since == sheet.until else text("digest.from-to", language, first=first, last=last)


def same_days(sheet: Sheet, language: str) -> str:
    """What the counts were held against: `thứ Bảy của 8 tuần trước`."""
    first, last = weekday(sheet.since, language), weekday(sheet.until, language)
    name = last if sheet.since == sheet.until else f"{first} – {last}"
    return text("digest.same-days", language, days=name, weeks=sheet.weeks)


def span(low: int | None, high: int | None) -> str:
    """`0–1`, `3`; "" when nobody can say."""
    if low is None or high is None:
        return ""
    return str(low) if low == high else f"{low}–{high}"


def what(one: Unusual, desk: Desk, language: str) -> str:
    """`Rác thải ở Phường Kỳ Lừa`, `Đồng Đăng`, `kênh Zalo`."""
    noun = desk.category(one.category)
    category = noun.title.in_(language) if noun else one.category
    if one.channel:
        channel = text(f"case.channel-{one.channel}", language)
        return text("digest.channel", language, channel=channel)
    if category and one.unit:
        return text("digest.what-where", language, what=category, where=place(one.unit))
    return category or place(one.unit) or text("digest.no-category", language)


def place(unit: str) -> str:
    try:
        return register().unit(unit).name if unit else ""
    except Absent:
        return unit


def telling(one: Unusual, language: str, desk: Desk) -> str:
    """`12 phản ánh Rác thải ở Phường Kỳ Lừa, thường 0–1`."""
    usual = span(one.verdict.low, one.verdict.high)
    return text("digest.unusual", language, count=one.count, what=what(one, desk, language), usual=usual)


def why(one: Unusual, sheet: Sheet, language: str) -> str:
    """Why it is unusual, in numbers anybody can check."""
    said = ", ".join(str(count) for count in one.before)
    code = f"digest.why-{one.verdict.kind}-{one.verdict.by}"
    return text(code, language, days=same_days(sheet, language), before=said, score=one.verdict.score)


def shared(one: Unusual, language: str) -> str:
    """What its reports have in common, "" when nothing."""
    return text("digest.common", language, phrase=one.common, some=one.sharing, all=one.count) if one.common else ""


def against(figure: Figure, language: str) -> str:
    """`thường 21–28`, "" when nobody can say."""
    usual = span(figure.low, figure.high)
    return text("digest.usual", language, usual=usual) if usual else ""


def tone(figure: Figure) -> str:
    """more | less | usual | unknown."""
    if figure.low is None or figure.high is None:
        return "unknown"
    return "more" if figure.count > figure.high else "less" if figure.count < figure.low else "usual"


def headline(sheet: Sheet, language: str) -> str:
    """The sheet in one sentence."""
    told = {"days": days(sheet, language), "count": sheet.received.count}
    usual = span(sheet.received.low, sheet.received.high)
    code = f"digest.headline-{tone(sheet.received)}" if usual else "digest.headline-unknown"
    return text(code, language, **told, usual=usual)


def told(sheet: Sheet, language: str) -> str:
    """What is unusual, for a notice; says so when nothing is."""
    desk = declared().desk(sheet.desk)
    found = "; ".join(telling(one, language, desk) for one in sheet.unusual[:3])
    return found or text("digest.nothing", language)


def alarming(one: Unusual) -> bool:
    return one.verdict.kind == "much" and one.verdict.score >= WORST
