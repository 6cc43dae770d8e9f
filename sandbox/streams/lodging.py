"""Lodging: the department of culture fills a workbook each morning, one line an establishment and day.

Volume: sixty establishments a day (a province of some 250; small ones report by month elsewhere), filled as officers
do: title rows, headings over two rows, a total row now and then, notes at the foot. Guests follow week-ends, Tết, the
festivals of February and the cool summer of Mẫu Sơn.
Never: an establishment that is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Book, Table
from sandbox.streams._people import codes, shares
from sandbox.streams._truth import tally
from sandbox.streams._when import at, growth, past, stretches

NAME = "luu-tru"
SOURCES = ("du-lich.luu-tru",)
OWN_FAULTS = frozenset({"new-column", "wrong-unit", "clock-wrong"})
HOUSES = 60
SENT = 8.25 * 3600  # the day before is sent at a quarter past eight
MONTHS = (1.0, 1.75, 1.35, 1.1, 1.05, 1.3, 1.35, 1.2, 0.95, 1.0, 0.95, 1.05)
KINDS = ("Khách sạn 4 sao", "Khách sạn 3 sao", "Khách sạn 1-2 sao", "Nhà nghỉ", "Homestay")
ROOMS, PRICE = (110, 62, 30, 14, 6), (1_150_000, 640_000, 380_000, 250_000, 300_000)
Row = tuple[str, str, str, int, int, int, int, int]
"""Code, name, commune, rooms, rooms sold, Vietnamese guests, foreign guests, takings in thousand đồng."""


@by_day(keep=8)
def plan(world: World, day: date) -> tuple[Row, ...]:
    """What each establishment had on a day."""
    fixed = world.rng(f"{NAME}-houses", date(2020, 1, 1))
    kind = fixed.choice(len(KINDS), HOUSES, p=[0.06, 0.14, 0.36, 0.26, 0.18])
    where = fixed.choice(codes(world), HOUSES, p=_where(world))
    rooms = np.maximum(4, np.array(ROOMS)[kind] * fixed.uniform(0.7, 1.4, HOUSES)).astype(int)
    rng = world.rng(NAME, day)
    full = np.clip(rng.normal(_full(world, day), 0.13, HOUSES), 0.02, 1)
    sold = np.round(rooms * full).astype(int)
    guests = np.round(sold * rng.uniform(1.35, 1.9, HOUSES)).astype(int)
    foreign = rng.binomial(guests, np.array([0.16, 0.11, 0.05, 0.02, 0.09])[kind])
    money = np.round(sold * np.array(PRICE)[kind] * rng.uniform(0.85, 1.25, HOUSES) / 1000).astype(int)
    return tuple(
        (
            f"LT{n + 1:03d}",
            f"{KINDS[kind[n]]} số {n + 1}",
            str(where[n]),
            int(rooms[n]),
            int(sold[n]),
            int(guests[n] - foreign[n]),
            int(foreign[n]),
            int(money[n]),
        )
        for n in range(HOUSES)
    )


def _where(world: World) -> np.ndarray:
    """Mostly in the town, at the border and on Mẫu Sơn."""
    more = {"05977": 4.0, "06187": 3.5, "05986": 2.0, "06184": 3.0, "06541": 9.0, "06325": 2.0, "06400": 3.0}
    weight = shares(world) * np.array([more.get(code, 0.35) for code in codes(world)])
    found: np.ndarray = weight / weight.sum()
    return found


def _full(world: World, day: date) -> float:
    sky = world.calendar.day(day)
    rest = 1.35 if day.weekday() in {4, 5} or not sky.working else 1.0
    usual = 0.4 * MONTHS[day.month - 1] * rest * min(growth(day, 0.09), 1.3)
    return min(0.93, usual * (0.6 if sky.storm else 1.0) * (1.25 if sky.tet else 1.0))


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The workbook of the day before, when its hour lies in (since, until]."""
    for day, start, end in stretches(since, until):
        if start < SENT <= end:
            about = day - timedelta(days=1)
            rows = plan(world, about)
            out.drop(NAME, f"LuuTru_{about:%d-%m-%Y}.xlsx", workbook(world, about))
            tally(out, SOURCES[0], about, len(rows), guests=float(sum(r[5] + r[6] for r in rows)))


def workbook(world: World, day: date) -> bytes:
    """The sheet as it is filled."""
    wrong = world.faults.active(NAME)
    shown = day - timedelta(days=365) if "clock-wrong" in wrong else day
    book = Book(at(day, SENT), "Lưu trú")
    last = 9 if "new-column" in wrong else 8
    book.merged(0, 0, last, "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH TỈNH LẠNG SƠN")
    book.merged(1, 0, last, f"BÁO CÁO TÌNH HÌNH KHÁCH LƯU TRÚ NGÀY {shown:%d/%m/%Y} (SỐ LIỆU MÔ PHỎNG)")
    for column, text in (
        (0, "Ngày"),
        (1, "Mã cơ sở"),
        (2, "Tên cơ sở"),
        (3, "Mã xã"),
        (4, "Số buồng"),
        (5, "Buồng đã bán"),
    ):
        book.merged(3, column, column, text, rows=2, head=True)
    book.merged(3, 6, 7, "Lượt khách", head=True)
    book.merged(4, 6, 6, "Nội địa", head=True)
    book.merged(4, 7, 7, "Quốc tế", head=True)
    book.merged(3, 8, 8, "Doanh thu (nghìn đồng)", rows=2, head=True)
    if "new-column" in wrong:
        book.merged(3, 9, 9, "Ghi chú", rows=2, head=True)
    rows = plan(world, day)
    for number, (code, name, commune, *counts, money) in enumerate(rows):
        takings = money * 1000 if "wrong-unit" in wrong else money
        book.line(5 + number, [f"{shown:%d/%m/%Y}", code, name, commune, *counts, takings])
    foot = 5 + len(rows)
    if day.day % 3 == 0:
        book.line(foot, ["Tổng cộng", "", "", "", *(sum(int(r[n]) for r in rows) for n in range(3, 8))])
        foot += 1
    book.notes(foot + 1, ["Ghi chú: số liệu do cơ sở lưu trú tự khai.", "Người lập biểu: (mô phỏng)"])
    return book.content()


def history(world: World, since: date, until: date, folder: Path) -> None:
    """The lines of the workbooks sent so far, as one table."""
    names = (
        "ngay",
        "ma_co_so",
        "ten_co_so",
        "ma_xa",
        "so_buong",
        "buong_da_ban",
        "khach_noi_dia",
        "khach_quoc_te",
        "doanh_thu",
    )
    with Table(folder, SOURCES[0], "luu-tru") as table:
        for day, end in past(since, until):
            if end >= SENT:
                about = day - timedelta(days=1)
                rows = [(about.isoformat(), *row) for row in plan(world, about)]
                table.add({name: [row[n] for row in rows] for n, name in enumerate(names)})
