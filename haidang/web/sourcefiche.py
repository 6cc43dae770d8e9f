"""One source's page: deliveries owed, attempts, volumes by day, rows set aside, its contract in words.

Never: writes; shows attempts (which name addresses) to whoever does not work on the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from haidang.catalog.declared import Check, Column
from haidang.intake import reads as runs
from haidang.intake.sources import reads
from haidang.intake.sources.reads import AttemptFace, WindowFace
from haidang.web import aside, desk, feeds, formats, groups, scheduled
from haidang.web.charts import Drawing
from haidang.web.charts import _shared as shared
from haidang.web.page import Visit
from haidang.web.standing import Line, moment, titled
from haidang.words.texts import text, texts

DELIVERIES, ATTEMPTS, RUNS, DAYS = 30, 20, 10, 30
DELIVERY_MARKS = {"met": "good", "late": "warn", "missed": "bad", "due": "none", "paused": "watch"}
OUTCOME_MARKS = {"arrived": "good", "nothing": "none", "failed": "bad", "refused": "warn"}


@dataclass(frozen=True)
class Delivery:
    """One delivery owed: its shape, its words, the run that met it."""

    state: str
    mark: str
    said: str
    run: str


@dataclass(frozen=True)
class Try:
    """One attempt in words."""

    at: str
    mark: str
    outcome: str
    took: str
    parcels: int
    size: str
    why: str


@dataclass(frozen=True)
class Term:
    """One column of the contract in words."""

    title: str
    name: str
    type: str
    allowed: str
    required: bool
    on_bad: str


def context(seen: Visit, found: Line) -> dict[str, Any]:
    """Everything the template shows; runs and rows only for whoever may see the dataset."""
    rights, key = found.rights, found.key
    sees_data = rights.read or rights.feed or rights.mend
    newest, _ = runs.page(wanted(found), RUNS) if sees_data else ((), False)
    return {
        "one": found,
        "owner": titled(found.face.owner),
        "duty": titled(found.face.duty),
        "turn": text(f"source.turn-{found.state}", seen.language).removeprefix(f"source.turn-{found.state}"),
        "contract_file": f"/api/v1/contracts/{found.dataset.key}" if rights.read else "",
        "asked": found.face.mode == "pull",
        **deliveries(seen, key),
        "attempts": [tried(one, seen) for one in reads.attempts(key, ATTEMPTS)] if rights.works else [],
        "volumes": volumes(seen, found) if sees_data else None,
        "days": DAYS,
        "volume_rows": volume_rows(seen, found) if sees_data else [],
        "nobody": text("source.nobody", seen.language),
        "runs": [feeds.told(seen, one) for one in newest],
        "sees_data": sees_data,
        "reasons": groups.reasons(seen, found) if aside.mends(seen, found.dataset) else [],
        "terms": [term(one, found, seen) for one in found.dataset.columns],
        "checks": [check(one, seen.language) for one in found.dataset.checks],
        "key_said": ", ".join(_titles(found, seen)),
        "connector": desk.connector(found.face.connector, seen.language),
        "grace": scheduled.grace(found.face.schedule, seen.language) if found.face.schedule else "",
    }


def wanted(found: Line) -> runs.Wanted:
    """Its runs: those of the source itself, or of its dataset where files come by hand."""
    if found.face.mode:
        return runs.Wanted(source=found.key)
    return runs.Wanted(datasets=frozenset({found.dataset.key}))


def deliveries(seen: Visit, key: str) -> dict[str, Any]:
    """The strip of the last ones owed, and how they went in words."""
    owed = reads.windows(key, seen.now - timedelta(days=400))[-DELIVERIES:]
    sums = {state: sum(one.state == state for one in owed) for state in ("met", "late", "missed")}
    return {
        "deliveries": [delivery(one, seen) for one in owed],
        "deliveries_said": text("source.deliveries-sum", seen.language, **sums),
    }


def delivery(one: WindowFace, seen: Visit) -> Delivery:
    language = seen.language
    said = [text(f"window-state.{one.state}", language), text("source.due", language, due=moment(one.due_at))]
    if one.met_at:
        said.append(text("source.came", language, met=moment(one.met_at)))
    return Delivery(one.state, DELIVERY_MARKS[one.state], ", ".join(said), one.run)


def tried(one: AttemptFace, seen: Visit) -> Try:
    language = seen.language
    return Try(
        moment(one.at),
        OUTCOME_MARKS.get(one.outcome, "none"),
        text(f"outcome.{one.outcome}", language),
        formats.seconds(one.seconds, language),
        one.parcels,
        formats.size(one.size, language) if one.size else "",
        feeds.problem({"code": one.code, **_own(one.facts)}, language) if one.code else "",
    )


def _own(facts: dict[str, str]) -> dict[str, Any]:
    """Facts of an attempt as a kept Problem has them."""
    own: dict[str, Any] = {name: facts[name] for name in ("where", "found", "expected", "nearest") if name in facts}
    return {**own, "facts": [(name, value) for name, value in facts.items() if name not in own]}


def volumes(seen: Visit, found: Line) -> Drawing | None:
    """Rows landed and set aside by day, two shades of one column; None when nothing came."""
    first = seen.today - timedelta(days=DAYS - 1)
    since = seen.now - timedelta(days=DAYS)
    known = {one.day: one for one in runs.volumes(wanted(found), since)}
    if not known:
        return None
    days = [first + timedelta(days=index) for index in range(DAYS)]
    language = seen.language
    series = [
        _series(text("run.landed", language), [known[day].landed if day in known else 0 for day in days], shared.SEA),
        _series(
            text("run.aside", language), [known[day].set_aside if day in known else 0 for day in days], "var(--warn)"
        ),
    ]
    for one in series:
        for point in one["data"]:
            point["text"] = formats.number(point["value"], language, 0)
    option = {
        "grid": shared.GRID,
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "right": 0},
        "xAxis": shared.categories([_short(day) for day in days]),
        "yAxis": shared.values(),
        "series": series,
    }
    return Drawing("hd-chart", option)


def volume_rows(seen: Visit, found: Line) -> list[tuple[str, str, str]]:
    """The table behind the drawing: day, landed, set aside."""
    language = seen.language
    return [
        (formats.day(one.day), formats.number(one.landed, language, 0), formats.number(one.set_aside, language, 0))
        for one in runs.volumes(wanted(found), seen.now - timedelta(days=DAYS))
    ]


def _series(name: str, numbers: list[int], colour: str) -> dict[str, Any]:
    data: list[dict[str, Any]] = [{"value": number} for number in numbers]
    return {"type": "bar", "stack": "rows", "name": name, "data": data, "color": colour, "barMaxWidth": 28}


def _short(day: date) -> str:
    return f"{day:%d/%m}"


def term(column: Column, found: Line, seen: Visit) -> Term:
    language = seen.language
    unit = f" ({formats.unit_in(column.unit, language)})" if column.unit else ""
    policy = getattr(column, "on_bad", "") or found.dataset.on_bad
    return Term(
        column.title.in_(language),
        column.name,
        text(f"upload.type-{column.type}", language).removeprefix("upload.type-") + unit,
        allowed(column, language),
        column.required,
        text(f"source.bad-{policy}", language),
    )


def allowed(column: Column, language: str) -> str:
    """Range and list of a column in words, "" when anything of its type will do."""
    low = text("source.at-least", language, low=formats.number(column.min, language)) if column.min is not None else ""
    high = text("source.at-most", language, high=formats.number(column.max, language)) if column.max is not None else ""
    codes = text("source.codes", language, codes=column.codes) if column.codes else ""
    return ", ".join(filter(None, (" ".join(filter(None, (low, high))), codes)))


def check(one: Check, language: str) -> str:
    """A rule across columns or rows: its name, its settings, and what a bad row does."""
    name = text(f"reason.{one.kind}", language) if f"reason.{one.kind}" in texts() else one.kind
    settings = ", ".join(f"{key} {value}" for key, value in one.settings)
    return f"{name} ({settings}): {text(f'source.bad-{one.on_fail}', language)}"


def _titles(found: Line, seen: Visit) -> list[str]:
    titles = {column.name: column.title.in_(seen.language) for column in found.dataset.columns}
    return [titles.get(name, name) for name in found.dataset.unique]
