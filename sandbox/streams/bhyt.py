"""Hospitals: XML envelopes of insured care (QĐ 130/QĐ-BYT, amended by 4750), dropped three times a day by each.

Volume at scale 1: about 3,000 visits a day over fourteen establishments. Insured people come to care about twice a year
(published national totals of recent years), which for some 800,000 people is near 4,400 a day; a good third of it falls
to stations of communes, which send through another way and are not played here. More in cold weeks and in outbreaks.
Never: a real patient; names, cards and numbers are invented.
"""

from __future__ import annotations

import base64
import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from sandbox.dossiers.people import person
from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._people import codes, shares
from sandbox.streams._truth import tally
from sandbox.streams._when import DAY, at, cold, growth, midnight, past, stretches

NAME = "bhyt"
SOURCES = ("y-te.luot-kham",)
OWN_FAULTS: frozenset[str] = frozenset()
USUAL = 3150
SENDINGS = (11.5, 17.0, 22.0)  # hours of the day an establishment sends what was closed since the last time
WEEK = (1.24, 1.14, 1.1, 1.08, 1.06, 0.62, 0.42)
SEASONS = {"cold": 1.0, "hot": -1.0, "dry": 0.6, "flat": 0.0}
OUTPATIENT = ("01", "02", "05", "07", "08")
KINDS = (0.66, 0.06, 0.18, 0.04, 0.06)


@dataclass(frozen=True)
class Facility:
    code: str
    name: str
    commune: str
    share: float
    inpatient: float  # times the usual share of admissions


@dataclass(frozen=True)
class Disease:
    code: str
    weight: float
    season: str
    swing: float
    inpatient: float
    days: float
    young: int
    old: int
    outbreak: str


FACILITIES = (
    Facility("20001", "Bệnh viện Đa khoa tỉnh", "06187", 0.24, 1.7),
    Facility("20002", "Bệnh viện Sản - Nhi tỉnh", "05977", 0.09, 1.5),
    Facility("20003", "Bệnh viện Phổi tỉnh", "05986", 0.03, 1.6),
    Facility("20004", "Bệnh viện Y học cổ truyền tỉnh", "05983", 0.05, 1.2),
    Facility("20011", "Trung tâm Y tế Cao Lộc", "06184", 0.08, 0.7),
    Facility("20012", "Trung tâm Y tế Văn Lãng", "06124", 0.05, 0.7),
    Facility("20013", "Trung tâm Y tế Tràng Định", "06040", 0.06, 0.8),
    Facility("20014", "Trung tâm Y tế Bình Gia", "06112", 0.05, 0.7),
    Facility("20015", "Trung tâm Y tế Bắc Sơn", "06325", 0.06, 0.8),
    Facility("20016", "Trung tâm Y tế Văn Quan", "06253", 0.05, 0.7),
    Facility("20017", "Trung tâm Y tế Chi Lăng", "06463", 0.07, 0.8),
    Facility("20018", "Trung tâm Y tế Hữu Lũng", "06385", 0.09, 0.9),
    Facility("20019", "Trung tâm Y tế Lộc Bình", "06529", 0.06, 0.8),
    Facility("20020", "Trung tâm Y tế Đình Lập", "06613", 0.02, 0.7),
)
NUMBERS = ("weight", "swing", "inpatient", "days")


