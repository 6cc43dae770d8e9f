"""The switches of the top bar as lists of (text, address, current): period, comparison, language, theme.

Never: reads data; an address is all a switch is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from haidang.web import formats
from haidang.web.choices import COMPARISONS, LANGUAGES, LATEST, THEMES, Choice
from haidang.words.periods import Grain, Period, containing, parse_range
from haidang.words.texts import text

GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Way:
    """One way a switch can stand."""

    text: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Periods:
    """The period switch: its grains, the steps to the neighbours (None at `latest`), and its name."""

    name: str
    grains: tuple[Way, ...]
    earlier: Way | None = None
    later: Way | None = None


def periods(choice: Choice, today: date, newest: str = "") -> Periods:
    """`newest`: the period the page shows at `latest`; choosing a grain then stays where the data is."""
    language = choice.language
    shown = _shown(choice.period)
    anchor = shown or _shown(newest) or containing(today, Grain.MONTH)
    ways = [Way(text("frame.latest", language), choice.url(period=LATEST), shown is None)]
    for grain in GRAINS:
        there = containing(min(anchor.end, today) if anchor.start <= today else anchor.end, grain).text
        ways.append(
            Way(text(f"frame.{grain}", language), choice.url(period=there), bool(shown and shown.grain is grain))
        )
    if shown is None:
        return Periods(text("frame.latest", language), tuple(ways))
    earlier, later = shown.previous(), shown.previous(-1)
    return Periods(
        _capital(formats.period(shown.text, language)) if ".." not in choice.period else choice.period,
        tuple(ways),
        Way(formats.period(earlier.text, language), choice.url(period=earlier.text)),
        Way(formats.period(later.text, language), choice.url(period=later.text)),
    )


def _shown(code: str) -> Period | None:
    return None if code in ("", LATEST) else parse_range(code)[-1]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def comparisons(choice: Choice) -> tuple[Way, ...]:
    """Same period, previous, plan, and the two periods a person typed."""
    ways = [
        Way(text(f"frame.{kind}", choice.language), choice.url(compare=kind), choice.compare == kind)
        for kind in COMPARISONS
    ]
    if choice.compare not in COMPARISONS:
        ways.append(Way(formats.period(choice.compare, choice.language), choice.url(), True))
    return tuple(ways)


def languages(choice: Choice, request: HttpRequest) -> tuple[Way, ...]:
    return tuple(Way(LANGUAGE_NAMES[code], _with(request, lang=code), code == choice.language) for code in LANGUAGES)


def themes(choice: Choice, request: HttpRequest) -> tuple[Way, ...]:
    return tuple(
        Way(text(f"frame.{name}", choice.language), _with(request, theme=name), name == choice.theme) for name in THEMES
    )


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for key, value in changed.items():
        query[key] = value
    return f"{request.path}?{query.urlencode()}"
