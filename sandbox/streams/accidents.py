"""Road accidents: the traffic police's workbook of the week, one line an accident, sent on Monday morning.

Volume: about three accidents a week in 2025 as such provinces tell (some 150 a year), a third with a death; more at
Tết, on wet days, at week-ends and in the evening, mostly on National Road 1, 4A, 4B and 1B.
Never: an accident that happened.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Book, Table, rows_to_columns
from sandbox.streams._truth import tally
from sandbox.streams._when import at, days, growth, past, stretches

NAME = "tai-nan"
SOURCES = ("giao-thong.tai-nan",)
OWN_FAULTS = frozenset({"new-column", "wrong-unit", "clock-wrong"})
USUAL = 0.52
SENT = 8.5 * 3600
ROADS = (
    ("Quốc lộ 1", "Quốc lộ", ("06385", "06463", "05977", "06184", "06475")),
    ("Quốc lộ 4A", "Quốc lộ", ("06124", "06040", "06172")),
    ("Quốc lộ 4B", "Quốc lộ", ("06529", "06613", "06526")),
    ("Quốc lộ 1B", "Quốc lộ", ("06253", "06325", "06349")),
    ("Quốc lộ 279", "Quốc lộ", ("06112", "06115")),
    ("Đường tỉnh 242", "Đường tỉnh", ("06415", "06436")),
    ("Đường Trần Đăng Ninh", "Đường đô thị", ("05986",)),
    ("Đường Bà Triệu", "Đường đô thị", ("05983",)),
    ("Đường liên xã", "Đường xã", ("06391", "06400", "06280")),
)
CAUSES = (
    "Không giữ khoảng cách an toàn",
    "Đi không đúng phần đường",
    "Vượt sai quy định",
    "Không nhường đường",
    "Vi phạm nồng độ cồn",
    "Vi phạm tốc độ",
    "Người đi bộ qua đường",
)
VEHICLES = ("Mô tô", "Ô tô con", "Ô tô tải", "Ô tô khách", "Xe đạp điện")
HEADS = (
    "STT",
    "Ngày xảy ra",
    "Giờ",
    "Mã xã",
    "Tuyến đường",
    "Loại đường",
    "Phương tiện",
    "Nguyên nhân",
    "Số người chết",
    "Số người bị thương",
    "Có nồng độ cồn",
)


@by_day(keep=20)
def plan(world: World, day: date) -> tuple[dict[str, object], ...]:
    """The accidents of a day."""
    rng = world.rng(NAME, day)
    sky = world.calendar.day(day)
    busy = (1.9 if sky.tet else 1.0) * (1.25 if sky.rain > 20 else 1.0) * (1.3 if day.weekday() >= 5 else 1.0)
    found = []
    for number in range(int(rng.poisson(USUAL * world.scale * busy / growth(day, 0.07)))):
        road, kind, places = ROADS[
            int(rng.choice(len(ROADS), p=[0.34, 0.13, 0.12, 0.11, 0.06, 0.07, 0.07, 0.05, 0.05]))
        ]
        dead = int(rng.choice([0, 1, 2, 4], p=[0.62, 0.335, 0.04, 0.005]))
        minute = int(rng.normal(18.5, 5) * 60) % 1440
        found.append(
            {
                "ma_vu": f"TN{day:%y%m%d}{number + 1:02d}",
                "ngay": day,
                "gio": f"{minute // 60:02d}:{minute % 60:02d}",
                "ma_xa": str(rng.choice(places)),
                "tuyen": road,
                "loai_duong": kind,
                "phuong_tien": str(rng.choice(VEHICLES, p=[0.58, 0.16, 0.18, 0.03, 0.05])),
                "nguyen_nhan": str(rng.choice(CAUSES)),
                "chet": dead,
                "bi_thuong": int(rng.poisson(0.8 if dead else 1.3)) + (0 if dead else 1),
                "con": "Có" if rng.random() < 0.12 else "Không",
            }
        )
    return tuple(found)


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The workbook of the week before, on Monday morning."""
    for day, start, end in stretches(since, until):
        if day.weekday() == 0 and start < SENT <= end:
            monday = day - timedelta(days=7)
            out.drop(NAME, f"TNGT_tuan_{monday:%d%m%Y}.xlsx", workbook(world, monday))
            for about in days(monday, day):
                tally(
                    out,
                    SOURCES[0],
                    about,
                    len(plan(world, about)),
                    dead=float(sum(int(str(a["chet"])) for a in plan(world, about))),
                )


def workbook(world: World, monday: date) -> bytes:
    """The week as the traffic police write it."""
    wrong = world.faults.active(NAME)
    back = timedelta(days=365 if "clock-wrong" in wrong else 0)
    book = Book(at(monday + timedelta(days=7), SENT), "TNGT")
    book.merged(0, 0, 11, "CÔNG AN TỈNH LẠNG SƠN - PHÒNG CẢNH SÁT GIAO THÔNG")
    book.merged(
        1, 0, 11, f"TAI NẠN GIAO THÔNG TUẦN {monday:%d/%m/%Y} - {monday + timedelta(days=6):%d/%m/%Y} (MÔ PHỎNG)"
    )
    for column, text in enumerate(("Mã vụ", *HEADS[1:], *(["Ghi chú"] if "new-column" in wrong else []))):
        book.merged(3, column, column, text, head=True)
    rows = [a for day in days(monday, monday + timedelta(days=7)) for a in plan(world, day)]
    for number, row in enumerate(rows):
        day = row["ngay"]
        assert isinstance(day, date)
        book.line(4 + number, [row["ma_vu"], f"{day - back:%d/%m/%Y}", *list(row.values())[2:]])
    if monday.day > 15:
        book.line(
            4 + len(rows), ["Cộng", *[""] * 7, *(sum(int(str(r[k])) for r in rows) for k in ("chet", "bi_thuong"))]
        )
    book.notes(6 + len(rows), ["Ghi chú: số liệu sơ bộ, có thể thay đổi theo kết quả điều tra."])
    return book.content()


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Every accident of the weeks already sent."""
    with Table(folder, SOURCES[0], "tai-nan") as table:
        for day, end in past(since, until):
            if day.weekday() == 0 and end >= SENT:
                for about in days(day - timedelta(days=7), day):
                    table.add(rows_to_columns(plan(world, about)))
