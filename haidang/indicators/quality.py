"""How good the data beneath a number is (complete, correct, clean, alive), where it came from and when it was known.

Never: makes a value; sees a row of a file (it counts what intake wrote down).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from haidang.catalog.declared import Dataset
from haidang.indicators.amounts import Amount
from haidang.words.nouns import Provenance, Quality

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
UTC = ZoneInfo("UTC")
MOST_SOURCES = 5
"""More runs than this beneath one number are not all named; the newest are."""


@dataclass(frozen=True)
class Ledger:
    """What intake wrote down: runs by id; by dataset: rows set aside by (unit, code), last arrival, rows landed."""

    runs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rejects: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)
    newest: Mapping[str, datetime] = field(default_factory=dict)
    landed: Mapping[str, int] = field(default_factory=dict)


def ledger_of(
    runs: Iterable[Mapping[str, Any]],
    rejects: Iterable[Mapping[str, Any]],
    totals: Iterable[Mapping[str, Any]] | None = None,
) -> Ledger:
    """From plain rows: runs with their landed rows, open rejects of a `dataset, unit, code`, both in `count`.

    `totals`: per dataset the newest arrival and all rows landed; without it they are told from `runs`.
    """
    by_id = {run["run"]: run for run in runs}
    newest: dict[str, datetime] = {}
    landed: dict[str, int] = {}
    for run in by_id.values() if totals is None else totals:
        newest[run["dataset"]] = max(newest.get(run["dataset"], run["landed_at"]), run["landed_at"])
        landed[run["dataset"]] = landed.get(run["dataset"], 0) + (run["count"] or 0)
    rejected: dict[str, dict[tuple[str, str], int]] = {}
    for row in rejects:
        rejected.setdefault(row["dataset"], {})[row["unit"] or "", row["code"]] = int(row["count"])
    return Ledger(by_id, rejected, newest, landed)


def age(ledger: Ledger, dataset: Dataset, today: date) -> int | None:
    """Days since the newest arrival of a dataset; None when nothing ever came."""
    landed = ledger.newest.get(dataset.key)
    return None if landed is None else max(0, (today - _local(landed).date()).days)


def known_at(ledger: Ledger, runs: frozenset[str]) -> str:
    """When the newest fact beneath was landed, ISO 8601 in Việt Nam's time; "" when unknown."""
    landed = [ledger.runs[run]["landed_at"] for run in runs if run in ledger.runs]
    return _local(max(landed)).isoformat(timespec="seconds") if landed else ""


def sources(ledger: Ledger, runs: frozenset[str], datasets: Mapping[str, Dataset]) -> tuple[Provenance, ...]:
    """The newest runs beneath a number."""
    found = [ledger.runs[run] for run in runs if run in ledger.runs and ledger.runs[run]["dataset"] in datasets]
    found.sort(key=lambda run: (run["landed_at"], run["run"]), reverse=True)
    return tuple(_provenance(run, datasets[run["dataset"]]) for run in found[:MOST_SOURCES])


def _provenance(run: Mapping[str, Any], dataset: Dataset) -> Provenance:
    landed = _local(run["landed_at"]).isoformat(timespec="seconds")
    return Provenance(
        dataset.key,
        run["run"],
        run["file"],
        dataset.source.vi,
        dataset.licence,
        landed,
        dataset.simulated or bool(run.get("simulated")),
    )


@dataclass(frozen=True)
class Beneath:
    """What a quality is of: datasets, the units concerned, and how many facts came through there (0: not told).

    `nowhere`: rows without a place are meant too (the country; or the home place, of a dataset without places).
    """

    datasets: Mapping[str, Dataset]
    inside: frozenset[str]
    facts: int
    nowhere: bool = False


def quality(amount: Amount, beneath: Beneath, ledger: Ledger, today: date) -> Quality:
    """The four shares and the notes."""
    aside = _set_aside(beneath, ledger)
    repeated = sum(count for code, count in aside.items() if code.startswith("duplicate"))
    wrong = sum(aside.values()) - repeated
    read = beneath.facts + sum(aside.values())
    return Quality(
        complete=amount.complete if amount.value is not None or amount.have else 0.0,
        correct=1 - wrong / read if read else None,
        clean=1 - repeated / read if read else None,
        alive=_alive(beneath, ledger, today),
        notes=_notes(amount, aside, beneath),
    )


def _set_aside(beneath: Beneath, ledger: Ledger) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in beneath.datasets:
        for (unit, code), count in ledger.rejects.get(key, {}).items():
            if unit in beneath.inside or (beneath.nowhere and not unit):
                found[code] = found.get(code, 0) + count
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _alive(beneath: Beneath, ledger: Ledger, today: date) -> float | None:
    """1 while every promise of freshness is kept, then falling; None when none was made."""
    shares = [
        min(1.0, dataset.promise_days / max(1, days))
        for dataset in beneath.datasets.values()
        if dataset.promise_days and (days := age(ledger, dataset, today)) is not None
    ]
    return min(shares, default=None)


def _notes(amount: Amount, aside: Mapping[str, int], beneath: Beneath) -> tuple[tuple[str, str], ...]:
    notes = [(f"set-aside:{code}", str(count)) for code, count in aside.items()]
    if amount.value is not None and amount.have < amount.expected:
        code = "coverage" if amount.complete >= 0.5 else "coverage-low"
        notes.insert(0, (code, f"{amount.have}/{amount.expected}"))
    if any(dataset.simulated for dataset in beneath.datasets.values()):
        notes.append(("simulated", ""))
    return tuple(notes)


def _local(moment: datetime) -> datetime:
    """The store keeps UTC without saying so."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(HERE)
