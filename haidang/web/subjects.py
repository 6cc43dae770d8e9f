"""What a person is given of their data: as a table anybody can read, and as JSON for another centre.

Never: finds anything (access does).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from haidang.access.personal import reads as purposes
from haidang.access.personal.subjects.reads import Found, Look
from haidang.web import formats, sheets
from haidang.web.page import Visit
from haidang.words.texts import text


def sheet(seen: Visit, found: tuple[Found, ...], looks: list[Look]) -> sheets.Sheet:
    """A line per cell; on the second sheet where it came from and who looked."""
    language = seen.language
    heads = [text(f"subject.{name}", language) for name in ("dataset", "row", "column", "value", "period", "run")]
    return sheets.Sheet(
        "du-lieu-ca-nhan",
        heads,
        [line for one in found for line in _lines(seen, one)],
        _about(seen, found, looks),
        (text("subject.title", language), text("file.sources", language)),
    )


def _lines(seen: Visit, one: Found) -> list[list[sheets.Value]]:
    columns = one.columns or tuple((c.name, c.title) for c in seen.catalog.dataset(one.dataset).columns)
    titles = {name: title.in_(seen.language) for name, title in columns}
    return [
        [one.title.in_(seen.language), number, titles.get(name, name), str(value), row["_period"], row["_run"]]
        for number, row in enumerate(one.rows, start=1)
        for name, value in row.items()
        if not name.startswith("_") and value is not None
    ]


def _about(seen: Visit, found: tuple[Found, ...], looks: list[Look]) -> list[tuple[str, str]]:
    language = seen.language
    lines = [(text("file.taken", language), formats.moment(seen.now.isoformat()) + f" · {seen.who.name}")]
    for one in found:
        may = text("subject.may-erase" if one.erase else "subject.law-keeps", language)
        lines.append((one.title.in_(language), f"{one.source.in_(language)} · {may}: {one.basis.in_(language)}"))
    lines += [(text("subject.look", language), f"{look.at} · {look.who} · {told(look, language)}") for look in looks]
    return lines


def told(look: Look, language: str) -> str:
    """A look in words: for what, at what."""
    return f"{purposes.told(look.purpose, language)} · {look.about}"


def as_json(found: tuple[Found, ...], looks: list[Look]) -> dict[str, Any]:
    """The same as plain values."""
    return {"datasets": [asdict(one) for one in found], "looks": [asdict(look) for look in looks]}
