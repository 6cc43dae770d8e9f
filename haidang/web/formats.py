"""How numbers, dates, periods, ages and differences are written.

Vietnamese 1.234.567,89 and dd/mm/yyyy, English 1,234,567.89.

Never: makes a number beyond choosing its digits; reads the clock (the caller says what now is).
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from haidang.words.errors import BadQuestion
from haidang.words.periods import Grain, Period, parse
from haidang.words.texts import text

MINUS = "−"
MISSING = "–"
_SWAP = str.maketrans(",.", ".,")


def number(value: float | None, language: str = "vi", digits: int | None = None) -> str:
    """A number as people write it; `digits` None chooses: whole numbers and large ones without decimals, else two."""
    if value is None or not math.isfinite(value):
        return MISSING
    written = f"{abs(value):,.{_digits(value) if digits is None else digits}f}"
    sign = MINUS if value < 0 and any(c in "123456789" for c in written) else ""
    return sign + (written if language == "en" else written.translate(_SWAP))


def _digits(value: float) -> int:
    if value == int(value) or abs(value) >= 10_000:
        return 0
    return 1 if abs(value) >= 100 else 2


def with_unit(value: float | None, unit: str, language: str = "vi", digits: int | None = None) -> str:
    """`8,42 %`, `9.020 tỷ đồng`; a missing value carries no unit."""
    written = number(value, language, digits)
    return written if value is None or not unit else f"{written} {unit_in(unit, language)}"


def unit_in(unit: str, language: str) -> str:
    """A unit in the reader's language; one nobody put into English stands as the pack wrote it."""
    return text(f"unit.{unit}", language).removeprefix("unit.")


def share(part: float | None, language: str = "vi") -> str:
    """A share 0..1 as percent: `99,8 %`."""
    if part is None:
        return MISSING
    percent = part * 100
    return f"{number(percent, language, 0 if percent == round(percent) else 1)} %"


def day(value: date, language: str = "vi") -> str:
    """`20/11/2026`, the same in both languages: officers read English screens with Vietnamese dates."""
    return value.strftime("%d/%m/%Y")


def moment(value: str, language: str = "vi") -> str:
    """An ISO 8601 time as `20/11/2026 17:00`; a date alone stays a date; unreadable text stays as it is."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return value
    return day(read) if len(value) <= 10 else read.strftime("%d/%m/%Y %H:%M")


def period(code: str, language: str = "vi") -> str:
    """`2018` → năm 2018, `2018-Q3` → quý III/2018, `2018-09` → tháng 9/2018, `2018-09-30` → 30/09/2018."""
    try:
        read = parse(code)
    except BadQuestion:
        return code
    return _written(read, "period", language)


def short_period(code: str, language: str = "vi") -> str:
    """For ticks and cells: `2018`, `Q3/2018`, `09/2018`, `30/09/2018`."""
    try:
        read = parse(code)
    except BadQuestion:
        return code
    return _written(read, "short", language)


def _written(read: Period, style: str, language: str) -> str:
    if read.grain is Grain.DAY:
        return day(read.start)
    start = read.start
    facts = {"year": start.year, "month": start.month, "month2": f"{start.month:02d}"}
    facts["quarter"] = (start.month - 1) // 3 + 1
    facts["half"] = (start.month - 1) // 6 + 1
    facts["roman"] = ("I", "II", "III", "IV")[(start.month - 1) // 3]
    return text(f"format.{style}-{read.grain}", language, **facts)


def age(known_at: str, now: datetime, language: str = "vi") -> str:
    """How long ago: `8 giây trước`, `5 phút trước`, `hôm qua`, then the day; "" when nothing is known."""
    try:
        then = datetime.fromisoformat(known_at)
    except ValueError:
        return ""
    gone = now - (then if then.tzinfo else then.replace(tzinfo=now.tzinfo))
    return _gone(gone, language) or moment(known_at[:10], language)


def _gone(gone: timedelta, language: str) -> str:
    seconds = max(0, int(gone.total_seconds()))
    for limit, length, unit in (
        (60, 1, "seconds"),
        (3600, 60, "minutes"),
        (86_400, 3600, "hours"),
        (604_800, 86_400, "days"),
    ):
        if seconds < limit:
            return text(f"format.ago-{unit}", language, count=seconds // length)
    return ""


def size(count: int, language: str = "vi") -> str:
    """Bytes as people say them: `812 byte`, `3,4 MB`."""
    amount = float(count)
    for unit in ("byte", "kB", "MB"):
        if amount < 1000:
            return f"{number(amount, language, 0 if unit == 'byte' or amount >= 100 else 1)} {unit}"
        amount /= 1000
    return f"{number(amount, language, 1)} GB"


def seconds(count: float, language: str = "vi") -> str:
    """How long something took: `0,3 giây`, `2 phút 5 giây`."""
    if count < 60:
        return text("format.took-seconds", language, count=number(count, language, 1 if count < 10 else 0))
    minutes, rest = divmod(round(count), 60)
    return text("format.took-minutes", language, minutes=minutes, seconds=rest)


def past(code: str, today: date) -> bool:
    """Whether a period lies two years or more behind today: a number of then says nothing of how things stand."""
    try:
        read = parse(code)
    except BadQuestion:
        return False
    return (today.year - read.end.year) * 12 + today.month - read.end.month >= 24


def lag(code: str, today: date, language: str = "vi") -> str:
    """How far the period lies behind today: `số năm 2014, trễ 12 năm`; fresh: just the period; "" when none."""
    try:
        read = parse(code)
    except BadQuestion:
        return ""
    name = _written(read, "period", language)
    months = (today.year - read.end.year) * 12 + today.month - read.end.month
    if months >= 24:
        return text("format.lag-years", language, period=name, count=months // 12)
    if months >= 4 and read.grain is not Grain.YEAR:
        return text("format.lag-months", language, period=name, count=months)
    return text("format.lag-none", language, period=name)
