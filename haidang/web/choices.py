"""What a person chose, as the URL and two cookies hold it: place, period, comparison, as-of day, language, theme.

Never: looks anything up (whether a place exists is told by the register when it is asked).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from haidang.words.errors import BadQuestion
from haidang.words.nouns import Question
from haidang.words.periods import parse_range

LANGUAGES = ("vi", "en")
THEMES = ("dark", "light", "auto")
COMPARISONS = ("same-period", "previous", "plan")
LATEST = "latest"
LANGUAGE_COOKIE = "haidang_language"
THEME_COOKIE = "haidang_theme"


@dataclass(frozen=True)
class Choice:
    """One person's choices on one page; `url` gives the address of the same page with some of them changed."""

    path: str = "/"
    place: str = ""  # code as written in the URL; "" = the person's own default
    period: str = LATEST
    compare: str = COMPARISONS[0]
    as_of: date | None = None
    indicator: str = ""  # the one on the overview's map
    cumulative: bool = False  # from the year's first day, on the pages of one indicator
    language: str = "vi"
    theme: str = "auto"

    def url(self, path: str = "", /, **changes: Any) -> str:
        """The address of `path` (or of this page) with what was chosen; what stands at its default is left out."""
        wanted = replace(self, **changes)
        pairs = {
            "place": wanted.place,
            "period": "" if wanted.period == LATEST else wanted.period,
            "compare": "" if wanted.compare == COMPARISONS[0] else wanted.compare,
            "as_of": wanted.as_of.isoformat() if wanted.as_of else "",
            "indicator": wanted.indicator if not path else "",
            "cumulative": "1" if wanted.cumulative and (path or self.path).startswith("/indicators/") else "",
        }
        query = urlencode({key: value for key, value in pairs.items() if value}, safe=".:@,")
        joint = "&" if "?" in path else "?"
        return (path or self.path) + (f"{joint}{query}" if query else "")

    def question(self, indicator: str, *, place: str, **more: Any) -> Question:
        """The Question of this page about an indicator; `more` overrides (history, by, compare, …)."""
        asked = {"period": self.period, "compare": (self.compare,), "as_of": self.as_of, **more}
        return Question(indicator, place=place, **asked)


def chosen(request: HttpRequest) -> Choice:
    """Reads the request; raises BadQuestion('not-a-period' or 'not-a-date'), never on language or theme."""
    given = request.GET
    return Choice(
        path=request.path,
        place=given.get("place", "").strip()[:40],
        period=_period(given.get("period", "")),
        compare=_compare(given.get("compare", "")),
        as_of=day(given.get("as_of", "")),
        indicator=given.get("indicator", "")[:120],
        cumulative=given.get("cumulative") == "1",
        language=_one_of(LANGUAGES, given.get("lang"), request.COOKIES.get(LANGUAGE_COOKIE)),
        theme=_one_of(("auto", *THEMES), given.get("theme"), request.COOKIES.get(THEME_COOKIE)),
    )


def _period(text: str) -> str:
    text = text.strip()
    if text in ("", LATEST):
        return LATEST
    parse_range(text)
    return text


def _compare(text: str) -> str:
    """One of the named comparisons, or a period text (any two periods)."""
    text = text.strip()
    if not text or text in COMPARISONS:
        return text or COMPARISONS[0]
    parse_range(text)
    return text


def day(text: str) -> date | None:
    """As people write it, 05/11/2026, or as addresses do, 2026-11-05."""
    if not text.strip():
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise BadQuestion("not-a-date", found=text[:40])


def _one_of(known: tuple[str, ...], *wanted: str | None) -> str:
    return next((text for text in wanted if text in known), known[0])
