"""`python -m sandbox.desk history`: two months of simulated reports of citizens with what became of each, as one CSV.

Shares by field, hours and week-days are like those a large city has told of its own 1022; the counts are scaled to a
province of 800,000. One outbreak is planted on the last whole day. Every draw comes from the seed: the same words give
the same file. Telephones begin with 0900, nobody in it exists. Never: sends anything, imports the centre.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sandbox.clock import VN
from sandbox.seasons import working

FOLDER = Path(__file__).parent
PER_DAY = 34.0
"""A city of ten million had 14,707 reports in a month (490 a day); a province of 800,000 has about a fourteenth."""
WEEK = (1.18, 1.1, 1.05, 1.05, 1.0, 0.7, 0.55)
HOURS = {
    "office": (0, 0, 0, 0, 0, 0, 0, 3, 9, 11, 10, 5, 1, 4, 9, 10, 7, 3, 1, 1, 1, 0, 0, 0),
    "day": (0, 0, 0, 0, 0, 1, 4, 7, 8, 8, 7, 6, 4, 4, 6, 7, 7, 8, 6, 5, 4, 2, 1, 0),
    "night": (2, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 11, 8, 4),
    "rush": (0, 0, 0, 0, 0, 1, 6, 10, 5, 2, 2, 4, 3, 2, 2, 3, 8, 11, 6, 3, 1, 1, 0, 0),
}
CHANNELS = {"phone": 38, "zalo": 20, "app": 14, "web": 12, "facebook": 8, "email": 3, "sms": 3, "desk": 2}
STREETS = (
    "đường Trần Đăng Ninh", "đường Bà Triệu", "đường Lê Lợi", "đường Hùng Vương", "đường Phai Vệ", "đường Bắc Sơn",
    "phố Minh Khai", "đường Nhị Thanh", "quốc lộ 1", "quốc lộ 4B", "thôn Nà Làng", "thôn Pò Mạch", "khu chợ trung tâm",
    "khu dân cư số 3", "đường liên thôn Nà Pàn",
)  # fmt: skip
SURNAMES = ("Hoàng", "Nông", "Lý", "Vi", "Triệu", "Hứa", "Lộc", "Chu", "Nguyễn", "Đinh")
NAMES = ("Thị Hạnh", "Văn Thắng", "Thu Hà", "Minh Đức", "Thị Lan", "Văn Sơn", "Ngọc Mai", "Quang Huy")
SLOW = {"mat-duong": 2.6, "xay-dung-khong-phep": 2.8, "cap-thoat-nuoc": 1.6, "tieng-on": 0.7, "rac-thai": 0.6}
OUTBREAK = ("rac-thai", "06187", 12)
"""What happens on the last whole day: category, commune, how many reports more than usual."""
PILE = ("Rác chất đống trước chợ Giếng Vuông, xe thu gom không đến từ hôm kia.",
        "Cả dãy phố ở {street} rác tràn ra lòng đường, mùi hôi thối không chịu được.",
        "Điểm tập kết rác gần chợ Giếng Vuông quá tải, nước rỉ chảy ra đường.")  # fmt: skip
REFUSED = "Nội dung không thuộc thẩm quyền tiếp nhận; đề nghị ông/bà gửi đơn theo quy định về khiếu nại."
COLUMNS = (
    "outside", "channel", "text", "sent_at", "category", "place", "lat", "lon", "address", "state", "assigned_at",
    "started_at", "resolved_at", "published_at", "closed_at", "due", "result", "rating", "rating_words", "rated_at",
    "duplicate_of", "more", "name", "phone", "urgent", "anonymous",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """A commune: where its people live."""

    code: str
    name: str
    lat: float
    lon: float
    radius_km: float


@dataclass
class Town:
    """What a history is drawn from."""

    rng: Random
    until: datetime
    spots: list[Spot] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


def town(seed: int, until: datetime) -> Town:
    made = Town(Random(seed), until)
    for row in _table("places.csv"):
        spot = Spot(row["code"], row["name"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]))
        made.spots.append(spot)
        made.weights.append(float(row["weight"]))
    made.kinds = _table("reports.csv")
    made.answers = {row["category"]: row["text"] for row in _table("answers.csv")}
    return made


def write(file: Path, days: int, until: datetime, seed: int = 20) -> int:
    """The reports of so many days before `until` as CSV, by the time sent; how many."""
    rows = sorted(reports(town(seed, until), days), key=lambda row: row["sent_at"])
    _duplicates(rows, Random(seed + 1))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
        out.writeheader()
        for number, row in enumerate(rows, 1):
            out.writerow({**row, "outside": row.get("outside") or f"MP-{number:05d}"})
    return len(rows)


def reports(where: Town, days: int) -> Iterator[Row]:
    """Every report of the days, the outbreak among them."""
    last = where.until.date()
    for back in range(days, -1, -1):
        day = last - timedelta(days=back)
        for _ in range(_poisson(where.rng, PER_DAY * WEEK[day.weekday()])):
            kind = where.rng.choices(where.kinds, [float(one["share"]) for one in where.kinds])[0]
            spot = where.rng.choices(where.spots, where.weights)[0]
            if row := _report(where, kind["category"], spot, _moment(where.rng, day, kind["hours"])):
                yield _told(where, row, kind["text"], spot)
    category, code, many = OUTBREAK
    spot = next(one for one in where.spots if one.code == code)
    for _ in range(many):
        at = _moment(where.rng, last - timedelta(days=1), "day")
        if row := _report(where, category, spot, at, slower=9.0):
            market = {"lat": 21.8452 + where.rng.gauss(0, 0.0012), "lon": 106.7618 + where.rng.gauss(0, 0.0012)}
            yield _told(where, {**row, **market}, where.rng.choice(PILE), spot)


def _report(where: Town, category: str, spot: Spot, at: datetime, *, slower: float = 1.0) -> Row | None:
    """One report and what became of it by `until`; None when it has not been sent yet."""
    if at >= where.until:
        return None
    away, turn = spot.radius_km * 0.7 * math.sqrt(where.rng.random()), where.rng.random() * 2 * math.pi
    row: Row = {
        "channel": where.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        "category": category,
        "place": spot.code,
        "sent_at": at,
        "urgent": "",
        "lat": spot.lat + away * math.sin(turn) / 111,
        "lon": spot.lon + away * math.cos(turn) / 103,
    }
    return {**row, **_life(where, category, at, slower)}


def _life(where: Town, category: str, at: datetime, slower: float) -> Row:
    """Moments that have come by now; the state where no moment tells it."""
    rng, until = where.rng, where.until
    fate = rng.random()
    assigned = at + timedelta(
        minutes=rng.choice((1, 2, 2, 3, 3, 4, 4, 5)) if rng.random() < 0.93 else rng.uniform(6, 90)
    )
    if fate < 0.028:
        closed = _office(at + timedelta(hours=rng.uniform(1, 20)))
        return {"state": "refused", "closed_at": closed, "result": REFUSED} if closed < until else {}
    if assigned >= until:
        return {}
    days = rng.lognormvariate(0.1, 0.75) * SLOW.get(category, 1.0) * slower
    started = _after(assigned, days * 0.25, rng)
    resolved = max(_after(assigned, days, rng), started + timedelta(minutes=rng.uniform(15, 90)))
    life: Row = {"assigned_at": assigned, "more": _between(rng, assigned, started, resolved, until)}
    if started < until:
        life["started_at"] = started
    if resolved >= until:
        return life
    life |= {"resolved_at": resolved, "result": where.answers.get(category, where.answers["*"])}
    after = _after_result(rng, resolved, until, open_=category != "an-ninh")
    return life | after | {"more": [*life["more"], *after.get("more", ())]}


def _between(rng: Random, assigned: datetime, started: datetime, resolved: datetime, until: datetime) -> list[Row]:
    """A question and its answer, or a later date, somewhere between start and end."""
    draw, middle = rng.random(), started + (resolved - started) / 3
    if resolved - started < timedelta(hours=3):
        return []
    if draw < 0.05:
        found: list[Row] = [
            {"act": "ask", "at": middle, "words": "Đề nghị ông/bà cho biết rõ vị trí, số nhà gần nhất."}
        ]
        found.append({"act": "supply", "at": middle + (resolved - middle) / 4, "words": "Gần cổng trường, cách 50 m."})
    elif draw < 0.08 and resolved - assigned > timedelta(days=6):
        later = _office(assigned + timedelta(days=10))
        found = [{"act": "extend", "at": middle, "words": "Chờ vật tư, xin lùi hạn.", "due": later}]
    else:
        return []
    return [one for one in found if one["at"] < until]


def _after_result(rng: Random, resolved: datetime, until: datetime, *, open_: bool) -> Row:
    life: Row = {}
    if rng.random() < 0.015 and resolved + timedelta(days=3) < until:
        return {"more": _again(rng, resolved)}
    published = _office(resolved + timedelta(hours=rng.uniform(1, 40)))
    if rng.random() < 0.85 and published < until and open_:
        life["published_at"] = published
    rated = resolved + timedelta(hours=rng.uniform(2, 60))
    if rng.random() < 0.38 and rated < until:
        rating = rng.choices((1, 2, 3), (8, 52, 40))[0]
        words = {1: "Làm chưa triệt để.", 2: "", 3: "Cảm ơn, xử lý nhanh."}[rating]
        life |= {"rating": rating, "rated_at": rated, "rating_words": words}
    return life


def _again(rng: Random, resolved: datetime) -> list[Row]:
    """Opened again by the sender the next day, and handled once more."""
    opened = resolved + timedelta(hours=rng.uniform(3, 30))
    begun = _office(opened + timedelta(hours=2))
    done = _office(begun + timedelta(hours=4))
    return [
        {"act": "reopen", "at": opened, "words": "Vẫn chưa xong hẳn, đề nghị làm lại."},
        {"act": "start", "at": begun},
        {"act": "finish", "at": done, "words": "Đã kiểm tra lại và làm dứt điểm."},
        {"act": "approve", "at": done + timedelta(minutes=20)},
    ]


def _told(where: Town, row: Row, text: str, spot: Spot) -> Row:
    """Its words and whoever sent it."""
    rng = where.rng
    street = rng.choice(STREETS)
    words = text.format(place=spot.name.replace("Phường", "phường").replace("Xã", "xã"), street=street)
    unsaid = row["channel"] != "phone" and rng.random() < 0.06
    row |= {
        "text": words[0].upper() + words[1:],
        "address": f"{street}, {spot.name}",
        "anonymous": "1" if unsaid else "",
    }
    if rng.random() < 0.2:
        row |= {"lat": "", "lon": ""}
    if not unsaid:
        row["name"] = f"{rng.choice(SURNAMES)} {rng.choice(NAMES)}"
        row["phone"] = f"0900{rng.randrange(10**6):06d}"
    return {name: _written(value) for name, value in row.items()}


def _duplicates(rows: list[Row], rng: Random) -> None:
    """Some reports are about what somebody reported shortly before in the same commune."""
    for number, row in enumerate(rows, 1):
        row["outside"] = f"MP-{number:05d}"
    for at, row in enumerate(rows):
        same = ("category", "place")
        near = [
            one for one in rows[max(0, at - 60) : at] if all(one[n] == row[n] for n in same) and not one.get("state")
        ]
        if (
            near
            and not row.get("state")
            and row.get("assigned_at")
            and rng.random() < 0.25
            and row["category"] != "rac-thai"
        ):
            kept = (
                "outside",
                "channel",
                "text",
                "sent_at",
                "category",
                "place",
                "lat",
                "lon",
                "address",
                "name",
                "phone",
            )
            told = {name: row.get(name, "") for name in (*kept, "anonymous")}
            row.clear()
            row |= {**told, "state": "merged", "duplicate_of": near[-1]["outside"], "closed_at": told["sent_at"]}


def _moment(rng: Random, day: date, hours: str) -> datetime:
    hour = rng.choices(range(24), HOURS[hours])[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), VN)


def _after(at: datetime, days: float, rng: Random) -> datetime:
    """So many working days later, in the hours an office works."""
    whole, part = int(days), days - int(days)
    day = at.date()
    while whole:
        day += timedelta(days=1)
        whole -= working(day)
    return _office(datetime.combine(day, at.timetz()) + timedelta(hours=8 * part + rng.uniform(0.2, 1.5)))


def _office(at: datetime) -> datetime:
    """The moment itself in working hours, else early on the next working day."""
    late = at.hour >= 17
    day = at.date() + timedelta(days=1) if late else at.date()
    if not late and at.hour >= 8 and working(day):
        return at
    while not working(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(8, at.minute, at.second), VN)


def _poisson(rng: Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, float):
        return f"{value:.5f}"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=_written) if value else ""
    return str(value)


def _table(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
