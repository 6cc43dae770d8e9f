"""A period as officers write it. Never: reads the clock."""

from __future__ import annotations

import re
from datetime import date

from haidang.words.errors import BadQuestion
from haidang.words.periods import Grain, Period, parse

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:năm\s*)?(?P<year>\d{4})"
_FORMS = (
    re.compile(rf"(?:tháng|thg|t|m)?\s*(?P<month>\d{{1,2}})\s*[/\-. ]\s*{_YEAR}"),
    re.compile(r"(?P<year>\d{4})\s*[-/]?\s*(?:tháng|thg|t|m)\s*(?P<month>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})"),
    re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})"),
    re.compile(rf"(?:quý|quy|q)\s*(?P<quarter>iv|iii|ii|i|[1-4])\s*[/\-., ]\s*{_YEAR}"),
    re.compile(r"(?P<year>\d{4})\s*[-/]?\s*(?:quý|quy|q)\s*(?P<quarter>iv|iii|ii|i|[1-4])"),
    re.compile(rf"6\s*tháng\s*(?P<half>đầu|cuối)\s*{_YEAR}"),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"năm\s*(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})\.0+"),
)


def read(text: str) -> Period:
    """`2018`, `2018-Q3`, `9/2018`, `Tháng 9 năm 2018`, `Quý III/2018`, `30/9/2018`…; raises
    BadQuestion('not-a-period').
    """
    plain = " ".join(text.lower().split())
    try:
        return parse(plain)
    except BadQuestion:
        pass  # not the canonical text: the officers' forms follow
    for form in _FORMS:
        if match := form.fullmatch(plain):
            return parse(_canonical(match.groupdict(), text))
    raise BadQuestion("not-a-period", found=text[:40])


def _canonical(part: dict[str, str | None], text: str) -> str:
    year = part["year"]
    if quarter := part.get("quarter"):
        return f"{year}-Q{_ROMAN.get(quarter, quarter)}"
    if half := part.get("half"):
        return f"{year}-H{1 if half == 'đầu' else 2}"
    if not part.get("month"):
        return str(year)
    month = f"{year}-{int(part['month'] or 0):02d}"
    return f"{month}-{int(part['day'] or 0):02d}" if part.get("day") else month


def of(value: date | int | str, grain: str) -> Period:
    """The period of a dataset's grain a value lies in; raises BadQuestion('not-a-period' | 'grain-too-fine')."""
    period = read(value.isoformat() if isinstance(value, date) else str(value))
    return period.within(Grain(grain))
