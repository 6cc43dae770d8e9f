"""Automatic monitoring: twelve stations (nine of air, three of water) that write TT 10/2021 files and publish by MQTT.

Volume: 99 series × 288 five-minute values a day = 28,512 lines in 3,456 files, and 142,560 messages a day at one a
minute, because that is what twelve stations of this make-up owe by circular (scale changes nothing: a station is there
or not). The stations are fictitious, the communes they stand in are real, one station to a commune.
Histories hold means, as the department's archive does.
Never: a value measured anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from sandbox.streams._air import bad_air
from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._truth import tally
from sandbox.streams._when import at, cold, past, plain, steps

NAME = "quan-trac"
OWN_FAULTS: frozenset[str] = frozenset()
SOURCES = ("moi-truong.quan-trac-tep", "moi-truong.quan-trac")
FILE_EVERY, MESSAGE_EVERY = 300, 60
MINUTES, CYCLES = 1440, 288
HOURLY, TELEMETRY = timedelta(days=90), timedelta(days=2)  # how long the department keeps means of an hour, of a minute


@dataclass(frozen=True)
class Station:
    code: str
    commune: str
    water: bool
    dirt: float  # how dirty its surroundings are, 1.0 as usual


@dataclass(frozen=True)
class Parameter:
    """`usual`: yearly mean; `winter`: swing by season; `rush`: swing by traffic; `sun`: swing by day and night."""

    code: str
    unit: str
    usual: float
    winter: float = 0.0
    rush: float = 0.0
    sun: float = 0.0
    noise: float = 0.08
    dirty: bool = True  # whether the station's surroundings and weather change it
    digits: int = 1


STATIONS = (
    Station("LSKK01", "05977", False, 1.15), Station("LSKK02", "06187", False, 1.1),
    Station("LSKK03", "05986", False, 0.95), Station("LSKK04", "06184", False, 1.3),
    Station("LSKK05", "06526", False, 1.35), Station("LSKK06", "06463", False, 1.2),
    Station("LSKK07", "06385", False, 1.25), Station("LSKK08", "06529", False, 0.9),
    Station("LSKK09", "06541", False, 0.5), Station("LSNM01", "05983", True, 1.2),
    Station("LSNM02", "06040", True, 0.9), Station("LSNM03", "06427", True, 1.0),
)  # fmt: skip
AIR = (
    Parameter("PM2.5", "µg/m3", 27.0, 0.55, 0.28),
    Parameter("PM10", "µg/m3", 48.0, 0.5, 0.3),
    Parameter("TSP", "µg/m3", 82.0, 0.4, 0.35),
    Parameter("NO2", "µg/m3", 21.0, 0.35, 0.45),
    Parameter("SO2", "µg/m3", 14.0, 0.3, 0.2),
    Parameter("CO", "µg/m3", 1150.0, 0.3, 0.35, digits=0),
    Parameter("O3", "µg/m3", 46.0, -0.3, -0.1, 0.55),
)
WATER = (
    Parameter("pH", "-", 7.2, noise=0.01, dirty=False, digits=2),
    Parameter("DO", "mg/L", 6.1, 0.1, 0.0, 0.08, dirty=False, digits=2),
    Parameter("TSS", "mg/L", 34.0, -0.3),
    Parameter("COD", "mg/L", 12.5, 0.1),
    Parameter("NH4", "mg/L", 0.28, 0.15, digits=3),
    Parameter("Temp", "oC", 22.5, -0.3, 0.0, 0.03, 0.01, dirty=False),
)
WEATHER = (
    Parameter("Temp", "oC", 21.8, -0.36, 0.0, 0.16, 0.02, dirty=False),
    Parameter("RH", "%", 79.0, -0.04, 0.0, -0.12, 0.02, dirty=False, digits=0),
)


@dataclass(frozen=True)
class Series:
    """One parameter at one station on one day: a value a minute, a status a five-minute cycle ("" = nothing came)."""

    station: Station
    parameter: Parameter
    values: np.ndarray
    status: np.ndarray


@by_day(4)
def plan(world: World, day: date) -> tuple[Series, ...]:
    """Everything the stations measure on a day."""
    rng = world.rng(NAME, day)
    weather = _weather(world, day)
    return tuple(
        Series(s, p, _values(world, day, s, p, (rng, weather)), _status(rng))
        for s in STATIONS
        for p in (WATER if s.water else AIR + WEATHER)
    )


def _weather(world: World, day: date) -> float:
    """Which way the air moves these days: one number for the province, told by five days together."""
    near = [float(world.rng(f"{NAME}-air", day - timedelta(days=n)).normal(0, 0.28)) for n in range(5)]
    return float(np.dot(near, (0.35, 0.3, 0.2, 0.1, 0.05))) * 2


def _values(
    world: World, day: date, station: Station, parameter: Parameter, drawn: tuple[np.random.Generator, float]
) -> np.ndarray:
    rng, weather = drawn
    hour = np.arange(MINUTES) / 60
    rush = np.exp(-(((hour - 7.8) / 1.6) ** 2)) + np.exp(-(((hour - 18.7) / 2.1) ** 2)) - 0.35
    sun = np.cos(2 * np.pi * (hour - 14) / 24)
    course = 1 + parameter.winter * cold(day) + parameter.rush * rush + parameter.sun * sun
    slow = np.interp(hour, np.arange(0, 25, 2), rng.normal(0, parameter.noise, 13))
    level = parameter.usual * course * (1 + slow) * (1 + rng.normal(0, parameter.noise / 4, MINUTES))
    if parameter.dirty:
        level *= station.dirt * np.exp(weather) * _event(world, day, station)
    made = np.round(np.clip(level, 0, None), parameter.digits)
    return np.minimum(made, 100.0) if parameter.unit == "%" else made


def _event(world: World, day: date, station: Station) -> float:
    """Storms wash the air and stir the water; still cold air keeps the dust."""
    sky = world.calendar.day(day)
    rain = min(sky.rain / 60, 1.5)
    if station.water:
        return 1 + 2.5 * rain
    return (1 - 0.35 * min(rain, 1)) * (1 + 1.3 * bad_air(world, day))


def _status(rng: np.random.Generator) -> np.ndarray:
    """00 nearly always; half an hour of calibration a week (01), now and then a broken sensor (02) or silence."""
    status = np.full(CYCLES, "00", dtype="U2")
    start = int(rng.integers(0, CYCLES - 6))
    luck = float(rng.random())
    if luck < 1 / 7:
        status[start : start + 6] = "01"
    elif luck < 0.165:
        status[start : start + int(rng.integers(6, 72))] = "02"
    elif luck < 0.18:
        status[start : start + int(rng.integers(3, 48))] = ""
    return status


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """Messages of every minute and files of every five minutes in (since, until]."""
    for moment in steps(since, until, MESSAGE_EVERY):
        _publish(world, moment, out)
        if moment.minute % 5 == 0:
            _drop(world, moment, out)


def _publish(world: World, moment: datetime, out: Out) -> None:
    minute = moment.hour * 60 + moment.minute
    sent = 0
    for series in plan(world, moment.date()):
        if status := str(series.status[minute // 5]):
            topic = f"quantrac/{series.station.code}/{series.parameter.code}"
            out.publish(topic, _message(series, float(series.values[minute]), moment, status))
            sent += 1
    tally(out, SOURCES[1], moment.date(), sent)


def _message(series: Series, value: float, moment: datetime, status: str) -> bytes:
    told = {
        "tram": series.station.code, "ma_xa": series.station.commune, "chi_so": series.parameter.code,
        "gia_tri": value, "don_vi": series.parameter.unit, "thoi_diem": moment.isoformat(),
        "ngay": moment.date().isoformat(), "trang_thai": status, "mo_phong": "sandbox",
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False).encode()


def _drop(world: World, moment: datetime, out: Out) -> None:
    """One file a station: the means of the five minutes that end at `moment`."""
    end = moment.hour * 60 + moment.minute
    day, last = (moment.date(), end) if end else (moment.date() - timedelta(days=1), MINUTES)
    shown = moment.strftime("%Y%m%d%H%M%S")
    for station in STATIONS:
        mine = [s for s in plan(world, day) if s.station is station and s.status[last // 5 - 1]]
        if mine:
            out.drop(NAME, f"{station.code}_{shown}.txt", "".join(_line(s, last, shown) for s in mine).encode())
        tally(out, SOURCES[0], moment.date(), len(mine))


def _line(series: Series, last: int, shown: str) -> str:
    value = round(float(series.values[last - 5 : last].mean()), series.parameter.digits)
    cells = (series.parameter.code, f"{value:g}", series.parameter.unit, shown, str(series.status[last // 5 - 1]))
    return "\t".join(cells) + "\r\n"


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Means of a day, of an hour for the last ninety days, and the last two days by the minute."""
    last = plain(until)
    with Table(folder, SOURCES[0], "trung-binh") as table:
        for day, end in past(since, until):
            table.add(_until(_means(world, day, 24 if last - day <= HOURLY else 1), day, end))
    with Table(folder, SOURCES[1], "theo-phut") as table:
        for day, end in past(max(plain(since), last - TELEMETRY), until):
            table.add(_until(_minutes(world, day), day, end))


