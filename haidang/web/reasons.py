"""Why a state is what it is, and why a number is missing, in words with the numbers that explain it.

Never: judges; the facts come from the Answer's status.
"""

from __future__ import annotations

from haidang.web import formats
from haidang.words.nouns import Answer, Status
from haidang.words.texts import text, texts

ORDER = ("bad", "warn", "watch", "none", "good")
"""Worst first; what cannot be judged stands before what is well."""


def why(status: Status, language: str = "vi") -> str:
    """One line: `mới đạt 71,4 % kế hoạch, tiến độ đều 79,5 %`."""
    facts = {key: _written(key, value, language) for key, value in status.facts}
    return text(known(status.reason), language, **facts)


def missing(reason: str, language: str = "vi") -> str:
    return text(known(reason or "no-data"), language)


def known(reason: str) -> str:
    """The code of the text; a reason this room has no words for yet is looked for among everybody's."""
    code = f"why.{reason or 'no-data'}"
    return code if code in texts() else reason


def _written(key: str, value: str, language: str) -> str:
    if key == "period":
        return formats.period(value, language)
    try:
        read = float(value)
    except ValueError:
        return value
    percent = key in ("percent", "reached", "pace")
    return formats.number(abs(read) if key == "percent" else read, language, 1 if percent and read % 1 else None)


def worst(states: list[str]) -> str:
    """The worst of the judged states; `none` only when nothing could be judged."""
    judged = [state for state in states if state != "none"]
    return min(judged, key=ORDER.index, default="none")


def urgency(answer: Answer) -> int:
    """For sorting: what needs a decision first."""
    return ORDER.index(answer.status.state)
