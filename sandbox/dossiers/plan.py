"""The dossiers handed in on one day, each with its whole life. A function of seed and day.

Figures (README.md says where they come from): 410,000 a year at scale 1, three of a thousand late, eight of a
hundred asked for papers, online share from 35 to 70 % within two years.
Columns are arrays of one length; a time is seconds since 1970 (UTC), NEVER where the thing does not happen.
Never: says what is known of a dossier at a moment (states does).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.clock import midnight
from sandbox.dossiers.catalogue import procedures, unit_numbers, units
from sandbox.dossiers.working import A_DAY, Ints, closing, day_number, moments, places
from sandbox.world import World

STREAM = "dich-vu-cong"
NEVER = np.int64(1) << 40
A_YEAR = 410_000
DIRECT, ONLINE, POST = 1, 2, 3
OF_WEEKDAY = (1.18, 1.06, 1.0, 1.0, 0.98)
CLOSED = 0.07  # of a usual day: only online, on week-ends and days off
MEAN_DAY = 251 / 365 * 1.024 + 114 / 365 * CLOSED
ASKED, ASKED_TWICE, REFUSED, WITHDRAWN, STOPPED, LATE = 0.08, 0.0008, 0.015, 0.006, 0.003, 0.0016
FIRST_ONLINE, LAST_ONLINE = date(2024, 11, 22), date(2026, 11, 22)

Columns = dict[str, Ints]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Tables:
    """Procedures as arrays, and the unit each may go to."""

    weight: Floats
    time: Ints
    in_hours: NDArray[np.bool_]
    fee: Ints
    whole: NDArray[np.bool_]
    unit: Ints  # of a department's procedure; -1 for the communes'


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    every = procedures()
    weight = np.array([p.weight for p in every])
    numbers = unit_numbers()
    return _Tables(
        weight / weight.sum(),
        np.array([p.time for p in every], dtype=np.int64),
        np.array([p.in_hours for p in every]),
        np.array([p.fee for p in every], dtype=np.int64),
        np.array([p.level == "toan-trinh" for p in every]),
        np.array([numbers.get(p.where, -1) for p in every], dtype=np.int64),
    )


def online_share(day: date) -> float:
    """35 % two years before the end of 2026, 70 % at its end; flat outside."""
    through = (day - FIRST_ONLINE).days / (LAST_ONLINE - FIRST_ONLINE).days
    return 0.35 + 0.35 * min(max(through, 0.0), 1.0)


def volume(world: World, day: date) -> float:
    """How many dossiers are expected on a day."""
    facts = world.calendar.day(day)
    factor = OF_WEEKDAY[day.weekday()] if facts.working else CLOSED * (0.3 if facts.tet else 1.0)
    return world.scale * A_YEAR / 365 / MEAN_DAY * factor * (1 - 0.4 * (facts.storm.strength if facts.storm else 0.0))


def day_of(world: World, day: date) -> Columns:
    """Every dossier handed in on the day, in the order of its hour, numbered within its unit."""
    rng = world.rng(STREAM, day)
    size = int(rng.poisson(volume(world, day)))
    made = _asked_for(world, day, rng, size)
    made |= _life(rng, made)
    order = np.argsort(made["nop"], kind="stable")
    made = {name: column[order] for name, column in made.items()}
    made["so"] = _numbered(made["don_vi"])
    made["ngay"] = np.full(size, day.toordinal(), dtype=np.int64)
    return made


def _numbered(unit: Ints) -> Ints:
    """1, 2, 3 … within each unit, in the order given."""
    order = np.argsort(unit, kind="stable")
    sorted_ = unit[order]
    starts = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]]) if len(unit) else np.array([], dtype=np.int64)
    within = np.arange(len(unit)) - np.repeat(starts, np.diff(np.r_[starts, len(unit)]))
    result = np.empty(len(unit), dtype=np.int64)
    result[order] = within + 1
    return result


def _asked_for(world: World, day: date, rng: np.random.Generator, size: int) -> Columns:
    """Who asks whom for what, by which channel, and when."""
    tables = _tables()
    what = rng.choice(len(tables.weight), size=size, p=tables.weight)
    unit = tables.unit[what]
    first = next(n for n, u in enumerate(units()) if u.kind == "xa")
    people = np.array([c.people for c in world.communes], dtype=np.float64)
    unit = np.where(unit < 0, first + rng.choice(len(people), size=size, p=people / people.sum()), unit)
    open_ = world.calendar.day(day).working
    ease = np.where(tables.whole[what], 1.12, 0.86)
    online = (rng.random(size) < online_share(day) * ease) | (not open_)
    channel = np.where(online, ONLINE, np.where(rng.random(size) < 0.04, POST, DIRECT))
    vneid = rng.random(size) < 0.88
    fee = tables.fee[what]
    how = rng.random(size)
    paid = np.where((fee > 0) & online, np.where(how < 0.62, 1, np.where(how < 0.85, 2, 0)), 0)
    return {
        "don_vi": unit, "tthc": what, "kenh": channel, "nop": _hour(rng, day, online),
        "doi_tuong": np.where(rng.random(size) < np.where(unit < first, 0.25, 0.06), 2, 1),
        "nguoi": rng.integers(0, 1 << 40, size=size),
        "vneid": np.where(online, vneid, rng.random(size) < 0.25).astype(np.int64),
        "thanh_toan": paid, "so_hoa": (rng.random(size) < 0.55 + 0.35 * online).astype(np.int64), "phi": fee,
    }  # fmt: skip


def _hour(rng: np.random.Generator, day: date, online: NDArray[np.bool_]) -> Ints:
    """When it was handed in: at the counter in office hours, online at any hour with a crest in the evening."""
    size = len(online)
    desk = rng.beta(1.7, 1.9, size) * (A_DAY - 600)
    clock = np.where(desk < 14400, 27000 + desk, 48600 + desk - 14400)
    crest = rng.choice([9.5, 15.0, 20.5], size=size, p=[0.42, 0.33, 0.25])
    screen = np.clip(rng.normal(crest, 1.9, size) % 24 * 3600, 0, 86399)
    result: Ints = midnight(day) + np.where(online, screen, clock).astype(np.int64)
    return result


def _life(rng: np.random.Generator, made: Columns) -> Columns:
    """Received, begun, asked for papers, asked to pay, ended, handed over: all in working time, all in order."""
    size, tables = len(made["nop"]), _tables()
    online, time = made["kenh"] == ONLINE, tables.time[made["tthc"]]
    hours = tables.in_hours[made["tthc"]]
    wait = np.where(online, rng.exponential(2400, size), 0).astype(np.int64)
    received = places(made["nop"]) + wait
    last = day_number(received) + np.where(hours, 0, time)
    late = rng.random(size) < LATE
    ended = _ended(rng, received, last, time, hours) + np.where(late, _delay(rng, received, last), 0)
    pause = rng.exponential(5000 * np.sqrt(time), size)
    begun = received + np.clip(pause, 120, 0.25 * (ended - received)).astype(np.int64)
    papers, back, ended = _papers(rng, (begun, ended, last), ~late & ~hours & (time >= 3))
    pay = _money(rng, (back, ended), (made["phi"] > 0) & (made["thanh_toan"] == 0) & ~hours & (time >= 10))
    over = np.where(rng.random(size) < 0.5, rng.exponential(0.25, size), rng.exponential(1.5, size)) * A_DAY
    handed = ended + np.where(
        online & tables.whole[made["tthc"]], rng.integers(60, 900, size), over.astype(np.int64) + 60
    )
    due = np.where(hours, NEVER, closing(day_number(received) + time))
    plan = {
        "tiep_nhan": moments(received), "xu_ly": moments(begun), "hen_dau": due, "ket_thuc": moments(ended),
        "tra": moments(handed), **papers, **pay,
    }  # fmt: skip
    return _ends(rng, plan, online)


def _ended(rng: np.random.Generator, received: Ints, last: Ints, time: Ints, hours: NDArray[np.bool_]) -> Ints:
    """Within the time: most use most of it. What is counted in hours is done at the counter."""
    room = (last + 1) * A_DAY - received
    used = np.where(time <= 3, rng.beta(2.2, 1.8, len(time)), rng.beta(9.0, 1.5, len(time)))
    quick = rng.integers(1500, 3600, len(time))
    result: Ints = received + np.where(hours, quick, np.maximum((room * used * 0.985).astype(np.int64), 1500))
    return result


def _delay(rng: np.random.Generator, received: Ints, last: Ints) -> Ints:
    """Past the promised day, by an hour to some weeks."""
    room = (last + 1) * A_DAY - received
    result: Ints = room + 3600 + rng.exponential(7.5 * A_DAY, len(last)).astype(np.int64) + A_DAY
    return result


def _papers(rng: np.random.Generator, line: tuple[Ints, Ints, Ints], may: Any) -> tuple[Columns, Ints, Ints]:
    """Requests for papers: the citizen takes whole working days, and the promise moves by as many.

    `line`: begun, ended, promised working day. Gives the columns, when the last papers were there, the moved end.
    """
    begun, ended, promised = line
    size = len(ended)
    dice = rng.random(size)
    once, twice = may & (dice < ASKED * 1.9), may & (dice < ASKED_TWICE * 1.9)
    first = begun + (0.3 * (ended - begun)).astype(np.int64)
    days = np.where(once, 1 + rng.exponential(14, size).astype(np.int64), 0)
    first_back, ended = first + days * A_DAY, ended + days * A_DAY
    second = first_back + (0.4 * (ended - first_back)).astype(np.int64)
    more = np.where(twice, 1 + rng.exponential(4, size).astype(np.int64), 0)
    second_back, ended = second + more * A_DAY, ended + more * A_DAY
    told: Columns = {
        "bo_sung_1": np.where(once, moments(first), NEVER),
        "da_bo_sung_1": np.where(once, moments(first_back), NEVER),
        "hen_1": np.where(once, closing(promised + days), NEVER),
        "bo_sung_2": np.where(twice, moments(second), NEVER),
        "da_bo_sung_2": np.where(twice, moments(second_back), NEVER),
        "hen_2": np.where(twice, closing(promised + days + more), NEVER),
    }
    return told, np.where(twice, second_back, np.where(once, first_back, begun)), ended


def _money(rng: np.random.Generator, line: tuple[Ints, Ints], owing: NDArray[np.bool_]) -> Columns:
    """A notice to pay that comes late in the work, and the payment."""
    back, ended = line
    room = ended - back
    asked = back + (room * rng.uniform(0.55, 0.75, len(back))).astype(np.int64)
    paid = asked + (room * rng.uniform(0.05, 0.2, len(back))).astype(np.int64)
    owes = owing & (room > 3 * 3600)
    return {"nop_tien": np.where(owes, moments(asked), NEVER), "da_nop_tien": np.where(owes, moments(paid), NEVER)}


def _ends(rng: np.random.Generator, plan: Columns, online: NDArray[np.bool_]) -> Columns:
    """How it ends: 9 then 10, or 7, 8 on the way, or 3 at the door. What would have come afterwards never comes."""
    size = len(online)
    dice = rng.random(size)
    refused = online & (dice < REFUSED)
    cut = (
        ~refused & (rng.random(size) < WITHDRAWN + STOPPED) & (plan["bo_sung_1"] == NEVER) & (plan["nop_tien"] == NEVER)
    )
    result = np.where(refused, 3, np.where(cut, np.where(rng.random(size) < 0.67, 7, 8), 9))
    early = plan["xu_ly"] + ((plan["ket_thuc"] - plan["xu_ly"]) * rng.uniform(0.1, 0.9, size)).astype(np.int64)
    plan["ket_thuc"] = np.where(refused, plan["tiep_nhan"], np.where(cut, moments(places(early)), plan["ket_thuc"]))
    plan["tra"] = np.where(result == 9, plan["tra"], NEVER)
    for name in plan.keys() - {"ket_thuc", "tra"}:
        plan[name] = np.where(refused, NEVER, plan[name])
    plan["ket_qua"] = result.astype(np.int64)
    return plan
