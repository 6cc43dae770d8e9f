"""Paths into JSON: `data[*]`, `hoSo[*].giayTo[*]`, `"tên lạ"[0].x`; values from outside the rows carried into each.

Never: reads a file; guesses: a path that is not there is refused with what stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from haidang.catalog.nearest import nearest
from haidang.intake.formats.limits import MAX_DEPTH
from haidang.intake.formats.refuse import stop

STEP = re.compile(
    r"""\s*(?:\.?\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s.\[\]"'*,=][^.\[\]"'*,=]*))|\[\s*(\*|\d{1,9})\s*\])"""
)

Step = str | int | None
"""A key, an index, or None for every item of a list."""


class Keep(NamedTuple):
    """A value from outside the row: `up` objects above it (0: from the root), the way from there, and its heading."""

    up: int
    steps: tuple[Step, ...]
    name: str


class Found(NamedTuple):
    """A row and the objects it lies in, the root first, itself last."""

    row: Any
    above: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Paths:
    """The settings of reading JSON by path: where the rows are, what each is given, which list within it is spread."""

    rows: tuple[Step, ...] | None
    keep: tuple[Keep, ...] = ()
    explode: tuple[Step, ...] = ()


def steps_of(path: str, name: str) -> tuple[Step, ...]:
    """The steps of a path; `$` at its beginning may be said or left out. Raises IntakeStopped('path-unclear')."""
    text, at = path.strip().removeprefix("$"), 0
    steps: list[Step] = []
    while text[at:].strip():
        found = STEP.match(text, at)
        if not found or len(steps) >= MAX_DEPTH:
            raise stop("path-unclear", name, found=path, at=text[at:][:20])
        steps.append(_step(*found.groups()))
        at = found.end()
    return tuple(steps)


def _step(quoted: str | None, single: str | None, plain: str | None, index: str | None) -> Step:
    if index is not None:
        return None if index == "*" else int(index)
    if quoted is not None:
        return re.sub(r"\\(.)", r"\1", quoted)
    return single if single is not None else (plain or "").strip()


def keeps_of(text: str, name: str) -> tuple[Keep, ...]:
    """`header.don_vi=donVi, ..MaHoSo`: each a path, and the heading after `=` (else the path itself)."""
    parts = re.findall(r"""((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,"'])+)""", text)
    return tuple(_keep(part.strip(), name) for part in parts if part.strip())


def _keep(part: str, name: str) -> Keep:
    path, _, heading = _parted(part)
    dots = len(path) - len(path.lstrip("."))
    steps = steps_of(path[dots:], name)
    if not steps or dots == 1 or None in steps:
        raise stop("path-unclear", name, found=part, at=path)
    return Keep(max(0, dots - 1), steps, heading or ".".join(map(str, steps)))


def _parted(part: str) -> tuple[str, str, str]:
    """Path and heading, cut at the last `=` outside quotes."""
    found = re.fullmatch(r"""((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'])*?)=\s*([^"'=]+)""", part)
    return (found[1].strip(), "=", found[2].strip()) if found else (part.strip(), "", "")


def found(value: Any, steps: tuple[Step, ...], name: str) -> Iterator[Found]:
    """Every row at the end of the path; a list there is spread. Raises IntakeStopped('path-absent')."""
    yield from _walk(Found(value, ()), steps, name, said=_told(steps))


def _walk(here: Found, steps: tuple[Step, ...], name: str, *, said: str, inside: bool = False) -> Iterator[Found]:
    value = here.row
    if isinstance(value, dict):
        here = Found(value, (*here.above, value))
    if not steps:
        spread = value if isinstance(value, list) else [value] if value is not None else []
        for item in spread:
            yield Found(item, (*here.above, item) if isinstance(value, list) and isinstance(item, dict) else here.above)
        return
    for item in _taken(value, steps[0], name, said=said, inside=inside):
        yield from _walk(Found(item, here.above), steps[1:], name, said=said, inside=inside or steps[0] is None)


def _taken(value: Any, step: Step, name: str, *, said: str, inside: bool) -> list[Any]:
    """What a step leads to; within a list an item may lack it, at the top it must be there."""
    if isinstance(value, list):
        if step is None:
            return value
        if isinstance(step, int):
            return value[step : step + 1]
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return [value[step]]
    if value is None or (inside and isinstance(value, dict)):
        return []
    raise stop("path-absent", name, found=said, expected=_standing(value), nearest=_near(value, step))


def _standing(value: Any) -> str:
    """What stands where the path breaks off."""
    if isinstance(value, dict):
        return ", ".join(map(str, list(value)[:8])) or "{}"
    return "[…]" if isinstance(value, list) else "…"


def _near(value: Any, step: Step) -> str:
    return nearest(step, value) if isinstance(value, dict) and isinstance(step, str) else ""


def _told(steps: tuple[Step, ...]) -> str:
    said = "".join("[*]" if s is None else f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
    return said.removeprefix(".")


def kept(keep: Keep, row: Found) -> Any:
    """The value a row is given; None where it is not there. `..x` looks in the object the row lies in."""
    base = row.above[:-1] if row.above and row.above[-1] is row.row else row.above
    if keep.up > len(base):
        return None
    value: Any = base[-keep.up] if keep.up else (row.above[0] if row.above else None)
    return got(value, keep.steps)


def got(value: Any, steps: tuple[Step, ...]) -> Any:
    """The value at the end of plain steps, or None."""
    for step in steps:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def spread(row: dict[str, Any], steps: tuple[Step, ...]) -> Iterator[dict[str, Any]]:
    """One row for every item of a list within it; a row whose list is empty or not there stands once, without it."""
    items = got(row, steps)
    if not isinstance(items, list) or not items:
        yield _put(row, steps, None)
        return
    for item in items:
        yield _put(row, steps, item)


def _put(row: dict[str, Any], steps: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """The row with another value at the end of the steps."""
    key = steps[0]
    if not isinstance(key, str) or not isinstance(row, dict):
        return row
    inner = _put(row.get(key) or {}, steps[1:], value) if len(steps) > 1 else value
    return {**{k: v for k, v in row.items() if k != key}, **({key: inner} if inner is not None else {})}
