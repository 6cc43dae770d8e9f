"""The digital border gate: trucks declared, waiting in the yard, through; read over REST while they move.

GET /cuakhauso/api/declarations?since=&state=&page=&size= (or after=) and GET /cuakhauso/api/yards. Volume at scale 1:
900 to 1,400 trucks a day over six gates, as the gates told in the press of 2024 and 2025 in ordinary weeks; fewer on
Sundays, nearly none in the three days of Tết, more fruit from April to July. A truck stands some hours in the yard,
longer in an inspection and in days of congestion.
Never: a truck that is: numbers of declarations and plates are made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._truth import tally
from sandbox.streams._when import DAY, at, days, growth, local, midnight, past

NAME = "cua-khau-so"
SOURCES = ("cua-khau-so.to-khai", "cua-khau-so.xe-qua", "cua-khau-so.ton-bai")
OWN_FAULTS: frozenset[str] = frozenset()
USUAL = 1190
LONGEST = 6  # days a truck may be on its way: so far back is looked for those in the yard
HOUR = 3600.0
STATES = ("PLANNED", "IN_YARD", "CUSTOMS_PROCESSING", "AT_BORDER_GATE", "COMPLETED")


@dataclass(frozen=True)
class Gate:
    code: str
    name: str
    share: float
    wait: float  # hours in the yard in an ordinary week


@dataclass(frozen=True)
class Goods:
    """`out`: leaves Việt Nam; `fruit`: more of it from April to July; `value`: thousand USD a truck."""

    code: str
    name: str
    out: bool
    share: float
    value: float
    fruit: float = 0.0


GATES = (
    Gate("CKHN", "Hữu Nghị", 0.43, 4.2), Gate("CKTT", "Tân Thanh", 0.28, 5.6), Gate("CKCN", "Cốc Nam", 0.09, 4.6),
    Gate("CKCM", "Chi Ma", 0.13, 3.8), Gate("CKNH", "Na Hình", 0.04, 3.2), Gate("GADD", "Ga Đồng Đăng", 0.03, 7.0),
)  # fmt: skip
GOODS = (
    Goods("trai-cay", "Trái cây tươi", True, 0.17, 38, 1.1), Goods("nong-san", "Nông sản khác", True, 0.07, 24, 0.2),
    Goods("thuy-san", "Thủy sản", True, 0.02, 46), Goods("dien-tu-xuat", "Linh kiện điện tử xuất", True, 0.07, 165),
    Goods("go-khoang", "Gỗ, khoáng sản", True, 0.03, 14), Goods("may-moc", "Máy móc, thiết bị", False, 0.17, 92),
    Goods("dien-tu-nhap", "Linh kiện điện tử nhập", False, 0.16, 148),
    Goods("may-mac", "Vải, phụ liệu", False, 0.13, 55),
    Goods("rau-cu", "Rau, củ, quả nhập", False, 0.07, 13), Goods("tieu-dung", "Hàng tiêu dùng", False, 0.08, 31),
    Goods("hoa-chat", "Hóa chất, phân bón", False, 0.03, 26),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The trucks declared on a day, in order of time. `times`: five rows, seconds since the day began of each state."""

    day: date
    gate: np.ndarray
    goods: np.ndarray
    value: np.ndarray  # USD
    tonnes: np.ndarray
    times: np.ndarray


@by_day(keep=16)
def plan(world: World, day: date) -> Plan:
    """Every truck declared on a day, with its whole way."""
    rng = world.rng(NAME, day)
    count = int(rng.poisson(USUAL * world.scale * _traffic(world, day)))
    fruit = max(0.0, 1 - abs((day.timetuple().tm_yday - 150) / 55))
    goods_shares = np.array([g.share * (1 + g.fruit * fruit) for g in GOODS])
    gate = rng.choice(len(GATES), count, p=[g.share for g in GATES])
    goods = rng.choice(len(GOODS), count, p=goods_shares / goods_shares.sum())
    value = np.array([g.value for g in GOODS])[goods] * rng.lognormal(-0.08, 0.4, count) * 1000
    begun = np.sort(rng.triangular(4.5, 9.5, 20, count) * HOUR)
    times = _way(rng, begun, np.array([g.wait for g in GATES])[gate] * _congestion(world, day))
    return Plan(day, gate, goods, np.round(value), np.round(rng.normal(19, 5, count).clip(2, 32), 1), times)


def _traffic(world: World, day: date) -> float:
    sky = world.calendar.day(day)
    if sky.tet:
        return 0.12
    return growth(day, 0.06) * (0.74 if day.weekday() == 6 else 1.04) * (0.8 if sky.storm else 1.0)


