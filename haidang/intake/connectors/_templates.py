"""Texts of a pack with names in braces (`{since}`, `{page}`), and paths into JSON. Never: knows what a name stands for.

Only known names may stand in braces; what is put in is escaped for the place it is put into, so that no value of a
source can become a part of the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from haidang.words.errors import IntakeStopped

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_NAME = re.compile(r"\{([a-z_]+)\}")
_LETTERS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
Escape = Callable[[str], str]


def fill(template: str, values: Mapping[str, str], escaped: Escape) -> str:
    """The template with every `{name}` put in, escaped; raises IntakeStopped('template-unknown')."""

    def put(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise IntakeStopped("template-unknown", found=found[1], expected=", ".join(sorted(values)))
        return escaped(values[found[1]])

    return _NAME.sub(put, template)


def names(template: str) -> set[str]:
    return set(_NAME.findall(template))


def in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def in_xml(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


def in_url(value: str) -> str:
    return quote(value, safe="")


def in_header(value: str) -> str:
    """A line of its own cannot be begun in it."""
    return re.sub(r"[\x00-\x1f\x7f]", "", value)


def at(document: Any, path: str) -> Any:
    """What stands at a path (`data.items`, `$.rows[0].id`); None when nothing does."""
    for step in steps(path):
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def steps(path: str) -> list[str]:
    plain = re.sub(r"\[(\*|\d+)\]", lambda m: "" if m[1] == "*" else f".{m[1]}", path.removeprefix("$"))
    return [step for step in plain.split(".") if step]


def written(moment: datetime, form: str) -> str:
    """A moment as the other side writes it: `iso`, `epoch`, `epoch-ms`, `yyyyMMddHHmmss` or `%Y-%m-%d`, in VN time."""
    if form in {"epoch", "epoch-ms"}:
        return str(int(moment.timestamp() * (1000 if form == "epoch-ms" else 1)))
    local = moment.astimezone(ZONE)
    return local.isoformat(timespec="seconds") if form == "iso" else local.strftime(_pattern(form))


def moment(text: str, form: str) -> datetime | None:
    """Read a moment so written; None when it is none. Without a zone it is Việt Nam time."""
    if form == "iso" and text[4:5] != "-":
        return None  # a number of eight digits would be read as a day
    try:
        if form in {"epoch", "epoch-ms"}:
            return datetime.fromtimestamp(float(text) / (1000 if form == "epoch-ms" else 1), ZONE)
        found = datetime.fromisoformat(text) if form == "iso" else datetime.strptime(text, _pattern(form))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def _pattern(form: str) -> str:
    if "%" in form:
        return form
    return re.sub("yyyy|MM|dd|HH|mm|ss", lambda m: _LETTERS[m[0]], form)