def _until(block: dict[str, np.ndarray], day: date, end: float) -> dict[str, np.ndarray]:
    """Without what is not yet history."""
    known = block["thoi_diem"] < at(day, end).isoformat()
    return {name: column[known] for name, column in block.items()}


def _means(world: World, day: date, many: int) -> dict[str, np.ndarray]:
    """A day in `many` equal parts; a part measured well for less than three quarters bears the worst status."""
    made = plan(world, day)
    parts = (len(made), many, CYCLES // many)
    status = np.array([s.status for s in made]).reshape(parts)
    means = np.array([s.values for s in made]).reshape(*parts, 5).mean(axis=3)
    good = status == "00"
    count = good.sum(axis=2)
    mean = np.where(good, means, 0).sum(axis=2) / np.maximum(count, 1)
    bad = np.where((status == "02").any(axis=2), "02", "01")
    told = np.where(count >= 0.75 * parts[2], "00", bad)
    shown = np.where(count > 0, mean, means.mean(axis=2))
    heard = (status != "").sum(axis=2)
    block = _block(made, day, (np.round(shown, 3), told, heard > 0))
    return block | {"so_chu_ky": heard.ravel()[heard.ravel() > 0]}


def _minutes(world: World, day: date) -> dict[str, np.ndarray]:
    made = plan(world, day)
    status = np.array([np.repeat(s.status, 5) for s in made])
    return _block(made, day, (np.array([s.values for s in made]), status, status != ""))


def _block(made: tuple[Series, ...], day: date, found: tuple[np.ndarray, ...]) -> dict[str, np.ndarray]:
    """Series × moments (values, statuses, whether anything came) as columns, row by row."""
    values, status, heard = found
    many = values.shape[1]
    step = timedelta(days=1) / many
    start = datetime(day.year, day.month, day.day)
    moments = np.array([(start + n * step).isoformat() for n in range(many)])
    keep = heard.ravel()
    columns = {
        "tram": np.repeat([s.station.code for s in made], many),
        "chi_so": np.repeat([s.parameter.code for s in made], many),
        "gia_tri": np.char.mod("%g", values.ravel()),
        "don_vi": np.repeat([s.parameter.unit for s in made], many),
        "thoi_diem": np.tile(moments, len(made)),
        "trang_thai": status.ravel(),
    }
    return {name: column[keep] for name, column in columns.items()}