def _congestion(world: World, day: date) -> float:
    """1 in an ordinary week; some weeks the other side opens fewer lanes; before Tết all want to be through."""
    week = world.rng(f"{NAME}-week", date.fromordinal(day.toordinal() // 7 * 7))
    slow = float(week.uniform(1.6, 3.2)) if week.random() < 0.14 else 1.0
    before_tet = any(world.calendar.day(day + timedelta(days=n)).tet for n in (6, 10, 14))
    return slow * (1.7 if before_tet else 1.0)


def _way(rng: np.random.Generator, begun: np.ndarray, wait: np.ndarray) -> np.ndarray:
    """Declared, in the yard, at customs, at the border guard, through. Who is late for the gate waits for morning."""
    count = len(begun)
    yard = begun + rng.lognormal(0.4, 0.5, count) * HOUR
    inspected = rng.random(count) < 0.03
    customs = yard + wait * rng.lognormal(-0.12, 0.5, count) * HOUR * 0.7
    guard = customs + (wait * 0.2 * rng.lognormal(0, 0.3, count) + inspected * 14) * HOUR
    through = guard + rng.uniform(0.2, 0.8, count) * HOUR
    shut = (through % DAY > 21.5 * HOUR) | (through % DAY < 6.5 * HOUR)
    morning = (np.floor((through + 2.5 * HOUR) / DAY) * DAY) + (6.5 + rng.uniform(0, 3, count)) * HOUR
    through = np.where(shut, np.maximum(morning, guard + 600), through)
    return np.stack([begun, yard, customs, np.minimum(guard, through - 300), through])


def near(world: World, moment: datetime) -> Iterator[tuple[Plan, float]]:
    """The plans of the days a truck on its way at `moment` may have been declared, with the moment in their seconds."""
    for day in days(moment.date() - timedelta(days=LONGEST), moment.date() + timedelta(days=1)):
        yield plan(world, day), (moment - midnight(day)).total_seconds()


def moved(world: World, since: datetime, until: datetime, state: str = "") -> list[tuple[datetime, Plan, int, int]]:
    """(when, plan, truck, state reached) of every truck whose last step by `until` came after `since`; oldest first."""
    found = []
    for day in days(since.date() - timedelta(days=LONGEST), until.date() + timedelta(days=1)):
        made, begun = plan(world, day), midnight(day)
        reached = (made.times <= (until - begun).total_seconds()).sum(axis=0) - 1
        when = made.times[np.maximum(reached, 0), np.arange(made.times.shape[1])]
        chosen = (reached >= 0) & (when > (since - begun).total_seconds())
        if state in STATES:
            chosen &= reached == STATES.index(state)
        found += [(at(day, int(when[n])), made, int(n), int(reached[n])) for n in np.flatnonzero(chosen)]
    return sorted(found, key=lambda step: (step[0], step[1].day, step[2]))


def declared(step: tuple[datetime, Plan, int, int]) -> dict[str, Any]:
    """A truck as the API tells it."""
    when, made, number, reached = step
    goods, gate = GOODS[made.goods[number]], GATES[made.gate[number]]
    times = [at(made.day, int(s)).isoformat() if n <= reached else None for n, s in enumerate(made.times[:, number])]
    stay = (made.times[4, number] - made.times[1, number]) / 60 if reached == 4 else None
    return {
        "numberOfDeclaration": f"{made.day:%Y%m%d}{number + 1:05d}", "createDate": times[0],
        "updateDate": when.isoformat(), "type": "EXPORT" if goods.out else "IMPORT",
        "gate": {"code": gate.code, "name": gate.name}, "goodsGroup": {"code": goods.code, "name": goods.name},
        "grossWeight": float(made.tonnes[number]), "declaredValue": float(made.value[number]), "currency": "USD",
        "vehicleNationalityType": "VN" if goods.out else "CN",
        "licencePlate": f"{'12C' if goods.out else '桂F'}-{made.day.day * 977 + number * 13:05d}"[:10],
        "state": STATES[reached], "confirmInParkingCustoms": times[1], "confirmArrivalVehicleCustomsTime": times[2],
        "checkBorderGuardTime": times[3], "confirmOutParkingBorderGuard": times[4],
        "dwellMinutes": None if stay is None else round(float(stay)), "simulated": "sandbox",
    }  # fmt: skip


def standing(world: World, moment: datetime) -> np.ndarray:
    """Trucks in the yards at a moment, gates × goods."""
    found = np.zeros((len(GATES), len(GOODS)), dtype=int)
    for made, second in near(world, moment):
        inside = (made.times[1] <= second) & (second < made.times[4])
        np.add.at(found, (made.gate[inside], made.goods[inside]), 1)
    return found


def yards(world: World, moment: datetime) -> list[dict[str, Any]]:
    """The yards as the API tells them: every gate and group, also those with none."""
    found = standing(world, moment)
    return [
        {
            "date": moment.date().isoformat(), "time": moment.isoformat(timespec="seconds"),
            "gate": {"code": gate.code, "name": gate.name}, "goodsGroup": {"code": goods.code, "name": goods.name},
            "type": "EXPORT" if goods.out else "IMPORT", "waiting": int(found[g, n]),
        }
        for g, gate in enumerate(GATES) for n, goods in enumerate(GOODS)
    ]  # fmt: skip


def routes(world: World) -> list[BaseRoute]:
    """The API's two addresses."""

    async def declarations(request: Request) -> JSONResponse:
        return JSONResponse(_page(world, dict(request.query_params)))

    async def stock(request: Request) -> JSONResponse:
        return JSONResponse({"simulated": "sandbox", "data": yards(world, local(world.now()))})

    return [Route("/cuakhauso/api/declarations", declarations), Route("/cuakhauso/api/yards", stock)]


def _page(world: World, asked: dict[str, str]) -> dict[str, Any]:
    """A page of what moved since; `after` (the `next` of the page before) holds its place while trucks move on."""
    now = local(world.now())
    since = local(datetime.fromisoformat(asked["since"])) if asked.get("since") else now - timedelta(days=1)
    size, number = min(int(asked.get("size") or 200), 1000), max(int(asked.get("page") or 1), 1)
    steps = moved(world, max(since, now - timedelta(days=60)), now, asked.get("state", ""))
    if asked.get("after"):
        steps = [step for step in steps if _place(step) > asked["after"]]
    chosen = steps[(number - 1) * size : number * size]
    following = _place(chosen[-1]) if number * size < len(steps) else None
    return {
        "simulated": "sandbox", "page": number, "size": size, "total": len(steps), "next": following,
        "data": [declared(step) for step in chosen],
    }  # fmt: skip


def _place(step: tuple[datetime, Plan, int, int]) -> str:
    return f"{step[0].isoformat()}|{step[1].day.isoformat()}|{step[2]:05d}"


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """Nothing is sent: the gate is asked. What happened is counted."""
    for made, end in near(world, local(until)):
        start = end - (until - since).total_seconds()
        for source, times in ((SOURCES[0], made.times[0]), (SOURCES[1], made.times[4])):
            chosen = (start < times) & (times <= end)
            tally(out, source, local(until).date(), int(chosen.sum()), value=float(made.value[chosen].sum()))


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Trucks declared, trucks through, and the yards at the end of every day."""
    with Table(folder, SOURCES[0], "to-khai") as table, Table(folder, SOURCES[1], "xe-qua") as through:
        for day, last in past(since, until):
            block = _declared(world, day, last)
            table.add(block)
            through.add(_through(block))
    with Table(folder, SOURCES[2], "ton-bai") as table:
        for day, last in past(since, until):
            table.add(_stock(world, at(day, min(DAY - 1, last))))


def _declared(world: World, day: date, last: float) -> dict[str, np.ndarray]:
    """A day's trucks as they stand so many seconds after it began."""
    made = plan(world, day)
    reached = (made.times <= last).sum(axis=0) - 1
    known = np.flatnonzero(reached >= 0)
    start = np.datetime64(midnight(day), "s")
    times = np.where(made.times <= last, start + made.times.astype("timedelta64[s]"), np.datetime64("NaT"))
    stay = np.where(reached == 4, np.round((made.times[4] - made.times[1]) / 60), np.nan)
    gates, goods = np.array([(g.code, g.name) for g in GATES]), np.array([(g.code, g.name) for g in GOODS])
    columns = {
        "numberOfDeclaration": np.array([f"{day:%Y%m%d}{n + 1:05d}" for n in range(len(reached))], dtype=str),
        "createDate": times[0], "type": np.where([g.out for g in GOODS], "EXPORT", "IMPORT")[made.goods],
        "gate.code": gates[made.gate, 0], "gate.name": gates[made.gate, 1], "goodsGroup.name": goods[made.goods, 1],
        "grossWeight": made.tonnes, "declaredValue": made.value, "state": np.array(STATES)[reached],
        "confirmInParkingCustoms": times[1], "confirmOutParkingBorderGuard": times[4], "dwellMinutes": stay,
    }  # fmt: skip
    return {name: column[known] for name, column in columns.items()}


def _through(block: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    done = block["state"] == STATES[4]
    return {name: column[done] for name, column in block.items()}


def _stock(world: World, moment: datetime) -> dict[str, list[Any]]:
    rows = yards(world, moment)
    return {
        "date": [r["date"] for r in rows], "time": [r["time"] for r in rows],
        "gate.code": [r["gate"]["code"] for r in rows], "gate.name": [r["gate"]["name"] for r in rows],
        "goodsGroup.name": [r["goodsGroup"]["name"] for r in rows], "type": [r["type"] for r in rows],
        "waiting": [r["waiting"] for r in rows],
    }  # fmt: skip