@cache
def diseases() -> tuple[Disease, ...]:
    """What people come with, by ICD-10 (icd.csv: a share, a season, how often admitted, at what age)."""
    with (Path(__file__).parent / "icd.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Disease(
            row["code"], float(row["weight"]), row["season"], float(row["swing"]), float(row["inpatient"]),
            float(row["days"]), int(row["young"]), int(row["old"]), row["outbreak"],
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Visits closed on a day, in order of time; each array one value a visit. `end`: seconds; `stay`: days before."""

    end: np.ndarray
    facility: np.ndarray
    disease: np.ndarray
    commune: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    kind: np.ndarray
    stay: np.ndarray
    emergency: np.ndarray
    result: np.ndarray
    leave: np.ndarray
    cost: np.ndarray
    insured: np.ndarray


@by_day(keep=3)
def plan(world: World, day: date) -> Plan:
    """Every visit closed on a day."""
    rng = world.rng(NAME, day)
    sky = world.calendar.day(day)
    busy = 0.3 if sky.tet else WEEK[day.weekday()] * (0.6 if not sky.working and day.weekday() < 5 else 1.0)
    weights = _weights(world, day)
    usual = sum(d.weight for d in diseases())
    count = int(rng.poisson(USUAL * world.scale * busy * growth(day, 0.04) * (weights.sum() / usual) ** 0.5))
    disease = rng.choice(len(weights), count, p=weights / weights.sum())
    facility = rng.choice(len(FACILITIES), count, p=[f.share for f in FACILITIES])
    inpatient = _of(disease, "inpatient") * np.array([f.inpatient for f in FACILITIES])[facility]
    inside = rng.random(count) < np.minimum(inpatient, 1.0)
    stay = np.where(inside, np.ceil(rng.gamma(3, _of(disease, "days") / 3)), 0).astype(int)
    young, old = _of(disease, "young"), _of(disease, "old")
    age = rng.triangular(young, (young + old) / 2, old + 1)
    drawn = (rng, disease, inside, age)
    emergency, result, leave = _outcome(drawn)
    return Plan(
        np.sort(rng.triangular(6.5, 9.5, 20.5, count) * 3600), facility, disease, _homes(world, rng, facility),
        age.astype(int), np.where(np.char.startswith(_codes()[disease], "O"), 2, rng.integers(1, 3, count)),
        np.where(inside, np.where(rng.random(count) < 0.05, "09", "03"), rng.choice(OUTPATIENT, count, p=KINDS)),
        stay, emergency, result, leave, _cost(drawn, stay), rng.random(count) < 0.935,
    )  # fmt: skip


def _of(disease: np.ndarray, name: str) -> np.ndarray:
    each: np.ndarray = np.array([getattr(d, name) for d in diseases()], dtype=float)
    chosen: np.ndarray = each[disease]
    return chosen


@cache
def _codes() -> np.ndarray:
    found: np.ndarray = np.array([d.code for d in diseases()])
    return found


def _weights(world: World, day: date) -> np.ndarray:
    """How much of each disease there is today: its season, and the outbreak that is on."""
    sky = world.calendar.day(day)
    found = np.array([d.weight * (1 + SEASONS[d.season] * d.swing * cold(day)) for d in diseases()])
    if sky.outbreak:
        hit = np.array([d.outbreak == sky.outbreak.disease for d in diseases()])
        found *= np.where(hit, 1 + 4 * (sky.outbreak_factor - 1), 1)
    return found


def _homes(world: World, rng: np.random.Generator, facility: np.ndarray) -> np.ndarray:
    """Most patients live around their establishment, the province's hospitals draw from everywhere."""
    places = np.array([(c.lat, c.lon) for c in world.communes])
    at_home = {c.code: n for n, c in enumerate(world.communes)}
    found = np.zeros(len(facility), dtype=int)
    for number, one in enumerate(FACILITIES):
        mine = np.flatnonzero(facility == number)
        far = np.hypot(*(places - places[at_home[one.commune]]).T)
        weight = shares(world) * np.exp(-far / (0.35 if one.code < "20010" else 0.09))
        found[mine] = rng.choice(len(weight), len(mine), p=weight / weight.sum())
    return found


def _outcome(drawn: tuple[np.random.Generator, np.ndarray, np.ndarray, np.ndarray]) -> tuple[np.ndarray, ...]:
    """Emergency or not, result of the treatment (5 died), how the patient left (2 referred)."""
    rng, _, inside, age = drawn
    count = len(inside)
    emergency = np.where(
        rng.random(count) < np.where(inside, 0.34, 0.03), "2", rng.choice(["1.1", "1.3", "3.1"], count)
    )
    died = rng.random(count) < np.where(inside, 0.0006 + 0.004 * (age > 65), 0.00002)
    result = np.where(died, 5, np.where(inside, rng.choice([1, 2, 2, 3], count), rng.choice([2, 2, 3], count)))
    referred = (rng.random(count) < np.where(inside, 0.06, 0.035)) & ~died
    return emergency, result, np.where(referred, 2, np.where(rng.random(count) < 0.01, 4, 1))


def _cost(drawn: tuple[np.random.Generator, np.ndarray, np.ndarray, np.ndarray], stay: np.ndarray) -> np.ndarray:
    """What it cost, in đồng."""
    rng, _, inside, _ = drawn
    usual = np.where(inside, 900_000 + 520_000 * stay, 265_000)
    return np.round(usual * rng.lognormal(-0.1, 0.45, len(stay)))


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The envelopes each establishment sends in (since, until]."""
    for day, start, end in stretches(since, until):
        for number in range(len(FACILITIES)):
            for turn, hour in enumerate(SENDINGS):
                second = hour * 3600 + (number * 173 + turn * 61) % 1500
                if start < second <= end:
                    _send(world, at(day, second), (number, turn), out)


def _send(world: World, moment: datetime, whose: tuple[int, int], out: Out) -> None:
    """What was closed since the sending before; the first of a day also brings the evening before."""
    number, turn = whose
    chosen = sent(world, moment, number, turn)
    if chosen:
        out.drop(NAME, f"{FACILITIES[number].code}_{moment:%Y%m%d%H%M%S}.xml", _envelope(world, moment, number, chosen))
    for day in {day for day, _ in chosen}:
        mine = [n for other, n in chosen if other == day]
        tally(out, SOURCES[0], day, len(mine), cost=float(plan(world, day).cost[mine].sum()))


def sent(world: World, moment: datetime, number: int, turn: int) -> list[tuple[date, int]]:
    """(day, visit) of all that a sending holds."""
    second = (moment - midnight(moment.date())).total_seconds()
    before = SENDINGS[turn - 1] * 3600 + (number * 173 + (turn - 1) % 3 * 61) % 1500
    yesterday = moment.date() - timedelta(days=1)
    spans = [(moment.date(), before, second)] if turn else [(yesterday, before, DAY), (moment.date(), -1.0, second)]
    found = []
    for day, start, end in spans:
        made = plan(world, day)
        mine = (made.facility == number) & (start < made.end) & (made.end <= end)
        found += [(day, int(n)) for n in np.flatnonzero(mine)]
    return found


def _envelope(world: World, moment: datetime, number: int, chosen: list[tuple[date, int]]) -> bytes:
    """GIAMDINHHS with one HOSO a visit, each with its XML1 in base64."""
    facility = FACILITIES[number]
    dossiers = "".join(
        "<HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>"
        f"{base64.b64encode(_xml1(world, day, n, place).encode()).decode()}</NOIDUNGFILE></FILEHOSO></HOSO>"
        for place, (day, n) in enumerate(chosen, 1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- Số liệu mô phỏng (sandbox) -->\n<GIAMDINHHS>'
        f"<THONGTINDONVI><MACSKCB>{facility.code}</MACSKCB></THONGTINDONVI>"
        f"<THONGTINHOSO><NGAYLAP>{moment:%Y%m%d}</NGAYLAP><SOLUONGHOSO>{len(chosen)}</SOLUONGHOSO>"
        f"<DANHSACHHOSO>{dossiers}</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>"
    ).encode()


def _xml1(world: World, day: date, n: int, place: int) -> str:
    """The summary of one visit, fields in the decision's order (those of no use to anyone here are left out)."""
    made = plan(world, day)
    known = day.toordinal() * 10_000 + n
    name, card, phone = person(known, 1)
    end = at(day, float(made.end[n]))
    begun = end - (timedelta(days=int(made.stay[n])) if made.stay[n] else timedelta(minutes=40 + n % 150))
    paid = round(float(made.cost[n]) * (0.8 if n % 3 else 1.0)) if made.insured[n] else 0
    inside = made.kind[n] in {"03", "09"}
    fields = {
        "MA_LK": _link(day, n), "STT": place, "MA_BN": f"MP{known % 10**8:08d}", "HO_TEN": name, "SO_CCCD": card,
        "NGAY_SINH": f"{day.year - int(made.age[n])}00000000", "GIOI_TINH": made.sex[n], "MA_QUOCTICH": "000",
        "MATINH_CU_TRU": "20", "MAXA_CU_TRU": codes(world)[made.commune[n]], "DIEN_THOAI": phone,
        "MA_THE_BHYT": f"GD420{known % 10**10:010d}" if made.insured[n] else "",
        "MA_BENH_CHINH": _codes()[made.disease[n]], "MA_DOITUONG_KCB": made.emergency[n],
        "NGAY_VAO": f"{begun:%Y%m%d%H%M}", "NGAY_VAO_NOI_TRU": f"{begun:%Y%m%d%H%M}" if inside else "",
        "NGAY_RA": f"{end:%Y%m%d%H%M}", "SO_NGAY_DTRI": made.stay[n], "KET_QUA_DTRI": made.result[n],
        "MA_LOAI_RV": made.leave[n], "NGAY_TTOAN": f"{end:%Y%m%d%H%M}", "T_TONGCHI_BV": f"{made.cost[n]:.0f}",
        "T_BHTT": paid, "NAM_QT": day.year, "THANG_QT": f"{day.month:02d}", "MA_LOAI_KCB": made.kind[n],
        "MA_CSKCB": FACILITIES[made.facility[n]].code, "GHI_CHU": "mo-phong",
    }  # fmt: skip
    body = "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in fields.items())
    return f"<TONG_HOP>{body}</TONG_HOP>"


def _link(day: date, n: int) -> str:
    return f"{day:%y%m%d}{n:05d}"


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Visits without what names a person, a file a year: as the insurance fund's archive gives them."""
    for year, spans in groupby(past(since, until), key=lambda span: span[0].year):
        with Table(folder, SOURCES[0], f"luot-kham-{year}") as table:
            for day, end in spans:
                table.add(_block(world, day, end))


def _block(world: World, day: date, end: float) -> dict[str, np.ndarray]:
    made = plan(world, day)
    known = made.end <= end
    count = np.arange(len(made.end))
    stamp = np.datetime64(midnight(day), "s") + made.end.astype("timedelta64[s]")
    begun = stamp - made.stay.astype("timedelta64[D]") - np.where(made.stay, 0, 3600).astype("timedelta64[s]")
    paid = np.round(made.cost * np.where(count % 3, 0.8, 1.0)) * made.insured
    columns = {
        "MACSKCB": np.array([f.code for f in FACILITIES])[made.facility],
        "MA_LK": np.array([_link(day, int(n)) for n in count], dtype="U11"), "NAM_SINH": day.year - made.age,
        "GIOI_TINH": made.sex, "MAXA_CU_TRU": codes(world)[made.commune], "MA_BENH_CHINH": _codes()[made.disease],
        "MA_BENH_3": _codes()[made.disease],
        "MA_DOITUONG_KCB": made.emergency, "NGAY_VAO": begun, "NGAY_RA": stamp, "SO_NGAY_DTRI": made.stay,
        "KET_QUA_DTRI": made.result, "MA_LOAI_RV": made.leave, "MA_LOAI_KCB": made.kind,
        "T_TONGCHI_BV": made.cost, "T_BHTT": paid, "CO_BHYT": made.insured.astype(int),
    }  # fmt: skip
    return {name: column[known] for name, column in columns.items()}
