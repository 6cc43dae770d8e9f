"""Per source and day: rows read, landed, wrong, repeated; rows expected; deliveries; freshness; comparisons; the score.

Rows that came by hand count for the source that is declared for their dataset. What the centre makes itself, replays
and feeds it cannot name are left out. Never: writes, reads a fact.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from haidang.catalog.declared import Source, declared
from haidang.intake.own import alive
from haidang.intake.own.alive import Day
from haidang.intake.own.kinds import Row, Span, home, midnight
from haidang.store.landing import Writer, lake_name, quoted

COMPARISONS = ("exists", "compare", "sum", "order", "unit")
"""Checks that hold a row against another row, column or dataset: what consistency is told by."""

NOT_ARRIVALS = ("mend", "accept", "derived", "gone")
WEEKS, LEAST = 8, 4
"""Rows are expected as on the same weekday of the last WEEKS weeks, when LEAST of them had any."""

WEIGHTS = {"du": 25, "dung": 25, "song": 25, "sach": 15, "thong_nhat": 10}
"""Of the score, in parts of 100; what a source was not asked for a day is left out and the others weigh more. Our own
rule: no text of law sets weights."""


@dataclass
class Tally:
    """Rows of a source on a day."""

    runs: int = 0
    read: int = 0
    landed: int = 0
    wrong: int = 0
    repeated: int = 0
    marked: int = 0
    unlike: int = 0  # rows at fault by a comparison, set aside or marked
    unlike_aside: int = 0  # of them those set aside
    simulated: bool = False
    at: list[datetime] = field(default_factory=list)


def rows(span: Span) -> Iterator[Row]:
    """A row for every source and day on which anything came, was owed, promised or expected."""
    tallies = _tallies(span.since - timedelta(weeks=WEEKS), span)
    landings: dict[str, list[datetime]] = defaultdict(list)
    for (name, _), tally in sorted(tallies.items(), key=lambda entry: entry[0]):
        landings[name] += tally.at
    days = alive.days(span, landings)
    waiting = _waiting(span)
    unreal = {name for (name, _), tally in tallies.items() if tally.simulated}
    for source in (s for s in declared().sources() if s.connector != "own"):
        for day in span.days():
            key = (source.key, day)
            tally, owed = tallies.get(key, Tally()), days.get(key, Day())
            expected = _expected(tallies, key, span)
            if tally.runs or owed != Day() or expected:
                cells = _cells(source, tally, owed, expected)
                yield Row({"ngay": day, "dong_cho": waiting.get(key, 0), **cells}, source.key in unreal)


def _cells(source: Source, tally: Tally, owed: Day, expected: int) -> dict[str, object]:
    dataset = declared().dataset(source.dataset)
    kinds = sum(check.kind in COMPARISONS for check in dataset.checks)
    asked = kinds * max(tally.read - tally.wrong - tally.repeated + tally.unlike_aside, 0)
    full = min(tally.read, expected)
    parts = {
        "du": (owed.owed + bool(expected), owed.came + (full / expected if expected else 0)),
        "dung": (tally.read, tally.read - tally.wrong - tally.marked),
        "sach": (tally.read, tally.read - tally.repeated),
        "song": (owed.promised, owed.kept),
        "thong_nhat": (asked, asked - tally.unlike),
    }
    weight = sum(WEIGHTS[name] for name, (of, _) in parts.items() if of)
    score = sum(WEIGHTS[name] * kept / of for name, (of, kept) in parts.items() if of)
    owner = source.owner.vi or dataset.owner.vi
    return {
        "nguon": source.key, "ten": source.title.vi, "goi": source.pack, "bo_du_lieu": dataset.key,
        "phong_ban": owner, "dia_ban": home(), "luot": tally.runs, "dong_doc": tally.read, "dong_nap": tally.landed,
        "dong_sai": tally.wrong, "dong_lap": tally.repeated, "dong_danh_dau": tally.marked,
        "ky_phai_nop": owed.owed, "ky_da_nop": owed.came, "ky_dung_hen": owed.in_time, "ky_tre": owed.late,
        "phut_hua": owed.promised, "phut_giu": owed.kept, "dong_mong": expected, "dong_du": full,
        "doi_chieu": asked, "doi_chieu_dat": asked - tally.unlike,
        "du_hoi": parts["du"][0], "du_dat": round(parts["du"][1], 4),
        "dung_dat": parts["dung"][1], "sach_dat": parts["sach"][1],
        "diem_hoi": weight, "diem_dat": round(score, 4),
    }  # fmt: skip


def _expected(tallies: dict[tuple[str, date], Tally], key: tuple[str, date], span: Span) -> int:
    """Rows as on the same weekday before; 0 when it cannot be told, or the day still runs."""
    source, day = key
    if midnight(day + timedelta(days=1)) > span.now:
        return 0
    before = (tallies.get((source, day - timedelta(weeks=n)), Tally()).read for n in range(1, WEEKS + 1))
    some = [count for count in before if count]
    return round(statistics.median(some)) if len(some) >= LEAST else 0


def _tallies(since: date, span: Span) -> dict[tuple[str, date], Tally]:
    aside, beside = (" + ".join(_count(of, kind) for kind in COMPARISONS) for of in ("reasons", "marks"))
    repeated = " + ".join(_count("reasons", code) for code in ("duplicate-row", "duplicate-key"))
    marks = "coalesce(nullif(marks, ''), '{}')"
    marked = f"list_sum([CAST(json_extract({marks}, '$.\"' || k || '\"') AS BIGINT) FOR k IN json_keys({marks})])"
    with Writer() as writer:
        found = writer.sql(
            f"SELECT coalesce(source, ''), dataset, {DAY} AS day, count(*), sum(read), sum(landed + unchanged), "
            f"sum(set_aside), sum({repeated}), sum(coalesce({marked}, 0) - {_count('marks', 'mended-by-rule')}), "
            f"sum({aside}), sum({beside}), bool_or(coalesce(simulated, false)), max(landed_at) "
            f"FROM {lake_name('runs')} WHERE {arrivals(since, span)} GROUP BY ALL ORDER BY day"
        )
    tallies: dict[tuple[str, date], Tally] = defaultdict(Tally)
    for source, dataset, day, *counts, simulated, at in found:
        if name := _source_of(source, dataset):
            _add(tallies[name, day], [int(count) for count in counts])
            tallies[name, day].simulated |= bool(simulated)
            tallies[name, day].at.append(at.replace(tzinfo=UTC))
    return tallies


def _add(tally: Tally, counts: list[int]) -> None:
    runs, read, landed, aside, twice, marked, faults, beside = counts
    tally.runs, tally.read, tally.landed = tally.runs + runs, tally.read + read, tally.landed + landed
    tally.wrong, tally.repeated = tally.wrong + aside - twice, tally.repeated + twice
    tally.marked, tally.unlike = tally.marked + marked, tally.unlike + faults + beside
    tally.unlike_aside += faults


DAY = "CAST(landed_at + INTERVAL 7 HOUR AS DATE)"
"""The day of Việt Nam time a run landed on."""


def arrivals(since: date, span: Span) -> str:
    """SQL over `runs`: what came from a source or by hand on those days."""
    first = midnight(since).astimezone(UTC).replace(tzinfo=None)
    last = midnight(span.until + timedelta(days=1)).astimezone(UTC).replace(tzinfo=None)
    kinds = ", ".join(map(quoted, NOT_ARRIVALS))
    return (
        f"landed_at >= TIMESTAMP '{first}' AND landed_at < TIMESTAMP '{last}' AND digest NOT LIKE 'declared:%' "
        f"AND coalesce(kind, '') NOT IN ({kinds})"
    )


def _count(column: str, code: str) -> str:
    return f"coalesce(CAST(json_extract({column}, '$.\"{code}\"') AS BIGINT), 0)"


def _source_of(source: str, dataset: str) -> str:
    """The declared source of a run; of one by hand, the one that is declared for its dataset."""
    known = [s for s in declared().sources() if s.connector != "own" and s.dataset == dataset]
    if any(s.key == source for s in known):
        return source
    by_hand = sorted(known, key=lambda s: s.connector not in ("upload", "file"))
    return by_hand[0].key if by_hand and not source else ""


def _waiting(span: Span) -> dict[tuple[str, date], int]:
    """Rows set aside that were still open when each day ended."""
    now = f"TIMESTAMP '{span.now.astimezone(UTC):%Y-%m-%d %H:%M:%S}'"
    last = f"least(CAST(d.day AS TIMESTAMP) + INTERVAL 17 HOUR, {now})"
    with Writer() as writer:
        found = writer.sql(
            f"SELECT coalesce(u.source, ''), r.dataset, CAST(d.day AS DATE), count(*) FROM {lake_name('rejects')} r "
            f"JOIN {lake_name('runs')} u ON u.run = r.run "
            f"JOIN ({_days(span)}) d ON u.landed_at <= {last} "
            f"WHERE r.state = 'open' OR r.by_run >= strftime({last}, '%Y%m%d-%H%M%S') GROUP BY ALL"
        )
    waiting: dict[tuple[str, date], int] = defaultdict(int)
    for source, dataset, day, many in found:
        if name := _source_of(source, dataset):
            waiting[name, day] += int(many)
    return waiting


def _days(span: Span) -> str:
    return f"SELECT unnest(generate_series(DATE '{span.since}', DATE '{span.until}', INTERVAL 1 DAY)) AS day"
